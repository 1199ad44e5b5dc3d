"""The versions of one kind of model that a shop has put into service.

    <data_dir>/registry/<kind>/0001/     a folder of `aisle train`, and report.json
    <data_dir>/registry/<kind>/service.json    the numbers that were in service, the latest last

The number 0 is what ships with Aisle. Files are made beside their place and moved there whole.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from recommender.errors import ModelError
from recommender.weights.shipped import SHIPPED_FOLDERS
from recommender.weights.trained import Kind, fingerprint, is_trained, settings_of

SHIPPED = 0
_REPORT = "report.json"
_SERVICE = "service.json"


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    folder: Path
    report: Mapping[str, Any]
    """What the gate measured, and when the version was added."""


class Registry:
    def __init__(self, data_dir: Path, kind: Kind) -> None:
        self.kind = kind
        self._folder = data_dir / "registry" / kind

    def versions(self) -> list[Version]:
        """All but the shipped one, the oldest first."""
        return [self.version(int(path.name)) for path in self._numbered()]

    def version(self, number: int) -> Version:
        """One of them.

        Raises:
            ModelError: there is no such version.
        """
        folder = self._folder / f"{number:04}"
        try:
            report = json.loads((folder / _REPORT).read_text())
        except (OSError, ValueError) as error:
            known = ", ".join(str(path.name).lstrip("0") for path in self._numbered()) or "none"
            raise ModelError(
                f"There is no {self.kind} of the version {number}. There are: {known}."
            ) from error
        return Version(number, folder, report)

    @property
    def current(self) -> int:
        """The number of the version in service."""
        return self._history()[-1]

    def in_service(self) -> Path:
        """The folder of the version in service, or of the model that ships."""
        return self.folder_of(self.current)

    def folder_of(self, number: int) -> Path:
        """
        Raises:
            ModelError: there is no such version.
        """
        return SHIPPED_FOLDERS[self.kind] if number == SHIPPED else self.version(number).folder

    @property
    def stamp(self) -> int:
        """Changes whenever another version goes into service; cheap to look at."""
        try:
            return (self._folder / _SERVICE).stat().st_mtime_ns
        except OSError:
            return 0

    def add(self, trained: Path, report: Mapping[str, Any]) -> Version:
        """Keeps a copy of a trained model as the next version. It is not in service yet.

        Raises:
            ModelError: the folder holds no model of this kind.
        """
        if not is_trained(trained) or settings_of(trained)["kind"] != self.kind:
            raise ModelError(f"{trained} is no folder that `aisle train {self.kind}` wrote.")
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            number = max((int(path.name) for path in self._numbered()), default=SHIPPED) + 1
            beside = Path(tempfile.mkdtemp(prefix="new.", dir=self._folder))
            try:
                beside.chmod(0o755)
                shutil.copytree(trained, beside, dirs_exist_ok=True)
                about = {
                    "number": number,
                    "added": datetime.now(UTC).isoformat(timespec="seconds"),
                    "fingerprint": fingerprint(trained),
                    **report,
                }
                (beside / _REPORT).write_text(json.dumps(about, indent=2) + "\n")
                os.replace(beside, self._folder / f"{number:04}")
            finally:
                shutil.rmtree(beside, ignore_errors=True)
        return self.version(number)

    def promote(self, number: int) -> None:
        """Puts a version into service; a running assistant takes it within a second.

        Raises:
            ModelError: there is no such version.
        """
        if number != SHIPPED:
            self.version(number)
        with self._lock():
            self._write([*self._history(), number])

    def roll_back(self) -> int:
        """Puts the version into service that was before; its number.

        Raises:
            ModelError: there was none before.
        """
        with self._lock():
            history = self._history()
            if len(history) < 2:
                raise ModelError(f"No other {self.kind} was in service before this one.")
            self._write(history[:-1])
        return history[-2]

    def _numbered(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if path.name.isdigit())

    def _history(self) -> list[int]:
        path = self._folder / _SERVICE
        if not path.is_file():
            return [SHIPPED]
        try:
            return [SHIPPED, *map(int, json.loads(path.read_text())["history"])]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path} is damaged. Delete it to serve what ships.") from error

    def _write(self, history: list[int]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = self._folder / f"{_SERVICE}.new"
        beside.write_text(json.dumps({"history": history[1:]}) + "\n")
        os.replace(beside, self._folder / _SERVICE)

    def _lock(self) -> FileLock:
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / "registry.lock")
