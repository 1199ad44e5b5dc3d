"""What a language must say of itself for the parser to understand its shopping requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Phrase = tuple[str, ...]
"""Words as `recommender.query.words.keys` makes them: no case, no accents, no apostrophes."""


@dataclass(frozen=True)
class PriceWords:
    """Phrases are alternatives; a space in one stands for any white space."""

    at_most: tuple[str, ...]
    """Said before an amount: "under"."""
    at_least: tuple[str, ...]
    at_least_of_money: tuple[str, ...]
    """Said before an amount, but a limit only of an amount in a currency, or in a range: "from"."""
    around: tuple[str, ...]
    budget: tuple[str, ...]
    """Said before an amount, which is then the most: "my budget is"."""
    budget_of_money: tuple[str, ...]
    """The same, but only of an amount in a currency: "for"."""
    or_less: tuple[str, ...]
    """Said after an amount: "or less"."""
    or_more: tuple[str, ...]
    range_lead: tuple[str, ...]
    """Said before two amounts: "price range"."""
    range_after: tuple[str, ...]
    or_so: tuple[str, ...]
    """Said after an amount that is only about right: "or so"."""
    between: tuple[str, ...]
    between_and: tuple[str, ...]
    to: tuple[str, ...]
    currency_signs: str
    currencies: tuple[str, ...]
    """Words and codes of currencies, as written after or before an amount."""
    thousand: tuple[str, ...]
    """Suffixes that make a number a thousand times as much: "k"."""
    units: frozenset[str]
    """Words after a number that make it something else than money: "inch"."""
    not_money_after: frozenset[str]
    """Words before a number or range that make it something else than money: "ages"."""
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    number_and: str
    low: frozenset[Phrase]
    """Words for a price in the lower third of what things of a kind cost: "cheap"."""
    middle: frozenset[Phrase]
    high: frozenset[Phrase]
    too: frozenset[str]
    """Before one of those it is a complaint about what was seen, not a wish: "too" (expensive)."""


@dataclass(frozen=True)
class NegationWords:
    negations: frozenset[str]
    weak: frozenset[str]
    """Those that stand in names of things as well: "no" (show socks)."""
    fillers: frozenset[str]
    """Between a negation and what it negates: "the"."""
    articles: frozenset[str]
    """The only ones of those after a weak one."""
    pronouns: frozenset[str]
    """Negations that stand for a thing: "nothing" (by Sony), but not before any noun."""
    questions: frozenset[Phrase]
    """Negations that ask for a thing and refuse nothing: "don't you have"."""
    exceptions: frozenset[Phrase]
    """Said before the one thing that is not wanted: "anything but"."""
    mild: frozenset[str]
    """After a negation, says that something need not be, not that it must not: "need"."""
    vague: frozenset[str]
    """What cannot be left out because no product says it of itself: "heavy", "this"."""
    contrast: frozenset[str]
    """Ends what a negation reaches: "but"."""
    alternatives: frozenset[str]
    """Between things that are all not wanted: "or", "nor"."""
    both: frozenset[str]
    """Those of them that join other things as often: "and"."""
    free: str
    """Said after what a thing does not have: "free"."""
    not_free: frozenset[str]
    """What "free" says nothing about a product after: "duty"."""
    lacking: tuple[str, ...]
    """What a product's text says before something that it does not have: "without a"."""


@dataclass(frozen=True)
class SortWords:
    cheapest: frozenset[Phrase]
    priciest: frozenset[Phrase]
    best_rated: frozenset[Phrase]
    lead: frozenset[Phrase]
    """Said before one of those: "with the"."""


@dataclass(frozen=True)
class RatingWords:
    attributes: frozenset[str]
    """What shops call the attribute, in the form of `keys` joined by spaces."""
    stars: tuple[str, ...]
    rated: tuple[str, ...]
    """Said before the number: "rated", "a rating of"."""
    after: tuple[str, ...]
    """Said after the number, in place of stars: "rating"."""
    well_rated: frozenset[Phrase]
    lead: tuple[str, ...]
    """Words before a rating that only lead to it: "with", "an average"."""
    or_better: tuple[str, ...]


@dataclass(frozen=True)
class MeasureWords:
    units: Mapping[str, tuple[str, Decimal]]
    """A unit, as written, to the kind of quantity and how much of its base unit it is."""
    names: Mapping[str, str]
    """A unit, as written, to the one name that it is shown by."""
    numbers_of: Mapping[str, str]
    """Names of attributes that count something, to the kind of quantity: "sleeps" to person."""
    sides: Mapping[str, str]
    """What says which measure is meant, to the word that attributes have for it: "wide"."""
    more: Mapping[str, str]
    """Said before "than", to the side of which more is meant: "wider". Of any side, to ""."""
    less: Mapping[str, str]
    than: str
    no: tuple[str, ...]
    """Said before one of those: "no" (wider than)."""
    by: tuple[str, ...]
    """Between the sides of a thing: "x"."""
    side_letters: tuple[str, ...]
    """Said after a side: "12w"."""
    or_more: tuple[str, ...]
    """Said after a measure, beside those of prices: "or longer"."""
    or_less: tuple[str, ...]
    before_count: tuple[str, ...]
    """Said before a number of pieces: "pack of"."""
    after_count: tuple[str, ...]
    sleeps: tuple[str, ...]
    """Said before a number of persons."""
    ages: tuple[str, ...]
    """Said before a number of years that is an age."""
    old: tuple[str, ...]
    """Said after a number of years that is an age."""
    age_attributes: frozenset[str]
    inclusive: tuple[str, ...]
    """Parts of comparisons whose limit passes too: "at least"."""
    at_least_kinds: frozenset[str]
    """Kinds of quantity of which more is as good: 38 hours for "30 hours of battery"."""


