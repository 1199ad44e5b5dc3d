from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.secret_key import read_or_create


def test_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "session.key"
    first = read_or_create(path)
    assert len(first) >= 43  # 256 bits in base 64
    assert read_or_create(path) == first


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "session.key"
    read_or_create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_all_who_come_at_once_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "session.key"
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: read_or_create(path), range(64)))
    assert len(found) == 1
    assert list(path.parent.iterdir()) == [path]
