from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.query.constraints import Constraints, ParsedQuery
from recommender.query.parser import QueryParser
from recommender.query.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    brands=(
        "Adidas", "Arm & Hammer", "Five Star", "Levi's", "Mama Koala", "New Balance", "Next",
        "Nike", "NIKE", "Ring", "Samsung", "Samsung Electronics", "Sage", "The North Face",
        "Wüsthof",
    ),
    colors=(
        "Black", "Black and White", "Crimson", "Forest Green", "Golden Blue", "Gray", "Light Blue",
        "Navy", "Olive",        "Red", "Rose Gold", "Set 1",
    ),
    sizes=("10", "8", "9", "9.5", "L", "M", "Queen", "S", "US 11", "X-Large", "34x32"),
    categories=(
        "Electronics > Headphones", "Furniture > Beds", "Kitchen > Mugs & Cups", "Outdoor > Tents",
        "Shoes > Boots", "Shoes > Running", "Kitchen > Cookware", "Travel", "Pets > Dogs",
    ),
    genders=("men", "unisex", "women"),
    materials=("Canvas", "Faux Leather", "Full-grain leather", "Merino Wool"),
    category_words={
        "Electronics > Headphones": frozenset({"wireless", "headphones"}),
        "Shoes > Running": frozenset({"trail", "running", "shoes"}),
        "Shoes > Boots": frozenset({"hiking", "boots"}),
        "Outdoor > Tents": frozenset({"dome", "tent"}),
    },
    prose_words=frozenset({"ring", "with", "soft", "handle"}),
    title_words={"wireless": 2, "headphones": 2},
)  # fmt: skip
RUNNING = {"category": ["Shoes > Running"]}
SHOES = {"category": ["Shoes"]}

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("red running shoes under $60", "running shoes", {"color": ["red"], "price_max": 60} | RUNNING),
    # Prices: at most
    ("I need running shoes under $100", "running shoes", {"price_max": 100} | RUNNING),
    ("shoes below 50", "shoes", {"price_max": 50} | SHOES),
    ("shoes for less than 50 dollars", "shoes", {"price_max": 50} | SHOES),
    ("shoes up to $49.99", "shoes", {"price_max": 49.99} | SHOES),
    ("shoes 80 max", "shoes", {"price_max": 80} | SHOES),
    ("shoes at most 80 bucks", "shoes", {"price_max": 80} | SHOES),
    ("shoes no more than €80", "shoes", {"price_max": 80} | SHOES),
    ("shoes not over 80", "shoes", {"price_max": 80} | SHOES),
    ("shoes cheaper than 1,299", "shoes", {"price_max": 1299} | SHOES),
    ("shoes under $1.5k", "shoes", {"price_max": 1500} | SHOES),
    ("shoes <= 50", "shoes", {"price_max": 50} | SHOES),
    ("shoes $50 or less", "shoes", {"price_max": 50} | SHOES),
    ("shoes, my budget is 120", "shoes", {"price_max": 120} | SHOES),
    ("shoes for $120", "shoes", {"price_max": 120} | SHOES),
    ("SHOES UNDER 100 BUCKS!!!", "SHOES", {"price_max": 100} | SHOES),
    ("shoes under fifty dollars", "shoes", {"price_max": 50} | SHOES),
    ("shoes between two hundred and three hundred dollars", "shoes",
     {"price_min": 200, "price_max": 300} | SHOES),
    ("sumsung tv around $1.5k", "tv",
     {"brand": ["Samsung", "Samsung Electronics"], "price_min": 1200, "price_max": 1800}),
    ("not the black one", "", {"not_color": ["black"]}),
    ("off-white shoes", "shoes", {"color": ["off white"]} | SHOES),
    ("boots, but not in red, navy or black", "boots",
     {"category": ["Shoes > Boots"], "not_color": ["red", "navy", "black"]}),
    ("boots, nothing red, navy, or black please", "boots",
     {"category": ["Shoes > Boots"], "not_color": ["red", "navy", "black"]}),
    ("not red, black boots", "boots",
     {"category": ["Shoes > Boots"], "color": ["black"], "not_color": ["red"]}),
    ("boots not under $100", "boots", {"category": ["Shoes > Boots"], "price_min": 100}),
    ("no less than $100 boots", "boots", {"category": ["Shoes > Boots"], "price_min": 100}),
    ("boots no more expensive than 50", "boots",
     {"category": ["Shoes > Boots"], "price_max": 50}),
    ("what's the cheapest tent", "tent", {"category": ["Outdoor > Tents"], "sort": "price"}),
    # Questions that only sound like a no
    ("why not show me red boots", "boots", {"category": ["Shoes > Boots"], "color": ["red"]}),
    ("isn't there a red tent?", "tent", {"category": ["Outdoor > Tents"], "color": ["red"]}),
    ("don't you have navy boots", "boots", {"category": ["Shoes > Boots"], "color": ["navy"]}),
    ("is it not available in red", "", {"color": ["red"]}),
    ("boots that aren't red", "boots", {"category": ["Shoes > Boots"], "not_color": ["red"]}),
    # Words that only look like constraints
    ("under armour hoodie", "under armour hoodie", {}),
    ("No. 7 night cream", "No. 7 night cream", {}),
    ("sugar free gum", "sugar free gum", {}),
    ("no-show socks", "no-show socks", {}),
    ("nothing phone 2 case", "nothing phone 2 case", {}),
    ("white beans in sauce", "white beans in sauce", {}),
    ("a 30 by 60 inch frame", "30 by 60 inch frame", {}),
    ("2 in 1 laptop", "2 in 1 laptop", {}),
    ("shoes under a hundred", "shoes", {"price_max": 100} | SHOES),
    ("shoes under two hundred and fifty dollars", "shoes", {"price_max": 250} | SHOES),
    ("shoes under twenty-five bucks", "shoes", {"price_max": 25} | SHOES),
    ("shoes under 50usd", "shoes", {"price_max": 50} | SHOES),
    ("shoes that cost less than 50 in navy", "shoes", {"price_max": 50, "color": ["navy"]} | SHOES),
    # Prices: at least, ranges, about
    ("shoes over $50", "shoes", {"price_min": 50} | SHOES),
    ("shoes from $50", "shoes", {"price_min": 50} | SHOES),
    ("shoes at least 50", "shoes", {"price_min": 50} | SHOES),
    ("shoes $200+", "shoes", {"price_min": 200} | SHOES),
    ("shoes over 50 and under 100", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("shoes between $50 and $100", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("shoes between 100 and 50", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("shoes from $90 to $40", "shoes", {"price_min": 40, "price_max": 90} | SHOES),
    ("shoes from 30 to 60", "shoes", {"price_min": 30, "price_max": 60} | SHOES),
    ("shoes 30 to 60 dollars", "shoes", {"price_min": 30, "price_max": 60} | SHOES),
    ("shoes over 100 under 50", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("shoes 50-100 dollars", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("$50 to $100 shoes", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("shoes $50–$100", "shoes", {"price_min": 50, "price_max": 100} | SHOES),
    ("shoes around $100", "shoes", {"price_min": 80, "price_max": 120} | SHOES),
    ("$100 shoes", "shoes", {"price_min": 80, "price_max": 120} | SHOES),
    # Numbers that are no price
    ("iphone 13", "iphone 13", {}),
    ("galaxy s22 case", "galaxy s22 case", {}),
    ("tv under 50 inches", "tv under 50 inches", {}),
    ("tent for up to 4 people", "tent for up to 4 people", {"category": ["Outdoor > Tents"]}),
    ("toys ages 3 to 5", "toys ages 3 to 5", {}),
    ("toys for ages from 3 to 5", "toys for ages from 3 to 5", {}),
    ("rope from 10 to 20 meters", "rope from 10 to 20 meters", {}),
    ("over 60% cotton", "over 60% cotton", {}),
    ("at least 8 gb memory stick", "at least 8 gb memory stick", {}),
    ("everything under one roof", "under one roof", {}),
    ("7-11 slurpee", "7-11 slurpee", {}),
    # Sizes
    ("shoes size 9", "shoes", {"size": ["9"]} | SHOES),
    ("size 9.5 shoes", "shoes", {"size": ["9.5"]} | SHOES),
    ("shoes in a 9", "shoes", {"size": ["9"]} | SHOES),
    ("shoes in size 9 or 10", "shoes", {"size": ["9", "10"]} | SHOES),
    ("shoes sizes 8 to 10", "shoes", {"size": ["8", "9", "9.5", "10"]} | SHOES),
    ("shoes size 8 to 10", "shoes", {"size": ["8", "9", "9.5", "10"]} | SHOES),
    ("shoes size 11", "shoes", {"size": ["11"]} | SHOES),
    ("shoes size 47", "shoes", {"size": ["47"]} | SHOES),
    ("XL t-shirt", "t-shirt", {"size": ["xl"]}),
    ("t-shirt in medium", "t-shirt", {"size": ["m"]}),
    ("extra large size t-shirt", "t-shirt", {"size": ["xl"]}),
    ("queen size sheets", "sheets", {"size": ["queen"]}),
    ("large backpack", "large backpack", {}),
    ("in a 9 inch pan", "in a 9 inch pan", {}),
    # Brands
    ("nike shoes", "shoes", {"brand": ["Nike", "NIKE"]} | SHOES),
    ("shoes by Nike", "shoes", {"brand": ["Nike", "NIKE"]} | SHOES),
    ("mama koala diapers", "diapers", {"brand": ["Mama Koala"]}),
    ("north face jacket", "north face jacket", {}),
    ("the north face jacket", "jacket", {"brand": ["The North Face"]}),
    ("levis jeans", "jeans", {"brand": ["Levi's"]}),
    ("LEVI’S jeans", "jeans", {"brand": ["Levi's"]}),
    ("arm and hammer soda", "soda", {"brand": ["Arm & Hammer"]}),
    ("wusthof knife", "knife", {"brand": ["Wüsthof"]}),
    ("addidas shoes", "shoes", {"brand": ["Adidas"]} | SHOES),
    ("samsng phone", "phone", {"brand": ["Samsung", "Samsung Electronics"]}),
    ("samsung phone", "phone", {"brand": ["Samsung", "Samsung Electronics"]}),
    ("the next shoes", "next shoes", {}),
    ("shoes by next", "shoes", {"brand": ["Next"]} | SHOES),
    ("engagement ring", "engagement ring", {}),
    ("a five star hotel pillow", "five star hotel pillow", {}),
    ("shoes not nike", "shoes", {"not_brand": ["Nike", "NIKE"]} | SHOES),
    # Colours
    ("something in red", "", {"color": ["red"]}),
    ("in red please", "", {"color": ["red"]}),
    ("light blue shoes", "shoes", {"color": ["light blue"]} | SHOES),
    ("shoes in navy or black", "shoes", {"color": ["navy", "black"]} | SHOES),
    ("black and white shoes", "shoes", {"color": ["black", "white"]} | SHOES),
    ("grey shoes", "shoes", {"color": ["grey"]} | SHOES),
    ("golden blue shoes", "shoes", {"color": ["golden blue"]} | SHOES),
    ("purple shoes", "shoes", {"color": ["purple"]} | SHOES),
    ("shoes in the color olive", "shoes", {"color": ["olive"]} | SHOES),
    ("olive oil", "olive oil", {}),
    ("green tea", "green tea", {}),
    ("not red shoes", "shoes", {"not_color": ["red"]} | SHOES),
    ("shoes without red", "shoes", {"not_color": ["red"]} | SHOES),
    ("not black but red shoes", "shoes", {"color": ["red"], "not_color": ["black"]} | SHOES),
    # Negations
    ("not leather boots", "boots",
     {"not_material": ["leather"], "category": ["Shoes > Boots"]}),
    ("headphones, no in-ear", "headphones",
     {"not_words": ["in ear"], "category": ["Electronics > Headphones"]}),
    ("shoes in anything but red", "shoes", {"not_color": ["red"]} | SHOES),
    ("tent without a porch", "tent",
     {"not_words": ["porch"], "category": ["Outdoor > Tents"]}),
    ("boots not made of leather under $90", "boots",
     {"price_max": 90, "not_material": ["leather"], "category": ["Shoes > Boots"]}),
    ("shoes not boots", "shoes", {"not_category": ["Shoes > Boots"]} | SHOES),
    ("not in size 9", "", {"not_size": ["9"]}),
    ("no show socks", "no show socks", {}),
    ("non-stick cookware", "non-stick cookware", {}),
    ("no-iron shirt", "no-iron shirt", {}),
    ("set 1", "set 1", {}),
    # Categories
    ("tents", "tents", {"category": ["Outdoor > Tents"]}),
    ("a tent", "tent", {"category": ["Outdoor > Tents"]}),
    ("wireless headphones", "wireless headphones", {"category": ["Electronics > Headphones"]}),
    ("shoes or boots", "shoes or boots", SHOES),
    ("coffee cups", "coffee cups", {}),
    ("nice cups", "nice cups", {"category": ["Kitchen > Mugs & Cups"]}),
    ("cookware", "cookware", {"category": ["Kitchen > Cookware"]}),
    ("dog beds", "dog beds", {}),
    ("asics shoes", "asics shoes", SHOES),
    ("ASICS Gel boots", "ASICS Gel boots", {"category": ["Shoes > Boots"]}),
    ("zzyx shoe rack", "zzyx shoe rack", {}),
    ("zzyx cups", "zzyx cups", {"category": ["Kitchen > Mugs & Cups"]}),
    ("something for my dog", "dog", {"category": ["Pets > Dogs"]}),
    ("a bed for dogs", "bed for dogs", {"category": ["Pets > Dogs"]}),
    ("gift for my cat", "gift for my cat", {}),
    ("shoes for dog owners", "shoes for dog owners", SHOES),
    ("shoe rack", "shoe rack", {}),
    ("case for headphones", "case for headphones", {}),
    ("running", "running", {}),
    ("travel adapter", "travel adapter", {}),
    # Genders, materials, stock
    ("men's shoes", "men's shoes", {"gender": ["men"]} | SHOES),
    ("shoes for ladies", "shoes for ladies", {"gender": ["women"]} | SHOES),
    ("iron man costume", "iron man costume", {}),
    ("shoes for my man", "shoes for my man", {"gender": ["men"]} | SHOES),
    ("leather boots", "leather boots", {"material": ["leather"], "category": ["Shoes > Boots"]}),
    ("faux leather boots", "faux leather boots",
     {"material": ["faux leather"], "category": ["Shoes > Boots"]}),
    ("leather cleaner", "leather cleaner", {}),
    ("a bag made of canvas", "bag made of canvas", {"material": ["canvas"]}),
    ("shoes in stock", "shoes", {"in_stock": True} | SHOES),
    ("shoes that are available now", "shoes", {"in_stock": True} | SHOES),
    # Courtesies, and texts that mean nothing to us
    ("hi, do you have any tents please?", "tents", {"category": ["Outdoor > Tents"]}),
    ("Could you show me something for camping, thanks", "camping", {}),
    ("Something for camping, you stupid bot!", "camping", {}),
    ("something for camping you idiot", "camping", {}),
    ("a sewing machine", "sewing machine", {}),
    ("I'm looking for a pair of shoes", "shoes", SHOES),
    ("do u have wireles headphnes plz", "wireless headphones",
     {"category": ["Electronics > Headphones"]}),
    ("pls show me blak tents u got", "tents",
     {"color": ["black"], "category": ["Outdoor > Tents"]}),
    ("show me the red one", "", {"color": ["red"]}),
    ("", "", {}),
    ("   \n ", "", {}),
    ("红色的跑鞋", "红色的跑鞋", {}),
    ("🙂🙂", "🙂🙂", {}),
    ("👟 shoes 👟 under $50", "👟 shoes 👟", {"price_max": 50} | SHOES),
    ("<script>alert('x')</script>", "<script>alert('x')</script>", {}),
    ("'; DROP TABLE products; --", "'; DROP TABLE products", {}),
    ("ｓｈｏｅｓ ｕｎｄｅｒ ＄５０", "shoes", {"price_max": 50} | SHOES),
    (
        "men's red Nike running shoes in size 9 under $100, in stock please",
        "men's running shoes",
        {"price_max": 100, "brand": ["Nike", "NIKE"], "color": ["red"], "size": ["9"],
         "gender": ["men"], "in_stock": True} | RUNNING,
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def parser() -> QueryParser:
    return QueryParser(VOCABULARY)


@pytest.mark.parametrize(("text", "rest", "filters"), CASES, ids=[case[0] for case in CASES])
def test_request_is_understood(
    parser: QueryParser, text: str, rest: str, filters: dict[str, Any]
) -> None:
    understood = parser.parse(text)

    assert (understood.text, understood.filters.to_json()) == (rest, filters)


def test_empty_request_requires_nothing(parser: QueryParser) -> None:
    assert parser.parse("") == ParsedQuery("", Constraints())


@pytest.mark.parametrize("text", ["in red size 9 by nike under $50", "leather boots for men"])
def test_catalogue_without_facets_leaves_words_in_the_text(text: str) -> None:
    understood = QueryParser(Vocabulary()).parse(text)

    assert understood.filters in (Constraints(), Constraints(price_max=Decimal(50)))
    for word in ("red", "nike", "leather", "men"):
        assert (word in understood.text) == (word in text)


@pytest.mark.parametrize(
    "text",
    [
        "shoes " * 2_000,
        "x" * 10_000,
        "9" * 10_000,
        "$9 " * 3_000,
        "one hundred " * 900,
        "- " * 5_000,
    ],
)
def test_long_request_takes_bounded_time(parser: QueryParser, text: str) -> None:
    start = perf_counter()
    parser.parse(text)

    assert perf_counter() - start < 2


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from([w for c in CASES for w in c[0].split()])).map(" ".join)
)
def test_any_text_is_understood_somehow(parser: QueryParser, text: str) -> None:
    understood = parser.parse(text)

    assert Constraints.from_json(understood.filters.to_json()) == understood.filters
    low, high = understood.filters.price_min, understood.filters.price_max
    assert low is None or high is None or low <= high
