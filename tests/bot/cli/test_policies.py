from pathlib import Path

from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions
from catalog.policies import get_policy
from tests.bot.cli.conftest import RunAisle


def test_a_folder_of_every_kind_and_a_file_again(
    aisle: RunAisle, data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "help"
    folder.mkdir()
    (folder / "returns.md").write_text("# Returns\n\nThirty days.")
    (folder / "shipping.html").write_text("<h1>Shipping</h1><p>Three days.</p>")
    (folder / "faq.csv").write_text("question,answer\nWhy?,Because.\n")
    done = aisle("policies", str(folder))
    assert (done.status, done.out.strip()) == (0, "Loaded: Faq, Returns, Shipping")
    (folder / "returns.md").write_text("# Returns\n\nSixty days.")
    done = aisle("policies", str(folder / "returns.md"))
    assert done.out.strip() == "Loaded: Returns"
    with sessions(open_database(Settings(data_dir=data_dir)))() as session:
        returns, shipping = get_policy(session, "returns"), get_policy(session, "shipping")
    assert returns is not None
    assert returns.body == "Sixty days."
    assert shipping is not None


def test_a_mistake_is_one_line_and_loads_nothing(
    aisle: RunAisle, data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "help"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nText.")
    (folder / "b.csv").write_text("question,answer\nWhy?,\n")
    done = aisle("policies", str(folder))
    assert done.status == 1
    assert "b.csv, line 2: no answer." in done.err
    with sessions(open_database(Settings(data_dir=data_dir)))() as session:
        assert get_policy(session, "a") is None
    assert aisle("policies", str(tmp_path / "nothing")).status == 2
