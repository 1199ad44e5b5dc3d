"""Where products and their judgments stand: what a model learns from, and is measured on."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from recommender.training.data.click_judgments import FEWEST_IMPRESSIONS


class JudgedData(BaseModel):
    """The files of one shop; each field's description is its help text on the command line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    products: Path | None = Field(
        default=None,
        description="Product file, in any format of `aisle import`, that the judgments speak of.",
    )
    queries: Path | None = Field(
        default=None, description="TSV of query_id and query, as `aisle evaluate search` reads it."
    )
    qrels: Path | None = Field(
        default=None, description="TSV of query_id, product_id and relevance, from 1 to 3."
    )
    judgments: Path | None = Field(
        default=None,
        description="Instead of queries and qrels: a TSV of query, product_id, and esci_label "
        "(E, S, C, I) or relevance (1 to 3).",
    )
    behaviour: Path | None = Field(
        default=None,
        description="Instead of both: a log of what customers did, as TSV, CSV or JSON lines of "
        "event (impression, click, cart, purchase, rating), product_id, customer, time, query, "
        "position and rating. Clicks are weighed by how much their place in the list is looked at.",
    )
    test_since: datetime | None = Field(
        default=None,
        description="What the log says from this day on is held out; by default the last fifth.",
    )
    fewest_impressions: int = Field(
        default=FEWEST_IMPRESSIONS,
        ge=1,
        description="Impressions that the log must have of a product for a query to judge it.",
    )

    @property
    def is_judged(self) -> bool:
        return [self.judgments, self.qrels, self.behaviour].count(None) < 3

    @model_validator(mode="after")
    def _has_whole_judgments(self) -> "JudgedData":
        if (self.queries is None) != (self.qrels is None):
            raise ValueError("queries and qrels belong together: give both or neither")
        if [self.judgments, self.qrels, self.behaviour].count(None) < 2:
            raise ValueError("give one of judgments, behaviour, or queries and qrels")
        if self.test_since is not None and self.behaviour is None:
            raise ValueError("test_since parts a behaviour log: give one")
        if self.is_judged and self.products is None:
            raise ValueError("give the products that the judgments speak of")
        if self.products is not None and not self.is_judged:
            raise ValueError("give judgments of the products, queries and qrels, or behaviour")
        return self
