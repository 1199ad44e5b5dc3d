"""English: colours, their shades, and what only sounds like one."""

from recommender.query.english.phrases import phrases, words

COLORS: dict[str, tuple[str, ...]] = {
    "red": (
        "crimson", "scarlet", "burgundy", "maroon", "cherry", "ruby", "cardinal", "brick",
        "vermilion", "carmine", "garnet",
    ),
    "blue": (
        "navy", "cobalt", "azure", "indigo", "sapphire", "denim", "cerulean", "royal blue",
        "sky", "midnight", "ultramarine",
    ),
    "light blue": ("sky blue", "baby blue", "powder blue", "pale blue", "ice blue", "azure"),
    "dark blue": ("navy", "navy blue", "midnight blue", "deep blue"),
    "navy": ("navy blue",),
    "green": (
        "olive", "emerald", "forest", "mint", "sage", "lime", "moss", "pine", "jade", "seafoam",
        "hunter",
    ),
    "dark green": ("forest green", "forest", "hunter green", "bottle green", "pine"),
    "light green": ("mint", "lime green", "sage", "pale green", "seafoam"),
    "yellow": ("mustard", "lemon", "canary", "sunflower", "saffron", "amber"),
    "orange": ("tangerine", "apricot", "burnt orange", "rust", "terracotta", "pumpkin"),
    "pink": ("rose", "blush", "fuchsia", "magenta", "salmon", "coral", "hot pink", "bubblegum"),
    "purple": (
        "violet", "lavender", "lilac", "plum", "mauve", "eggplant", "aubergine", "grape",
        "amethyst", "orchid",
    ),
    "black": ("jet", "onyx", "ebony", "noir"),
    "white": ("ivory", "snow", "off white", "eggshell", "alabaster", "pearl"),
    "grey": (
        "gray", "charcoal", "slate", "graphite", "ash", "heather grey", "heather gray",
        "gunmetal", "smoke", "pewter",
    ),
    "dark grey": ("dark gray", "charcoal", "graphite", "slate"),
    "light grey": ("light gray", "ash", "silver grey", "silver gray"),
    "brown": (
        "chocolate", "coffee", "chestnut", "walnut", "mocha", "espresso", "cognac", "mahogany",
        "cocoa", "umber", "hazel", "tan",
    ),
    "beige": ("sand", "cream", "khaki", "taupe", "ecru", "oatmeal", "nude", "stone", "camel",
              "tan"),
    "gold": ("golden", "champagne"),
    "silver": ("chrome", "stainless steel", "platinum", "nickel"),
    "bronze": ("copper", "brass"),
    "turquoise": ("teal", "aqua", "cyan", "aquamarine"),
    "teal": ("dark turquoise",),
    "tan": ("camel", "khaki"),
    "clear": ("transparent", "crystal clear"),
    "multicolor": (
        "multicolour", "multicolored", "multicoloured", "multi color", "multi colored", "multi",
        "rainbow", "assorted", "colorful", "colourful", "multi coloured", "multi colour",
    ),
}  # fmt: skip
# Spellings of one colour: each means exactly the same.
COLORS |= {
    "navy blue": ("navy",),
    "gray": ("grey", *COLORS["grey"]),
    "dark gray": ("dark grey", *COLORS["dark grey"]),
    "light gray": ("light grey", *COLORS["light grey"]),
    "golden": ("gold", "champagne"),
    "multicolored": ("multicolor", *COLORS["multicolor"]),
    "multicolour": ("multicolor", *COLORS["multicolor"]),
    "multicoloured": ("multicolor", *COLORS["multicolor"]),
    "rainbow": ("multicolor", "multicolour", "multicolored", "multi"),
}
DOUBTFUL_COLORS = words(
    "amber apricot ash blush brass brick bronze camel canary cardinal champagne charcoal "
    "cherry chestnut chocolate chrome clear cocoa coffee copper coral cream crystal denim "
    "ebony eggplant emerald espresso forest garnet gold golden grape graphite hazel hunter "
    "ice indigo ivory jade jet lavender lemon lime mahogany midnight mint mocha moss multi "
    "mustard natural nickel noir nude oatmeal olive orange orchid pearl pewter pine platinum "
    "plum powder pumpkin rainbow rose royal ruby rust sage salmon sand sapphire silver sky "
    "slate smoke snow stone sunflower assorted tan teal terracotta walnut wine"
) - words("gold silver orange teal tan")
NOT_COLORS = phrases(
    "red wine",
    "red bull",
    "red light",
    "white wine",
    "white noise",
    "white board",
    "white chocolate",
    "white label",
    "green tea",
    "green beans",
    "green screen",
    "green thumb",
    "black tea",
    "black pepper",
    "black bean",
    "black friday",
    "black box",
    "black light",
    "black out",
    "blue light",
    "blue ray",
    "blu ray",
    "blue cheese",
    "blue tooth",
    "brown rice",
    "brown sugar",
    "pink salt",
    "pink noise",
    "orange juice",
    "orange peel",
    "orange oil",
    "purple heart",
    "grey water",
    "gold fish",
    "golden retriever",
    "golden syrup",
    "gold plated",
    "gold filled",
    "silver polish",
    "silver plated",
    "silver dollar",
    "silver lake",
    "tan lines",
    "yellow pages",
    "red pepper",
    "green card",
    "red cross",
    "red dead",
    "black panther",
    "white out",
    "red light therapy",
)
IN_COLOR = phrases(
    "in",
    "in a",
    "in the",
    "in color",
    "in colour",
    "in the color",
    "in the colour",
    "color",
    "colour",
    "color is",
    "colour is",
    "colored",
    "in either",
)
