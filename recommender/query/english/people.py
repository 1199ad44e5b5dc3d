"""English: whom things are for."""

from recommender.query.english.phrases import phrases, words

GENDERS = {
    "men": ("man", "mens", "male", "males", "gentlemen", "guys", "gents"),
    "women": (
        "woman",
        "womens",
        "female",
        "females",
        "ladies",
        "lady",
        "ladys",
        "womans",
    ),
    "boys": ("boy",),
    "girls": ("girl",),
    "kids": (
        "kid",
        "children",
        "child",
        "childrens",
        "childs",
        "youth",
        "junior",
        "toddler",
        "toddlers",
        "infant",
        "infants",
    ),
    "unisex": ("gender neutral",),
}
GENDER_ANSWERS = {
    "men": ("men", "unisex"),
    "women": ("women", "unisex"),
    "boys": ("boys", "kids", "unisex"),
    "girls": ("girls", "kids", "unisex"),
    "kids": ("kids", "boys", "girls", "unisex"),
    "unisex": ("unisex",),
}
CHILDREN = "kids"
DOUBTFUL_GENDERS = words("man woman boy girl kid child lady male female junior youth infant")
GENDER_LEAD = phrases("for", "for a", "for an", "for my", "for the")
LIVING = words(
    "dog puppy cat kitten pet bird parrot fish rabbit hamster horse baby toddler kid child"
)
BENEFICIARY_LEAD = words("for")
