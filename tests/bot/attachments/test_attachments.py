from threading import Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.attachments.attachments import MEGABYTE, Attachments
from bot.attachments.errors import NotInvitedError, TooLargeError, TooManyFilesError
from bot.attachments.folders import Folders
from catalog.models import Attachment, AttachmentFolder
from tests.bot.attachments import pictures
from tests.bot.attachments.conftest import Clock

JANE = ("janes", "phone")


def rows(shop: sessionmaker[Session]) -> tuple[int, int]:
    """Folders and files."""
    with shop() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (AttachmentFolder, Attachment)
        ]
    return counts[0] or 0, counts[1] or 0


def test_a_file_is_taken_where_it_was_asked_for_and_belongs_to_the_return(
    attachments: Attachments, folders: Folders
) -> None:
    attachments.invite(*JANE, "A1001")
    taken = attachments.add(*JANE, "m1", "crack.png", pictures.jpeg())
    assert (taken.name, taken.media_type) == ("crack.jpg", "image/jpeg")
    assert attachments.count(*JANE) == 1
    assert attachments.preview("janes", taken.id)
    assert folders.latest(9) == (), "the shop has it before the return is started"

    assert attachments.keep(*JANE, "A1001-R1") == 1
    [folder] = folders.latest(9, "a1001-r1")
    assert (folder.order_number, folder.return_number, folder.files) == (
        "A1001",
        "A1001-R1",
        (taken,),
    )
    content = folders.content(folder, taken.id)
    assert content is not None
    assert content.startswith(b"\xff\xd8\xff")
    assert attachments.preview("janes", taken.id), "its customer does not see it any more"
    with pytest.raises(NotInvitedError):
        attachments.add(*JANE, "m2", "late.png", pictures.jpeg())


@pytest.mark.parametrize("who", [("janes", "another phone"), ("joes", "phone")])
def test_nobody_else_adds_or_removes(attachments: Attachments, who: tuple[str, str]) -> None:
    attachments.invite(*JANE, "A1001")
    taken = attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    with pytest.raises(NotInvitedError):
        attachments.add(*who, "m2", "b.png", pictures.jpeg())
    assert not attachments.remove(*who, taken.id)
    assert attachments.preview("joes", taken.id) is None


def test_an_invitation_is_over_after_an_hour(attachments: Attachments, clock: Clock) -> None:
    attachments.invite(*JANE, "A1001")
    clock.passes(minutes=59)
    attachments.invite(*JANE, "A1001")
    clock.passes(minutes=59)
    attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    clock.passes(minutes=1)
    with pytest.raises(NotInvitedError):
        attachments.add(*JANE, "m2", "b.png", pictures.jpeg())


def test_the_same_message_is_the_same_file(attachments: Attachments) -> None:
    attachments.invite(*JANE, "A1001")
    first = attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    assert attachments.add(*JANE, "m1", "a.png", pictures.jpeg()) == first
    paper = attachments.add(*JANE, "m2", "b.pdf", pictures.PDF)
    assert attachments.preview("janes", paper.id) == b"", "a paper has no picture, and is there"
    assert attachments.add(*JANE, "m1", "a.png", pictures.jpeg()) == first
    with pytest.raises(TooManyFilesError, match="2 files"):
        attachments.add(*JANE, "m3", "c.png", pictures.jpeg())
    assert attachments.remove(*JANE, first.id)
    attachments.add(*JANE, "m3", "c.png", pictures.jpeg())


def test_many_at_once_are_no_more_than_there_may_be(
    attachments: Attachments, shop: sessionmaker[Session]
) -> None:
    attachments.invite(*JANE, "A1001")
    refused: list[str] = []

    def add(message: str) -> None:
        try:
            attachments.add(*JANE, message, "a.pdf", pictures.PDF)
        except TooManyFilesError:
            refused.append(message)

    threads = [Thread(target=add, args=(f"m{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (rows(shop), len(refused)) == ((1, 2), 4)


def test_too_large_is_too_large(attachments: Attachments) -> None:
    attachments.invite(*JANE, "A1001")
    attachments.add(*JANE, "m1", "a.pdf", pictures.PDF.ljust(MEGABYTE))
    with pytest.raises(TooLargeError, match="1 MB"):
        attachments.add(*JANE, "m2", "b.pdf", pictures.PDF.ljust(MEGABYTE + 1))


def test_nothing_is_left_of_what_came_to_nothing(
    attachments: Attachments, shop: sessionmaker[Session], clock: Clock
) -> None:
    attachments.invite(*JANE, "A1001")
    attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    attachments.forget(*JANE)
    assert rows(shop) == (0, 0)

    attachments.invite(*JANE, "A1001")
    attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    attachments.invite(*JANE, "A1002")
    assert rows(shop) == (1, 0), "another order's return has the pictures of the first"

    assert attachments.keep(*JANE, "A1002-R1") == 0
    assert rows(shop) == (0, 0), "an empty folder was kept"

    attachments.invite(*JANE, "A1001")
    attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    assert attachments.forget_abandoned() == 0
    clock.passes(hours=2)
    assert attachments.forget_abandoned() == 1
    assert rows(shop) == (0, 0)


def test_what_the_shop_has_is_not_abandoned(
    attachments: Attachments, folders: Folders, clock: Clock
) -> None:
    attachments.invite(*JANE, "A1001")
    attachments.add(*JANE, "m1", "a.png", pictures.jpeg())
    [taken_over] = folders.take_over("janes")
    assert folders.take_over("joes") == ()
    clock.passes(days=9)
    assert attachments.forget_abandoned() == 0
    assert [each.id for each in folders.latest(9)] == [taken_over.id]
    assert (taken_over.return_number, len(taken_over.files)) == (None, 1)
