"""Contacts of the messaging channels are exported, erased and forgotten with the rest."""

from datetime import UTC, datetime
from pathlib import Path

from bot.channels.messaging.reply import Choice
from bot.channels.messaging.store import Store
from bot.channels.messaging.webhook import Incoming
from bot.privacy.messaging import MessagingStore
from bot.privacy.store import Erased
from bot.privacy.subject import Subject

ANN, BOB = "a:whatsapp", "b:whatsapp"
WHOM = Subject(conversations=frozenset({ANN}))


def kept(path: Path) -> Store:
    """As the channels keep it, in their own code."""
    store = Store(path)
    for number, who in enumerate((ANN, BOB)):
        message = Incoming(str(number), who, "red shoes", {"to": f"491{number}"})
        store.take("whatsapp", who, f"person {who}", message, 1000.0 + number)
        store.offer(who, store.next_set(who), [Choice("1.1", 1, "Red", "in red")])
    return store


def test_one_conversation_goes_and_the_other_stays(tmp_path: Path) -> None:
    store = kept(tmp_path / "messaging.db")
    privacy = MessagingStore(tmp_path / "messaging.db")
    [contact] = privacy.export(WHOM)
    assert contact["address"] == {"to": "4910"}
    assert privacy.erase(WHOM) == Erased(1, 1)
    assert privacy.erase(WHOM) == Erased(0, 0)
    assert privacy.export(WHOM) == []
    assert store.contact(ANN) is None and store.offered(ANN, 1) == []
    assert store.contact(BOB) is not None and store.offered(BOB, 1)
    assert [who for who, _ in store.unfinished("whatsapp", 0)] == [BOB]
    store.close()


def test_who_is_silent_is_forgotten_but_an_opt_out_is_not(tmp_path: Path) -> None:
    store = kept(tmp_path / "messaging.db")
    store.opt_out(f"person {BOB}")
    privacy = MessagingStore(tmp_path / "messaging.db")
    assert privacy.prune(datetime.fromtimestamp(1000, UTC)) == 0
    assert privacy.prune(datetime.fromtimestamp(2000, UTC)) == 2
    assert store.contact(ANN) is None and store.contact(BOB) is None
    store.take("whatsapp", BOB, f"person {BOB}", Incoming("9", BOB, "hello"), 3000.0)
    contact = store.contact(BOB)
    assert contact is not None and contact.is_stopped
    store.close()


def test_without_channels_there_is_nothing(tmp_path: Path) -> None:
    privacy = MessagingStore(tmp_path / "messaging.db")
    assert privacy.export(WHOM) == [] and privacy.erase(WHOM) == Erased(0, 0)
    assert privacy.prune(datetime.now(UTC)) == 0
    assert not (tmp_path / "messaging.db").exists()
