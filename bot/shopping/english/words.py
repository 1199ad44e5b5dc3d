"""English: which words of a message carry its meaning."""

import re
from collections.abc import Collection


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS = word_set(
    "a an the is are it its it's this that these those one ones do does did has have had can could "
    "would will i me my you your we us in on at of for with to and or if so be been was were any "
    "some good suitable real really come comes work works use used get got about tell more show "
    "what which how when where who there not no yes please just also too very much many first "
    "second third fourth fifth sixth last number product item thing them they details info "
    "describe than from by as cheapest expensive most least better best compare difference buy"
    " cart basket take add put pls plz thx thanks ty btw"
)

_REFINING_WORDS = _SMALL_WORDS | word_set(
    "only just same similar but make made ones one something anything instead actually prefer "
    "i'd else other others another different kind type only maybe perhaps rather like fine ok okay "
    "filter narrow down sort by first then now available see want need could can hmm well color "
    "colour size brand price budget max at most up under over below above free delivery nothing "
    "should must go going really love honest told meaning money ages matters forget rather also "
    "best "
    "think mind kind sense usually normally guess mean hope sure know bit take wear swear swears "
    "brother sister friend always happy please pls plz lovely nice great those if possible convince"
)
_ANSWERING_WORDS = word_set(
    "please the a an in one it i i'll i'd ill take yes yep ok okay for me want would like thanks "
    "thank you go with let's lets have get my that's thats is then make"
)
_TRAILING = ("with", "for", "without", "to", "that", "made", "from", "against")


_FREE_OF = re.compile(
    r"\b(?!for\b|is\b)([a-z]{3,}) free\b(?! (?:delivery|shipping|returns?)\b)", re.IGNORECASE
)
_LEADING = "(?:for|by|from|made of|made from|made by|with|in|of)"


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry the question: without articles, pronouns and auxiliaries."""
    found = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())
    return tuple(word for word in found if word not in _SMALL_WORDS and len(word) > 1)


def answer_words(text: str) -> tuple[str, ...]:
    """The words that tell one option of a question from the others: "9" of "the 9 please"."""
    found = re.findall(r"[\w.]+(?:['’/-]\w+)*", text.lower())
    return tuple(each for word in found if (each := word.strip(".")) not in _ANSWERING_WORDS | {""})


def adds_to_wish(text: str, terms: Collection[str] = ()) -> bool:
    """Whether what is left of a refining turn says more of the thing wanted: "waterproof".

    `terms` are constraints that were understood; repeating them says nothing more.
    """
    said = _REFINING_WORDS.union(*(content_words(term) for term in terms))
    return any(word not in said and word.isalpha() for word in content_words(text))


def joined(wish: str, addition: str) -> str:
    """ "running shoes" and "waterproof ones" make "waterproof running shoes"."""
    addition = _FREE_OF.sub(r"\1-free", addition)
    if addition.split(" ", 1)[0].lower() in _TRAILING:
        return f"{wish} {addition}"
    added = [word for word in content_words(addition) if word not in _REFINING_WORDS]
    return " ".join([*added, wish]).strip()


def without(wish: str, values: Collection[str]) -> str:
    """The wish without these words, and what led to them: "boots for women" without "women"."""
    for value in values:
        words = r"[\s-]+".join(map(re.escape, value.split()))
        wish = re.sub(
            rf"\b(?:{_LEADING}\s+)?{words}(?:['’]?s|['’])?(?!\w)",
            " ",
            wish,
            flags=re.IGNORECASE,
        )
    return " ".join(wish.split()).strip(" ,;")


def without_amount(wish: str, amount: str) -> str:
    """The wish without a measure: "tent for 4 people" without 4 is "tent"."""
    number = rf"(?<![\w.]){re.escape(amount)}(?![.\d])"
    return " ".join(
        re.sub(rf"(?:\b{_LEADING}\s+)?{number}[\s-]*(?:[^\W\d]+)?", " ", wish, flags=re.I).split()
    )
