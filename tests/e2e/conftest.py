"""A real browser: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.evaluation.demo_desk import DemoDesk, demo_desk
from tests.assistant import Assistant, make_assistant

REST_KEY = "the key of the tests' own front end"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A busy machine is slow, and not wrong.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium on this machine; .ci/run installs it")
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile: no cookies, no storage."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def desk() -> Iterator[DemoDesk]:
    with demo_desk() as desk:
        yield desk


@pytest.fixture(scope="session")
def staffed(
    assistant: Assistant, desk: DemoDesk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """A second shop, with somebody at its desk, on the first one's models."""
    running = make_assistant(
        tmp_path_factory.mktemp("staffed"),
        models_of=assistant,
        AISLE_REST_KEY=REST_KEY,
        **{f"AISLE_{name.upper()}": value for name, value in desk.settings().items()},
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()
