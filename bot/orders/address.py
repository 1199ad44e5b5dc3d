"""Where an order is sent."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    line1: str
    city: str
    postcode: str
    line2: str = ""
    region: str = ""
    country: str = ""
    """As ISO 3166 has it in two letters; empty is the order's."""

    def __post_init__(self) -> None:
        for field in fields(self):
            # One line each, whatever was typed: it is printed on a parcel.
            text = " ".join(getattr(self, field.name).split())
            object.__setattr__(self, field.name, text)
        object.__setattr__(self, "country", self.country.upper())

    @property
    def is_complete(self) -> bool:
        """Whether a parcel could be sent there."""
        has_country = len(self.country) in (0, 2)
        return bool(self.name and self.line1 and self.city and self.postcode and has_country)

    def in_one_line(self) -> str:
        place = " ".join(filter(None, (self.region, self.postcode)))
        parts = (self.name, self.line1, self.line2, self.city, place, self.country)
        return ", ".join(filter(None, parts))
