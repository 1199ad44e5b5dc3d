"""English: what customers say of things that they send back."""

import re

from bot.shopping.english import quantity
from bot.shopping.english.words import word_set
from bot.support import english_pictures
from bot.support.english import says_no, says_yes
from catalog.models import ReturnReason

_IGNORE = re.IGNORECASE

_ALL = re.compile(
    r"\b(?:all|everything|the (?:lot|whole)|whole|entire|each|complete(?:ly)?)\b", _IGNORE
)
_BOTH = re.compile(r"\b(?:both|the two)\b", _IGNORE)
_EXCEPT = re.compile(r"\b(?:except|excluding|apart from|other than|but(?: not)?|not)\b", _IGNORE)
_JOINS = re.compile(r"[&+]|\b(?:and|plus|as well as|also)\b", _IGNORE)
_BETWEEN = re.compile(r"\s*(?:[,;&+]|\b(?:and|plus|as well as|also)\b)\s*", _IGNORE)
_IN_PLACE = re.compile(r"\b(?:for|to|into|with) (?:an?|the|one|something)\b.*", _IGNORE)
_NO_THING = word_set(
    "a an and all back both but can could everything exchange for from get give has have i id ill"
    " im in is it its just like me mine my no not of ok okay on one ones only order other please"
    " refund replace return send size so swap that the them then these they this those to together"
    " too was were want what with would yes"
)
_EXCHANGE = re.compile(
    r"\b(?:exchang\w*|swap\w*|replace\w*|different (?:size|colou?r)|(?:other|another|bigger|smaller"
    r"|larger) (?:size|colou?r|one)|instead)\b",
    _IGNORE,
)
_DONE_WITH_IT = (
    r"(?:used|worn|wore|wear|opened|open|washed|wash|tried|touched|assembled|unpacked|cooked)"
)
_NOT_USED = re.compile(
    rf"\b(?:not|never|without|nor|has ?n[o']?t|have ?n[o']?t|did ?n[o']?t|was ?n[o']?t)\b"
    rf"(?:\s+(?:been|be|being|even|ever|yet|really|actually|got|it|them|i|i've|we))*"
    rf"\s+{_DONE_WITH_IT}\b",
    _IGNORE,
)
_NOT_NEW = re.compile(
    r"\b(?:not|no longer|is ?n[o']?t|was ?n[o']?t|are ?n[o']?t|hardly)\s+(?:\w+\s+)?"
    r"(?:unused|new|unworn|unopened|sealed)\b",
    _IGNORE,
)
_USED = re.compile(rf"\b(?:once|twice|{_DONE_WITH_IT}(?!\s+(?:it |them )?on\b))\b", _IGNORE)
_UNUSED = re.compile(
    r"\b(?:un-?(?:used|worn|opened|touched|packed)|new|never|still (?:in|sealed|boxed)|sealed"
    r"|tags?|as it came|original|mint|perfect|tried (?:it |them )?on)\b",
    _IGNORE,
)
_UNSURE = re.compile(
    r"\b(?:(?:don'?t|do not|can'?t) (?:know|remember|tell|say)|no (?:idea|clue)|not sure|unsure)\b",
    _IGNORE,
)
_NO_REALLY = re.compile(r"\s*(?:no|nope|nah|not (?:really|quite|exactly|any ?more)|n)\b", _IGNORE)

# The first that fits counts: "wrong size" is the customer's, "wrong item" the shop's.
_REASONS: tuple[tuple[ReturnReason, str], ...] = (
    (
        ReturnReason.DAMAGED,
        r"damag\w*|crack\w*|dent\w*|scratch(?:ed|es)?|torn|ripped|smashed|crushed|shattered"
        r"|chipped|holes?|stain(?:s|ed)?"
        r"|(?:arrived|came|was|were|is|are|got here|delivered)(?: \w+)? broken"
        r"|broken on arrival",
    ),
    (
        ReturnReason.DEFECTIVE,
        r"broke\w*|fault\w*|defect\w*|does ?n['o]?t work|not work\w*|stopped|dead|leak\w*"
        r"|(?:came|fell|falls|coming) (?:apart|off)|won['o]?t (?:turn|switch) on|malfunction\w*",
    ),
    (ReturnReason.TOO_SMALL, r"too (?:small|tight|short|narrow)|bigger|larger"),
    (ReturnReason.TOO_LARGE, r"too (?:big|large|loose|long|wide)|smaller"),
    (
        ReturnReason.WRONG_ITEM,
        r"wrong (?!size|colou?r)\w+|wrong|not what (?:i|we) ordered|different (?:item|product)"
        r"|mix\w* ?up",
    ),
    (
        ReturnReason.NOT_AS_DESCRIBED,
        r"describ\w*|expect\w*|looks? different|advertised"
        r"|(?:as|from|in|like|match(?:es|ing)?|on|than|to) (?:\w+ ){0,2}(?:picture|photo)\w*",
    ),
    (ReturnReason.COLOR, r"colou?rs?"),
    (ReturnReason.STYLE, r"style|looks?|ugly"),
    (
        ReturnReason.CHANGED_MIND,
        r"mind|(?:don'?t|do not|did ?n[o']?t|does ?n[o']?t) (?:\w+ )?(?:want|need|like|suit)"
        r"|no longer|found|cheaper|gift|regret|by mistake|accident\w*",
    ),
    (
        ReturnReason.OTHER,
        r"another reason|other|else|fit\w*|size|itch\w*|scratchy|smell\w*|heavy|uncomfortable"
        r"|hurts?|pinch\w*|tight|loose|quality",
    ),
)
_REASON_PATTERNS = tuple(
    (reason, re.compile(rf"\b(?:{words})\b", _IGNORE)) for reason, words in _REASONS
)
_A_REASON = re.compile("|".join(rf"\b(?:{words})\b" for _, words in _REASONS[:-1]), _IGNORE)
_A_WRONG_SIZE = re.compile(r"\bwrong (?:size|colou?r)\b", _IGNORE)

