"""What a language must say of itself for the parser to understand its shopping requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Wording:
    """The phrases of explanations; names in braces are filled in."""

    under: str
    over: str
    between: str
    in_stock: str
    size: str
    size_in_stock: str
    shade: str


@dataclass(frozen=True)
class Language:
    """Everything about one language. Words are in the form of `Phrase`."""

    prices: PriceWords
    wording: Wording
    stemmer: str
    """The name of its Snowball stemmer, for the lexical index."""
    singular: Callable[[str], str]
    """Of one word, so that singular and plural compare equal."""
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
    size_words: frozenset[str]
    """Said before or after a size: "size"."""
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
    doubtful_genders: frozenset[str]
    """Words that count only after one of `gender_lead`: "man"."""
    gender_lead: frozenset[Phrase]
    materials_lead: frozenset[Phrase]
    """Said before a material: "made of"."""
    imitation: frozenset[str]
    """Said of a material that is not the real one: "faux"."""

    brand_lead: frozenset[Phrase]
    """Said before a brand: "by"."""
    brand_words: frozenset[str]
    """Said after a brand: "brand"."""
    ordinary: frozenset[str]
    """Words that are no brand unless it is said that they are."""

    in_stock: frozenset[Phrase]
    negations: frozenset[str]
    weak_negations: frozenset[str]
    """Those that stand in names of things as well: "no" (show socks)."""
    negation_fillers: frozenset[str]
    """Between a negation and what it negates: "the"."""
    exceptions: frozenset[Phrase]
    """Said before the one thing that is not wanted: "anything but"."""
    living: frozenset[str]
    """Singular nouns of those whom things are for: "dog"."""
    beneficiary_lead: frozenset[str]
    """Said before whoever a thing is for: "for"."""
    contrast: frozenset[str]
    """Ends what a negation reaches: "but"."""
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
