"""What changed in the shop since the customer was told: said, not hidden."""

from dataclasses import replace

from bot.actions.reply import Answer, Reply
from bot.shopping.state import ShoppingState
from bot.voice.values import Money
from bot.voice.voice import Voice
from recommender.offer import Offer


def told(voice: Voice, before: ShoppingState, answer: Answer) -> Answer:
    """The answer with the changes of its products, and the state that knows what was told.

    Args:
        before: The state before the turn, with the prices and the stock as told then.
    """
    offers = [offer for reply in answer.replies for offer in reply.offers]
    if not offers:
        return answer
    replies = tuple(_with_changes(voice, before, reply) for reply in answer.replies)
    state = (answer.state or before).having_told(offers)
    return replace(answer, replies=replies, state=state)


def _with_changes(voice: Voice, before: ShoppingState, reply: Reply) -> Reply:
    said = [line for offer in reply.offers if (line := _change(voice, before, offer))]
    return replace(reply, text=" ".join([reply.text, *said])) if said else reply


def _change(voice: Voice, before: ShoppingState, offer: Offer) -> str:
    was = before.prices.get(offer.id)
    if offer.in_stock is False and offer.id in before.available:
        return voice.say("sold-out-since", title=offer.title)
    if was is None or offer.price is None or was == offer.price:
        return ""
    was_money, now = Money(was, offer.currency), Money(offer.price, offer.currency)
    return voice.say("price-changed", title=offer.title, was=was_money, now=now)
