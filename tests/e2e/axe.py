"""Deque's axe-core, from the widget's development packages, run on the page as it is."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bot.settings import PROJECT_ROOT

AXE = PROJECT_ROOT / "bot" / "widget" / "node_modules" / "axe-core" / "axe.min.js"


def findings(page: Page) -> list[str]:
    """What is wrong with the chat, each as rule and place; all of axe-core's rules."""
    # Evaluated, and no script of the page: its Content-Security-Policy stays as it is.
    page.evaluate(_source(AXE))
    result = page.evaluate("axe.run('aisle-chat', { resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def _source(path: Path) -> str:
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail("no axe-core; scripts/test-widget installs it")
        pytest.skip("no axe-core: run npm ci in bot/widget")
    return path.read_text(encoding="utf-8")
