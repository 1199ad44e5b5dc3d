from pathlib import Path

from tests.bot.cli.conftest import RunAisle


def test_a_shop_measures_its_own_pages_by_its_own_questions(
    aisle: RunAisle, tmp_path: Path, data_dir: Path
) -> None:
    pages = tmp_path / "shipping.md"
    pages.write_text("# Shipping\n\n## Time\nShipping takes three days.")
    questions = tmp_path / "q.toml"
    questions.write_text(
        'questions = [{ ask = "how long does shipping take", answers = ["shipping#Time"] },'
        ' { ask = "do you sell dragons", answers = [] }]'
    )
    options = ("--questions", str(questions), "--pages", str(pages))
    done = aisle("evaluate", "help", *options, "--json")
    assert done.status == 0, done.err
    assert done.json["questions"] == 2
    assert done.json["right_passage"] == 1.0
    assert done.json["wrong_with_confidence"] == 0.0
    assert 0 < done.json["threshold"] < 1
    assert "2 questions, 1 of which" in aisle("evaluate", "help", *options, "--mistakes").out
    assert not (data_dir / "aisle.db").exists()


def test_a_file_that_holds_no_questions_is_one_sentence(aisle: RunAisle, tmp_path: Path) -> None:
    (tmp_path / "q.toml").write_text("")
    done = aisle("evaluate", "help", "--questions", str(tmp_path / "q.toml"))
    assert done.status == 1
    assert "has no questions" in done.err
