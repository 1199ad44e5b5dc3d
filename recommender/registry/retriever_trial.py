"""A retriever on the held-out queries of a shop's own judgments, for the gate."""

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

from recommender.evaluation.catalogue import EvaluatedCatalogue, catalogue_of
from recommender.evaluation.collection import judged_queries
from recommender.evaluation.judged_queries import RELEVANT_FROM, JudgedQueries
from recommender.evaluation.measures import NDCG, RECALL
from recommender.evaluation.search_report import SearchReport
from recommender.evaluation.search_stages import stages_of
from recommender.evaluation.stage import Stage, run_stages
from recommender.index.faiss_index import FaissIndex
from recommender.indexing.embedded_catalogue import EmbeddedCatalogue
from recommender.query.english import ENGLISH
from recommender.registry.gate import Measured, Verdict, judge
from recommender.registry.slices import by_category, by_length, mistyped_queries
from recommender.registry.trial import require_enough
from recommender.reranking.reranker import Reranker
from recommender.search import SearchEngine
from recommender.serving.encoder import OnnxEncoder
from recommender.serving.export import export_encoder
from recommender.training.data.corpus import Corpus
from recommender.training.data.split import Part


def try_retriever(
    products: Path,
    corpus: Corpus,
    before: Path,
    after: Path,
    *,
    reranker: Reranker | None,
) -> Verdict:
    """Judges the retriever in the folder `after` against that in `before`, by what a customer
    gets over the whole catalogue: words and vectors together, and reranked where a `reranker`
    serves. The queries are those that the corpus holds out.

    Args:
        products: the file of the corpus's products, which is imported as a shop's is.

    Raises:
        FeedError, JudgedQueriesError: the file cannot be read.
        ModelError: a model cannot be read, or too few queries are held out to tell.
    """
    asked = judged_queries(corpus, Part.TEST)
    require_enough(len(asked))
    with ExitStack() as until_measured:
        scratch = Path(until_measured.enter_context(tempfile.TemporaryDirectory()))
        catalogue = until_measured.enter_context(catalogue_of(products, scratch))
        stages, megabytes = {}, {}
        for name, trained in (("before", before), ("after", after)):
            folder = scratch / name
            export_encoder(folder / "encoder", trained)
            megabytes[name] = (folder / "encoder" / "model.onnx").stat().st_size / 1e6
            encoder = OnnxEncoder(folder / "encoder")
            index = FaissIndex(folder / "faiss", encoder.dimension, encoder.fingerprint)
            embedded = EmbeddedCatalogue(catalogue.engine, encoder, index, folder, ENGLISH)
            search = until_measured.enter_context(
                closing(SearchEngine(catalogue.engine, embedded, reranker))
            )
            search.refresh()
            search.maintain()  # or it would go on beside the searches that are timed
            *_, stages[name] = stages_of(search, catalogue.engine).values()
        clean = _reported(stages, asked, catalogue)
        noisy = _reported(stages, _mistyped(asked), catalogue)
        slices = {**by_length(asked.texts), **by_category(asked.gains(), corpus.products)}
    measured = {
        name: Measured(
            name,
            {measure: stage.values[measure] for measure in (NDCG, RECALL)},
            {measure: noisy.stages[name].values[measure] for measure in (NDCG, RECALL)},
            median(stage.took_ms.values()),
            megabytes[name],
        )
        for name, stage in clean.stages.items()
    }
    return judge(measured["before"], measured["after"], slices)


def _reported(
    stages: Mapping[str, Stage], queries: JudgedQueries, catalogue: EvaluatedCatalogue
) -> SearchReport:
    runs = run_stages(stages, queries, catalogue.product_ids)
    return SearchReport.of(runs, queries, relevant_from=RELEVANT_FROM)


def _mistyped(queries: JudgedQueries) -> JudgedQueries:
    return JudgedQueries(mistyped_queries(queries.texts), queries.grades)
