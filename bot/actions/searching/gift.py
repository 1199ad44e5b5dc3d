"""Finding a gift, or whatever it is that a customer can't name yet."""

from collections.abc import Iterable
from dataclasses import replace

from bot.actions.act import Act
from bot.actions.reply import Answer, Reply
from bot.actions.searching import results
from bot.actions.turn import Turn
from bot.shopping.english import gifts
from bot.shopping.question import Question
from bot.shopping.state import ShoppingState
from catalog.products import CategoryCount, find_variants, list_categories
from recommender.division import divide_categories
from recommender.query.constraints import Constraints, ParsedQuery


class Gift(Act):
    name = "gift"

    def answer(self, turn: Turn) -> Answer:
        """Gifts for what is told of the recipient; where nothing is, one question first."""
        question = turn.question if turn.question and turn.question.act == self.name else None
        said = f"{question.text} {turn.text}" if question else turn.text
        with self.context.sessions() as session:
            shelves = {each.path.casefold(): each for each in list_categories(session)}
        shelf = shelves.get(turn.text.casefold())
        if question and shelf:
            told = ParsedQuery("", Constraints(category=(shelf.path,)))
        else:
            told = self.context.search.understand(gifts.without_the_gift(turn.text))
        before = turn.shopping.filters if question else Constraints()
        state = turn.shopping.for_query(ParsedQuery(told.text, before.merged_with(told.filters)))
        state = replace(state, asked=1)
        if not told.text and not told.filters.category:
            return self._ask(state, said, shelves.values())
        return results.show(self.context, self._suiting(state, gifts.recipient(said)))

    def _suiting(self, state: ShoppingState, recipient: str | None) -> ShoppingState:
        """For whom it is, where there is such a thing for them: a kettle is for anybody."""
        if recipient is None or state.filters.gender:
            return state
        query = ParsedQuery(state.text, state.filters.with_values("gender", (recipient,)))
        response = self.context.search.search(query, k=results.PAGE, rerank=False)
        with self.context.sessions() as session:
            found = find_variants(session, [each.id for each in response.results])
            fits = not response.relaxed and any(each.product.gender for each in found)
        return replace(state, filters=query.filters) if fits else state

    def _ask(self, state: ShoppingState, said: str, shelves: Iterable[CategoryCount]) -> Answer:
        """What they like, by the kinds of things that divide the shop best."""
        division = divide_categories((each.path, each.products) for each in shelves)
        options = division.options if division else ()
        text = self.context.voice.say("ask-gift", who=gifts.recipient(said) or "anybody")
        question = Question("choose", self.name, said, options)
        return Answer((Reply(text, (), options),), replace(state, question=question))
