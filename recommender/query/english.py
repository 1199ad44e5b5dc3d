"""English: every English word that understanding a request or explaining a result needs."""

from recommender.query.language import Language, Phrase, PriceWords, Wording

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


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _names_a_kind(noun: str) -> bool:
    """Shops name kinds in the plural ("Tents"), and fields otherwise ("Running", "Kitchen")."""
    return noun in _MASS_NOUNS or _singular(noun) != noun


def _phrases(*texts: str) -> frozenset[Phrase]:
    return frozenset(tuple(text.split()) for text in texts)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, start=2)
}

_PRICES = PriceWords(
    at_most=(
        "no more than", "not more than", "nothing more than", "nothing over", "nothing above",
        "not over", "not above", "not exceeding", "no higher than", "not to exceed",
        "less than", "less then", "lower than", "cheaper than", "cheaper then", "at most",
        "up to", "upto", "under", "below", "beneath", "within", "maximum of", "max of", "maximum",
        "max", "<=", "≤", "<",
    ),
    at_least=(
        "no less than", "not less than", "not under", "not below", "at least", "minimum of",
        "min of", "minimum", "min", "more than", "more then", "higher than", "greater than",
        "pricier than", "upwards of", "starting at", "starting from", "over", "above",
        "exceeding", ">=", "≥", ">",
    ),
    at_least_of_money=("from",),
    around=(
        "somewhere around", "in the region of", "approximately", "approx", "roughly", "around",
        "about", "close to", "near", "circa", "~",
    ),
    budget=(
        "my budget is", "budget is", "budget of", "budget", "i can spend", "to spend", "spend",
    ),
    budget_of_money=("i have", "i have got", "i've got", "for"),
    or_less=(
        "or less", "or under", "or below", "or cheaper", "and under", "and below", "and less",
        "at most", "max", "maximum", "tops", "budget", "or lower",
    ),
    or_more=("or more", "or over", "or above", "and up", "and above", "and over", "minimum",
             "min", "or higher", "plus", "+"),
    between=("somewhere between", "in between", "between"),
    between_and=("and", "to", "-", "–", "—", "&"),
    to=("up to", "to", "-", "–", "—", "through", "till", "until"),
    currency_signs="$€£¥₹",
    currencies=(
        "us dollars", "dollars", "dollar", "bucks", "buck", "usd", "us$", "eur", "euros", "euro",
        "gbp", "quid", "cad", "aud", "yen", "yuan", "rmb", "rupees",
    ),
    thousand=("k", "grand"),
    units=_words(
        "inch inches cm mm m km ft foot feet yard yards meter meters metre metres mile miles "
        "lb lbs pound pounds kg kgs g gram grams oz ounce ounces ml l liter liters litre litres "
        "gal gallon gallons quart quarts cup cups watt watts w kw v volt volts mah wh amp amps "
        "gb tb mb ghz mhz hz k p mp megapixel megapixels lumens lumen psi rpm btu dpi db "
        "person persons people man men women woman kids adults guests players player "
        "hour hours hr hrs minute minutes min mins second seconds day days week weeks month "
        "months year years yr yrs yo night nights degrees degree percent pct stars star reviews "
        "piece pieces pc pcs pack packs count ct pair pairs set sets sheet sheets page pages "
        "thread tc x calories cal items products things colors sizes seats seater drawers tier "
        "tiers shelf shelves slots ports keys speed speeds burners"
    ),
    not_money_after=_words("age ages aged size sizes sz year years grade grades model version"),
    numbers=_NUMBERS,
    multipliers={"hundred": 100, "thousand": 1000, "grand": 1000},
    number_and="and",
)  # fmt: skip

