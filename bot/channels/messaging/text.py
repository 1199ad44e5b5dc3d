"""Text that fits: splitting, shortening, and the plain form that every platform can show."""

from collections.abc import Callable

from bot.channels.message import Product, Table
from bot.channels.messaging import english
from bot.channels.messaging.reply import Card, Choice, Reply

Measure = Callable[[str], int]
"""How long a text is, in whatever a platform counts; of two texts together it is the sum."""

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩"}
_WITHOUT_CENTS = frozenset({"JPY", "KRW"})
_BREAKS = ("\n\n", "\n", ". ", " ")


def length(text: str) -> int:
    """In UTF-16 code units: what LINE counts, and never less than what the others do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_length(text: str) -> int:
    """In bytes of UTF-8: what Instagram and WeChat count."""
    return len(text.encode("utf-8", "surrogatepass"))


def shortened(text: str, limit: int) -> str:
    """The text, cut with an ellipsis where it is longer than `limit` code units."""
    text = " ".join(text.split())
    return text if length(text) <= limit else _head(text, limit - 1, length).rstrip() + "…"


def split(text: str, limit: int, measure: Measure = length) -> list[str]:
    """Pieces of at most `limit`, cut where a reader would pause."""
    pieces = []
    rest = text.strip()
    while measure(rest) > limit:
        head = _head(rest, limit, measure)
        places = (head.rfind(mark) + len(mark.rstrip(" ")) for mark in _BREAKS if mark in head)
        # The best pause in the latter half; else wherever it has to be.
        at = next((place for place in places if place > len(head) // 2), len(head))
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def plain(reply: Reply) -> str:
    """Everything in words and numbers, for a platform that has nothing else."""
    blocks = [reply.text, *(card_text(card) for card in reply.cards), table_text(reply.table)]
    blocks.append("\n".join(f"{each.number}. {each.title}" for each in reply.buttons))
    if reply.choices:
        blocks.append(english.REPLY_WITH_A_NUMBER)
    return "\n\n".join(block for block in blocks if block)


def titled(choice: Choice) -> str:
    """What a button shows: a product's by its name."""
    return choice.product or choice.title


def card_text(card: Card) -> str:
    """A product in one or two lines, with its number."""
    lines = [f"{card.choice.number}. {card.product['title']}", summary(card.product)]
    if is_public(card.product["url"]):
        lines.append(card.product["url"])
    return "\n".join(line for line in lines if line)


def summary(product: Product) -> str:
    """Brand, price, whether it is sold out, and why it is shown."""
    price = price_text(product)
    why = [reason for reason in product["why"] if reason != price]  # which is said already
    parts = [product["brand"], price, ", ".join(why)]
    if product["in_stock"] is False:
        parts.append(english.SOLD_OUT)
    return " · ".join(part for part in parts if part)


def price_text(product: Product) -> str:
    """Empty where nobody knows it."""
    price, currency = product["price"], product["currency"]
    if price is None:
        return ""
    amount = f"{price:,.{0 if currency in _WITHOUT_CENTS else 2}f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{amount}" if symbol else f"{amount} {currency}".rstrip()


def table_text(table: Table | None) -> str:
    """A comparison by product, which a narrow screen shows better than columns."""
    if table is None:
        return ""
    blocks = []
    for column, title in enumerate(table["columns"]):
        known = [
            f"{row['name']}: {row['values'][column]}"
            for row in table["rows"]
            if row["values"][column]
        ]
        blocks.append("\n".join([title, *(f"• {line}" for line in known)]))
    return "\n\n".join(blocks)


def is_public(address: str) -> bool:
    """Whether a customer's phone can open it."""
    return address.startswith("https://")


def picture(product: Product) -> str:
    """The product's picture where messengers can show it, which no SVG is; else empty."""
    address = product["image"]
    is_drawing = address.split("?")[0].lower().endswith(".svg")
    return address if is_public(address) and not is_drawing else ""


def _head(text: str, limit: int, measure: Measure) -> str:
    """As many whole characters as fit into the limit."""
    used = 0
    for place, character in enumerate(text):
        used += measure(character)
        if used > limit:
            return text[:place]
    return text
