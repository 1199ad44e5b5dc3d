"""English: what a product is, has or does, as attributes say it."""

from recommender.query.english.phrases import words
from recommender.query.language import FeatureWords

FEATURES = FeatureWords(
    no=words("no none false n not without nope never 0 no. nil n/a"),
    opposites={
        "wired": "wireless", "wires": "wireless", "wire": "wireless",
        "corded": "cordless", "cords": "cordless", "cord": "cordless",
        "unscented": "scented", "backless": "back",
        "sleeveless": "sleeves", "hoodless": "hood", "strapless": "straps",
    },
    spellings={
        "canceling": "cancelling", "cancellation": "cancelling", "cancelation": "cancelling",
        "odour": "odor", "colour": "color", "resistance": "resistant", "stretchy": "stretch",
        "aluminium": "aluminum", "proofed": "proof", "scentfree": "fragrancefree", "fibre": "fiber",
        "moulded": "molded", "waterproofing": "waterproof", "waterproofed": "waterproof",
        "non": "non",
    },
    kinds=words("type style kind option feature features level class category model of the"),
    having=words("with has have having includes including including and"),
)  # fmt: skip
