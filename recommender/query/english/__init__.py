"""English: every English word that understanding a request or explaining a result needs."""

from recommender.query.english import (
    brands,
    colors,
    courtesies,
    kinds,
    materials,
    nouns,
    people,
    sizes,
)
from recommender.query.english.features import FEATURES
from recommender.query.english.measures import MEASURES
from recommender.query.english.negation import NEGATION
from recommender.query.english.prices import PRICES
from recommender.query.english.sorting import RATINGS, SORTING
from recommender.query.english.wording import WORDING
from recommender.query.language import Language

ENGLISH = Language(
    prices=PRICES,
    wording=WORDING,
    negation=NEGATION,
    sorting=SORTING,
    ratings=RATINGS,
    measures=MEASURES,
    features=FEATURES,
    stemmer="english",
    singular=nouns.singular,
    endings=("d", "ed"),
    plurals=nouns.plurals,
    names_a_kind=nouns.names_a_kind,
    colors=colors.COLORS,
    doubtful_colors=colors.DOUBTFUL_COLORS,
    not_colors=colors.NOT_COLORS,
    in_color=colors.IN_COLOR,
    sizes=sizes.SIZES,
    sizes_of_things=sizes.SIZES_OF_THINGS,
    size_halves=sizes.SIZE_HALVES,
    size_words=sizes.SIZE_WORDS,
    size_widths=sizes.SIZE_WIDTHS,
    size_systems=sizes.SIZE_SYSTEMS,
    bare_sizes=sizes.BARE_SIZES,
    size_lead=sizes.SIZE_LEAD,
    genders=people.GENDERS,
    gender_answers=people.GENDER_ANSWERS,
    children=people.CHILDREN,
    doubtful_genders=people.DOUBTFUL_GENDERS,
    gender_lead=people.GENDER_LEAD,
    living=people.LIVING,
    beneficiary_lead=people.BENEFICIARY_LEAD,
    materials_lead=materials.MATERIALS_LEAD,
    material_kinds=materials.KINDS,
    imitation=materials.IMITATION,
    brand_lead=brands.BRAND_LEAD,
    brand_words=brands.BRAND_WORDS,
    ordinary=brands.ORDINARY,
    in_stock=courtesies.IN_STOCK,
    out_of_stock=courtesies.OUT_OF_STOCK,
    openings=courtesies.OPENINGS,
    closings=courtesies.CLOSINGS,
    loose_ends=courtesies.LOOSE_ENDS,
    anything=courtesies.ANYTHING,
    either=kinds.EITHER,
    links=kinds.LINKS,
    qualities=kinds.QUALITIES,
)
"""The language of the parser unless another is given."""