_COLORS: dict[str, tuple[str, ...]] = {
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
_COLORS |= {
    "gray": ("grey", *_COLORS["grey"]),
    "dark gray": ("dark grey", *_COLORS["dark grey"]),
    "light gray": ("light grey", *_COLORS["light grey"]),
    "golden": ("gold", "champagne"),
    "multicolored": ("multicolor", *_COLORS["multicolor"]),
    "multicolour": ("multicolor", *_COLORS["multicolor"]),
    "multicoloured": ("multicolor", *_COLORS["multicolor"]),
    "rainbow": ("multicolor", "multicolour", "multicolored", "multi"),
}

_ORDINARY = _words(
    "a about above active after again air all always amazing an and any apple are art as at baby "
    "back bad basic basics be best better big bio black blue body book born boss both box boy "
    "brand bright but buy by cat champion cheap cherry clean clear clever color comfort cool coach "
    "cross crown daily daisy day deal deep delta diesel do dog double down dream easy eco edge "
    "element elements energy essential essentials ever every explorer express extra fancy fast "
    "fine first fit five flash focus for force fossil four free fresh from fun gap generic gift "
    "girl glow go gold good great green grace guess happy hard harvest have health heat help "
    "her high hills home hot house how i ideal idea if in independent infinity is it its jean "
    "jet joy just kids kind king kitchen lab large lee life light like little long look love "
    "low lucky magic make man many marvel master matter max may me mega men mint mission modern "
    "moon more most mother my name native natural nature need neat new next nice nike's nine no "
    "north not now ocean of off office oh old on one only open or orange orbit original other our "
    "out over own pack panda part perfect pilot pink pioneer planet plus polo power premium pretty "
    "prime pro pure purple quality queen quest quick rain ready real red ring river rock royal "
    "run safe same save see set seven shark shell shop short show simple six sky sleep slim small "
    "smart snow so soft solo some something space spirit sport spring square stage star start "
    "still storm strong style subway sun super supreme sure swan sweet target tea team ten that "
    "the their them thing think this three tide tiger time to together too top total touch "
    "travel true trust two ultimate ultra under unique united universal unknown up us use vans "
    "very victory vintage vision vortex wall want war warm watch water wave way we west what when "
    "where which white who why wild will wind winner with wonder wood work world x yellow yes you "
    "your zero zone sage jade ruby amber autumn summer winter polar puffin penguin puma's pearl"
)

ENGLISH = Language(
    prices=_PRICES,
    wording=Wording(
        under="{price}, under {limit}",
        over="{price}, over {limit}",
        between="{price}, between {low} and {high}",
        in_stock="in stock",
        size="size {size}",
        size_in_stock="size {size} in stock",
        shade="{value} ({asked})",
    ),
    stemmer="english",
    singular=_singular,
    names_a_kind=_names_a_kind,
    colors=_COLORS,
    doubtful_colors=_words(
        "amber apricot ash blush brass brick bronze camel canary cardinal champagne charcoal "
        "cherry chestnut chocolate chrome clear cocoa coffee copper coral cream crystal denim "
        "ebony eggplant emerald espresso forest garnet gold golden grape graphite hazel hunter "
        "ice indigo ivory jade jet lavender lemon lime mahogany midnight mint mocha moss multi "
        "mustard natural nickel noir nude oatmeal olive orange orchid pearl pewter pine platinum "
        "plum powder pumpkin rainbow rose royal ruby rust sage salmon sand sapphire silver sky "
        "slate smoke snow stone sunflower assorted tan teal terracotta walnut wine"
    )
    - _words("gold silver orange teal tan"),
    not_colors=_phrases(
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
    ),
    in_color=_phrases(
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
    ),
    sizes={
        "xxs": ("2xs", "xx small", "extra extra small"),
        "xs": ("x small", "extra small", "xsmall"),
        "s": ("small", "sm"),
        "m": ("medium", "med"),
        "l": ("large", "lg"),
        "xl": ("x large", "extra large", "xlarge", "1xl"),
        "xxl": ("2xl", "xx large", "extra extra large", "2x", "double xl"),
        "xxxl": ("3xl", "xxx large", "3x"),
        "xxxxl": ("4xl", "4x"),
        "one size": ("one size fits all", "os", "one size fits most"),
    },
    size_words=_words("size sizes sized sz"),
    size_systems=_words("us"),
    bare_sizes=_words("xxs xs xl xxl xxxl xxxxl 1xl 2xl 3xl 4xl 2xs"),
    size_lead=_phrases("in", "in a", "in an", "a", "im a", "i am a", "i wear a", "i wear"),
    genders={
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
    },
    gender_answers={
        "men": ("men", "unisex"),
        "women": ("women", "unisex"),
        "boys": ("boys", "kids", "unisex"),
        "girls": ("girls", "kids", "unisex"),
        "kids": ("kids", "boys", "girls", "unisex"),
        "unisex": ("unisex",),
    },
    doubtful_genders=_words("man woman boy girl kid child lady male female junior youth infant"),
    gender_lead=_phrases("for", "for a", "for an", "for my", "for the"),
    materials_lead=_phrases(
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
    ),
    imitation=_words("faux vegan fake imitation artificial synthetic pu look effect"),
    brand_lead=_phrases("by", "from", "made by", "brand", "the brand", "branded"),
    brand_words=_words("brand branded"),
    ordinary=_ORDINARY,
    in_stock=_phrases(
        "in stock",
        "that are in stock",
        "that is in stock",
        "available now",
        "available today",
        "currently available",
        "you have in stock",
        "in stock now",
        "that are available",
        "available",
    ),
    negations=_words(
        "not no without except non isnt arent dont never excluding besides minus neither hate"
    ),
    weak_negations=_words("no non"),
    negation_fillers=_words("a an any the my in of with made too very want like need"),
    exceptions=_phrases(
        "anything but",
        "everything but",
        "all but",
        "any color but",
        "any colour but",
        "anything other than",
        "other than",
        "instead of",
        "rather than",
    ),
    living=_words(
        "dog puppy cat kitten pet bird parrot fish rabbit hamster horse baby toddler kid child"
    ),
    beneficiary_lead=_words("for"),
    contrast=_words("but yes"),
    either=_words("or and"),
    links=_words(
        "for with without in under over below above that which who to from by of on and or at "
        "between around about less more cheaper up please but is are can so than like not my i "
        "thats made because if while when as your you"
    ),
    qualities=_words(
        "a an the some any new nice good great best better cool cheap cheapest affordable "
        "inexpensive budget comfortable comfy warm light lightweight heavy large big small little "
        "mini stylish fancy cute pretty beautiful decent durable sturdy strong soft waterproof "
        "quality popular favorite favourite classic modern simple basic everyday my your of pair "
        "pairs other another different more similar these those this that top rated also really "
        "very super high low couple few several cozy casual formal"
    ),
    openings=_phrases(
        "i need",
        "i want",
        "i would like",
        "id like",
        "i am looking for",
        "im looking for",
        "looking for",
        "i am searching for",
        "im searching for",
        "searching for",
        "search for",
        "search",
        "i am after",
        "im after",
        "i need to buy",
        "i want to buy",
        "i would like to buy",
        "id like to buy",
        "i want to see",
        "id like to see",
        "id love",
        "i need to get",
        "i want to get",
        "help me find",
        "help me choose",
        "can you find",
        "can you find me",
        "could you find me",
        "can you show me",
        "could you show me",
        "can i see",
        "can i get",
        "could i get",
        "may i see",
        "please show me",
        "show me",
        "show",
        "find me",
        "find",
        "get me",
        "give me",
        "let me see",
        "do you have",
        "do you sell",
        "do you carry",
        "do you guys have",
        "do u have",
        "do u sell",
        "do u guys have",
        "u have",
        "u got",
        "have u got",
        "can u find",
        "can u find me",
        "can u show me",
        "gimme",
        "plz",
        "pls",
        "have you got",
        "got any",
        "you got",
        "are there",
        "is there",
        "there are",
        "what about",
        "how about",
        "where can i find",
        "recommend me",
        "recommend",
        "can you recommend",
        "suggest",
        "shopping for",
        "shop for",
        "buy",
        "hi",
        "hello",
        "hey",
        "hi there",
        "hello there",
        "good morning",
        "please",
        "yes",
        "ok",
        "okay",
        "actually",
        "maybe",
        "just",
        "only",
        "any",
        "some",
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "a pair of",
        "pair of",
        "pairs of",
        "a couple of",
        "a few",
        "some kind of",
        "also",
        "instead",
        "rather",
        "preferably",
        "then",
        "need a",
        "need some",
        "need",
        "want a",
        "want some",
        "want",
        "we need",
        "we want",
        "were looking for",
        "we are looking for",
        "make it",
        "make them",
        "what",
        "which",
        "all the",
        "all your",
        "i",
        "me",
        "need to buy",
        "want to buy",
        "to buy",
    ),
    closings=_phrases(
        "please",
        "thanks",
        "thank you",
        "thank you very much",
        "pls",
        "plz",
        "for me",
        "do you have",
        "if possible",
        "if you have any",
        "if you have them",
        "for sale",
        "to buy",
        "you have",
        "you got",
        "got any",
        "do you have any",
        "have you got",
        "do u have",
        "u have",
        "u got",
        "have u got",
        "asap",
        "today",
        "now",
        "instead",
        "too",
        "thx",
        "would be nice",
        "would be great",
        "if you can",
        "preferably",
        "maybe",
        "anyway",
        "on a budget",
        "that you have",
    ),
    loose_ends=_words(
        "in by from for at with that thats is are and or but of the a an costing priced costs "
        "cost which on to only just maybe preferably ideally made its it color colour brand "
        "size price budget around i my have has"
    ),
    anything=_words(
        "something anything stuff thing things product products item items one ones everything "
        "options option some any else other others your"
    ),
)
"""The language of the parser unless another is given."""
