from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.identity.channel_links import ChannelLinks
from bot.identity.errors import IdentityError
from bot.identity.identities import Identities
from bot.identity.identity import Identity, Method
from tests.bot.identity.conftest import JANE, NOW

WHO = Identity("c1", JANE, "Jane")


def test_an_identity_is_of_one_device_in_one_conversation(identities: Identities) -> None:
    verified = identities.remember("here", "phone", WHO, Method.SHOP_TOKEN, NOW)
    assert identities.of("here", "phone", NOW) == verified
    assert identities.of("here", "tablet", NOW) is None
    assert identities.of("there", "phone", NOW) is None


def test_it_is_fresh_for_ten_minutes_and_over_after_thirty(identities: Identities) -> None:
    verified = identities.remember("here", "phone", WHO, Method.CODE, NOW)
    assert verified.is_fresh(NOW + timedelta(minutes=10))
    assert not verified.is_fresh(NOW + timedelta(minutes=11))
    assert identities.of("here", "phone", NOW + timedelta(minutes=29)) is not None
    assert identities.of("here", "phone", NOW + timedelta(minutes=30)) is None


def test_a_new_proof_takes_the_place_of_the_old(identities: Identities) -> None:
    identities.remember("here", "phone", WHO, Method.CODE, NOW)
    identities.remember("here", "phone", Identity("c2", "bob@example.com"), Method.CODE, NOW)
    found = identities.of("here", "phone", NOW)
    assert found is not None
    assert found.customer_id == "c2"


def test_who_logs_out_is_a_stranger(identities: Identities) -> None:
    identities.remember("here", "phone", WHO, Method.CODE, NOW)
    identities.remember("here", "tablet", WHO, Method.CODE, NOW)
    assert identities.revoke("here", "phone", NOW)
    assert not identities.revoke("here", "phone", NOW)
    assert identities.of("here", "phone", NOW) is None
    assert identities.of("here", "tablet", NOW) is not None


def test_a_channels_sender_is_linked_after_a_proof(
    identities: Identities, opened: sessionmaker[Session]
) -> None:
    links = ChannelLinks(opened)
    verified = identities.remember("here", "phone", WHO, Method.CODE, NOW)
    links.link("telegram", "4711", verified, NOW)
    assert links.of("telegram", "4711") == Identity("c1", JANE)
    assert links.of("slack", "4711") is None
    assert links.unlink("telegram", "4711")
    assert links.of("telegram", "4711") is None


def test_neither_an_old_proof_nor_a_link_makes_a_link(
    identities: Identities, opened: sessionmaker[Session]
) -> None:
    links = ChannelLinks(opened)
    old = identities.remember("here", "phone", WHO, Method.CODE, NOW)
    with pytest.raises(IdentityError):
        links.link("telegram", "1", old, NOW + timedelta(minutes=11))
    linked = identities.remember("here", "phone", WHO, Method.LINK, NOW)
    with pytest.raises(IdentityError):
        links.link("telegram", "1", linked, NOW)
    assert links.of("telegram", "1") is None
