"""Whether a turn was as a conversation test expects it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.evaluation.catalogue import Catalogue
from bot.evaluation.expectation import Expectation, Shown
from bot.shopping.state import ShoppingState

_PLACEHOLDER = re.compile(r"\{(card [^{}]+)\}")
_FAILED = re.compile(r"went wrong on my side|can't reach the shop", re.IGNORECASE)


def has_failed(text: str) -> bool:
    """Whether the assistant had to apologise for itself, or said nothing."""
    return not text.strip() or bool(_FAILED.search(text))


@dataclass(frozen=True, slots=True)
class Observed:
    """A turn as the customer saw it, and the state it left."""

    turn: dict[str, Any]
    """As `aisle chat --json` prints it."""
    state: ShoppingState

    @property
    def replies(self) -> list[dict[str, Any]]:
        replies: list[dict[str, Any]] = self.turn["replies"]
        return replies

    @property
    def text(self) -> str:
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return self._all("products")

    @property
    def ids(self) -> list[str]:
        return [card["id"] for card in self.cards]

    @property
    def buttons(self) -> list[str]:
        return [button["title"] for button in self._all("buttons")]

    @property
    def chips(self) -> list[str]:
        return [chip["title"] for chip in self._all("constraints")]

    @property
    def tables(self) -> list[dict[str, Any]]:
        return [reply["table"] for reply in self.replies if reply.get("table")]

    @property
    def failed(self) -> bool:
        return has_failed(self.text)

    def _all(self, name: str) -> list[dict[str, Any]]:
        return [each for reply in self.replies for each in reply.get(name) or ()]


@dataclass
class Judge:
    """Judges the turns of one conversation, one after the other."""

    catalogue: Catalogue
    pages: list[list[str]] = field(default_factory=list)
    """The ids of the cards of each turn so far."""

    def written_out(self, text: str) -> str:
        """A test's words with the titles of the cards that it means."""

        def title(match: re.Match[str]) -> str:
            (id,) = self.catalogue.meant(match[1], self.pages)
            return self.catalogue.title(id)

        return _PLACEHOLDER.sub(title, text)

    def problems(self, observed: Observed, expected: Expectation) -> list[str]:
        """What is not as expected, as sentences; and the turn counts as seen.

        Raises:
            UnknownProductError: the test names a product that is not there.
        """
        found = [
            *self._honesty(observed),
            *self._state(observed.state, expected),
            *self._words(observed, expected),
        ]
        if expected.shown is not None:
            found += self._cards(observed, expected.shown)
        self.pages.append(observed.ids)
        return found

    def _honesty(self, observed: Observed) -> Iterator[str]:
        """What holds of every turn, whatever a test says."""
        if observed.failed:
            yield f"it failed: {observed.text!r}"
        for card in observed.cards:
            item = self.catalogue.items.get(card["id"])
            if item is None:
                yield f"it shows {card['title']!r}, which the catalogue has not"
            elif card["title"] != item.title or card["in_stock"] != item.in_stock:
                yield f"its card of {item.title!r} is not as the catalogue says"
            elif card["price"] != (None if item.price is None else float(item.price)):
                yield f"{item.title!r} costs {item.price}, not {card['price']}"

    def _state(self, state: ShoppingState, expected: Expectation) -> Iterator[str]:
        if expected.act is not None and state.act != expected.act:
            yield f"it did {', '.join(state.act) or 'nothing'}, not {', '.join(expected.act)}"
        if expected.wish is not None:
            yield from expected.wish.differences(state.text, state.filters)
        if expected.focus == "nothing":
            if state.focus is not None:
                yield f"the focus is {self.catalogue.title(state.focus)!r}, not nothing"
        elif expected.focus is not None and state.focus not in self._meant(expected.focus):
            got = "nothing" if state.focus is None else repr(self.catalogue.title(state.focus))
            yield f"the focus is {got}, not {expected.focus!r}"
        if expected.cart is not None:
            yield from self._list(
                "the cart",
                [f"{line.quantity} x {line.id}" for line in state.cart.lines],
                [
                    frozenset(f"{line.quantity} x {id}" for id in self._meant(line.product))
                    for line in expected.cart
                ],
            )
        for name in ("saved", "comparison"):
            if (wanted := getattr(expected, name)) is not None:
                yield from self._list(name, getattr(state, name), list(map(self._meant, wanted)))
        if expected.voucher is not None and state.voucher != expected.voucher:
            yield f"the voucher is {state.voucher!r}, not {expected.voucher!r}"
        question = state.question
        if isinstance(expected.asks, bool) and expected.asks != (question is not None):
            yield "no question is open" if expected.asks else "a question is open"
        if isinstance(expected.asks, str) and (question is None or question.kind != expected.asks):
            yield f"the open question is {question.kind if question else None}"
        options = question.options if question else ()
        for product in expected.between:
            if self._meant(product).isdisjoint(options):
                yield f"it does not ask about {product!r}"

    def _words(self, observed: Observed, expected: Expectation) -> Iterator[str]:
        text = observed.text.casefold()
        for alternatives in expected.says:
            written = [self.written_out(each) for each in alternatives]
            if not any(each.casefold() in text for each in written):
                yield f"it does not say {' or '.join(map(repr, written))}: {observed.text!r}"
        for words in expected.says_not:
            if self.written_out(words).casefold() in text:
                yield f"it says {words!r}: {observed.text!r}"
        intent = observed.turn["intent"]["name"]
        if expected.intent is not None and intent not in expected.intent:
            yield f"it understood {intent}, not {' or '.join(expected.intent)}"
        offered = " | ".join(observed.buttons)
        for button in expected.buttons:
            if button.casefold() not in offered.casefold():
                yield f"it does not offer {button!r}, only {offered!r}"
        if expected.chips is not None and set(expected.chips) != set(observed.chips):
            yield f"its chips are {observed.chips}, not {list(expected.chips)}"
        if expected.table is not None:
            titles = [
                {self.catalogue.title(id) for id in self._meant(product)}
                for product in expected.table.columns
            ]
            nothing: dict[str, Any] = {"columns": [], "rows": []}
            table = next(iter(observed.tables), nothing)
            columns: list[str] = table["columns"]
            if len(columns) != len(titles) or not all(
                any(title in column for title in named)
                for column, named in zip(columns, titles, strict=True)
            ):
                yield f"the columns of its table are {columns}"
            names = [row["name"] for row in table["rows"]]
            for row in expected.table.rows:
                if row not in names:
                    yield f"its table has no row {row!r}, only {names}"

    def _cards(self, observed: Observed, expected: Shown) -> Iterator[str]:
        ids, count = observed.ids, len(observed.ids)
        if expected.exactly is not None and count != expected.exactly:
            yield f"it shows {count} cards, not {expected.exactly}: {self._titles(ids)}"
        if expected.at_least is not None and count < expected.at_least:
            yield f"it shows {count} cards, fewer than {expected.at_least}: {observed.text!r}"
        if expected.at_most is not None and count > expected.at_most:
            yield f"it shows {count} cards, more than {expected.at_most}"
        items = [self.catalogue.items[id] for id in ids if id in self.catalogue.items]
        if (expected.all or expected.any) and not items:
            yield f"it shows nothing: {observed.text!r}"
        if expected.all:
            for item in items:
                if broken := expected.all.broken_by(item):
                    yield f"it shows {item.title!r} ({item.id}), against {', '.join(broken)}"
        if expected.any and items and not any(map(expected.any.is_met_by, items)):
            yield f"none of {self._titles(ids)} is as one should be"
        if expected.are is not None:
            yield from self._list("the cards", ids, list(map(self._meant, expected.are)))
        for product in expected.include:
            if self._meant(product).isdisjoint(ids):
                yield f"it does not show {product!r}: {self._titles(ids)}"
        for product in expected.leave_out:
            if not self._meant(product).isdisjoint(ids):
                yield f"it shows {product!r}"
        seen = {id for page in self.pages for id in page}
        if expected.new and (again := [id for id in ids if id in seen]):
            yield f"it shows again {self._titles(again)}"
        prices = [item.price for item in items if item.price is not None]
        if expected.order and prices != sorted(prices, reverse=expected.order == "-price"):
            yield f"the prices are {', '.join(map(str, prices))}"

    def _list(
        self, what: str, got: list[str] | tuple[str, ...], wanted: list[frozenset[str]]
    ) -> Iterator[str]:
        matches = len(got) == len(wanted) and all(
            each in accepted for each, accepted in zip(got, wanted, strict=True)
        )
        if not matches:
            expected = [" or ".join(sorted(each)[:2]) for each in wanted]
            yield f"{what}: {list(got)}, not {expected}"

    def _meant(self, reference: str) -> frozenset[str]:
        return self.catalogue.meant(reference, self.pages)

    def _titles(self, ids: list[str]) -> str:
        return ", ".join(map(self.catalogue.title, ids))
