"""English: words around materials."""

from recommender.query.english.phrases import phrases, words

MATERIALS_LEAD = phrases(
    "made of",
    "made from",
    "made out of",
    "in",
    "in real",
    "in genuine",
    "100",
    "100 percent",
    "genuine",
    "real",
    "pure",
)
IMITATION = words("faux vegan fake imitation artificial synthetic pu look effect")
