"""The products that the customer's words point at, among those of the conversation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.shopping import english, matching
from bot.shopping.state import ShoppingState
from catalog.models import Variant
from recommender.query.constraints import ParsedQuery
from recommender.query.english import ENGLISH
from recommender.query.ratings import rating_of

Understand = Callable[[str], ParsedQuery]


@dataclass(frozen=True, slots=True)
class Reference:
    """What the words point at, or why at nothing."""

    variants: tuple[Variant, ...] = ()
    """Those meant, in the order in which they were named."""
    candidates: tuple[Variant, ...] = ()
    """Several fit, where one is meant."""
    beyond: int | None = None
    """The place named, from 1, where there are not that many."""
    gone: bool = False
    """The place is right, and the product not in the catalogue any more."""
    unknown: str | None = None
    """A thing called by its name, and none of the conversation is called so."""

    @property
    def variant(self) -> Variant | None:
        """The one meant; None if it is none or several."""
        return self.variants[0] if len(self.variants) == 1 else None


def resolve(
    text: str, state: ShoppingState, known: Sequence[Variant], understand: Understand
) -> Reference:
    """The products meant.

    Tried in this order: titles in full, a superlative ("the cheaper of those two"), places ("the
    first and the third"), several names ("the Sony and the Bose"), "it", what is said of one ("the
    blue one"), on the screen first and then in the whole conversation, "both", and at last the
    product last spoken of.

    Args:
        known: the variants of `state.known` that the catalogue still has.
    """
    return _Resolver(text, state, known, understand).resolve()


class _Resolver:
    def __init__(
        self, text: str, state: ShoppingState, known: Sequence[Variant], understand: Understand
    ) -> None:
        self._text = text
        self._state = state
        self._known = known
        self._understand = understand
        self._by_id = {variant.id: variant for variant in known}
        self._ids = self._scope()
        self._scoped = self._of(self._ids)
        self._focus = self._by_id.get(state.focus or "")

    def resolve(self) -> Reference:
        if found := matching.titled(self._text, self._known):
            # "The Sony and the Bose Small Earbuds": one of them by its full name.
            listed = self._listed() if len(found) == 1 else None
            return listed if listed and found[0] in listed.variants else Reference(tuple(found))
        for step in (
            self._ranked,
            self._placed,
            self._listed,
            self._counted,
            self._single,
            self._together,
        ):
            if (reference := step()) is not None:
                return reference
        thing = english.thing_named(self._text)
        if thing and not matching.described(thing, self._known):
            return Reference(unknown=thing)
        if self._focus:
            return Reference((self._focus,))
        if len(self._scoped) == 1:
            return Reference(tuple(self._scoped))
        return Reference(gone=bool(self._ids) and not self._scoped)

    def _of(self, ids: Sequence[str]) -> list[Variant]:
        return [self._by_id[id] for id in ids if id in self._by_id]

    def _scope(self) -> tuple[str, ...]:
        """Where a place counts, and where a choice is made: the screen, as a rule."""
        state, count = self._state, english.how_many(self._text)
        if english.means_earlier(self._text):
            earlier = [page.ids for page in state.pages if page.ids != state.shown]
            return earlier[-1] if earlier else state.shown
        if count is not None and count == len(state.comparison):
            return state.comparison
        thing = english.thing_placed(self._text)
        if thing and not matching.described(thing, self._of(state.shown)):
            for page in reversed(state.pages):
                if matching.described(thing, self._of(page.ids)):
                    return page.ids
        return state.shown

    def _ranked(self) -> Reference | None:
        """The cheapest, dearest or best rated of those; the second cheapest, too."""
        text = self._text
        scoped = self._scoped
        if english.wants_cheaper_one(text) or english.wants_pricier_one(text):
            scoped = self._of(self._state.comparison) or scoped
        low = english.wants_cheapest(text) or english.wants_cheaper_one(text)
        high = english.wants_priciest(text) or english.wants_pricier_one(text)
        if low or high:
            priced = [each for each in scoped if each.price is not None]
            priced.sort(key=lambda each: each.price or Decimal(0), reverse=high)
            return _at(priced, english.position(text) or 0) if priced else None
        if english.wants_best_rated(text):
            stars = {each.id: rating_of(each.all_attributes, ENGLISH) for each in scoped}
            rated = [each for each in scoped if stars[each.id] is not None]
            rated.sort(key=lambda each: stars[each.id] or Decimal(0), reverse=True)
            return _at(rated, english.position(text) or 0) if rated else None
        return None

    def _placed(self) -> Reference | None:
        """The second, the first and the third, the next one."""
        step = english.step(self._text)
        if step is not None and self._focus and self._focus.id in self._ids:
            place = self._ids.index(self._focus.id) + step
            return self._at_places((place,)) if place >= 0 else Reference(beyond=0)
        places = english.positions(self._text)
        return self._at_places(places) if places else None

    def _at_places(self, places: Sequence[int]) -> Reference:
        for place in places:
            if place >= len(self._ids) or place < -len(self._ids):
                return Reference(beyond=place + 1)
        ids = list(dict.fromkeys(self._ids[place] for place in places))
        found = self._of(ids)
        return Reference(tuple(found), gone=len(found) < len(ids))

    def _listed(self) -> Reference | None:
        """One product by name on each side of "and", "or", "vs"."""
        parts = english.parts(self._text)
        if len(parts) < 2:
            return None
        told = [
            self._told_apart(part, self._scoped) or self._told_apart(part, self._known)
            for part in parts
        ]
        found = [each[0] for each in told if len(each) == 1]
        different = tuple({each.id: each for each in found}.values())
        return Reference(different) if len(different) > 1 else None

    def _counted(self) -> Reference | None:
        """Both, or those three, where there are so many: all, whatever else is said of them."""
        count = english.how_many(self._text)
        if count != len(self._scoped) or english.points_by_description(self._text):
            return None
        return Reference(tuple(self._scoped))

    def _single(self) -> Reference | None:
        """It, the other one, or the one that the words tell from the others."""
        text, focus = self._text, self._focus
        if english.means_the_other(text) and focus:
            pair = self._of(self._state.comparison) or self._scoped
            others = [each for each in pair if each.id != focus.id]
            if len(others) == 1:
                return Reference(tuple(others))
        thing = english.thing_named(text)
        # "Does it come in blue?" is about it, not about another that is blue.
        if focus and english.has_pronoun(text) and not thing:
            return Reference((focus,))
        for among in (self._scoped, self._known):
            found = self._told_apart(text, among)
            if len(found) == 1:
                return Reference((found[0],))
            if found and focus in found and not english.points_by_description(text):
                return Reference((focus,))
            if found:
                return Reference(candidates=tuple(found))
        versions = matching.coming_in(self._understand(text).filters, self._scoped)
        if focus and english.has_pronoun(text):
            return Reference((focus,))
        if english.points_by_description(text) and len(versions) == 1:
            return Reference(tuple(versions))
        return None

    def _told_apart(self, text: str, among: Sequence[Variant]) -> list[Variant]:
        """Those that the words fit, by the strongest sign there is."""
        if (amount := english.price_named(text)) is not None:
            return matching.priced_at(amount, among)
        found = matching.meeting(self._understand(text).filters, among)
        if len(found) != 1:
            found = matching.named(text, found or among) or found
        if not found and english.points_by_description(text):
            found = matching.described(text, among)
        return found

    def _together(self) -> Reference | None:
        """Both, all of them, those."""
        count = english.how_many(self._text)
        if count is None and not english.has_plural_pronoun(self._text):
            return None
        ids = self._state.comparison if count is None and self._state.comparison else self._ids
        found = self._of(ids)
        if count is not None and count < len(found):
            return Reference(candidates=tuple(found))  # which two?
        return Reference(tuple(found)) if found else None


def _at(ranked: Sequence[Variant], place: int) -> Reference:
    if place >= len(ranked):
        return Reference(beyond=place + 1)
    return Reference((ranked[max(place, 0)],))
