"""English: prices in numbers and in words."""

from recommender.query.english.phrases import phrases, words
from recommender.query.language import PriceWords

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {
    word: 10 * tens for tens, word in enumerate(_TENS, start=2)
}

PRICES = PriceWords(
    at_most=(
        "doesn't cost more than", "doesnt cost more than", "don't cost more than",
        "dont cost more than", "isn't more than", "aren't more than", "isn't over", "aren't over",
        "don't want to spend more than", "dont want to spend more than", "can't spend more than",
        "cant spend more than", "not spend more than", "won't pay more than", "never more than",
        "without spending more than", "that won't exceed", "within a", "under a budget of",
        "no more expensive than", "not more expensive than", "nothing more expensive than",
        "no more than", "not more than", "nothing more than", "nothing over", "nothing above",
        "not over", "not above", "not exceeding", "no higher than", "not to exceed",
        "less than", "less then", "lower than", "cheaper than", "cheaper then", "at most",
        "up to", "upto", "under", "below", "beneath", "within", "maximum of", "max of", "maximum",
        "max", "sub-", "sub", "<=", "≤", "<",
    ),
    at_least=(
        "no less than", "not less than", "nothing less than", "not under", "not below",
        "nothing under", "nothing below", "isn't under", "isn't below", "no cheaper than",
        "not cheaper than", "at least", "minimum of",
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
        "i can only spend", "i want to spend", "i'm willing to spend", "im willing to spend",
        "i am willing to spend", "i would like to spend", "i'd like to spend", "we can spend",
        "willing to pay", "i can pay", "can afford", "i can afford",
    ),
    budget_of_money=("i have", "i have got", "i've got", "for"),
    or_less=(
        "or less", "or under", "or below", "or cheaper", "and under", "and below", "and less",
        "at most", "max", "maximum", "tops", "budget", "or lower",
    ),
    or_more=("or more", "or over", "or above", "and up", "and above", "and over", "minimum",
             "min", "or higher", "plus", "+"),
    range_lead=(
        "price range", "price range of", "price range is", "in the range of", "priced", "prices",
        "costing", "budget", "budget of", "my budget is", "in the price range of",
    ),
    range_after=("range", "price range", "bracket", "price bracket"),
    or_so=("or so", "ish", "-ish", "give or take", "or thereabouts", "or around that"),
    between=("somewhere between", "in between", "between"),
    between_and=("and", "to", "-", "–", "—", "&"),
    to=("up to", "to", "-", "–", "—", "through", "till", "until"),
    currency_signs="$€£¥₹",
    currencies=(
        "us dollars", "dollars", "dollar", "bucks", "buck", "usd", "us$", "eur", "euros", "euro",
        "gbp", "quid", "cad", "aud", "yen", "yuan", "rmb", "rupees",
    ),
    thousand=("k", "grand"),
    units=words(
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
    not_money_after=words("age ages aged size sizes sz year years grade grades model version"),
    numbers=NUMBERS,
    multipliers={"hundred": 100, "thousand": 1000, "grand": 1000},
    number_and="and",
    low=phrases(
        "cheap", "affordable", "inexpensive", "budget", "low cost", "low priced", "low price",
        "budget friendly", "economical", "entry level", "bargain", "cheaply priced",
        "reasonably priced", "not expensive", "not pricey",
    ),
    middle=phrases(
        "mid range", "midrange", "mid priced", "medium priced", "moderately priced", "mid price",
        "medium price", "mid tier", "average priced", "mid level", "middle of the road",
    ),
    high=phrases(
        "premium", "high end", "luxury", "luxurious", "expensive", "upscale", "upmarket",
        "top of the line", "high priced", "pricey", "deluxe", "top end", "fancy priced",
    ),
    too=words("too so that very as more less bit rather quite most least"),
)  # fmt: skip
