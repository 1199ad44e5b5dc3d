"""Which of the options of a question an answer chooses."""

from collections.abc import Sequence

from bot.shopping import english
from recommender.query import facets
from recommender.query.english import ENGLISH


def chosen(text: str, options: Sequence[str]) -> str | None:
    """The option in its own words, by its words or as a size: "Size 9" by "the 9 please".

    None if the text says something else, or fits several.
    """
    said = text.strip().rstrip(".!").casefold()
    same = [option for option in options if option.casefold() == said]
    if same:
        return same[0]
    words = english.answer_words(text)
    if not words:
        return None
    fitting = [option for option in options if set(words) <= set(english.answer_words(option))]
    if not fitting:
        size = facets.size_name(" ".join(words), ENGLISH)
        fitting = [option for option in options if facets.size_name(option, ENGLISH) == size]
    return fitting[0] if len(fitting) == 1 else None
