"""From a tap, or a typed number, to the words that it stands for."""

from bot.channels.messaging import english
from bot.channels.messaging.reply import Choice
from bot.channels.messaging.store import Contact, Store
from bot.channels.messaging.webhook import Incoming


def words_of(message: Incoming, contact: Contact, store: Store) -> str:
    """What the customer means to say.

    Only what was shown in this very conversation can be chosen. A tap on anything else says its
    title, as if it were typed; so does a number that nothing has.
    """
    if message.choice:
        choice = _tapped(message.choice, contact, store)
        return message.text if choice is None else _payload(choice, contact)
    if english.is_start(message.text):
        return english.HELLO
    meant = english.number_in(message.text)
    if meant is None:
        return message.text
    shown = store.offered(contact.conversation, contact.choice_set)
    if meant.counts_buttons:
        buttons = [each for each in shown if not each.product]
        shown = buttons[meant.number - 1 : meant.number]
    else:
        shown = [each for each in shown if each.number == meant.number]
    return shown[0].payload if shown else message.text


def _tapped(choice_id: str, contact: Contact, store: Store) -> Choice | None:
    choice_set = choice_id.partition(".")[0]
    if not choice_set.isascii() or not choice_set.isdigit() or len(choice_set) > 9:
        return None
    shown = store.offered(contact.conversation, int(choice_set))
    return next((each for each in shown if each.id == choice_id), None)


def _payload(choice: Choice, contact: Contact) -> str:
    if choice.product and choice.id.partition(".")[0] != str(contact.choice_set):
        # Its number means another product by now.
        return english.about_product(choice.product)
    return choice.payload
