from pathlib import Path

import pytest

from recommender.reranking.attribution import Attribution, Word, attribute

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),  # Captum's, about inputs of whole numbers
]


@pytest.fixture(scope="module")
def why(adapter: Path) -> Attribution:
    return attribute(
        adapter, "waterproof tent", "Skylark Dome Tent. Outdoor > Tents. Unwaterproofed"
    )


def test_words_are_as_they_were_written(why: Attribution) -> None:
    assert [word.text for word in why.query] == ["waterproof", "tent"]
    assert [word.text for word in why.text][:3] == ["Skylark", "Dome", "Tent"]
    assert why.text[-1].text == "Unwaterproofed"  # of many pieces


def test_the_weights_add_up_to_the_score(why: Attribution) -> None:
    total = sum(word.weight for word in why.words)
    assert total == pytest.approx(why.logit - why.blank_logit, abs=0.08)


def test_the_page_is_safe_and_says_all() -> None:
    why = Attribution(0.9, 2.2, 0.1, [Word("<b>tent", 0.5)], [Word("Dome", -0.25)])
    page = why.to_html("“<b>tent” and Dome")
    assert "<b>" not in page
    assert "&lt;b&gt;tent" in page
    assert 'title="-0.250"' in page
    assert "0.50)" in page  # half as strong as the strongest
