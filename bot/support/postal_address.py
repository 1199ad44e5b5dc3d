"""A postal address as customers type it, on one line or on several."""

import re
from dataclasses import replace

from bot.orders.address import Address
from bot.support import english_address as english

# ZIP+4, five or four digits, Canada's and the United Kingdom's.
_POSTCODE = re.compile(
    r"\b(\d{5}-\d{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6})\b",
    re.IGNORECASE,
)
_REGION = re.compile(r"(?:^|\s)([A-Z]{2})\s*$")


def postal_address(text: str, *, name: str) -> Address:
    """The address in the words; what is missing stays empty.

    Args:
        name: who it is for, where the words do not say.
    """
    parts = [part.strip(" .") for part in re.split(r"[,;\n]+", english.without_opener(text))]
    parts = [part for part in parts if part]
    country = ""
    if parts and parts[-1].casefold() in english.COUNTRIES:
        country = english.COUNTRIES[parts.pop().casefold()]
    if parts and not any(map(str.isdigit, parts[0])) and len(parts) > 2:
        name = english.recipient(f"to {parts[0]}") or parts[0]
        parts.pop(0)
    place = next(
        (n for n in range(len(parts) - 1, 0, -1) if _POSTCODE.search(parts[n])), len(parts)
    )
    line1 = parts[0] if parts else ""
    between = parts[1:place]
    city = region = postcode = ""
    if place < len(parts):
        found = _POSTCODE.search(parts[place])
        postcode = found[1].upper() if found else ""
        city = " ".join(_POSTCODE.sub(" ", parts[place]).split())
        if match := _REGION.search(city):
            region, city = match[1], city[: match.start()].strip()
        after = parts[place + 1 :]
        if not city:
            # "Portland, OR, 97205" and "10115, Berlin".
            if after:
                city = after[0]
            elif between:
                city = between.pop()
                if len(city) == 2 and city.isupper() and between:
                    region, city = city, between.pop()
        if region and not city and between:
            city = between.pop()
    return Address(
        name=name,
        line1=line1,
        line2=", ".join(between),
        city=city,
        region=region,
        postcode=postcode,
        country=country,
    )


def corrected(text: str, given: Address) -> Address:
    """The address that was given, with what the words say otherwise: its street, its place, or who
    it is for. A whole new address takes its place."""
    said = postal_address(text, name=given.name)
    if said.is_complete:
        return said
    name = english.recipient(text)
    if name is not None:
        return replace(given, name=name)
    if english.is_street(said.line1) and not said.postcode:
        return replace(given, line1=said.line1, line2=said.line2)
    # "Seattle, WA 98102", "97210": no street in it.
    place = postal_address(f"0, {english.without_opener(text)}", name="-")
    if place.postcode and not english.is_street(said.line1):
        return replace(
            given,
            city=place.city or given.city,
            region=place.region or ("" if place.city else given.region),
            postcode=place.postcode,
        )
    return given
