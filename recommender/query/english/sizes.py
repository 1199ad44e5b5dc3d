"""English: sizes."""

from recommender.query.english.phrases import phrases, words

SIZES = {
    "xxs": ("2xs", "xx small", "extra extra small"),
    "xs": ("x small", "extra small", "xsmall"),
    "s": ("small", "sm"),
    "m": ("medium", "med"),
    "l": ("large", "lg"),
    "xl": ("x large", "extra large", "xlarge", "1xl"),
    "xxl": ("2x large", "2 x large", "2xl", "xx large", "extra extra large", "2x", "double xl"),
    "xxxl": ("3x large", "3 x large", "3xl", "xxx large", "3x"),
    "xxxxl": ("4x large", "4 x large", "4xl", "4x"),
    "one size": ("one size fits all", "os", "one size fits most"),
}
SIZE_HALVES = phrases("and a half", "1 2")
SIZE_WORDS = words("size sizes sized sz")
SIZE_SYSTEMS = words("us")
BARE_SIZES = words("xxs xs xl xxl xxxl xxxxl 1xl 2xl 3xl 4xl 2xs")
SIZE_LEAD = phrases("in", "in a", "in an", "a", "im a", "i am a", "i wear a", "i wear")
SIZE_WIDTHS = {"w": "wide", "ww": "extra wide", "n": "narrow", "wide": "wide", "narrow": "narrow"}
_BEDDING = words(
    "sheet sheets bed bedding mattress topper duvet comforter quilt blanket coverlet bedspread "
    "pillow pillowcase headboard frame protector futon"
)
SIZES_OF_THINGS = dict.fromkeys(
    ("twin", "full", "queen", "king", "single", "double", "california king"), _BEDDING
)