@dataclass(frozen=True)
class FeatureWords:
    no: frozenset[str]
    """Values of attributes that say that a product has not, or is not, something."""
    opposites: Mapping[str, str]
    """"wired" is what is not "wireless"."""
    spellings: Mapping[str, str]
    kinds: frozenset[str]
    """Words in names of attributes that add nothing: "type"."""
    having: frozenset[str]
    """Said before something that a thing has: "with"."""


@dataclass(frozen=True)
class Wording:
    """The phrases of explanations; names in braces are filled in."""

    under: str
    at_most: str
    """A price that is the very limit."""
    over: str
    at_least: str
    between: str
    in_stock: str
    size: str
    size_in_stock: str
    shade: str
    rating: str
    without: str
    cheapest: str
    priciest: str
    best_rated: str


@dataclass(frozen=True, eq=False)
class Language:
    """Everything about one language. Words are in the form of `Phrase`."""

    prices: PriceWords
    wording: Wording
    stemmer: str
    """The name of its Snowball stemmer, for the lexical index."""
    singular: Callable[[str], str]
    """Of one word, so that singular and plural compare equal."""
    endings: tuple[str, ...]
    """What may follow a word that makes another one of it: "ed"."""
    plurals: Callable[[str], tuple[str, ...]]
    """The plurals that a singular may have."""
    names_a_kind: Callable[[str], bool]
    """Whether a category's name alone says what its products are: "Tents", but not "Running"."""

    colors: Mapping[str, tuple[str, ...]]
    """A colour to the other words for it and for its shades. Not to itself."""
    doubtful_colors: frozenset[str]
    """Colour words that mean something else as often: "olive"."""
    not_colors: frozenset[Phrase]
    """Phrases whose colour word is none: "green tea"."""
    in_color: frozenset[Phrase]
    """Said before a value to make it plain: "in", "in the color"."""

    sizes: Mapping[str, tuple[str, ...]]
    """A size's short name to its other names."""
    sizes_of_things: Mapping[str, frozenset[str]]
    """A word that is a size only before certain things, to those: "queen" to "sheet"."""
    size_halves: frozenset[Phrase]
    """Said after a number, that makes it half a size more: "and a half"."""
    size_words: frozenset[str]
    """Said before or after a size: "size"."""
    size_widths: Mapping[str, str]
    """Letters after a shoe size to the word for its width: "W"."""
    size_systems: frozenset[str]
    """Said beside a size without changing it: "US" (9)."""
    bare_sizes: frozenset[str]
    """Names of sizes that mean nothing else: "XL"."""
    size_lead: frozenset[Phrase]
    """Said before a size that is plain from the catalogue: "in a" (9)."""
    genders: Mapping[str, tuple[str, ...]]
    """A gender or age to the other words for it."""
    gender_answers: Mapping[str, tuple[str, ...]]
    """Which of `genders` suit somebody who asks for one of them."""
    children: str
    """The one of `genders` that stands for any child."""
    doubtful_genders: frozenset[str]
    """Words that count only after one of `gender_lead`: "man"."""
    gender_lead: frozenset[Phrase]
    materials_lead: frozenset[Phrase]
    """Said before a material: "made of"."""
    material_kinds: Mapping[str, frozenset[str]]
    """A material to the names of what is a kind of it: whoever refuses metal refuses steel."""
    imitation: frozenset[str]
    """Said of a material that is not the real one: "faux"."""

    brand_lead: frozenset[Phrase]
    """Said before a brand: "by"."""
    brand_words: frozenset[str]
    """Said after a brand: "brand"."""
    ordinary: frozenset[str]
    """Words that are no brand unless it is said that they are."""

    in_stock: frozenset[Phrase]
    out_of_stock: frozenset[Phrase]
    """What somebody who wants it in stock may say after a negation: "sold out"."""
    negation: NegationWords
    sorting: SortWords
    ratings: RatingWords
    measures: MeasureWords
    features: FeatureWords
    living: frozenset[str]
    """Singular nouns of those whom things are for: "dog"."""
    beneficiary_lead: frozenset[str]
    """Said before whoever a thing is for: "for"."""
    either: frozenset[str]
    """Between values of one kind: "or"."""
    links: frozenset[str]
    """Words after which the noun before has ended: "for", "with"."""
    qualities: frozenset[str]
    """Adjectives that leave a product's kind as it is: "good", "cheap"."""
    openings: frozenset[Phrase]
    """What a customer says before naming the thing: "do you have"."""
    closings: frozenset[Phrase]
    loose_ends: frozenset[str]
    """Words with no meaning once what they led to is taken out: "in", "the"."""
    anything: frozenset[str]
    """Nouns that stand for any product: "something"."""
