"""From a customer's words to search text and typed constraints."""

import unicodedata
from time import perf_counter

from recommender.query.brands import BrandFinder
from recommender.query.categories import CategoryFinder
from recommender.query.colors import ColorFinder
from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.draft import Draft
from recommender.query.english import ENGLISH
from recommender.query.language import Language
from recommender.query.materials import MaterialFinder
from recommender.query.negations import drop_negated
from recommender.query.people import GenderFinder
from recommender.query.prices import PriceFinder
from recommender.query.sizes import SizeFinder
from recommender.query.spelling import Spelling
from recommender.query.stock import asks_in_stock
from recommender.query.trimming import trim
from recommender.query.vocabulary import Vocabulary

MOST_CHARACTERS = 1_000
"""Of a request; what comes after is not read. The models read about 500."""


class QueryParser:
    """Understands requests over one catalogue. Thread-safe; takes about a millisecond.

    Prices, colours, brands, sizes and "in stock" leave the search text. Categories, materials and
    genders stay in it as well, because they are also what the thing is called. What is negated
    ("not red") constrains nothing, and leaves the search text. Mistyped words are put right first,
    but none of the `well_spelled` ones, whether the shop knows them or not.

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
        self._prices = PriceFinder(language)
        self._brands = BrandFinder(vocabulary, language)
        self._colors = ColorFinder(vocabulary, language)
        self._sizes = SizeFinder(vocabulary, language)
        self._genders = GenderFinder(vocabulary, language)
        self._categories = CategoryFinder(vocabulary, language, self._spelling.knows)
        self._materials = MaterialFinder(vocabulary, language, self._categories.starts_at)

    def parse(self, text: str) -> ParsedQuery:
        """Any text at all is understood somehow; the empty one requires nothing."""
        started = perf_counter()
        plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS])
        draft = Draft(self._spelling.correct(plain), self._language)
        prices = self._prices.find(draft)
        drop_negated(draft, self._language, self._categories.starts_at)
        in_stock = asks_in_stock(draft, self._language)
        brand = self._brands.find(draft)
        color = self._colors.find(draft)
        size = self._sizes.find(draft)
        gender = self._genders.find(draft)
        material = self._materials.find(draft)
        trim(draft, self._language)
        category = self._categories.find(draft)
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
        )
        return ParsedQuery(draft.rest(), filters, took_ms=(perf_counter() - started) * 1000)
