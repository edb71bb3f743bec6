"""The child's end of `work`: one process that structures what it is handed, within limits."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from betony import collector, kept_patterns
from betony.errors import DocumentError, Reason, SourceError
from betony.model import Capture
from betony.timing import noting, stage

Structure = Callable[[Sequence[Capture]], BaseModel]
_PR_SET_PDEATHSIG = 1
_TOO_MUCH = "it takes more memory than a document may"


def run(connection: Connection, structure: str, memory: int) -> None:
    """Answers every job until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    try:
        function = named(structure)
    except Exception:  # noqa: BLE001 - whatever an import may raise, the parent is told and stops
        _send(connection, {"broken": traceback.format_exc()})
        return
    _limit_memory(memory)
    _send(connection, {"ready": True})
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            _serve(connection, function)
        except MemoryError:  # outside a document's own work: receiving it, or sending what became of it
            _send(connection, _failed(Reason.OUT_OF_MEMORY, _TOO_MUCH))


def _serve(connection: Connection, function: Structure) -> None:
    batches: SimpleQueue[Any] = SimpleQueue()
    # The parent hands out the next batch before this one is done: read at once, it never waits for room in the pipe.
    threading.Thread(target=_receive, args=(connection, batches), name="receive", daemon=True).start()
    while True:
        batch = batches.get()
        if isinstance(batch, BaseException):
            raise batch
        for captures, seconds in batch:
            _limit_time(seconds)
            with noting() as timings:
                header, body = answer(function, captures)
            _send(connection, {**header, "timings": timings}, body)
            if header.get("reason") == Reason.OUT_OF_MEMORY:
                return  # a heap that was full once is not to be trusted


def _receive(connection: Connection, batches: SimpleQueue[Any]) -> None:
    """Puts each batch that comes into the queue, and at last what ended it."""
    try:
        while True:
            batches.put(connection.recv())
    except Exception as error:  # noqa: BLE001 - whatever ends it is raised where the batches are worked on
        batches.put(error)


def named(dotted: str) -> Structure:
    """The function that `package.module:name` names."""
    module, _, name = dotted.partition(":")
    function: Structure = getattr(importlib.import_module(module), name)
    return function


def answer(structure: Structure, captures: Sequence[Capture]) -> tuple[dict[str, Any], bytes]:
    """What the function makes of the captures (a record, mostly) as JSON, or why there is nothing."""
    try:
        record = structure(captures)
        with stage("serialise"):
            return {}, record.model_dump_json().encode()
    except (DocumentError, SourceError) as error:
        return _failed(error.reason, error.what + (f" ({error.advice})" if error.advice else ""), error.document), b""
    except MemoryError:
        pass  # answered below, once the frames that hold the memory are gone
    except RecursionError:
        return _failed(Reason.TOO_DEEP, "nested deeper than it can be followed", detail=traceback.format_exc(3)), b""
    except Exception as error:  # noqa: BLE001 - the child's boundary: one bad document must not stop the others
        message = f"betony failed on it: {type(error).__name__}: {error}"
        return _failed(Reason.DEFECT, message[:500], detail=traceback.format_exc()), b""
    return _failed(Reason.OUT_OF_MEMORY, _TOO_MUCH), b""


def _failed(reason: Reason, message: str, document: str | None = None, detail: str = "") -> dict[str, Any]:
    return {"reason": reason, "message": message, "document": document, "detail": detail}


def _send(connection: Connection, header: dict[str, Any], body: bytes = b"") -> None:
    # JSON, not pickle: what has read a hostile document must not be able to run code in the parent.
    connection.send_bytes(json.dumps(header).encode() + b"\n" + body)


def _end_with_parent() -> None:
    """No child outlives its parent, even one that hangs while the parent is killed."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - there alone

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch_parent, name="watch-parent", daemon=True).start()


def _watch_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit_memory(memory: int) -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - there alone

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - there alone

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


@contextlib.contextmanager
def _without_the_command_line_of_spacy() -> Iterator[None]:
    """Has spaCy's package find a stand-in for its command line, an HTTP client and a template engine with it: a third
    of the modules that it imports, for a function `spacy.info` that no document needs.

    The real one is there for whoever asks for it later.
    """
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    vars(module)["info"] = lambda *given, **named: importlib.import_module("spacy.cli.info").info(*given, **named)
    stand_ins = {} if "spacy" in sys.modules else {"spacy.cli": package, "spacy.cli.info": module}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


_FIRST = b"""<html><head><title>Hand hygiene</title></head><body><main><h1>Hand hygiene</h1>
<p>This guideline was published on 3 May 2019 and last updated in June 2020. It replaces guideline AB12.</p>
<h2>Recommendations</h2><p>1.1 Offer soap to all staff. They should wash their hands (see code B12.3).</p>
<ul><li>for example, before meals</li></ul><p>More about this</p><p>Staff must keep records.</p></main></body></html>"""
"""A made-up page that goes through before any other: what it has compiled and loaded, all workers have."""


def _prepare() -> None:
    """Makes the usual pipeline ready, once, in the server that workers are forked from."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # else a thread and its memory for every core, out of each worker's allowance
    with collector.at_rest(), kept_patterns.kept(kept_patterns.folder_of_modules()):
        with _without_the_command_line_of_spacy():
            importlib.import_module("betony.pipeline")
            importlib.import_module("betony.nlp").load()
        with contextlib.suppress(Exception):  # of a plug-in that cannot be gone by: a worker says so of its first page
            named("betony.pipeline:structure")([Capture(_FIRST, "first.html", media_type="text/html")])


_prepare()
