"""What a training run of the reranker can be told; each field's description is its help text."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class RerankerConfig(BaseModel):
    """The defaults are those of the adapter that ships."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    output: Path = Field(description="Folder to write the adapter to; made if missing.")
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL of a catalogue to write training queries from.",
    )
    products: Path | None = Field(
        default=None,
        description="Product file, in any format of `aisle import`, that the judgments speak of.",
    )
    judgments: Path | None = Field(
        default=None,
        description="TSV of query, product_id, and esci_label (E, S, C, I) or relevance (1 to 3).",
    )
    synthetic_queries: int = Field(
        default=6, ge=0, description="Search queries to write from each product's own texts."
    )
    negatives: int = Field(
        default=5, ge=1, le=31, description="Wrong answers shown beside the right one, per query."
    )
    most_lists: int = Field(
        default=3600, ge=1, description="Queries to train on at most, the judged ones first."
    )
    epochs: float = Field(default=1.0, gt=0, description="Passes over the queries.")
    learning_rate: float = Field(default=5e-4, gt=0, description="Peak learning rate of AdamW.")
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
    lora_rank: int = Field(default=16, ge=1, description="Rank of the LoRA matrices.")
    cosine_scale: float = Field(
        default=20.0,
        ge=0,
        description="Weight of the embedding's cosine beside the logit in the loss.",
    )
    bf16: bool = Field(
        default=True,
        description="Compute in bfloat16; turn off on a processor without instructions for it.",
    )
    device: Literal["auto", "cpu", "cuda"] = Field(
        default="auto", description="auto takes a GPU where there is one."
    )
    threads: int = Field(default=0, ge=0, description="CPU threads; 0 lets torch decide.")
    seed: int = Field(default=0, ge=0, description="Same seed and data, same adapter.")

    @model_validator(mode="after")
    def _has_something_to_learn_from(self) -> "RerankerConfig":
        if (self.products is None) != (self.judgments is None):
            raise ValueError("products and judgments belong together: give both or neither")
        if not self.database_url and self.products is None:
            raise ValueError("give a database_url, or products and judgments, to learn from")
        return self
