"""Which retriever a reranker's weight was chosen beside: beside another it may add nothing.

`aisle train reranker --retriever` sets the weight of the reranker's score against the retrieval's
on what that retriever finds, and writes into `training.json` which it was.
"""

import json
from pathlib import Path

from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import fingerprint, identity

_RECORD = "training.json"
_SHIPS = "the retriever that ships"


def warning(reranker: Path, retriever: Path) -> str:
    """What to know before these two serve together; empty where they were made for each other.

    Args:
        retriever: by folder or hub name.
    """
    known, beside = _chosen_beside(reranker)
    serving = identity(retriever)
    if known == serving:
        return ""
    return (
        f"the weight of this reranker was chosen beside {beside}, and another retriever serves. "
        "Choose it anew with `aisle models weigh`, or train the reranker again with --retriever."
    )


def _chosen_beside(reranker: Path) -> tuple[str, str]:
    """The fingerprint of the retriever, and what to call it."""
    try:
        record = json.loads((reranker / _RECORD).read_text())
        named = record["config"]["retriever"]
        known = record.get("retriever")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return fingerprint(SHIPPED_RETRIEVER), _SHIPS  # the one that ships has no such record
    if known and not named:
        return known, _SHIPS if known == fingerprint(SHIPPED_RETRIEVER) else "one that once shipped"
    if not named:
        return "", "MiniLM"  # which served before a retriever shipped
    # Trainings from before the record had fingerprints: its folder may still be there.
    return known or identity(Path(named)), str(named)
