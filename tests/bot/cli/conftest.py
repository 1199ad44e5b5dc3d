import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import cli

RunAisle = Callable[..., "Outcome"]


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def data_dir(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop's data folder that AISLE_DATA_DIR names, with the models exported."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "models").symlink_to(models / "models")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AISLE_DATA_DIR", str(folder))
    monkeypatch.setenv("AISLE_DEVICE", "cpu")
    for name in ("DATABASE_URL", "PORT", "RASA_URL", "EMBEDDING_MODEL", "RERANKER"):
        monkeypatch.delenv(f"AISLE_{name}", raising=False)
    return folder


@pytest.fixture
def aisle(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> RunAisle:
    """Runs `aisle …` in this process, as its entry point does."""

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["aisle", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), out, err)

    return run
