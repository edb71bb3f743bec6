"""Python's collector of reference cycles, kept from looking while a document is worked on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Keeps Python from looking for reference cycles, of which one document makes few.

    It would look through all blocks of the page again and again as they come: a third of the time of reading a large
    page, and a twenty-fifth of that of making a record of it. What there is to collect it collects afterwards.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