_ASKS = re.compile(
    r"\s*(?:(?:and|but|so|ok(?:ay)?|wait|sorry|hm+|first|well|hold on|uh)[\s,.…-]+)*"
    r"(?:(?:who|where|why|how|which)\b|what(?!\s+(?:i|we|you)\b)|when(?!\s+(?:i|we|it|they)\b)"
    r"|(?:is|are|am|do|does|did|can|could|will|would|should|shall|may|must|have|has)\s+"
    r"(?:i|you|it|there|they|we|the|this|that|these|those|my|your|he|she|somebody|someone)\b)",
    _IGNORE,
)

_REPLACEMENT = re.compile(
    r"\b(?:replac\w+|exchang\w+|swap|(?:a )?new (?:one|pair|\w+)|another one|the same"
    r"|send (?:me )?another)\b",
    _IGNORE,
)
_UNWANTED = re.compile(
    r"\b(?:no|not|don'?t|do not|without|rather than|instead of)\b(?:\s+\w+){0,3}?\s+"
    r"(?:replac\w+|exchang\w+|swap|new (?:one|pair)|another(?: one)?)",
    _IGNORE,
)
_MONEY = re.compile(r"\b(?:money|refund\w*|cash|reimburs\w*)\b", _IGNORE)
_GIVES_BACK = re.compile(r"\breturn\w*\b|\bsend(?:ing)? (?:\w+ )?back\b", _IGNORE)
_UNTOUCHED = re.compile(r"\bun-?(?:used|worn|opened|touched)\b", _IGNORE)
_HAS_IT = re.compile(
    r"\b(?:my|it|its|it'?s|they|is|are|was|were|arrived|came|got|received|sent me)\b", _IGNORE
)
_THE_RETURN = r"(?:my|the|this|that|our)\s+(?:return|exchange)s?"
_FOLLOWS = re.compile(
    rf"\b(?:status|state|progress|updates?|news|track(?:ing)?|check(?: up)?(?: on)?|happen\w*"
    rf"|where'?s?|received?|get|got|about)\b(?:\s+(?:is|of|on|about|for|with|to|have|you))*\s+"
    rf"{_THE_RETURN}\b(?!\s+(?:it|them|this|the|my|labels?|address)\b)"
    rf"|\b{_THE_RETURN}\s+(?:\w+[- ]\w*\d\w*\s+)?(?:going|status|progress|arrived?|received|doing"
    rf"|processed|coming along|been)\b|\breturn status\b|\bstatus of return\b",
    _IGNORE,
)
_POLICY = re.compile(r"\breturns?\s+(?:polic\w+|period|window|conditions?|costs?)\b", _IGNORE)
_CANCELS = re.compile(
    rf"\b(?:cancel\w*|stop|withdraw|undo|call off|take back|revoke)\b(?:\s+(?:of|with))?\s+"
    rf"(?:{_THE_RETURN}|a return|return)\b|\bcancel\w*\b.*-R\d+\b",
    _IGNORE,
)
_HOW_TO_SEND = re.compile(
    r"\blabels?\b|\b(?:where|what address|which address)\b.*\b(?:send|post|ship|mail|return|goes?"
    r"|bring|take)\b|\breturns? address\b"
    r"|\bhow (?:do|can|should|shall) i (?:send|post|ship|mail)\b",
    _IGNORE,
)

_WHAT_THERE_IS = re.compile(
    r"\b(?:what|which) (?:other )?(?:colou?rs?|sizes?|versions?|options?|ones?|else)\b"
    r"|\bwhat (?:do you have|is there|are there|have you got|can i (?:get|have))\b",
    _IGNORE,
)
_NO_WORD = re.compile(r"\W*(?:[^\W\d_]|[^\W\d_aeiouy]{3,}|(.)\1{2,})\W*", _IGNORE)


