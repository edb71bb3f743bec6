"""Matrix products on one core: those of a document are so small that the threads of a BLAS cost more than they save."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController

_turn = threading.RLock()
"""The number of threads belongs to the whole process: only who has set it may put it back."""


def _begin_anew() -> None:
    global _turn  # noqa: PLW0603 - a child of a fork has no thread that would ever give the parent's lock back
    _turn = threading.RLock()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_begin_anew)


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keeps numpy's products on the core they are asked from, and puts back what held before.

    A product of a document takes a tenth of a millisecond on one core. Shared with a core that is busy with something
    else it takes a hundred times as long, for its threads wait for each other; and how many cores a machine has would
    show in the last digits of a sum.
    """
    with _turn, _libraries().limit(limits=1, user_api="blas"):
        yield


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()
