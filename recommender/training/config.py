"""What a training run can be told; each field's description is its help text on the command line.

The defaults are those of the reranker that ships; the retriever's card says what else it was told.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from recommender.training.choices import LEARNING_RATES, BlendRule, Method, RerankerLoss
from recommender.training.judged_data import JudgedData
from recommender.weights.shipped import SHIPPED_RETRIEVER
from recommender.weights.trained import is_trained


class TrainingConfig(JudgedData):
    """What both models have in common."""

    out: Path = Field(description="Folder to write the model to; made if missing.")
    most_queries: int = Field(
        default=0, ge=0, description="Judged queries to learn from at most; 0 for all."
    )
    init: Path | None = Field(
        default=None,
        description="Folder of a model that `aisle train` wrote, to go on from; by default MiniLM.",
    )
    method: Method = Field(default=Method.LORA, description="Which weights learn.")
    lora_rank: int = Field(default=16, ge=1, description="Rank of lora and adalora.")
    top_layers: int = Field(
        default=2, ge=1, description="Layers that learn, from the top, of the method top-layers."
    )
    bottleneck: int = Field(default=48, ge=1, description="Width of the method adapter.")
    virtual_tokens: int = Field(
        default=16, ge=1, description="Learnt positions before the text of the method prefix."
    )
    epochs: float = Field(default=1.0, gt=0, description="Passes over the data.")
    learning_rate: float = Field(
        default=0.0, ge=0, description="Peak learning rate; 0 for what suits the method."
    )
    optimizer: Literal["adamw", "sgd", "adafactor"] = Field(
        default="adamw", description="Optimizer."
    )
    schedule: Literal["cosine", "linear", "constant"] = Field(
        default="cosine", description="How the learning rate goes after the warm-up."
    )
    warmup: float = Field(
        default=0.05, ge=0, lt=1, description="Share of the steps until the peak learning rate."
    )
    weight_decay: float = Field(default=0.0, ge=0, description="Weight decay.")
    dropout: float = Field(
        default=0.0, ge=0, lt=1, description="Dropout of the encoder while it learns."
    )
    gradient_accumulation: int = Field(
        default=1, ge=1, description="Batches whose gradients make one step together."
    )
    adversarial: float = Field(
        default=0.0,
        ge=0,
        description="Length of the worst step in the word embeddings that the model must stand "
        "(FGM); 0 for none.",
    )
    anchor: float = Field(
        default=0.0,
        ge=0,
        description="Weight of the squared distance from the weights that the training began with, "
        "which keeps what they know; with --init.",
    )
    replay_products: Path | None = Field(
        default=None, description="Products of the data that --init was trained on."
    )
    replay_queries: Path | None = Field(default=None, description="Its queries.")
    replay_qrels: Path | None = Field(default=None, description="Its judgments.")
    replay: float = Field(
        default=0.0,
        ge=0,
        description="Of those, so many examples are learnt again as a share of the new ones.",
    )
    unlabelled: Path | None = Field(
        default=None,
        description="TSV of query_id and query: of these, which nobody judged, --labeller says "
        "what answers them.",
    )
    labeller: Path | None = Field(
        default=None, description="Reranker that judges --unlabelled: a folder of `aisle train`."
    )
    confidence: float = Field(
        default=0.95,
        gt=0.5,
        lt=1,
        description="How sure the labeller must be, as a probability, for a label to count.",
    )
    typos: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Share of the queries that are learnt once more, mistyped.",
    )
    synonyms: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Share of the queries that are learnt once more with a word replaced by one "
        "that the embedding takes for the same.",
    )
    dropped_attributes: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Share of the examples that are learnt once more with less said of products.",
    )
    checkpoints: int = Field(default=10, ge=0, description="Checkpoints on the way; 0 for none.")
    early_stopping: int = Field(
        default=0,
        ge=0,
        description="Checkpoints without a lower loss of the development queries after which to "
        "stop, and take the best; 0 to go on to the end.",
    )
    resume: bool = Field(
        default=False, description="Go on from the last checkpoint in the output folder."
    )
    log_to: Literal["tensorboard", "wandb", "none"] = Field(
        default="tensorboard", description="Where the curves go: by default <out>/logs."
    )
    bf16: bool = Field(
        default=True,
        description="Compute in bfloat16; turn off on a processor without instructions for it.",
    )
    device: Literal["auto", "cpu", "cuda"] = Field(
        default="auto", description="auto takes a GPU where there is one."
    )
    threads: int = Field(default=0, ge=0, description="CPU threads; 0 lets torch decide.")
    seed: int = Field(default=0, ge=0, description="Same seed and data, same model.")
    seeds: int = Field(
        default=1,
        ge=1,
        le=10,
        description="Train so often, with this seed and those after it, and average the weights.",
    )

    @property
    def peak_learning_rate(self) -> float:
        return self.learning_rate or LEARNING_RATES[self.method]

    @property
    def goes_on_from(self) -> Path | None:
        """The trained model whose weights this one begins with; None for MiniLM's own."""
        return self.init

    @model_validator(mode="after")
    def _can_be_done(self) -> "TrainingConfig":
        if (self.unlabelled is None) != (self.labeller is None):
            raise ValueError("unlabelled and labeller belong together: give both or neither")
        if self.unlabelled is not None and not self.is_judged:
            raise ValueError("give judgments beside what is unlabelled")
        files = (self.replay_products, self.replay_queries, self.replay_qrels)
        if bool(self.replay) != all(files) or any(files) != all(files):
            raise ValueError("replay wants its share, products, queries and qrels: give all four")
        if self.seeds > 1 and self.method in (Method.ADAPTER, Method.PREFIX):
            raise ValueError(
                f"seeds averages weights, and those of {self.method} mean something else with each "
                "seed: choose another method"
            )
        if self.early_stopping and not (self.is_judged and self.checkpoints):
            raise ValueError("early_stopping needs judgments, and checkpoints to look at them")
        return self