def means_all(text: str) -> bool:
    return bool(_ALL.search(text))


def means_both(text: str) -> bool:
    return bool(_BOTH.search(text))


def without_exceptions(text: str) -> tuple[str, str]:
    """What is meant, and what is not: "everything but the socks"."""
    meant, *left_out = _EXCEPT.split(text, maxsplit=1)
    return (meant, left_out[0]) if left_out else (text, "")


def parts(text: str) -> list[str]:
    """Of a list of things: "the boots and the socks"."""
    return [part for part in _BETWEEN.split(text) if part.strip()]


def joins(text: str) -> bool:
    """Whether several things are named; commas may stand within the name of one."""
    return bool(_JOINS.search(text))


def thing_in(text: str) -> str:
    """The words that may name what comes back: without its reason, and what shall come instead."""
    if wants_an_exchange(text):
        text = _IN_PLACE.sub(" ", text)
    return _A_REASON.sub(" ", text)


def is_of_a_thing(word: str) -> bool:
    """Whether a word may tell one thing from another: not "the", nor "return"."""
    return word not in _NO_THING


def wants_an_exchange(text: str) -> bool:
    return bool(_EXCHANGE.search(text))


def return_reason(text: str) -> ReturnReason | None:
    text = _A_WRONG_SIZE.sub("size", text)
    return next((reason for reason, words in _REASON_PATTERNS if words.search(text)), None)


def says_unused(text: str) -> bool | None:
    """Whether it is as it came, in answer to just that; None where it is not said."""
    if _UNSURE.search(text):
        return None
    if _NOT_NEW.search(text):
        return False
    if _NOT_USED.search(text):
        return True
    if _USED.search(_UNUSED.sub(" ", text)):
        return False
    if _UNUSED.search(text) or says_yes(text):
        return True
    return False if says_no(text) or _NO_REALLY.match(text) else None


def asks(text: str) -> bool:
    """Whether it is a question, with a question mark or without: "where do I send the return"."""
    return bool(_ASKS.match(text)) or text.rstrip().endswith("?")


def gives_a_reason(text: str) -> bool:
    """Whether the words are a reason: "too small?" is one, "what if it's too small?" is none."""
    return return_reason(text) is not None and not _ASKS.match(text)


def how_many(text: str, most: int) -> int | None:
    """How many of so many are meant; None where no number is said."""
    if means_all(text) or (most == 2 and means_both(text)):
        return most
    said = quantity(text)
    if said is None and (match := re.search(r"(?<![\w.,$€£])\d{1,3}(?![\w.,]*\d)", text)):
        said = int(match[0])
    return said


def remedy(text: str) -> str | None:
    """What shall make good a fault: `replacement` or `money`; None where neither is said."""
    if _REPLACEMENT.search(_UNWANTED.sub(" ", text)):
        return "replacement"
    return "money" if _MONEY.search(text) else None


def gives_it_back(text: str) -> bool:
    """Whether something is sent back for good, where another in its place was offered."""
    # To "a new one, or your money?" a bare "no" is no answer.
    says_more = says_no(text) and has_words(text) and not english_pictures.declines(text)
    return says_more or bool(_GIVES_BACK.search(text))


def tells_unused(text: str) -> bool:
    """Whether it is said, beside other things, that something was not used."""
    return bool(_NOT_USED.search(text) or _UNTOUCHED.search(text))


def reports(text: str) -> bool:
    """Whether the words are of something that somebody has: "my pan arrived broken"."""
    return bool(_HAS_IT.search(text)) and not _ASKS.match(text)


def follows_a_return(text: str) -> bool:
    """Whether a return that was started is asked after: "how is my return going"."""
    return bool(_FOLLOWS.search(text)) and not _POLICY.search(text)


def cancels_a_return(text: str) -> bool:
    return bool(_CANCELS.search(text))


def asks_how_to_send(text: str) -> bool:
    """Whether it is asked where a return goes, or for its label."""
    return bool(_HOW_TO_SEND.search(text))


def says_nothing(text: str) -> bool:
    """Whether it can be no word: one letter, or letters without a vowel."""
    return bool(_NO_WORD.fullmatch(text))


def asks_what_there_is(text: str) -> bool:
    """Whether it is asked what there is to choose from: "what colours do you have?"."""
    return bool(_WHAT_THERE_IS.search(text))


def has_words(text: str) -> bool:
    """Whether it may be a sentence: two words at least, with a vowel each."""
    return len(re.findall(r"\b(?=\w*[aeiouy])[^\W\d_]{2,}\b", text, _IGNORE)) > 1
