"""Which of the catalogue's values answer a customer's term: "blue" is answered by "Navy Blue".

Feeds write colours and sizes as they like ("Golden Blue", "US 9", "S/M"), so a term is compared
by words and by what the language knows, never letter by letter.
"""

from collections.abc import Iterable
from decimal import Decimal

from recommender.query.language import Language
from recommender.query.words import contains, keys


def colors(term: str, values: Iterable[str], language: Language) -> tuple[str, ...]:
    """Values that name the colour or, where the language knows any, one of its shades.

    "blue" is answered by "Navy" and "Light Blue"; "navy" not by "Blue".
    """
    wanted = [keys(name) for name in (term, *language.colors.get(term, ()))]
    return tuple(value for value in values if any(contains(name, keys(value)) for name in wanted))


def is_color(term: str, value: str, language: Language) -> bool:
    """Whether the value is the very colour, in either spelling ("grey" and "Gray"), not a shade."""
    asked, said = " ".join(keys(term)), " ".join(keys(value))
    # Two spellings of one colour name each other; a shade does not name its colour.
    return asked == said or (
        asked in language.colors.get(said, ()) and said in language.colors.get(asked, ())
    )


def families(term: str, language: Language) -> tuple[str, ...]:
    """The colours that a colour is a shade of: "burgundy" is a red. Nearer ones come first."""
    asked = " ".join(keys(term))
    found = [
        name
        for name, shades in language.colors.items()
        if asked in shades and name not in language.colors.get(asked, ())
    ]
    words = set(keys(term))
    return tuple(sorted(found, key=lambda name: words.isdisjoint(keys(name))))


def sizes(term: str, values: Iterable[str], language: Language) -> tuple[str, ...]:
    """Values of the same size: "xl" is answered by "X-Large", "9" by "US 9", "m" by "S/M"."""
    wanted = size_name(term, language)
    return tuple(
        value
        for value in values
        if any(size_name(part, language) == wanted for part in (value, *value.split("/")))
    )


def size_name(size: str, language: Language) -> str:
    """The one name of a size, whichever way it is written: "X-Large" is "xl", "US 9" is "9"."""
    plain = [
        word
        for word in keys(size)
        if word not in language.size_systems and word not in language.size_words
    ]
    width = language.size_widths.get(plain[-1]) if len(plain) > 1 else None
    if width is not None:
        return f"{' '.join(plain[:-1])} {width}"  # "9 W" is "9 wide"
    name = " ".join(plain or keys(size))
    for short, others in language.sizes.items():
        if name == short or name in others:
            return short
    return name.replace(" ", "")


def size_distance(size: str, other: str, language: Language) -> Decimal | None:
    """How far apart two sizes are: in numbers, or in steps of letters; None of unlike ones."""
    one, two = (size_rank(each, language) for each in (size, other))
    if one is None or two is None or one[0] != two[0]:
        return None
    return abs(one[1] - two[1])


def size_rank(size: str, language: Language) -> tuple[str, Decimal] | None:
    """A kind of size, and its place among those; None of what has no order."""
    name = size_name(size, language)
    letters = list(language.sizes)
    if name in letters:
        return "letters", Decimal(letters.index(name))
    number, _, width = name.partition(" ")
    return (width, Decimal(number)) if number.replace(".", "", 1).isdecimal() else None


def genders(term: str, values: Iterable[str], language: Language) -> tuple[str, ...]:
    """Values that suit whoever is asked for: "men" is answered by "male" and by "unisex".

    "Unisex" suits a child only in a shop that has nothing for men or women: elsewhere it means
    grown-ups of any gender.
    """
    names = {value: gender_name(value, language) for value in values}
    name = gender_name(term, language)
    answers = set(language.gender_answers.get(name, (term,)))
    anybody = set.intersection(*map(set, language.gender_answers.values()))
    children = set(language.gender_answers[language.children])
    if name in children - anybody and not children.issuperset(names.values()):
        answers -= anybody
    return tuple(value for value, name in names.items() if name in answers)


def gender_name(gender: str, language: Language) -> str:
    """The language's one word for a gender or age group."""
    name = " ".join(keys(gender))
    for short, others in language.genders.items():
        if name == short or name in others:
            return short
    return name


def kinds_of_material(term: str, values: Iterable[str], language: Language) -> tuple[str, ...]:
    """Values that name the material or a kind of it: "metal" by "Stainless steel, ash"."""
    kinds = {term, *language.material_kinds.get(term, ())}
    return tuple(
        value for value in values if any(materials(kind, [value], language) for kind in kinds)
    )


def materials(term: str, values: Iterable[str], language: Language) -> tuple[str, ...]:
    """Values that name the material and not an imitation: "leather" not by "Faux Leather"."""
    wanted = keys(term)
    allowed = language.imitation.intersection(wanted)
    return tuple(
        value
        for value in values
        if contains(wanted, keys(value)) and language.imitation.intersection(keys(value)) <= allowed
    )
