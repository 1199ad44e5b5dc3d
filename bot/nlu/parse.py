"""Parses sentences with a trained model: `python -m bot.nlu.parse MODEL TEXTS PARSES` in
Rasa's environment.

Reads a JSON list of texts from one file and writes a JSON list of `{"ranking", "threshold",
"clauses"}` into another, one each: the intents with their confidences, without the fallback. Not
through stdout, where Rasa says things of its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from bot.nlu.intent_classifier import CLAUSES, THRESHOLD


async def parse(model: str, texts: list[str]) -> list[dict[str, Any]]:
    """One parse for each text."""
    agent = await load_agent(model)
    return [await _parsed(agent, text) for text in texts]


async def _parsed(agent: Agent, text: str) -> dict[str, Any]:
    found = await agent.parse_message(text)
    ranking = found.get("intent_ranking") or []
    return {
        "ranking": [each for each in ranking if each["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME],
        "threshold": found.get(THRESHOLD),
        "clauses": found.get(CLAUSES) or [],
    }


if __name__ == "__main__":
    trained, texts_file, parses_file = sys.argv[1:]
    texts = json.loads(Path(texts_file).read_text())
    Path(parses_file).write_text(json.dumps(asyncio.run(parse(trained, texts))))
