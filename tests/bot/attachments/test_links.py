import time

import pytest

from bot.attachments.attachments import Attachments
from bot.attachments.folders import Folders
from bot.attachments.links import LIFETIME_DAYS, AttachmentLinks
from tests.bot.attachments import pictures


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_link_leads_to_its_folder_alone(attachments: Attachments, folders: Folders) -> None:
    attachments.invite("janes", "phone", "A1001")
    assert attachments.link("janes", "phone") == "", "there is nothing to see"
    attachments.add("janes", "phone", "m1", "a.pdf", pictures.PDF)
    link = attachments.link("janes", "phone")
    assert link.startswith("https://shop.example/attachments/")
    assert folders.of_link(token_of(link)) is None, "seen before the customer has said yes"
    attachments.keep("janes", "phone", "A1001-R1")
    folder = folders.of_link(token_of(link))
    assert folder is not None
    assert [each.name for each in folder.files] == ["a.pdf"]
    assert folders.content(folder, "another") is None


@pytest.mark.parametrize("token", ["", "x", "../x", "IjEi.awkPSQ.forged"])
def test_a_forged_link_leads_nowhere(folders: Folders, token: str) -> None:
    assert folders.of_link(token) is None
    other = AttachmentLinks("https://shop.example", "another key")
    assert folders.of_link(token_of(other.link("f"))) is None


def test_a_link_expires(links: AttachmentLinks, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(links.link("f"))
    assert links.folder_of(token) == "f"
    then = time.time() + LIFETIME_DAYS * 24 * 60 * 60 + 10
    monkeypatch.setattr(time, "time", lambda: then)
    assert links.folder_of(token) is None
