"""What an import did."""

from dataclasses import dataclass, field

MAX_REJECTIONS = 1000


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row of a feed that was not imported."""

    line: int
    """Where the row begins in the file, from 1."""
    reason: str
    id: str = ""
    """The row's id, where it could be read for sure."""
    withdrawn: bool = False
    """Whether the row is sound and says that its product is not sold (any longer)."""


@dataclass(slots=True)
class ImportReport:
    """Counts of rows, one for each thing that can be bought.

    `read == added + changed + unchanged + rejected`.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    """Variants that were in the database and not in a feed that replaces it."""
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    """The first 1,000 of the rejected."""
    kept_because: str | None = None
    """Why an import that was to remove what the feed has not removed nothing, as a sentence."""

    def reject(self, rejection: Rejection) -> None:
        self.rejected += 1
        if len(self.rejections) < MAX_REJECTIONS:
            self.rejections.append(rejection)


class FeedError(Exception):
    """A feed that cannot be read at all, or not to its end; the message is a sentence about it."""

    def __init__(self, message: str, report: ImportReport | None = None) -> None:
        """
        Args:
            report: what was done with the rows before the failure, where there were any.
        """
        super().__init__(message)
        self.report = report
