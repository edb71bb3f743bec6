"""JSON Lines of `{"url", "html" | "text"}`, and standard input, which may hold them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from betony.errors import Reason
from betony.model import Capture
from betony.sources import side_file
from betony.sources.found import MAX_BYTES, Failure, Found, Skipped, too_large

_BOM = b"\xef\xbb\xbf"


def from_lines(stream: BinaryIO, uri: str) -> Iterator[Found]:
    """Each line as an input of its own, named `uri#L<number>`; a bad line is reported and the rest goes on."""
    first = stream.readline(MAX_BYTES + 1)
    yield from _lines(first.removeprefix(_BOM), stream, uri)


def from_stream(stream: BinaryIO, uri: str) -> Iterator[Found]:
    """Standard input: JSON Lines where its first line is such an object, else one document."""
    first = stream.readline(MAX_BYTES + 1)
    if _looks_like_json_lines(first.removeprefix(_BOM)):
        yield from _lines(first.removeprefix(_BOM), stream, uri)
        return
    body = first + stream.read(max(0, MAX_BYTES + 1 - len(first)))
    if len(body) > MAX_BYTES:
        yield _drained(body, stream, uri)
    else:
        yield Capture(body, uri)


def _looks_like_json_lines(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        facts = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(facts, dict) and bool(facts.keys() & {"html", "text"})


def _lines(line: bytes, stream: BinaryIO, uri: str) -> Iterator[Found]:
    number = 1
    while line:
        name = f"{uri}#L{number}"
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            yield _drained(line, stream, name, until_newline=True)
        elif line.strip():
            yield _parsed(line.rstrip(b"\r\n"), name)
        line = stream.readline(MAX_BYTES + 1)
        number += 1


_OF_RECORDS = frozenset(("schema_version", "content_hash", "sections", "processing"))
"""Names that betony's own records have, and no documents."""


def _parsed(line: bytes, name: str) -> Capture | Failure | Skipped:
    try:
        facts = json.loads(line)
        if isinstance(facts, dict) and facts.keys() >= _OF_RECORDS:
            return Skipped(name, "a record that betony wrote")
        side = side_file.parsed(facts)
        kind = _kind(facts)
    except (ValueError, RecursionError) as error:
        words = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        return Failure(
            name,
            Reason.MALFORMED,
            f"not a line of JSON with a document: {words}",
            advice='each line is {"url": …, "html": …} or {"url": …, "text": …}',
            body=line,
        )
    body = facts[kind].encode("utf-8", "surrogatepass")  # lone surrogates are for the reader to replace and report
    media_type = "text/html" if kind == "html" else "text/plain"
    # The text was decoded by whoever wrote the line: a charset that the page declares no longer holds.
    return replace(side, charset=None).applied(Capture(body, name, media_type=media_type, charset="utf-8"))


def _kind(facts: dict[str, Any]) -> str:
    for kind in ("html", "text"):
        if isinstance(facts.get(kind), str):
            return kind
    raise ValueError('it holds neither "html" nor "text"')


def _drained(start: bytes, stream: BinaryIO, uri: str, *, until_newline: bool = False) -> Failure:
    digest, size, chunk = hashlib.sha256(start), len(start), start
    while not (until_newline and chunk.endswith(b"\n")):
        chunk = stream.readline(1 << 20) if until_newline else stream.read(1 << 20)
        if not chunk:
            break
        digest.update(chunk)
        size += len(chunk)
    return too_large(uri, digest.hexdigest(), size)
