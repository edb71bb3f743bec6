"""A stand-in for the pipeline: quick, and fatal on request, as documents in the wild are."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from hashlib import sha256

from betony.errors import DocumentError, Reason
from betony.identity import identify
from betony.model import Basis, Capture, Layer, PageKind, SectionType
from betony.record import Part, Processing, Quality, Record, SectionRecord, Source

PROCESSING = Processing(pipeline="test", ruleset="1")


def processing() -> Processing:
    return PROCESSING


def structure(captures: Sequence[Capture]) -> Record:
    """One section a record; a text that begins `POISON kind` does what it says, one that begins `nap` takes a moment."""
    texts = []
    for capture in captures:
        text = capture.body.decode().strip()
        if text.startswith("POISON "):
            _poison(text.split()[1], capture)
        if text.startswith("nap"):
            time.sleep(0.03)
        texts.append(text)
    text = "\n\n".join(texts)
    place = identify(captures[0])
    digest = sha256(text.encode()).hexdigest()
    section = SectionRecord(
        id="summary",
        type=SectionType.SUMMARY,
        level=1,
        start=0,
        end=len(text),
        text=text,
        layer=Layer.BODY,
        basis=Basis.INFERRED,
    )
    return Record(
        id=place.record_id,
        url=place.page.product if place.page else None,
        page_kind=PageKind.DOCUMENT,
        sections=[section],
        text=text,
        parts=[
            Part(uri=one.uri, url=one.url, page_kind=PageKind.DOCUMENT, sha256=one.digest, start=0, end=0)
            for one in captures
        ],
        source=Source(
            uri=captures[0].uri, media_type="text/plain", sha256=captures[0].digest, bytes=len(captures[0].body)
        ),
        text_hash=digest,
        content_hash=digest,
        quality=Quality(coverage=1.0, classified=1.0),
        processing=PROCESSING,
    )


def _poison(kind: str, capture: Capture) -> None:
    if kind == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "exit":
        os._exit(3)
    elif kind == "hang":
        time.sleep(600)
    elif kind == "spin":
        while True:
            pass
    elif kind == "memory":
        hoard = [bytes(64 * 1024 * 1024) for _ in range(1000)]
        raise AssertionError(len(hoard))
    elif kind == "recursion":
        _deeper(0)
    elif kind == "named":
        raise DocumentError("holds no document", reason=Reason.NOT_A_DOCUMENT, document=capture.uri)
    else:
        raise ValueError("a defect")


def _deeper(depth: int) -> int:
    return _deeper(depth + 1) + 1
