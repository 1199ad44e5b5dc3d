"""English: units, and what is counted and measured of a product."""

from decimal import Decimal

from recommender.query.english.phrases import words
from recommender.query.language import MeasureWords

# Kind of quantity, then the name it is shown by, how much of the base unit, and all spellings.
_UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("length", "mm", "0.1", "mm millimeter millimeters millimetre millimetres"),
    ("length", "cm", "1", "cm cms centimeter centimeters centimetre centimetres"),
    ("length", "m", "100", "m meter meters metre metres mtr mtrs"),
    ("length", "km", "100000", "km kilometer kilometers kilometre kilometres"),
    ("length", "inch", "2.54", "inch inches in in. \" ″ ”"),
    ("length", "ft", "30.48", "ft ft. foot feet ′"),
    ("length", "yard", "91.44", "yd yds yard yards"),
    ("weight", "g", "1", "g gram grams gramme grammes gr"),
    ("weight", "kg", "1000", "kg kgs kilo kilos kilogram kilograms"),
    ("weight", "lb", "453.592", "lb lbs lb. lbs. pound pounds"),
    ("volume", "ml", "1", "ml milliliter milliliters millilitre millilitres cc"),
    ("volume", "cl", "10", "cl"),
    ("volume", "l", "1000", "l liter liters litre litres"),
    ("volume", "floz", "29.5735", "floz fl.oz"),
    ("volume", "gallon", "3785.41", "gal gallon gallons"),
    ("volume", "quart", "946.353", "qt qts quart quarts"),
    ("volume", "pint", "473.176", "pint pints"),
    ("volume", "cup", "236.588", "cup cups"),
    ("oz", "oz", "1", "oz oz. ounce ounces"),
    ("time", "second", "0.0166667", "second seconds sec secs"),
    ("time", "minute", "1", "minute minutes min mins"),
    ("time", "hour", "60", "hour hours hr hrs h"),
    ("time", "day", "1440", "day days"),
    ("year", "month", "0.0833333", "month months mo mos"),
    ("year", "year", "1", "year years yr yrs yo y/o"),
    ("person", "person", "1",
     "person persons people man men adult adults guests campers sleeper berth"),
    ("piece", "piece", "1", "piece pieces pc pcs count ct pack packs pk pairs set sets"),
    ("watt", "watt", "1", "w watt watts"),
    ("watt", "kw", "1000", "kw kilowatt kilowatts"),
    ("volt", "volt", "1", "v volt volts"),
    ("mah", "mah", "1", "mah"),
    ("lumen", "lumen", "1", "lumen lumens lm"),
    ("gb", "gb", "1", "gb gigabyte gigabytes"),
    ("gb", "tb", "1024", "tb terabyte terabytes"),
    ("ohm", "ohm", "1", "ohm ohms"),
    ("hertz", "hz", "1", "hz hertz"),
    ("gsm", "gsm", "1", "gsm"),
    ("thread", "thread", "1", "thread tc"),
    ("seat", "seat", "1", "seat seats seater seaters"),
    ("player", "player", "1", "player players"),
)  # fmt: skip

MEASURES = MeasureWords(
    units={
        unit: (kind, Decimal(factor))
        for kind, _name, factor, spellings in _UNITS
        for unit in spellings.split()
    },
    names={unit: name for _kind, name, _factor, spellings in _UNITS for unit in spellings.split()},
    numbers_of={
        "sleeps": "person", "persons": "person", "people": "person", "capacity persons": "person",
        "person": "person", "seats": "seat", "players": "player", "pieces": "piece",
        "piece count": "piece", "pack size": "piece", "pack": "piece", "pack count": "piece",
        "quantity": "piece", "count": "piece", "units": "piece", "unit count": "piece",
        "items": "piece", "set of": "piece", "number of pieces": "piece", "pieces in set": "piece",
        "package quantity": "piece", "thread count": "thread",
    },
    sides={
        "wide": "width", "width": "width", "in width": "width", "long": "length",
        "in length": "length", "length": "length", "tall": "height", "high": "height",
        "in height": "height", "height": "height", "deep": "depth", "in depth": "depth",
        "depth": "depth", "thick": "thickness", "in diameter": "diameter",
        "diameter": "diameter", "across": "diameter", "weighs": "weight", "weigh": "weight",
        "weighing": "weight", "weight": "weight",
    },
    more={
        "wider": "width", "taller": "height", "higher": "height", "longer": "length",
        "deeper": "depth", "thicker": "thickness", "heavier": "weight", "larger": "", "bigger": "",
    },
    less={
        "narrower": "width", "shorter": "", "shallower": "depth", "thinner": "thickness",
        "lighter": "weight", "smaller": "",
    },
    than="than",
    no=("no", "not", "isn't", "isnt", "aren't", "arent", "not any"),
    by=("x", "×", "*", "by"),
    side_letters=("l", "w", "h", "d"),
    or_more=("or longer", "or wider", "or taller", "or larger", "or bigger", "or heavier",
             "or deeper"),
    or_less=("or shorter", "or narrower", "or smaller", "or lighter", "or thinner"),
    before_count=(
        "pack of", "packs of", "pack size", "pack size of", "packs with",
        "set of", "sets of", "box of", "case of", "bundle of", "bag of",
        "package of", "packet of", "carton of",
    ),
    after_count=("pack", "packs", "count", "ct", "piece", "pieces", "pc", "pcs", "pk"),
    sleeps=("sleeps", "sleep", "sleeping", "fits", "seats"),
    ages=("ages", "age", "aged"),
    old=("old", "olds", "of age"),
    age_attributes=words("age ages")
    | {"age range", "recommended age", "age group", "minimum age", "suitable age", "age years"},
    inclusive=(
        "at least", "at most", "no more", "no less", "not more", "not less", "up to", "upto", "max",
        "min", "starting", "=", "≤", "≥", "within", "from", "not under", "not over", "not exceed",
        "nothing over",
    ),
    at_least_kinds=words("time"),
)  # fmt: skip
