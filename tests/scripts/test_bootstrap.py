"""Finding an interpreter on machines that have them in odd places, or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).parents[2] / "scripts" / "bootstrap.py"
FIND = (
    "import runpy, sys; names = runpy.run_path(sys.argv[1]);"
    "rasa = names['environments'](False)[1]; print(names['find_interpreter'](rasa))"
)


def fake_python(path: Path, version: str, *, works: bool = True) -> Path:
    """A program that answers what bootstrap asks an interpreter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    answer = (
        f"echo {version.replace('.', ' ')}" if works else "echo 'command not found' >&2; exit 127"
    )
    path.write_text(f"#!/bin/sh\n{answer}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def find(home: Path, *folders: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", FIND, str(BOOTSTRAP)],
        env={"HOME": str(home), "PATH": os.pathsep.join(map(str, folders)), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_on_the_path(tmp_path: Path) -> None:
    python = fake_python(tmp_path / "bin" / "python3.10", "3.10")
    assert find(tmp_path, tmp_path / "bin").stdout.strip() == str(python)


def test_a_shim_that_does_not_run_leads_to_the_version_pyenv_holds(tmp_path: Path) -> None:
    shims = tmp_path / "somewhere" / "shims"
    fake_python(shims / "python3.10", "3.10", works=False)
    held = fake_python(tmp_path / "somewhere/versions/3.10.13/bin/python3.10", "3.10")
    fake_python(tmp_path / "somewhere/versions/3.1.0/bin/python3.10", "3.1")
    assert find(tmp_path / "empty-home", shims).stdout.strip() == str(held)


def test_pyenv_in_the_home_folder_without_any_shim(tmp_path: Path) -> None:
    held = fake_python(tmp_path / ".pyenv/versions/3.10.4/bin/python3.10", "3.10")
    assert find(tmp_path, tmp_path / "bin").stdout.strip() == str(held)


def test_the_users_own_choice_comes_first(tmp_path: Path) -> None:
    fake_python(tmp_path / "bin" / "python3.10", "3.10")
    chosen = fake_python(tmp_path / "mine", "3.10")
    found = find(tmp_path, tmp_path / "bin", AISLE_PYTHON310=str(chosen))
    assert found.stdout.strip() == str(chosen)


@pytest.mark.parametrize("version", ["3.9", "3.11"])
def test_a_missing_one_is_explained_in_one_line(tmp_path: Path, version: str) -> None:
    chosen = fake_python(tmp_path / "mine", version)
    found = find(tmp_path, tmp_path, AISLE_PYTHON310=str(chosen))
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert "Python 3.10" in found.stderr
    assert "AISLE_PYTHON310" in found.stderr
