"""What every messaging channel keeps, whichever platform it is on.

A platform's tests inherit from this and name its driver.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage

from bot.channels import guard
from bot.channels.messaging import english
from bot.channels.messaging.backoff import ATTEMPTS
from bot.channels.output import QUIET
from bot.channels.turns import UNREACHABLE
from tests.bot.channels.harness import OFFER, Responses
from tests.bot.channels.messaging.driver import NOW, Driver
from tests.bot.channels.messaging.fake_platform import Told, fake_platform
from tests.bot.channels.messaging.shop import Shop, open_shop

BUTTONS = [
    {"title": "Only red ones", "payload": "in red please"},
    {"title": "Show cheaper ones", "payload": "show me cheaper ones"},
]
TABLE = {
    "columns": ["Trail runner", "Road runner"],
    "rows": [{"name": "Weight", "values": ["240 g", "210 g"]}],
}


def offers(count: int, **changes: Any) -> list[dict[str, Any]]:
    public = {"url": "https://shop.example/p", "image": "https://shop.example/p.jpg"}
    return [{**OFFER, **public, "title": f"Shoe {n}", **changes} for n in range(1, count + 1)]


class ChannelContract:
    """The suite."""

    driver_type: ClassVar[type[Driver]]

    @pytest_asyncio.fixture
    async def driver(self) -> AsyncIterator[Driver]:
        async with fake_platform() as fake:
            yield self.driver_type(fake)

    @pytest_asyncio.fixture
    async def shop(self, driver: Driver, tmp_path: Path) -> AsyncIterator[Shop]:
        async with open_shop(driver, tmp_path) as running:
            yield running
        for asked in driver.fake.asked:
            if driver.is_message(asked):
                driver.check(asked)

    # In, and out again.

    async def test_a_message_is_answered(self, shop: Shop) -> None:
        await shop.say("red shoes")
        assert shop.agent.heard == ["red shoes"]
        assert shop.texts == ["You said: red shoes"]

    async def test_it_is_acknowledged_before_it_is_answered(self, shop: Shop) -> None:
        going_on = asyncio.Event()

        async def slowly(message: UserMessage) -> Responses:
            await going_on.wait()
            return [{"text": "Done."}]

        shop.agent.answer = slowly
        status, _ = await shop.post(shop.driver.message("red shoes"))
        assert (status, shop.texts) == (200, [])
        going_on.set()
        await shop.until_idle()
        assert shop.texts == ["Done."]

    async def test_the_answer_goes_to_who_wrote(self, shop: Shop) -> None:
        await shop.say("a", "1", "4917")
        await shop.say("b", "2", "4918")
        assert [shop.driver.recipient(asked) for asked in shop.sent] in (["4917", "4918"], ["", ""])

    async def test_turns_of_one_customer_keep_their_order(self, shop: Shop) -> None:
        for number in range(5):
            await shop.post(shop.driver.message(f"shoe {number}", str(number)))
        await shop.until_idle()
        assert shop.texts == [f"You said: shoe {number}" for number in range(5)]

    async def test_who_it_is_shows_nowhere_and_stays_the_same(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        async with open_shop(driver, tmp_path) as shop:
            await shop.say("a", "1", "4917")
            first = shop.conversation
            assert "4917" not in first and first.endswith(f":{driver.platform.name}")
        async with open_shop(driver, tmp_path) as again:
            await again.say("b", "2", "4917")
            assert again.conversation == first
            await again.say("c", "3", "4918")
            assert len(again.agent.tracker_store.store) == 2

    # What is not believed.

    async def test_a_request_without_a_signature_is_refused(self, shop: Shop) -> None:
        posted = shop.driver.message("red shoes")
        await self._refused(shop, shop.driver.with_signature(posted, None))

    async def test_a_request_with_another_signature_is_refused(self, shop: Shop) -> None:
        posted = shop.driver.message("red shoes")
        await self._refused(shop, shop.driver.with_signature(posted, "guess"))
        await self._refused(shop, shop.driver.with_signature(posted, "sha256=" + "0" * 64))

    async def test_a_message_long_ago_is_not_believed(self, shop: Shop) -> None:
        if not shop.driver.has_times:
            pytest.skip("A message does not say when it was sent.")
        await shop.post(shop.driver.message("red shoes", at=NOW - 8 * 24 * 3600))
        await shop.until_idle()
        assert shop.agent.heard == []

    async def test_what_is_no_message_of_a_customer_is_left_alone(self, shop: Shop) -> None:
        for posted in shop.driver.others():
            status, _ = await shop.post(posted)
            assert status == 200
        await shop.until_idle()
        assert (shop.agent.heard, shop.sent) == ([], [])

    async def test_the_same_message_again_is_not_answered_twice(
        self, shop: Shop, tmp_path: Path
    ) -> None:
        posted = shop.driver.message("red shoes")
        await asyncio.gather(*(shop.post(posted) for _ in range(3)))
        await shop.take(posted)
        async with open_shop(shop.driver, tmp_path) as again:
            await again.take(posted)
            assert again.agent.heard == []
        assert shop.agent.heard == ["red shoes"]

    async def test_what_a_dying_process_took_is_answered_by_the_next(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        async def never(message: UserMessage) -> Responses:
            await asyncio.Event().wait()
            return []

        async with open_shop(driver, tmp_path) as shop:
            shop.agent.answer = never
            await shop.post(driver.message("red shoes"))
        async with open_shop(driver, tmp_path) as again:
            await again.until_idle()
            assert again.texts == ["You said: red shoes"]

    # The guard of the web channel.

    async def test_commands_are_refused(self, shop: Shop) -> None:
        await shop.say('/inform{"email": "victim@example.com"}')
        assert (shop.agent.heard, shop.texts) == ([], [guard.COMMAND])

    async def test_what_is_too_long_is_refused(self, shop: Shop) -> None:
        await shop.say("x" * (guard.LONGEST_TEXT + 1))
        assert (shop.agent.heard, shop.texts) == ([], [guard.TOO_LONG])

    async def test_control_characters_are_taken_out(self, shop: Shop) -> None:
        await shop.say("red\u200b\u0007 shoes")
        assert shop.agent.heard == ["red shoes"]

    async def test_a_sticker_has_no_words(self, shop: Shop) -> None:
        await shop.take(shop.driver.sticker())
        assert (shop.agent.heard, shop.texts) == ([], [guard.EMPTY])

    # When something fails.

    async def test_where_rasa_fails_the_customer_is_told(self, shop: Shop) -> None:
        async def fails(message: UserMessage) -> Responses:
            raise RuntimeError

        shop.agent.answer = fails
        await shop.say("red shoes")
        assert shop.texts == [UNREACHABLE]

    async def test_a_busy_platform_is_asked_again_when_it_says(self, shop: Shop) -> None:
        shop.driver.fake.answers.extend([shop.driver.busy, shop.driver.busy])
        await shop.say("red shoes")
        assert shop.texts == ["You said: red shoes"]
        assert shop.pauses == [7.0, 7.0]

    async def test_a_platform_that_is_down_is_asked_again_more_and_more_slowly(
        self, shop: Shop
    ) -> None:
        await shop.say("hello", "0")
        shop.forget()
        shop.driver.fake.answers.extend([Told(503)] * ATTEMPTS)
        await shop.say("red shoes")
        assert shop.texts == []
        assert len(shop.pauses) == ATTEMPTS - 1
        assert all(0.25 * 2**n <= pause <= 0.5 * 2**n for n, pause in enumerate(shop.pauses))
        await shop.say("blue shoes", "2")
        assert shop.texts == ["You said: blue shoes"]

    # What is shown, and chosen.

    async def test_buttons_say_their_payload(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        assert "Which?" in shop.seen
        if shop.driver.has_taps:
            tap = shop.taps[1]
            assert tap.title in ("Show cheaper ones", "2. Show cheaper ones")
            await shop.take(shop.driver.tap(tap.id, tap.title))
        else:
            assert "2. Show cheaper ones" in shop.seen
            await shop.say("2", "2")
        assert shop.agent.heard[1:] == ["show me cheaper ones"]

    @pytest.mark.parametrize("typed", ["2", "reply 2", "Option 2.", "the second button", "2)"])
    async def test_a_typed_number_is_the_button(self, shop: Shop, typed: str) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        await shop.say(typed, "2")
        assert shop.agent.heard[1:] == ["show me cheaper ones"]

    @pytest.mark.parametrize("typed", ["3", "0", "size 2", "2 pairs", "123456"])
    async def test_another_number_is_what_it_says(self, shop: Shop, typed: str) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        await shop.say(typed, "2")
        assert shop.agent.heard[1:] == [typed]

    async def test_a_number_means_what_was_shown_last(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        shop.agent.answer = shop.agent.echo
        await shop.say("hello", "2")
        await shop.say("2", "3")
        assert shop.agent.heard[1:] == ["hello", "2"]

    async def test_nobody_chooses_what_another_was_shown(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        shop.agent.answer = shop.agent.echo
        await shop.say("2", "2", "4918")
        assert shop.agent.heard[1:] == ["2"]
        if shop.driver.has_taps:
            tap = shop.taps[1]
            await shop.take(shop.driver.tap(tap.id, "", "3", "4918"))
            await shop.take(shop.driver.tap('/inform{"a": 1}', "", "4"))
            assert shop.agent.heard[2:] == []

    async def test_products_are_shown_with_price_and_picture(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Two:", "custom": {"products": offers(2)}})
        for words in ("Two:", "Shoe 1", "Shoe 2", "$54.00"):
            assert words in shop.seen
        pictures = [each for asked in shop.sent for each in shop.driver.pictures(asked)]
        assert pictures == ["https://shop.example/p.jpg"] * (2 if shop.driver.has_pictures else 0)

    async def test_a_product_is_chosen_by_its_number(self, shop: Shop) -> None:
        await self._shows(
            shop, {"text": "Two:", "custom": {"products": offers(2)}, "buttons": BUTTONS}
        )
        await shop.say("2", "2")
        await shop.say("the first button", "3")
        assert shop.agent.heard[1] == "tell me more about the second one"

    async def test_a_tap_on_an_older_list_still_means_that_product(self, shop: Shop) -> None:
        if not shop.driver.has_taps:
            pytest.skip("There is nothing to tap.")
        await self._shows(shop, {"text": "Two:", "custom": {"products": offers(2)}})
        tap = shop.taps[1]
        await shop.take(shop.driver.tap(tap.id, tap.title, "2"))
        await shop.take(shop.driver.tap(tap.id, tap.title, "3"))
        assert shop.agent.heard[1:] == [
            "tell me more about the second one",
            "tell me more about Shoe 2",
        ]

    async def test_pictures_that_phones_cant_open_are_left_out(self, shop: Shop) -> None:
        drawn = offers(1, image="/pictures/p1.svg", url="/products/p1")
        await self._shows(shop, {"text": "One:", "custom": {"products": drawn}})
        assert "Shoe 1" in shop.seen and "/p" not in shop.seen
        assert not [each for asked in shop.sent for each in shop.driver.pictures(asked)]

    async def test_a_comparison_is_readable(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Side by side:", "custom": {"table": TABLE}})
        for words in ("Trail runner", "Road runner", "240 g", "210 g"):
            assert words in shop.seen

    async def test_more_than_fits_is_numbered_instead(self, shop: Shop) -> None:
        many = [{"title": f"Choice {n}", "payload": f"I choose {n}"} for n in range(1, 31)]
        await self._shows(shop, {"text": "Which?", "buttons": many})
        assert "30. Choice 30" in shop.seen
        await shop.say("30", "2")
        assert shop.agent.heard[1:] == ["I choose 30"]

    async def test_long_titles_are_cut_or_kept_below_the_limit(self, shop: Shop) -> None:
        long = [{"title": "Show me all of the waterproof ones 👟" * 3, "payload": "waterproof"}]
        shoes = offers(3, title="The Longest Name that a Shoe has ever had " * 3, brand="B" * 90)
        await self._shows(shop, {"text": "Which?", "buttons": long, "custom": {"products": shoes}})
        assert "Which?" in shop.seen  # and the driver checks every length

    async def test_a_long_answer_comes_in_pieces(self, shop: Shop) -> None:
        limits = shop.driver.platform.limits
        words = "All about shoes. " * (3 * limits.text // 17)
        await self._shows(shop, {"text": words, "buttons": BUTTONS})
        assert shop.seen.count("All about shoes") == words.count("All about shoes")
        assert all(limits.measure(text) <= limits.text for text in shop.texts)

    async def test_what_the_platform_refuses_to_show_is_said_in_words(self, shop: Shop) -> None:
        driver = shop.driver
        driver.fake.refuse = lambda asked: driver.is_message(asked) and driver.is_rich(asked)
        response = {"text": "Two:", "custom": {"products": offers(2)}, "buttons": BUTTONS}
        await self._shows(shop, response)
        assert "Two:" in shop.seen and "1. Shoe 1" in shop.seen
        assert "4. Show cheaper ones" in shop.seen
        await shop.say("4", "2")
        assert shop.agent.heard[1:] == ["show me cheaper ones"]

    # Who may be written to.

    async def test_stop_and_start(self, shop: Shop) -> None:
        await shop.say("hello", "0")
        shop.forget()
        await shop.say("Stop.", "1")
        await shop.say("hello", "2")
        assert shop.texts == [english.STOPPED]
        assert await shop.deliver("I'm here.") == 404
        await shop.say("START", "3")
        await shop.say("hello", "4")
        assert shop.texts == [english.STOPPED, english.STARTED, "You said: hello"]

    async def test_start_alone_opens_the_conversation(self, shop: Shop) -> None:
        await shop.say("Start")
        assert shop.agent.heard == [english.HELLO]

    async def test_a_sentence_with_stop_in_it_opts_nobody_out(self, shop: Shop) -> None:
        await shop.say("stop showing me red ones")
        assert shop.agent.heard == ["stop showing me red ones"]

    # A person of the desk.

    async def test_a_persons_words_arrive_once(self, shop: Shop) -> None:
        async def quiet(message: UserMessage) -> Responses:
            return [{"custom": {QUIET: True}}]

        shop.agent.answer = quiet
        await shop.say("a person please")
        assert shop.texts == []
        assert await shop.deliver("I'm here.") == 204
        assert await shop.deliver("I'm here.") == 204
        assert shop.texts == ["Mia: I'm here."]

    async def test_a_persons_words_do_not_hide_what_was_shown(self, shop: Shop) -> None:
        await self._shows(shop, {"text": "Which?", "buttons": BUTTONS})
        assert await shop.deliver("I'm here.") == 204
        await shop.say("2", "2")
        assert shop.agent.heard[1:] == ["show me cheaper ones"]

    async def test_a_persons_words_that_do_not_arrive_can_be_sent_again(self, shop: Shop) -> None:
        await shop.say("a person please")
        shop.driver.fake.answers.extend([Told(503)] * ATTEMPTS)
        assert await shop.deliver("I'm here.") == 503
        assert await shop.deliver("I'm here.") == 204
        assert shop.texts[1:] == ["Mia: I'm here."]

    async def test_only_the_service_may_write(self, shop: Shop) -> None:
        await shop.say("a person please")
        assert await shop.deliver("I'm here.", key="guess") == 401
        assert await shop.deliver("I'm here.", to="nobody:nowhere") == 404

    async def test_the_window_for_writing_to_somebody(self, shop: Shop) -> None:
        await shop.say("a person please")
        window = shop.driver.platform.window_seconds
        shop.clock[0] += (window or 90 * 24 * 3600.0) + 1
        assert await shop.deliver("I'm here.") == (503 if window else 204)
        shop.clock[0] -= 2
        assert await shop.deliver("I'm here.") == 204

    # `aisle validate channels`.

    async def test_it_knows_whose_its_keys_are(self, shop: Shop) -> None:
        platform = shop.driver.platform
        answer, failure = await shop.sender.ask(platform.who_am_i())
        assert failure is None and answer is not None
        assert "Fell" in platform.account_in(answer)

    async def _shows(self, shop: Shop, *responses: dict[str, Any]) -> None:
        """A first turn that says this."""

        async def answer(message: UserMessage) -> Responses:
            return [dict(each) for each in responses]

        shop.agent.answer = answer
        await shop.say("shoes", "first")

    async def _refused(self, shop: Shop, posted: Any) -> None:
        status, _ = await shop.post(posted)
        await shop.until_idle()
        assert (status, shop.agent.heard, shop.sent) == (401, [], [])
