"""English: singular and plural, and which nouns name a kind of thing."""

_IRREGULAR = {
    "knives": "knife", "shelves": "shelf", "scarves": "scarf", "loaves": "loaf",
    "mice": "mouse", "children": "child", "men": "man", "women": "woman", "feet": "foot",
    "shoes": "shoe", "toes": "toe", "movies": "movie", "cookies": "cookie", "hoodies": "hoodie",
    "beanies": "beanie", "selfies": "selfie", "ties": "tie", "pies": "pie", "smoothies": "smoothie",
    "bookshelves": "bookshelf", "headphones": "headphone", "lenses": "lens", "glasses": "glass",
}  # fmt: skip
_MASS_NOUNS = {
    "furniture", "clothing", "luggage", "jewelry", "jewellery", "footwear", "bedding", "cookware",
    "bakeware", "drinkware", "tableware", "kitchenware", "stationery", "makeup", "skincare",
    "haircare", "lighting", "outerwear", "underwear", "sportswear", "swimwear", "activewear",
    "sleepwear", "knitwear", "eyewear", "tea", "coffee", "electronics", "cutlery", "crockery",
}  # fmt: skip


def singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def plurals(word: str) -> tuple[str, ...]:
    irregular = tuple(plural for plural, single in _IRREGULAR.items() if single == word)
    if irregular:
        return irregular
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (word[:-1] + "ies",)
    return (f"{word}es",) if word.endswith(("s", "x", "z", "ch", "sh")) else (f"{word}s",)


def names_a_kind(noun: str) -> bool:
    """Shops name kinds in the plural ("Tents"), and fields otherwise ("Running", "Kitchen")."""
    return noun in _MASS_NOUNS or singular(noun) != noun
