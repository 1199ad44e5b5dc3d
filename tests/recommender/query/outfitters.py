"""A small shop that says much of each product: what constraint questions are asked of.

Written as rows, so that a checker can read them without the code that it checks.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product as combinations

from catalog.models import Product, Variant


@dataclass(frozen=True)
class Row:
    """One product. `colors` and `sizes` make a variant for each pair; `sold_out` names some."""

    id: str
    title: str
    brand: str
    price: str
    colors: str = ""
    """Parted by slashes."""
    sizes: str = ""
    material: str = ""
    gender: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    description: str = ""
    sold_out: str = ""
    """Colours or sizes, parted by slashes, or "all"."""
    dearer: dict[str, str] = field(default_factory=dict)
    """A colour or size to the price of its variants."""


@dataclass(frozen=True)
class Stocked:
    """One variant with everything that the shop says of it."""

    id: str
    row: Row
    category: str
    color: str
    size: str
    price: Decimal
    in_stock: bool


SHELVES: dict[str, list[Row]] = {
    "Electronics > Headphones": [
        Row("ova", "Ova Wireless Headphones", "Sonavo", "249", "Black/Silver",
            attributes={"type": "over-ear", "wireless": "yes", "noise_cancelling": "yes",
                        "battery_life": "38 hours", "rating": "4.7"}),
        Row("ova-lite", "Ova Lite Wireless Headphones", "Sonavo", "89", "White/Coral",
            attributes={"type": "on-ear", "wireless": "yes", "noise_cancelling": "no",
                        "battery_life": "22 hours", "rating": "4.1"}),
        Row("monitor", "Studio Monitor Headphones", "Klarton", "129", "Black",
            attributes={"type": "over-ear", "wireless": "no", "rating": "4.5"},
            description="For mixing. There is no microphone, and the cable unplugs."),
        Row("pip", "Pip Earbuds", "Sonavo", "59", "Black/White/Navy",
            attributes={"type": "in-ear", "wireless": "yes", "noise_cancelling": "no",
                        "battery_life": "6 hours", "water_resistant": "yes", "rating": "3.8"}),
        Row("pip-pro", "Pip Pro Earbuds", "Sonavo", "149", "Black",
            attributes={"type": "in-ear", "wireless": "yes", "noise_cancelling": "yes",
                        "battery_life": "8 hours", "water_resistant": "yes", "rating": "4.4"},
            sold_out="all"),
        Row("cordy", "Cordy Wired Earphones", "Bassline", "15", "Red/Blue",
            attributes={"type": "in-ear", "wireless": "no", "rating": "3.2"}),
        Row("tempo", "Tempo Sport Headphones", "Bassline", "75", "Orange/Black",
            attributes={"type": "on-ear", "wireless": "yes", "battery_life": "30 hours",
                        "water_resistant": "yes", "rating": "4.0"},
            description="Has a microphone for calls."),
        Row("junior", "Junior Headphones", "Bassline", "35", "Pink/Teal", gender="kids",
            attributes={"type": "on-ear", "wireless": "no", "age": "3–8 years", "rating": "4.6"}),
    ],
    "Electronics > Cables": [
        Row("usb-c-1", "USB-C Cable, 3 ft", "Cablemate", "7", "Black",
            attributes={"length": "3 ft", "rating": "4.3"}),
        Row("usb-c-2", "USB-C Cable, 6 ft", "Cablemate", "9", "Black/White",
            attributes={"length": "6 ft", "rating": "4.4"}),
        Row("usb-c-pack", "USB-C Cables, Pack of 3", "Cablemate", "18", "White",
            attributes={"length": "6 ft", "pack_size": "3", "rating": "4.2"}),
        Row("hdmi-10", "HDMI Cable, 10 ft", "Cablemate", "14", "Black",
            attributes={"length": "10 ft", "rating": "4.8"}),
        Row("hdmi-5m", "HDMI Cable, 5 m", "Bassline", "22", "Grey",
            attributes={"length": "5 m", "rating": "3.9"}),
    ],
    "Clothing > Jackets": [
        Row("gale", "Gale Rain Jacket", "Fjellby", "189", "Red/Navy/Black", "S/M/L/XL",
            "recycled nylon", "men", {"waterproof": "yes", "hood": "yes", "rating": "4.6"}),
        Row("gale-w", "Gale Rain Jacket for Women", "Fjellby", "189", "Teal/Burgundy", "XS/S/M/L",
            "recycled nylon", "women", {"waterproof": "yes", "hood": "yes", "rating": "4.4"},
            sold_out="XS"),
        Row("squire", "Squire Leather Jacket", "Marrow & Finch", "320", "Brown/Black", "M/L/XL",
            "leather", "men", {"hood": "no", "lining": "viscose", "rating": "4.8"}),
        Row("mock", "Mock Biker Jacket", "Orla", "99", "Black", "S/M/L", "faux leather", "women",
            {"hood": "no", "rating": "3.9"}),
        Row("loft", "Loft Down Jacket", "Northpine", "239", "Olive/Charcoal", "S/M/L/XL",
            "ripstop nylon", "unisex", {"hood": "detachable", "insulation": "goose down",
                                         "rating": "4.3"}),
        Row("cardo", "Cardo Fleece Jacket", "Northpine", "79", "Light Blue/Grey", "S/M/L",
            "polyester fleece", "women", {"rating": "4.0"},
            "A zip to the chin, without a hood, and two warm pockets."),
        Row("drift", "Drift Windbreaker", "Stride", "65", "Yellow/White", "S/M/L/XL", "polyester",
            "men", {"hood": "no", "packable": "yes", "rating": "3.6"}),
        Row("tarn", "Tarn Waxed Jacket", "Marrow & Finch", "210", "Forest Green", "M/L/XL",
            "waxed cotton", "men", {"rating": "4.5"},
            "A corduroy collar with leather piping. The hood rolls away."),
    ],
    "Clothing > Jeans": [
        Row("mason", "Mason Slim Jeans", "Harrow", "89", "Blue/Black", "30/32/34", "denim cotton",
            "men", {"fit": "slim", "rise": "mid", "stretch": "yes", "rating": "4.2"}),
        Row("mason-r", "Mason Relaxed Jeans", "Harrow", "95", "Blue", "32/34/36", "denim cotton",
            "men", {"fit": "relaxed", "rise": "mid", "stretch": "no", "rating": "4.4"}),
        Row("ivy", "Ivy High-Rise Jeans", "Orla", "75", "Navy/White", "26/28/30",
            "cotton, elastane", "women",
            {"fit": "skinny", "rise": "high", "stretch": "yes", "rating": "3.9"}),
        Row("fern", "Fern Bootcut Jeans", "Orla", "69", "Dark Blue", "28/30", "cotton", "women",
            {"fit": "bootcut", "rise": "mid", "stretch": "no", "rating": "4.1"}),
    ],
    "Clothing > Dresses": [
        Row("meadow", "Meadow Sun Dress", "Orla", "58", "Yellow/Red", "XS/S/M/L", "viscose",
            "women", {"length": "knee", "pockets": "yes", "rating": "4.0"}),
        Row("lagoon", "Lagoon Linen Dress", "Orla", "92", "White/Navy", "S/M/L", "linen", "women",
            {"length": "midi", "pockets": "yes", "sleeves": "short", "rating": "4.3"}),
        Row("dusk", "Dusk Maxi Dress", "Tindra", "140", "Black/Burgundy", "S/M/L", "silk", "women",
            {"length": "maxi", "pockets": "no", "sleeves": "long", "rating": "4.7"}),
        Row("clover", "Clover Girls' Dress", "Tindra", "32", "Pink/Green", "4/6/8", "cotton",
            "girls", {"length": "knee", "pockets": "yes", "age": "4–8 years", "rating": "4.5"}),
    ],
    "Shoes > Boots": [
        Row("crag", "Crag Hiking Boots", "Fjellby", "169", "Brown/Grey", "8/9/10/11",
            "nubuck leather", "men", {"waterproof": "yes", "rating": "4.6"}),
        Row("crag-v", "Crag Vegan Hiking Boots", "Fjellby", "149", "Black", "7/8/9/10",
            "recycled polyester", "unisex", {"waterproof": "yes", "vegan": "yes", "rating": "4.3"}),
        Row("abbey", "Abbey Chelsea Boots", "Marrow & Finch", "215", "Black/Tan", "7/8/9",
            "leather", "women", {"rating": "4.4"}),
        Row("puddle", "Puddle Rain Boots", "Tindra", "29", "Yellow/Red", "1/2/3", "rubber", "kids",
            {"waterproof": "yes", "age": "4–8 years", "rating": "4.8"}),
        Row("mukluk", "Mukluk Snow Boots", "Northpine", "125", "White", "6/7/8", "suede", "women",
            {"waterproof": "no", "rating": "3.7"}),
    ],
    "Shoes > Running": [
        Row("swift", "Swift Road Running Shoes", "Veloce", "110", "Red/Navy", "8/9/10/9 Wide",
            "mesh", "men", {"rating": "4.5"}, sold_out="10"),
        Row("swift-w", "Swift Road Running Shoes for Women", "Veloce", "110", "Coral/Grey",
            "6/7/8", "mesh", "women", {"rating": "4.4"}),
        Row("ridge", "Ridge Trail Running Shoes", "Veloce", "135", "Olive/Orange", "8/9/10/11",
            "ripstop nylon", "men", {"waterproof": "yes", "rating": "4.7"}),
        Row("jog", "Jog Everyday Running Shoes", "Stride", "45", "Black/White", "7/8/9/10/11",
            "mesh", "unisex", {"rating": "3.5"}),
        Row("pace", "Pace Tempo Running Shoes", "Stride", "72", "Light Blue/Black", "8/9/10",
            "knit polyester", "men", {"rating": "4.0"}),
        Row("feather", "Feather Racing Shoes", "Kettner", "190", "White", "8/9/10", "mesh",
            "unisex", {"rating": "4.2"}),
    ],
    "Shoes > Sneakers": [
        Row("court", "Court Leather Sneakers", "Kettner", "98", "White/Black", "8/9/10/10 Wide",
            "leather", "men", {"rating": "4.1"}),
        Row("pier", "Pier Canvas Sneakers", "Stride", "39", "Navy/Red/White", "7/8/9/10", "canvas",
            "unisex", {"vegan": "yes", "rating": "4.0"}),
        Row("hopper", "Hopper Kids' Sneakers", "Tindra", "34", "Blue/Pink", "1/2/3", "canvas",
            "kids", {"age": "5–10 years", "rating": "4.3"}),
        Row("plaza", "Plaza Suede Sneakers", "Kettner", "115", "Tan/Charcoal", "8/9/10", "suede",
            "women", {"rating": "4.6"}),
    ],
    "Outdoor > Tents": [
        Row("solo", "Solo Trekking Tent", "Northpine", "199", "Green",
            attributes={"capacity": "1 person", "waterproof": "yes", "weight": "1.1 kg",
                        "rating": "4.5"}),
        Row("duo", "Duo Dome Tent", "Northpine", "149", "Orange/Green",
            attributes={"capacity": "2 person", "waterproof": "yes", "weight": "2.4 kg",
                        "rating": "4.2"}),
        Row("quad", "Quad Family Tent", "Fjellby", "329", "Blue",
            attributes={"capacity": "4 person", "waterproof": "yes", "weight": "6.5 kg",
                        "rating": "4.6"}),
        Row("quad-b", "Meadow 4-Person Tent", "Wanderly", "119", "Grey",
            attributes={"capacity": "4 person", "waterproof": "no", "weight": "5.8 kg",
                        "rating": "3.4"}),
        Row("six", "Basecamp Tent", "Wanderly", "259", "Khaki",
            attributes={"capacity": "6 person", "waterproof": "yes", "weight": "9 kg",
                        "rating": "4.0"},
            description="A porch on each side, and a floor that zips out."),
        Row("beach", "Beach Shelter Tent", "Wanderly", "49", "Blue/Yellow",
            attributes={"capacity": "2 person", "waterproof": "no", "weight": "1.6 kg",
                        "rating": "3.9"}),
    ],
    "Kitchen > Pans": [
        Row("skillet-8", "Cast Iron Skillet, 8 Inch", "Copperline", "25", "Black",
            material="cast iron",
            attributes={"diameter": "8 inch", "dishwasher_safe": "no", "rating": "4.7"}),
        Row("skillet-10", "Cast Iron Skillet, 10 Inch", "Copperline", "35", "Black",
            material="cast iron",
            attributes={"diameter": "10 inch", "dishwasher_safe": "no", "rating": "4.8"}),
        Row("skillet-12", "Cast Iron Skillet, 12 Inch", "Copperline", "45", "Black",
            material="cast iron",
            attributes={"diameter": "12 inch", "dishwasher_safe": "no", "rating": "4.6"}),
        Row("glide-10", "Glide Nonstick Frying Pan", "Orbo", "29", "Red/Grey", material="aluminum",
            attributes={"diameter": "10 inch", "nonstick": "yes", "dishwasher_safe": "yes",
                        "rating": "4.0"}),
        Row("glide-set", "Glide Pan Set of 3", "Orbo", "79", "Grey", material="aluminum",
            attributes={"pieces": "3", "nonstick": "yes", "dishwasher_safe": "yes",
                        "rating": "4.1"}),
        Row("copper", "Copper Saute Pan", "Copperline", "165", "Copper", material="copper",
            attributes={"diameter": "11 inch", "nonstick": "no", "dishwasher_safe": "no",
                        "rating": "4.4"}),
    ],
    "Kitchen > Mugs": [
        Row("mug-1", "Ember Stoneware Mug", "Orbo", "12", "Red/Blue", material="stoneware",
            attributes={"volume": "12 oz", "dishwasher_safe": "yes", "rating": "4.3"}),
        Row("mug-4", "Ember Stoneware Mugs, Set of 4", "Orbo", "39", "Blue/White",
            material="stoneware",
            attributes={"volume": "12 oz", "pieces": "4", "dishwasher_safe": "yes",
                        "rating": "4.5"}),
        Row("mug-6", "Plain Glass Mugs, Set of 6", "Klar", "30", "Clear", material="glass",
            attributes={"volume": "10 oz", "pieces": "6", "dishwasher_safe": "yes",
                        "rating": "4.0"}),
        Row("mug-t", "Trek Travel Mug", "Wanderly", "24", "Black/Green",
            material="stainless steel",
            attributes={"volume": "16 oz", "dishwasher_safe": "no", "rating": "4.6"}),
        Row("mug-p", "Gilded Porcelain Mug", "Klar", "48", "White/Gold", material="porcelain",
            attributes={"volume": "10 oz", "dishwasher_safe": "no", "rating": "3.8"}),
    ],
    "Home > Bedding": [
        Row("sheet-c", "Percale Sheet Set", "Dormi", "79", "White/Light Blue", "Twin/Queen/King",
            "cotton", attributes={"pieces": "4", "rating": "4.4"},
            dearer={"King": "99"}),
        Row("sheet-l", "Linen Sheet Set", "Dormi", "189", "Sand/Charcoal", "Queen/King", "linen",
            attributes={"pieces": "4", "rating": "4.6"}),
        Row("pillow", "Cloud Pillow", "Dormi", "45", "White", "Standard/King",
            attributes={"filling": "memory foam", "rating": "4.2"}),
        Row("pillow-d", "Down Pillow", "Klar", "69", "White", "Standard/King", "cotton",
            attributes={"filling": "goose down", "rating": "4.0"}),
        Row("pillow-2", "Hotel Pillows, Pack of 2", "Klar", "38", "White", "Standard",
            "polyester", attributes={"filling": "microfiber", "pack_size": "2", "rating": "3.9"}),
    ],
    "Home > Vacuums": [
        Row("stick", "Stick Vacuum", "Dustin", "229", "Grey",
            attributes={"cordless": "yes", "battery_life": "45 minutes", "weight": "2.6 kg",
                        "rating": "4.3"}),
        Row("drum", "Drum Canister Vacuum", "Dustin", "139", "Red",
            attributes={"cordless": "no", "weight": "5.4 kg", "rating": "4.1"}),
        Row("puck", "Puck Robot Vacuum", "Klar", "319", "White/Black",
            attributes={"cordless": "yes", "battery_life": "110 minutes", "weight": "3.2 kg",
                        "rating": "4.0"}),
        Row("crumb", "Crumb Handheld Vacuum", "Dustin", "49", "Blue",
            attributes={"cordless": "yes", "battery_life": "20 minutes", "weight": "0.8 kg",
                        "rating": "3.6"}),
    ],
    "Home > Desks": [
        Row("desk-40", "Nook Writing Desk", "Fabrik", "149", "Oak",  material="oak veneer",
            attributes={"width": "40 inch", "height": "29 inch", "rating": "4.0"}),
        Row("desk-48", "Plain Desk", "Fabrik", "199", "White/Black", material="steel",
            attributes={"width": "48 inch", "height": "30 inch", "drawers": "2",
                        "rating": "4.2"}),
        Row("desk-60", "Rise Standing Desk", "Fabrik", "449", "Walnut/White", material="bamboo",
            attributes={"width": "60 inch", "height": "24–50 inch", "adjustable": "yes",
                        "rating": "4.7"}),
        Row("desk-55", "Captain Desk", "Marrow & Finch", "620", "Brown", material="walnut",
            attributes={"width": "55 inch", "height": "30 inch", "drawers": "5",
                        "rating": "4.5"}),
    ],
    "Toys > Puzzles": [
        Row("puz-1000", "Night Harbor Puzzle", "Puzzlewood", "22",
            attributes={"pieces": "1,000", "age": "12 years and up", "rating": "4.4"}),
        Row("puz-500", "Garden Gate Puzzle", "Puzzlewood", "16",
            attributes={"pieces": "500", "age": "8 years and up", "rating": "4.1"}),
        Row("puz-24", "Farm Floor Puzzle", "Puzzlewood", "14", gender="kids",
            attributes={"pieces": "24", "age": "3–6 years", "rating": "4.8"}),
        Row("puz-2000", "Old Map Puzzle", "Klar", "35",
            attributes={"pieces": "2,000", "age": "14 years and up", "rating": "3.7"}),
    ],
    "Toys > Building": [
        Row("blocks", "Hundred Beech Blocks", "Brixo", "49", gender="kids", material="beech",
            attributes={"pieces": "100", "age": "1–6 years", "rating": "4.9"}),
        Row("bridge", "Bridge Builder Kit", "Brixo", "64", gender="kids", material="beech",
            attributes={"pieces": "85", "age": "5–12 years", "rating": "4.6"}),
        Row("crane", "Crane Construction Kit", "Brixo", "89", gender="kids", material="plastic",
            attributes={"pieces": "420", "age": "9–14 years", "rating": "4.2"}),
        Row("magnet", "Magnet Tiles, 60 Count", "Klar", "39", gender="kids", material="plastic",
            attributes={"pieces": "60", "age": "3–10 years", "rating": "4.5"}),
    ],
    "Bags > Backpacks": [
        Row("metro", "Metro Laptop Backpack", "Wanderly", "89", "Black/Teal",
            material="recycled polyester", gender="unisex",
            attributes={"capacity": "18 L", "laptop": "15 inch", "weight": "0.7 kg",
                        "water_resistant": "yes", "rating": "3.9"}),
        Row("wharf", "Wharf Roll-Top Backpack", "Northpine", "119", "Yellow/Black/Olive",
            material="coated nylon", gender="unisex",
            attributes={"capacity": "24 L", "waterproof": "yes", "weight": "0.9 kg",
                        "rating": "4.7"}),
        Row("trek-45", "Trek 45 Hiking Backpack", "Fjellby", "180", "Blue/Red",
            material="ripstop nylon", gender="unisex",
            attributes={"capacity": "45 L", "weight": "1.5 kg", "rating": "4.5"}),
        Row("satchel", "Satchel Leather Backpack", "Marrow & Finch", "245", "Tan/Black",
            material="leather", gender="women",
            attributes={"capacity": "14 L", "laptop": "13 inch", "weight": "1.3 kg",
                        "rating": "4.6"}),
        Row("sprout", "Sprout Kids' Backpack", "Tindra", "36", "Pink/Green/Blue", material="canvas",
            gender="kids", attributes={"capacity": "6 L", "age": "3–7 years", "weight": "0.3 kg",
                                       "rating": "4.4"}),
        Row("daysack", "Foldaway Daysack Backpack", "Stride", "28", "Grey/Red", material="nylon",
            gender="unisex", attributes={"capacity": "16 L", "packable": "yes",
                                         "weight": "0.2 kg", "rating": "3.6"}),
    ],
    "Beauty > Lotions": [
        Row("calm", "Calm Oat Lotion", "Dermia", "16",
            attributes={"volume": "200 ml", "skin_type": "sensitive", "fragrance_free": "yes",
                        "vegan": "yes", "rating": "4.5"}),
        Row("rosa", "Rosa Body Lotion", "Dermia", "19",
            attributes={"volume": "250 ml", "skin_type": "dry", "fragrance_free": "no",
                        "scent": "rose", "vegan": "yes", "rating": "4.0"}),
        Row("citron", "Citron Hand Lotion", "Dermia", "9",
            attributes={"volume": "75 ml", "skin_type": "dry", "scent": "lemon", "vegan": "no",
                        "rating": "3.5"},
            description="Scented with lemon oil. Contains lanolin."),
        Row("plain", "Plain Shea Lotion", "Klar", "24",
            attributes={"volume": "400 ml", "skin_type": "sensitive", "fragrance_free": "yes",
                        "vegan": "yes", "rating": "4.7"},
            description="No perfume, no parabens, and made without lanolin."),
        Row("lux", "Night Silk Lotion", "Tindra", "68",
            attributes={"volume": "100 ml", "skin_type": "mature", "fragrance_free": "no",
                        "scent": "jasmine", "rating": "4.2"},
            description="Rich in parabens-free oils and jasmine."),
    ],
}  # fmt: skip


def stocked() -> list[Stocked]:
    """Every variant of the shop."""
    return [
        variant for shelf, rows in SHELVES.items() for row in rows for variant in _of(row, shelf)
    ]


def products() -> list[Product]:
    """The shop as the catalogue's models."""
    made: dict[str, Product] = {}
    for each in stocked():
        row = each.row
        product = made.setdefault(
            row.id,
            Product(
                id=row.id, title=row.title, brand=row.brand, category=each.category,
                material=row.material, gender=row.gender, description=row.description,
                attributes=dict(row.attributes),
            ),
        )  # fmt: skip
        product.variants.append(
            Variant(
                id=each.id, position=len(product.variants), color=each.color, size=each.size,
                price=each.price, currency="USD", stock=3 if each.in_stock else 0,
            )
        )  # fmt: skip
    return list(made.values())


def _of(row: Row, category: str) -> list[Stocked]:
    gone = {part for part in row.sold_out.split("/") if part}
    pairs = list(combinations(row.colors.split("/"), row.sizes.split("/")))
    return [
        Stocked(
            id=row.id if len(pairs) == 1 else "-".join((row.id, color, size)).strip("-"),
            row=row,
            category=category,
            color=color,
            size=size,
            price=Decimal(row.dearer.get(color, row.dearer.get(size, row.price))),
            in_stock=not gone & {color, size, "all"},
        )
        for color, size in pairs
    ]
