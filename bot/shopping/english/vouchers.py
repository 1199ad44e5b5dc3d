"""English: the words about vouchers."""

import re

from bot.shopping.english.words import word_set

_IGNORE = re.IGNORECASE

_VOUCHER = r"(?:voucher|coupon|copon|code|promo|discount|gift code)s?"
# "SAVE10", "HELLO-5": what nobody would write but a code.
_CODE = r"(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z][A-Z0-9-]{2,30}"
_SHAPED = re.compile(rf"\b({_CODE})\b")
_SHAPED_SMALL = re.compile(r"\b([a-z]{3,20}\d{1,4})\b", _IGNORE)
_NAMED = re.compile(
    rf"\b{_VOUCHER}\b(?:\s+(?:{_VOUCHER}|is|called|named|by mail|from you))*"
    r"\s*[:“\"']?\s*([\w-]{3,32})",
    _IGNORE,
)
_APPLIED = re.compile(r"\b(?:apply|redeem|use|enter)\s+([\w-]{3,32})\b", _IGNORE)
_SINGLE = re.compile(r"\W*(?:it'?s|it is|the code is)?\s*[“\"']?([\w-]{3,32})[”\"']?\W*", _IGNORE)
_NO_CODE = word_set(
    "the this that with and for code codes voucher vouchers coupon coupons my your our here "
    "please pls work works working doesn valid still good again off not accepted can can't "
    "have has from mail does did was are it's them it one any some yes yeah yep okay thanks "
    "thank hello never mind nothing nope none something there discount first second third "
    "last cheaper more "
)
_REMOVES = re.compile(
    rf"\b(?:remove|delete|drop|forget|cancel|take off|without|don'?t use|do not use)\b"
    rf".{{0,20}}\b{_VOUCHER}\b|\btake\b.{{0,20}}\b{_VOUCHER}\b.{{0,10}}\boff\b",
    _IGNORE,
)
_ASKS_FOR_SOME = re.compile(
    rf"\b(?:do you have|are there|is there|got|have you|any|what|which)\b.{{0,25}}"
    rf"\b(?:{_VOUCHER}|promotions?|deals?|offers?)\b|\b(?:get|do i get|can i get) an? discount\b",
    _IGNORE,
)
_OWN = re.compile(
    rf"\b(?:my|the|this|that|your)\s+(?:\w+\s+)?{_VOUCHER}\b|\bi(?:'ve| have|'ve got| got| hav)\b",
    _IGNORE,
)
_MENTION = re.compile(rf"\b(?:(?:the|my|this|that|your|a|an)\s+)?{_VOUCHER}\b", _IGNORE)
_OF_PRODUCT = re.compile(
    r"\b(?:with|for|on|to|off)\s+(?:it|this|that|these|those|them|both|the)\b"
    r"|\b(?:how much|what)\b.*\b(?:is|are|does|do|would|costs?)\b.*\b(?:it|this|that|they|the)\b",
    _IGNORE,
)


def code(text: str) -> str | None:
    """The code in the words, as it is written: "SAVE10" of "does SAVE10 work for it?"."""
    for pattern in (_NAMED, _APPLIED):
        for match in pattern.finditer(text):
            word: str = match[1]
            if word.lower() not in _NO_CODE and (word.isupper() or any(map(str.isdigit, word))):
                return word
    found = _SHAPED.search(text) or _SHAPED_SMALL.search(text)
    return found[1] if found else None


def only_code(text: str) -> str | None:
    """The code that is the whole answer to the question for it."""
    match = _SINGLE.fullmatch(text.strip())
    if match is None or match[1].lower() in _NO_CODE:
        return None
    return match[1]


def removes(text: str) -> bool:
    return bool(_REMOVES.search(text))


def asks_for_some(text: str) -> bool:
    """Whether it is asked which vouchers there are; not for the customer's own."""
    return bool(_ASKS_FOR_SOME.search(text)) and not _OWN.search(text)


def without(text: str) -> str:
    """What is left to say which product is meant: "does it work with this"."""
    named = code(text)
    plain = _MENTION.sub(" ", text if named is None else text.replace(named, " "))
    return " ".join(plain.split())


def asks_of_product(text: str) -> bool:
    """Whether the rest of a message about a voucher is about a product: "with this"."""
    return bool(_OF_PRODUCT.search(text))
