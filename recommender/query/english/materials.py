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
_WOOD = words(
    "oak beech walnut pine birch ash maple teak acacia mahogany cherry spruce cedar plywood mdf "
    "pakkawood rattan poplar rubberwood hardwood softwood wood wooden"
)
KINDS = {
    "metal": words(
        "steel aluminium aluminum iron brass copper titanium zinc bronze tin pewter nickel silver "
        "gold chrome metal"
    ),
    "plastic": words(
        "polypropylene polycarbonate polyethylene polystyrene abs pvc acrylic tpu tpe melamine "
        "plastic"
    ),
    "leather": words(
        "leather suede nubuck goatskin lambskin cowhide calfskin sheepskin pigskin buckskin"
    ),
    "wood": _WOOD,
    "wooden": _WOOD,
    "fur": words("fur sheepskin shearling"),
}
