"""Inputs made to harm their reader, and a box to read them in."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from betony import publishers, readers
from betony.errors import DocumentError
from betony.model import Capture

MEMORY = 2_000_000_000
SECONDS = 30
"""Of CPU, as a worker's."""
WALL = 150
"""Seconds to wait for an answer on a machine that others use too."""


@dataclass(frozen=True)
class Outcome:
    """How reading ended: `text` or a reason, or what the child died of."""

    reason: str
    message: str
    seconds: float
    megabytes: float
    text: str = ""


def outcome(make: Callable[[], bytes], uri: str) -> Outcome:
    """What becomes of the input in a child process with the limits of a worker."""
    context = multiprocessing.get_context("forkserver")  # a fork of this process would hold all that its tests loaded
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(there, make(), uri))
    child.start()
    there.close()
    try:
        found: Outcome = here.recv() if here.poll(WALL) else Outcome("hung", "no answer", WALL, 0)
    except EOFError:
        child.join(5)
        found = Outcome("died", f"exit code {child.exitcode}", 0, 0)
    child.kill()
    child.join()
    return found


def _read(answer: Connection, body: bytes, uri: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    start = time.process_time()
    reason, message, text = "text", "", ""
    try:
        text = readers.read(Capture(body, uri), publishers.UNKNOWN).text
    except DocumentError as error:
        reason, message = error.reason.value, str(error)
    except MemoryError:
        reason = "out_of_memory"
    except Exception as error:  # noqa: BLE001 - the test wants to see what else there is
        reason, message = "traceback", f"{type(error).__name__}: {error}"
    unit = 1 if sys.platform == "darwin" else 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    answer.send(Outcome(reason, message, time.process_time() - start, used, text[:10_000]))
