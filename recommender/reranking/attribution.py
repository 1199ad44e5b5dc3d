"""Which words of a query and a product carried the reranker's score.

Integrated gradients over the embeddings, by Captum, against the same pair with every word blank:
Sundararajan, Taly and Yan, Axiomatic Attribution for Deep Networks, 2017. The weights of all words
add up to the difference between the two logits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import torch
from captum.attr import LayerIntegratedGradients
from tokenizers import Encoding, Tokenizer

from recommender.weights.minilm import minilm_folder
from recommender.weights.trained import Kind, load, settings_of

_STEPS = 64
"""Of the path from blank to the pair; the sum is then right to about a hundredth."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    weight: float
    """What it adds to the logit; negative where it takes off."""


@dataclass(frozen=True, slots=True)
class Attribution:
    score: float
    """The probability that the reranker gives, 0 to 1."""
    logit: float
    blank_logit: float
    """Of the pair without words."""
    query: Sequence[Word]
    text: Sequence[Word]

    @property
    def words(self) -> list[Word]:
        return [*self.query, *self.text]

    def to_json(self) -> dict[str, Any]:
        return {
            "score": round(self.score, 4),
            "logit": round(self.logit, 4),
            "blank_logit": round(self.blank_logit, 4),
            "query": [[word.text, round(word.weight, 4)] for word in self.query],
            "text": [[word.text, round(word.weight, 4)] for word in self.text],
        }

    def to_html(self, title: str) -> str:
        """A page of its own, with each word shaded by its weight."""
        most = max((abs(word.weight) for word in self.words), default=1.0) or 1.0
        return _PAGE.format(
            title=escape(title),
            score=f"{self.score:.3f}",
            query=_shaded(self.query, most),
            text=_shaded(self.text, most),
        )


def attribute(trained: Path, query: str, text: str) -> Attribution:
    """Explains the score of one pair by the reranker in a folder of `aisle train`.

    Raises:
        ModelError: it cannot be read.
    """
    model = load(trained, Kind.RERANKER)
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(int(settings_of(trained)["max_tokens"]))
    pair = tokenizer.encode(query, text)
    ids, types = torch.tensor([pair.ids]), torch.tensor([pair.type_ids])
    special = torch.tensor([pair.special_tokens_mask], dtype=torch.bool)
    blank = torch.where(special, ids, torch.tensor(tokenizer.token_to_id("[PAD]")))

    def logit_of(input_ids: torch.Tensor) -> torch.Tensor:
        mask = torch.ones_like(input_ids)
        kinds = types.expand(len(input_ids), -1)
        logits: torch.Tensor = model(
            input_ids=input_ids, attention_mask=mask, token_type_ids=kinds
        ).logits
        return logits.squeeze(-1)

    explained = LayerIntegratedGradients(logit_of, model.bert.embeddings)
    weights = explained.attribute(ids, blank, n_steps=_STEPS, internal_batch_size=16)
    each = weights.sum(dim=-1)[0].tolist()
    with torch.inference_mode():
        logit, without = float(logit_of(ids)), float(logit_of(blank))
    return Attribution(
        score=float(torch.tensor(logit).sigmoid()),
        logit=logit,
        blank_logit=without,
        query=_words(pair, each, query, 0),
        text=_words(pair, each, text, 1),
    )


def _words(pair: Encoding, weights: Sequence[float], text: str, sequence: int) -> list[Word]:
    """Word pieces put together again, each word as it was written, with the sum of its pieces."""
    found: dict[int, tuple[int, int, float]] = {}
    for place, word in enumerate(pair.word_ids):
        if word is None or pair.sequence_ids[place] != sequence:
            continue
        start, end = pair.offsets[place]
        before = found.get(word, (start, end, 0.0))
        found[word] = (min(before[0], start), max(before[1], end), before[2] + weights[place])
    return [Word(text[start:end], weight) for start, end, weight in found.values()]


def _shaded(words: Sequence[Word], most: float) -> str:
    return " ".join(
        f'<mark style="background: rgb({_COLORS[word.weight < 0]} / '
        f'{abs(word.weight) / most:.2f})" title="{word.weight:+.3f}">{escape(word.text)}</mark>'
        for word in words
    )


_COLORS = ("31 122 92", "196 84 52")
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
  body {{ font: 1.05rem/1.9 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto;
         padding: 0 1rem; color: #1c2321; background: #fdfdfb }}
  mark {{ color: inherit; border-radius: .25em; padding: .1em .25em }}
  dt {{ font-size: .85rem; color: #5b6663; margin-top: 1.2rem }} dd {{ margin: 0 }}
</style>
<h1>{title}</h1>
<p>Score {score}. Green words raise it, red ones lower it; point at one for its weight.</p>
<dl><dt>Query</dt><dd>{query}</dd><dt>Product, as the reranker reads it</dt><dd>{text}</dd></dl>
</html>
"""
