"""The shopping state: what the customer wants, has seen and means to buy, kept in one slot."""

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Protocol

from bot.shopping.cart import Cart
from bot.shopping.page import Page
from bot.shopping.question import Question
from bot.shopping.wanted_set import WantedSet
from recommender.query.constraints import Constraints, ParsedQuery

SLOT = "shopping"
MOST_PAST = 10
"""Wishes that "go back" can reach."""
MOST_PAGES = 12
"""Pages whose products can still be meant."""

logger = logging.getLogger(__name__)


class Told(Protocol):
    """A product as it was told of: an offer, or a variant of the catalogue."""

    @property
    def id(self) -> str: ...
    @property
    def price(self) -> Decimal | None: ...
    @property
    def in_stock(self) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class ShoppingState:
    text: str = ""
    """The search text: what kind of thing, without the constraints."""
    filters: Constraints = field(default_factory=Constraints)
    past: tuple[ParsedQuery, ...] = ()
    """What was searched for before, the latest last."""
    pages: tuple[Page, ...] = ()
    """What was on the screen, the latest last: products of earlier turns can be meant too."""
    shown: tuple[str, ...] = ()
    """Variant ids of the last page of cards, in the order shown: what "the second one" means."""
    seen: tuple[str, ...] = ()
    """Variant ids of all pages of this search: what "show me more" leaves out."""
    focus: str | None = None
    """The variant id that "it" means."""
    comparison: tuple[str, ...] = ()
    """The variant ids last compared: what "those two" means."""
    wanted_set: WantedSet = field(default_factory=WantedSet)
    """Several things wanted together, until another search."""
    cart: Cart = field(default_factory=Cart)
    cart_before: Cart | None = None
    """The cart before its last change, for "undo that"; None once the search has changed since."""
    saved: tuple[str, ...] = ()
    """Variant ids of the wish list."""
    notices: tuple[int, ...] = ()
    """Ids of the e-mails asked for in this conversation, which it can take back."""
    voucher: str | None = None
    """The code that the customer means to redeem."""
    question: Question | None = None
    """Asked in the last turn."""
    asked: int = 0
    """How many clarifying questions this search has cost the customer."""
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    """By variant id, as last told: who was told another price is told of the change."""
    available: tuple[str, ...] = ()
    """Variant ids that the customer was last told are in stock."""
    failures: int = 0
    """In how many turns in a row, up to the last, nothing was understood."""
    order: str = ""
    """The number of the order that was spoken of last."""
    act: tuple[str, ...] = ()
    """What the assistant did in the last turn."""
    act_turn: int = 0
    """Which turn that was: several requests of one message add up."""

    @property
    def has_search(self) -> bool:
        return bool(self.text or self.filters)

    @property
    def query(self) -> ParsedQuery:
        return ParsedQuery(self.text, self.filters)

    @property
    def known(self) -> tuple[str, ...]:
        """Every variant id of this conversation that can be meant, the newest first."""
        pages = [id for page in reversed(self.pages) for id in page.ids]
        # Told of, though no card showed them: a version sold out, a product named in full.
        told = [*([self.focus] if self.focus else []), *self.comparison]
        return tuple(dict.fromkeys([*self.shown, *told, *pages, *self.cart.ids, *self.saved]))

    def for_query(self, query: ParsedQuery) -> "ShoppingState":
        """The state at the start of another search; what is on the screen stays referable."""
        after = replace(
            self,
            text=query.text,
            filters=query.filters,
            seen=(),
            focus=None,
            wanted_set=WantedSet(),
        )
        if query == self.query:
            return after
        # "Undo that" is about the search from now on.
        past = (*self.past, self.query)[-MOST_PAST:] if self.has_search else self.past
        return replace(after, past=past, cart_before=None)

    def before(self) -> "ShoppingState | None":
        """The state with the search before this one; None if there was none."""
        if not self.past:
            return None
        query = self.past[-1]
        return replace(
            self,
            text=query.text,
            filters=query.filters,
            past=self.past[:-1],
            seen=(),
            focus=None,
        )

    def without_search(self) -> "ShoppingState":
        """The state of somebody who looks for something else; the cart and the lists stay."""
        return replace(self.for_query(ParsedQuery("", Constraints())), shown=(), asked=0)

    def after_showing(self, ids: Sequence[str]) -> "ShoppingState":
        """The state with one more page of cards shown. Of a single card, "it" is plain."""
        pages = (*self.pages, Page(tuple(ids), round(time.time(), 3)))[-MOST_PAGES:]
        return replace(
            self,
            pages=pages,
            shown=tuple(ids),
            seen=(*self.seen, *(id for id in ids if id not in self.seen)),
            focus=ids[0] if len(ids) == 1 else None,
            # "Those two" are on the screen, or were a moment ago.
            comparison=self.comparison if set(ids) & set(self.comparison) else (),
        )

    def having_told(self, products: Iterable[Told]) -> "ShoppingState":
        """The state with the prices and the stock that the customer has just been told."""
        now = {each.id: each for each in products}
        prices = {id: each.price for id, each in now.items() if each.price is not None}
        kept = set(self.known) | set(now)
        available = [id for id in self.available if id in kept and id not in now]
        return replace(
            self,
            prices={id: price for id, price in {**self.prices, **prices}.items() if id in kept},
            available=(*available, *(id for id, each in now.items() if each.in_stock)),
        )

    def with_cart(self, cart: Cart) -> "ShoppingState":
        """The state with the cart changed."""
        return self if cart == self.cart else replace(self, cart=cart, cart_before=self.cart)

    def focused_on(self, id: str) -> "ShoppingState":
        return replace(self, focus=id)

    def to_slot(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "filters": self.filters.to_json(),
            "past": [_query_to_json(query) for query in self.past],
            "pages": [page.to_json() for page in self.pages],
            "shown": list(self.shown),
            "seen": list(self.seen),
            "focus": self.focus,
            "comparison": list(self.comparison),
            "wanted_set": self.wanted_set.to_json(),
            "cart": self.cart.to_json(),
            "cart_before": self.cart_before.to_json() if self.cart_before is not None else None,
            "saved": list(self.saved),
            "notices": list(self.notices),
            "voucher": self.voucher,
            "question": self.question.to_json() if self.question else None,
            "asked": self.asked,
            "prices": {id: str(price) for id, price in self.prices.items()},
            "available": list(self.available),
            "failures": self.failures,
            "order": self.order,
            "act": list(self.act),
            "act_turn": self.act_turn,
        }

    @classmethod
    def from_slot(cls, value: object) -> "ShoppingState":
        """The inverse of `to_slot`. A slot of another shape, from an older version, is empty."""
        if value is None:
            return cls()
        try:
            if not isinstance(value, dict):
                raise ValueError("not an object")
            focus, voucher = value.get("focus"), value.get("voucher")
            question, cart_before = value.get("question"), value.get("cart_before")
            return cls(
                text=str(value.get("text", "")),
                filters=Constraints.from_json(value.get("filters", {})),
                past=tuple(map(_query_from_json, value.get("past", ()))),
                pages=tuple(map(Page.from_json, value.get("pages", ()))),
                shown=tuple(map(str, value.get("shown", ()))),
                seen=tuple(map(str, value.get("seen", ()))),
                focus=None if focus is None else str(focus),
                comparison=tuple(map(str, value.get("comparison", ()))),
                wanted_set=WantedSet.from_json(value.get("wanted_set", {})),
                cart=Cart.from_json(value.get("cart", ())),
                cart_before=None if cart_before is None else Cart.from_json(cart_before),
                saved=tuple(map(str, value.get("saved", ()))),
                notices=tuple(map(int, value.get("notices", ()))),
                voucher=None if voucher is None else str(voucher),
                question=None if question is None else Question.from_json(question),
                asked=int(value.get("asked", 0)),
                prices={id: Decimal(price) for id, price in value.get("prices", {}).items()},
                available=tuple(map(str, value.get("available", ()))),
                failures=int(value.get("failures", 0)),
                order=str(value.get("order", "")),
                act=tuple(map(str, value.get("act", ()))),
                act_turn=int(value.get("act_turn", 0)),
            )
        except (ValueError, TypeError, AttributeError, KeyError, ArithmeticError) as error:
            logger.warning("A shopping slot could not be read (%s); starting afresh", error)
            return cls()


def _query_to_json(query: ParsedQuery) -> dict[str, Any]:
    return {"text": query.text, "filters": query.filters.to_json()}


def _query_from_json(data: Mapping[str, Any]) -> ParsedQuery:
    return ParsedQuery(str(data.get("text", "")), Constraints.from_json(data.get("filters", {})))
