"""Whom a product is for: "men's", "for women", "kids"."""

from recommender.query import facets
from recommender.query.draft import Draft
from recommender.query.language import Language
from recommender.query.vocabulary import Vocabulary


class GenderFinder:
    """Finds genders and ages that the catalogue has products for.

    The words stay in the search text: much that suits one gender is not marked in the catalogue,
    and the ranking should still see them.
    """

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self._language = language
        anybody = set.intersection(*(set(suits) for suits in language.gender_answers.values()))
        young = set(language.gender_answers[language.children]) - anybody
        named = {facets.gender_name(value, language) for value in vocabulary.genders}
        self._children = (language.children,) if named & young else ()
        self._names = {
            name: short
            for short, others in language.genders.items()
            if facets.genders(short, vocabulary.genders, language)
            for name in (short, *others)
        }

    @property
    def children(self) -> tuple[str, ...]:
        """Children of any gender, where the catalogue has products for them in particular."""
        return self._children

    def find(self, draft: Draft) -> tuple[str, ...]:
        found: list[str] = []
        for at, word in enumerate(draft.keys):
            name = self._names.get(word)
            if name is None or draft.taken[at] or draft.negated(at):
                continue
            if (
                word in self._language.doubtful_genders
                and draft.lead(at, self._language.gender_lead) is None
            ):
                continue
            found.append(name)
            draft.settle(at, at + 1)
        return tuple(dict.fromkeys(found))
