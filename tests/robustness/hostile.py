"""python -m tests.robustness.hostile: pages made to break their reader, each in a worker with 30 s and 2 GB, as a table.

Every one ends in a record that holds each of its markers, or in quarantine under a name; nothing else, and nothing of a
file that a page has no business with.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from betony import work
from betony.errors import Reason
from betony.model import Capture
from betony.store import Store
from betony.workers import Limits

MARKS = ("STARTMARK", "MIDDLEMARK", "ENDMARK")
START, MIDDLE, END = (mark.encode() for mark in MARKS)
LIMITS = Limits(memory=2 * 1024**3, seconds=30.0, seconds_per_megabyte=0.0)
PRIVATE = "the contents of a file that is nobody's business"


@dataclass(frozen=True)
class Hostile:
    """An input: what makes it, by which name it comes, and whether it is quick enough for the ordinary tests."""

    name: str
    make: Callable[[], bytes]
    uri: str = "page.html"
    short: bool = True
    readable: bool = True
    """A record must come of it; else a named quarantine will do."""


@dataclass(frozen=True)
class Outcome:
    """What became of it: `record` or a reason for quarantine, how many marks are there, and how long it took."""

    what: str
    marks: int
    warnings: tuple[str, ...]
    seconds: float
    leaked: bool
    message: str = ""

    def fits(self, case: Hostile) -> bool:
        """Whether it is one of the two ends that are allowed, within the time."""
        if self.leaked or self.seconds > LIMITS.seconds + 5:
            return False
        if self.what == "record":
            return self.marks == len(MARKS)
        return not case.readable and self.what in set(Reason) - {Reason.DEFECT}


def _page(before: bytes, after: bytes = b"") -> bytes:
    return b"<!doctype html><p>" + START + b"</p>" + before + MIDDLE + after + b"<p>" + END


def _paragraphs(size: int) -> bytes:
    piece = b"<h2>A heading</h2><p>Some <b>words</b> with <a href='/x'>a link</a> in them, and a few more.</p>\n"
    half = piece * (size // len(piece) // 2)
    return _page(half + b"<p>", half)


def _nested(tag: bytes, depth: int) -> bytes:
    return _page((b"<" + tag + b">") * depth, (b"</" + tag + b">") * depth)


def _attributes(number: int) -> bytes:
    return _page(b"<p " + b" ".join(b"a%d=b" % i for i in range(number)) + b">")


def _reconstructed(number: int) -> bytes:
    """Elements that a browser opens anew in every paragraph: cubic work where it is done by the book."""
    opened = b"".join(b"<b %d>" % i for i in range(number)) + b"".join(b"<i %d>" % i for i in range(number))
    return _page(opened, b"x</b>" * number)


HTML = (
    Hostile("100 KB of usual text", lambda: _paragraphs(100_000)),
    Hostile("10 MB of usual text", lambda: _paragraphs(10_000_000), short=False, readable=False),
    Hostile("depth 250", lambda: _nested(b"div", 250)),
    Hostile("depth 260", lambda: _nested(b"div", 260)),
    Hostile("depth 1,000", lambda: _nested(b"div", 1_000)),
    Hostile("depth 3,000", lambda: _nested(b"div", 3_000)),
    Hostile("depth 10,000", lambda: _nested(b"div", 10_000)),
    Hostile("depth 100,000", lambda: _nested(b"div", 100_000)),
    Hostile("depth 100,000 of bold", lambda: _nested(b"b", 100_000)),
    Hostile("depth 20,000 of lists", lambda: _page(b"<ul><li>" * 20_000, b"</ul>" * 20_000)),
    Hostile("depth 2,000 of tables", lambda: _page(b"<table><tr><td>" * 2_000, b"</table>" * 2_000)),
    Hostile("10,000 attributes", lambda: _attributes(10_000)),
    Hostile("20,000 attributes", lambda: _attributes(20_000)),
    Hostile("40,000 attributes", lambda: _attributes(40_000), short=False, readable=False),
    Hostile("1,000,000 attributes", lambda: _attributes(1_000_000), short=False, readable=False),
    Hostile("a text of 11 MB", lambda: _page(b"<p>" + b"word " * 2_200_000), short=False, readable=False),
    Hostile("a word of 11 MB", lambda: _page(b"<p>" + b"a" * 11_000_000 + b" "), short=False, readable=False),
    Hostile("an attribute of 11 MB", lambda: _page(b'<p title="' + b"a" * 11_000_000 + b'">')),
    Hostile("a comment of 11 MB", lambda: _page(b"<!--" + b"a" * 11_000_000 + b"--><p>")),
    Hostile("a line of 100 MB", lambda: _page(b"<p>" + b"word " * 20_000_000), short=False, readable=False),
    Hostile("a line of 40 MB", lambda: _page(b"<p>" + b"word " * 8_000_000), short=False, readable=False),
    Hostile("1,000,000 line breaks", lambda: _page(b"a<br>" * 1_000_000), short=False, readable=False),
    Hostile("300,000 table rows", lambda: _page(b"<table>" + b"<tr><td>a<td>b" * 300_000 + b"<tr><td>"), short=False,
            readable=False),
    Hostile("10,000 tags that never end", lambda: _page(b"", b"<a " * 10_000 + b">")),
    Hostile("40,000 comments that never end", lambda: _page(b"", b"<p>" + END + b"<!--" * 40_000).replace(END, b"", 1)[
        : -len(b"<p>" + END)].replace(b"<!--", END + b"<!--", 1)),
    Hostile("4,000 elements opened again and again", lambda: _reconstructed(4_000), short=False, readable=False),
    Hostile("1,000 elements opened again and again", lambda: _reconstructed(1_000)),
    Hostile("spans of 9007199254740991", lambda: _page(b"<table><tr>" + b"<td colspan=9007199254740991 rowspan=99999>a" * 999
            + b"<tr><td>", b"</table>")),
    Hostile("200,000 characters that a tokenizer trips over", lambda: _page(b"<p>" + b"(" * 200_000 + b" ")),
    Hostile("a number that a pattern trips over", lambda: _page(b"<p>" + b"1." * 50_000 + b"x ")),
    Hostile("100,000 spaces", lambda: _page(b"<pre>x" + b" \t" * 50_000)),
)  # fmt: skip


def _xhtml(declarations: bytes, body: bytes) -> bytes:
    return (
        b'<?xml version="1.0"?>\n<!DOCTYPE html [' + declarations + b']>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>'
        + START + b"</p><p>" + MIDDLE + b" " + body + b"</p><p>" + END + b"</p></body></html>"
    )  # fmt: skip


def _laughs() -> bytes:
    rows = [b'<!ENTITY a0 "ha">']
    rows += [b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10)]
    return _xhtml(b"".join(rows), b"&a9;")


def _quadratic() -> bytes:
    return _xhtml(b'<!ENTITY a "' + b"a" * 100_000 + b'">', b"&a;" * 100_000)


def _inclusion(declaration: str, body: bytes = b"&x;") -> Callable[[], bytes]:
    def make() -> bytes:
        return _xhtml(declaration.replace("FILE", _private().as_uri()).encode(), body)

    return make


def _private() -> Path:
    path = Path(tempfile.gettempdir()) / "betony-hostile-private.txt"
    path.write_text(PRIVATE, "utf-8")
    return path


XML = (
    Hostile("a billion laughs", _laughs, "page.xhtml", readable=False),
    Hostile("quadratic blow-up", _quadratic, "page.xhtml", readable=False),
    Hostile("a file as entity", _inclusion('<!ENTITY x SYSTEM "FILE">'), "page.xhtml", readable=False),
    Hostile("a file as entity, public", _inclusion('<!ENTITY x PUBLIC "p" "FILE">'), "page.xhtml", readable=False),
    Hostile("a file as parameter", _inclusion('<!ENTITY % p SYSTEM "FILE"> %p;', b""), "page.xhtml", readable=False),
    Hostile("a file by way of two", _inclusion('<!ENTITY x "&y;"><!ENTITY y SYSTEM "FILE">'), "page.xhtml", readable=False),
    Hostile("an address as entity", _inclusion('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'), "page.xhtml", readable=False),
    Hostile("a file included", lambda: _xhtml(b"", b'<i xmlns="http://www.w3.org/2001/XInclude"><include href="%s" parse="text"/></i>'
            % _private().as_uri().encode()), "page.xhtml"),
    Hostile("text by way of an entity", lambda: _xhtml(b'<!ENTITY m "' + MIDDLE + b'">', b"&m;").replace(MIDDLE + b" ", b""),
            "page.xhtml"),
    Hostile("text by way of entities, as HTML", lambda: _xhtml(b'<!ENTITY n "' + MIDDLE + b'"><!ENTITY m "<b>&n;</b>">', b"&m;")
            .replace(MIDDLE + b" ", b"")),
    Hostile("an entity in an attribute", lambda: _xhtml(b'<!ENTITY m "words">', b'<img alt="&m;"/>'), "page.xhtml"),
    Hostile("an entity that is not declared", lambda: _xhtml(b'<!ENTITY m "words">', b"&nbsp;&other;"), "page.xhtml",
            readable=False),
    Hostile("depth 300", lambda: _xhtml(b"", b"<b>" * 300 + b"x" + b"</b>" * 300), "page.xhtml"),
    Hostile("a text of 11 MB", lambda: _xhtml(b"", b"word " * 2_200_000), "page.xhtml", short=False, readable=False),
    Hostile("20,000 attributes", lambda: _xhtml(b"", b"<b " + b" ".join(b'a%d="b"' % i for i in range(20_000)) + b"/>"),
            "page.xhtml"),
    Hostile("100,000 attributes", lambda: _xhtml(b"", b"<b " + b" ".join(b'a%d="b"' % i for i in range(100_000)) + b"/>"),
            "page.xhtml", short=False, readable=False),
)  # fmt: skip

CASES = (*HTML, *XML)


@cache
def _ready() -> None:
    """Has a page read once: what workers are forked from is there then, and no case waits for it."""
    with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/s.db", create=True) as store:
        work.ingest([Capture(_paragraphs(1_000), "first.html")], store, workers=1, limits=LIMITS)


def outcomes(cases: Iterable[Hostile]) -> Iterable[tuple[Hostile, Outcome]]:
    """Each case through `betony.work`, in a store of its own."""
    _ready()
    for case in cases:
        with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/s.db", create=True) as store:
            capture = Capture(case.make(), case.uri)
            start = time.monotonic()
            summary = work.ingest([capture], store, workers=1, limits=LIMITS)
            seconds = time.monotonic() - start
            assert summary.error is None, summary.error
            assert summary.run.balance == 0
            if summary.setbacks:
                (setback,) = summary.setbacks
                yield case, Outcome(setback.reason, 0, (), seconds, PRIVATE in setback.message, setback.message)
            else:
                (text,) = store.every_json()
                record = json.loads(text)
                marks = sum(record["text"].count(mark) == 1 for mark in MARKS)
                codes = tuple(dict.fromkeys(warning["code"] for warning in record["quality"]["warnings"]))
                yield case, Outcome("record", marks, codes, seconds, PRIVATE in text)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--short", action="store_true", help="only those that the ordinary tests run")
    parser.add_argument("--only", help="those whose name holds this")
    chosen = parser.parse_args()
    wrong = 0
    print(f"{'input':50} {'end':>15} {'marks':>6} {'seconds':>8}")
    for case, outcome in outcomes(
        case for case in CASES if (case.short or not chosen.short) and (not chosen.only or chosen.only in case.name)
    ):
        fits = outcome.fits(case)
        wrong += not fits
        marks = f"{outcome.marks}/{len(MARKS)}" if outcome.what == "record" else ""
        note = "" if fits else f"  WRONG {outcome.message} {'LEAKED' if outcome.leaked else ''}"
        print(
            f"{case.uri.partition('.')[2]} {case.name:44} {outcome.what:>15} {marks:>6} {outcome.seconds:8.1f}{note}",
            flush=True,
        )
    print(f"{wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
