"""Without what other libraries tell their authors."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly() -> Iterator[None]:
    """Without the progress bars and warnings of these libraries, which concern their authors."""
    from transformers.utils import logging as bars

    had_bars, disabled = bars.is_progress_bar_enabled(), logging.root.manager.disable
    bars.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
        if had_bars:
            bars.enable_progress_bar()  # type: ignore[no-untyped-call]