class RerankerConfig(TrainingConfig):
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of a catalogue to write training queries from.",
    )
    synthetic_queries: int = Field(
        default=6, ge=0, description="Search queries to write from each product's own texts."
    )
    negatives: int = Field(
        default=5,
        ge=0,
        le=31,
        description="Wrong answers mined with the embedding, shown beside the right one; with 0 "
        "only what was judged is learnt.",
    )
    most_lists: int = Field(
        default=3600,
        ge=0,
        description="Queries to train on at most, the judged ones first; 0 for all.",
    )
    retriever: Path | None = Field(
        default=None,
        description="The retriever that it will serve beside: a folder of `aisle train`, whose "
        "weights it then begins with, or a sentence-transformers folder or hub name; by default "
        "the one that ships, and MiniLM's weights.",
    )
    loss: RerankerLoss = Field(
        default=RerankerLoss.RESIDUAL_LISTNET, description="What is made small."
    )
    blend_rule: BlendRule = Field(
        default=BlendRule.SMALLEST,
        description="Which weight of its score the development queries choose: the smallest that "
        "is within one standard error of the best, or the best, where it serves no other shop.",
    )
    label_smoothing: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="Share of a target that is spread evenly, with the losses bce, listnet and "
        "residual-listnet: judgments that may be wrong pull less.",
    )
    teacher: list[Path] = Field(
        default=[],
        description="Reranker to learn from, with the loss distill: a folder of `aisle train`, or "
        "of a cross-encoder. Of several, the option given again, the mean of what they say.",
    )
    layers: int = Field(
        default=6,
        ge=1,
        le=6,
        description="Layers of the model; of fewer, evenly spaced ones are kept of the six.",
    )
    heads: int = Field(
        default=0,
        ge=0,
        le=12,
        description="Attention heads of each layer to keep, those that are worth most to the model "
        "of --init; 0 for all that it has.",
    )
    cosine_scale: float = Field(
        default=20.0,
        ge=0,
        description="Weight of the embedding's cosine beside the logit in residual-listnet.",
    )
    batch_size: int = Field(
        default=8, ge=1, description="Queries in a step, each with all its products."
    )
    max_tokens: int = Field(
        default=64, ge=16, le=512, description="Word pieces of query and product in training."
    )
    served_tokens: int = Field(
        default=96,
        ge=16,
        le=512,
        description="The same in serving: more read further into long texts, and take longer.",
    )

    @property
    def goes_on_from(self) -> Path | None:
        return self.init or self.own_retriever

    @property
    def own_retriever(self) -> Path | None:
        """The retriever that is named, if it is one of `aisle train`."""
        named = self.retriever
        return named if named is not None and is_trained(named) else None

    @property
    def beside(self) -> Path:
        """The retriever that the model will serve beside."""
        return self.retriever or SHIPPED_RETRIEVER

    @model_validator(mode="after")
    def _has_something_to_learn_from(self) -> "RerankerConfig":
        if (self.loss is RerankerLoss.DISTILL) != bool(self.teacher):
            raise ValueError("the loss distill and a teacher belong together: give both or neither")
        if self.label_smoothing and not self.loss.can_be_smoothed:
            raise ValueError("label_smoothing is for the losses bce, listnet and residual-listnet")
        if self.heads and self.init is None:
            raise ValueError("what a head is worth shows in a trained model: give init with heads")
        if self.heads and self.method is Method.PREFIX:
            raise ValueError("the method prefix needs all heads")
        if not self.database_url and self.products is None:
            raise ValueError("give a database_url, or products and judgments, to learn from")
        return self


class RetrieverConfig(TrainingConfig):
    relevant_from: float = Field(
        default=2.33,
        gt=1,
        le=3,
        description="Relevance, from 1 to 3, from which a product answers its query.",
    )
    written_queries: int = Field(
        default=0,
        ge=0,
        description="Queries to write from product titles, beside the judged ones.",
    )
    hard_negatives: int = Field(
        default=0,
        ge=0,
        le=8,
        description="Wrong answers mined with the embedding, beside those of the other queries.",
    )
    matryoshka: bool = Field(
        default=False,
        description="Teach the first 64, 128 and 256 numbers of a vector to serve alone, too.",
    )
    similarity_scale: float = Field(
        default=20.0, gt=0, description="What cosines are multiplied by before the softmax."
    )
    batch_size: int = Field(
        default=128, ge=2, description="Queries in a step; each other's answers are wrong for it."
    )
    max_tokens: int = Field(default=64, ge=16, le=256, description="Word pieces read in training.")

    @model_validator(mode="after")
    def _has_judgments(self) -> "RetrieverConfig":
        if self.products is None:
            raise ValueError("give products with judgments, or with queries and qrels")
        return self
