"""`aisle label`: asks a person about the pairs that teach the models the most."""

import sys
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import CommandError, stderr, stdout
from bot.settings import Settings
from recommender.errors import ModelError
from recommender.evaluation.judged_queries import JudgedQueriesError, read_table
from recommender.training.data.labelling import AnswerFile, Unlabelled, answers, most_informative


def label(
    products: Annotated[Path, typer.Option(help="A product feed, as `aisle import` reads it.")],
    queries: Annotated[Path, typer.Option(help="TSV: `query_id query`.")],
    qrels: Annotated[
        Path, typer.Option(help="TSV to append to: `query_id product_id relevance`; may be new.")
    ],
    count: Annotated[int, typer.Option(min=1, help="Questions at most.")] = 20,
) -> None:
    """Ask about the pairs of query and product that teach the models the most.

    For each: 3 is just what was asked for, 2 partly, 1 wrong; s skips it, q ends. Every answer is
    stored at once.

    Example: aisle label --products products.csv --queries queries.tsv --qrels qrels.tsv
    """
    try:
        with stderr.status("Looking for what the two models disagree on …"):
            pairs = _pairs(products, queries, qrels, count)
    except JudgedQueriesError as error:
        raise CommandError(str(error)) from error
    if not pairs:
        stderr.print("Every product near a query is judged already.")
        return
    typed = answers(iter(sys.stdin.readline, ""))
    file = AnswerFile(qrels)
    stored = 0
    for number, pair in enumerate(pairs, start=1):
        stdout.print(f"\n{number} of {len(pairs)}   {pair.query}", markup=False)
        stdout.print(f"    {_described(pair)}", markup=False)
        stdout.print("    3 just that, 2 partly, 1 wrong, s skip, q quit: ", end="", markup=False)
        try:
            relevance = next(typed)
        except StopIteration:
            break
        if relevance is not None:
            file.add(pair.query_id, pair.product.id, relevance)
            stored += 1
    stderr.print(f"\n{stored} judgments added to {qrels}.")


def _pairs(products: Path, queries: Path, qrels: Path, count: int) -> list[Unlabelled]:
    from recommender.serving.export import prepare
    from recommender.serving.models import open_encoder, open_reranker, retriever_in_service
    from recommender.training.data.corpus import products_of

    texts = {row["query_id"]: row["query"] for _, row in read_table(queries, ("query_id", "query"))}
    judged: dict[str, set[str]] = defaultdict(set)
    if qrels.exists():
        for _, row in read_table(qrels, ("query_id", "product_id", "relevance")):
            judged[row["query_id"]].add(row["product_id"])
    settings = Settings()
    retriever = retriever_in_service(settings.data_dir, settings.embedding_model)
    prepare(settings.data_dir, embedding_model=retriever, reranker=settings.reranker)
    reranker = open_reranker(settings.data_dir, settings.reranker, settings.device)
    if reranker is None:
        raise ModelError("There is no reranker to disagree with. Run `aisle setup`.")
    encoder = open_encoder(settings.data_dir, retriever, settings.device)
    return most_informative(texts, judged, products_of(products), encoder.encode, reranker, count)


def _described(pair: Unlabelled) -> str:
    product = pair.product
    return " · ".join(filter(None, (product.title, product.brand, product.category)))
