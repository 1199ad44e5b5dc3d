"""From a customer's words to search text and typed constraints."""

import re
import unicodedata
from time import perf_counter

from recommender.query.brands import BrandFinder
from recommender.query.categories import CategoryFinder
from recommender.query.colors import ColorFinder
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.draft import Draft
from recommender.query.english import ENGLISH
from recommender.query.exclusions import ExclusionFinder
from recommender.query.features import FeatureFinder
from recommender.query.language import Language
from recommender.query.materials import MaterialFinder
from recommender.query.measurement import Measurement
from recommender.query.measures import MeasureFinder
from recommender.query.people import GenderFinder
from recommender.query.price_words import PriceWordFinder
from recommender.query.prices import PriceFinder, PriceLimits
from recommender.query.ratings import RatingFinder, stars
from recommender.query.sizes import SizeFinder
from recommender.query.sorting import SortFinder
from recommender.query.spelling import Spelling
from recommender.query.stock import asks_in_stock
from recommender.query.trimming import trim
from recommender.query.vocabulary import Vocabulary

MOST_CHARACTERS = 1_000
"""Of a request; what comes after is not read. The models read about 500."""
_OLDEST_CHILD = 13
_SPACES = re.compile(r"[^\S\n]+")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}


class QueryParser:
    """Understands requests over one catalogue. Thread-safe; takes about a millisecond.

    Prices, ratings, superlatives, colours, brands, sizes, "in stock" and what is not wanted leave
    the search text. Categories, materials, genders, measures and features stay in it as well,
    because they are also what the thing is called. Mistyped words are put right first, but none of
    the `well_spelled` ones, whether the shop knows them or not.

        >>> QueryParser(vocabulary).parse("red running shoes under $60")
        ParsedQuery(text='running shoes', filters=Constraints(price_max=Decimal('60.00'), …))
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        language: Language = ENGLISH,
        well_spelled: frozenset[str] = frozenset(),
    ) -> None:
        self._language = language
        self._spelling = Spelling(vocabulary, language, well_spelled)
        self._sorts = SortFinder(language, rates=bool(stars(vocabulary.attributes, language)))
        self._measures = MeasureFinder(vocabulary, language)
        self._ratings = RatingFinder(vocabulary, language)
        self._prices = PriceFinder(language)
        self._price_words = PriceWordFinder(vocabulary, language)
        self._brands = BrandFinder(vocabulary, language, well_spelled)
        self._categories = CategoryFinder(vocabulary, language, self._spelling.knows)
        self._colors = ColorFinder(vocabulary, language, self._categories.kinds_at)
        self._sizes = SizeFinder(vocabulary, language)
        self._genders = GenderFinder(vocabulary, language)
        self._materials = MaterialFinder(vocabulary, language, self._categories.starts_at)
        self._features = FeatureFinder(vocabulary, language)
        self._exclusions = ExclusionFinder(
            language,
            brands=self._brands,
            colors=self._colors,
            sizes=self._sizes,
            categories=self._categories,
            materials=self._materials,
            features=self._features,
        )

    def parse(self, text: str) -> ParsedQuery:
        """Any text at all is understood somehow; the empty one requires nothing."""
        started = perf_counter()
        draft = Draft(self._spelling.correct(_readable(text)), self._language)
        sort = self._sorts.find(draft)
        measures = self._measures.find(draft)
        rating_min = self._ratings.find(draft)
        prices = self._prices.find(draft)
        price_word = self._price_words.find(draft) if prices == PriceLimits() else None
        in_stock = asks_in_stock(draft, self._language)
        excluded = self._exclusions.find(draft)
        brand = self._brands.find(draft)
        color = self._colors.find(draft)
        size = self._sizes.find(draft)
        gender = self._genders.find(draft)
        material = self._materials.find(draft)
        trim(draft, self._language)
        category = self._categories.find(draft)
        if price_word is not None:
            prices = self._price_words.take(draft, price_word, category) or prices
        measurements = self._measures.answerable(measures, category)
        if not gender and self._asks_for_child(measures, measurements):
            gender = self._genders.children
        features = self._features.find(draft, category)
        trim(draft, self._language)
        filters = Constraints(
            price_min=prices.low,
            price_max=prices.high,
            brand=brand,
            color=color,
            category=category,
            size=size,
            gender=gender,
            material=material,
            in_stock=in_stock,
            rating_min=rating_min,
            features=features,
            measurements=measurements,
            not_brand=excluded.brand,
            not_color=excluded.color,
            not_category=excluded.category,
            not_size=excluded.size,
            not_material=excluded.material,
            not_words=excluded.words,
            sort=sort,
        )
        return ParsedQuery(draft.rest(), filters, took_ms=(perf_counter() - started) * 1000)

    def knows(self, word: str) -> bool:
        """Whether catalogue or language have a word, in singular or plural."""
        return self._spelling.knows(word.lower())

    @staticmethod
    def _asks_for_child(said: list[Measurement], answered: tuple[Measurement, ...]) -> bool:
        """Whether a child's age is said that no product states: then things for kids will do."""
        return any(
            each.of == "age" and each not in answered and (each.least or 0) < _OLDEST_CHILD
            for each in said
        )


def _readable(text: str) -> str:
    """What every tokenizer and database takes: compatibility forms composed ("ﬁ" is "fi"), and no
    lone halves of surrogate pairs or NULs. Spaces are single ones."""
    pairs = text[:MOST_CHARACTERS].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for half, figures in _FRACTIONS.items():
        pairs = re.sub(rf"(?<![0-9]){half}", f"0{figures}", pairs).replace(half, figures)
    plain = unicodedata.normalize("NFKC", pairs.replace("\0", " "))
    return _SPACES.sub(" ", plain)[:MOST_CHARACTERS]
