"""`aisle explain`: which words carried a product's score."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot.cli.console import CommandError, print_json, stderr, stdout
from bot.cli.shop import open_database
from bot.settings import Settings
from catalog.database import sessions
from catalog.products import find_variant
from recommender.product_text import reranking_text
from recommender.registry.registry import Registry
from recommender.weights.trained import Kind, is_trained

_MOST = 3


def explain(
    query: Annotated[str, typer.Argument(help="What a customer looks for.")],
    product: Annotated[str, typer.Argument(help="The id of a product, or of a variant.")],
    html: Annotated[Path | None, typer.Option(help="Also write a page to this file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show which words of query and product raised or lowered the reranker's score.

    Example: aisle explain "waterproof tent" skylark-dome --html why.html
    """
    settings = Settings()
    engine = open_database(settings)
    with sessions(engine)() as session:
        variant = find_variant(session, product)
        if variant is None:
            raise CommandError(
                f"There is no product {product!r}. `aisle search` shows the ids there are."
            )
        title, text = variant.product.title, reranking_text(variant.product)
    engine.dispose()
    trained = _reranker(settings)
    from recommender.reranking.attribution import attribute  # torch: only where it is wanted

    why = attribute(trained, query, text)
    if html is not None:
        html.write_text(why.to_html(f"“{query}” and {title}"), encoding="utf-8")
        stderr.print(f"Written to {html}.")
    if json:
        print_json(why.to_json())
        return
    most = max((abs(word.weight) for word in why.words), default=1.0) or 1.0
    stdout.print(f"{title}: score {why.score:.3f}")
    for name, words in (("query", why.query), ("product", why.text)):
        line = Text(f"{name:>8}  ")
        for word in words:
            line.append(word.text, style=_style(word.weight / most))
            line.append(" ")
        stdout.print(line)
    ranked = sorted(why.words, key=lambda word: word.weight)
    raised = [f"{word.text} {word.weight:+.2f}" for word in reversed(ranked) if word.weight > 0]
    lowered = [f"{word.text} {word.weight:+.2f}" for word in ranked if word.weight < 0]
    stdout.print(f"  raised  {', '.join(raised[:_MOST]) or 'by nothing'}", markup=False)
    stdout.print(f" lowered  {', '.join(lowered[:_MOST]) or 'by nothing'}", markup=False)


def _reranker(settings: Settings) -> Path:
    """The folder of the weights that serve.

    Raises:
        CommandError: a whole model serves, of which only the score is known.
    """
    if not settings.reranker:
        return Registry(settings.data_dir, Kind.RERANKER).in_service()
    named = Path(settings.reranker)
    if not is_trained(named):
        raise CommandError(
            f"AISLE_RERANKER is {settings.reranker}, which `aisle train` did not write. Unset it "
            "to explain the one that ships, or name a folder of `aisle train reranker`."
        )
    return named


def _style(share: float) -> str:
    if abs(share) < 0.15:
        return ""
    strong = "bold " if abs(share) > 0.5 else ""
    return f"{strong}{'green' if share > 0 else 'red'}"
