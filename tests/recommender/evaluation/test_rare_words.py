from recommender.evaluation.judged_queries import JudgedQueries
from recommender.evaluation.rare_words import RARE_BELOW, rare_word_queries


def test_a_word_is_rare_where_few_titles_have_it_but_one_does() -> None:
    titles = ["Hammer"] * RARE_BELOW + ["Zorvex-9 hammer hammer"] * (RARE_BELOW - 1)
    texts = {"common": "hammer", "rare": "a ZORVEX hammer", "typo": "hamer"}
    queries = JudgedQueries(texts, {key: {"p": 3.0} for key in texts})
    assert rare_word_queries(queries, titles) == {"rare"}
