"""python -m tests.robustness.fuzz --seconds N: made-up bytes into the HTML and plain-text readers, guided by coverage.

Anything but a Document whose blocks and sections tile its text, or a DocumentError, is a failure: its bytes are written
beside the corpus and its traceback is printed. Needs the extra `fuzz`; the ordinary tests run `check` without it.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from betony import readers
from betony.errors import DocumentError
from betony.model import Block, Capture, Document, Layer, Section, SectionType
from betony.nlp import headings, sections
from betony.publisher import Publisher
from betony.substance import refuse_empty_pages
from betony.text import clean, mojibake
from tests.conftest import SAMPLES


@dataclass(frozen=True)
class Kind:
    """One way in: what the first byte of the input stands for."""

    media_type: str
    charset: str | None = None


KINDS = (
    Kind("text/html"),
    Kind("text/plain"),
    Kind("text/html", "utf-8"),
    Kind("text/plain", "utf-8"),
    Kind("text/html", "utf-16le"),
    Kind("text/plain", "shift_jis"),
)

TOKENS = (
    "<!doctype html>", "<html lang='cy'>", "<head>", "<title>", "</title>", "<meta charset=utf-8>", "<body>", "<main>", "</main>",
    "<article>", "<section>", "<nav>", "</nav>", "<header>", "<footer>", "<aside>", "<div role='main'>", "<div hidden>", "</div>",
    "<div style='display:none'>", "<div role=heading aria-level=3>", "<p>", "</p>", "<p><b>", "</b></p>", "<h1>", "</h1>", "<h2>",
    "</h2>", "<h6>", "<ul>", "<ol start=3>", "<li>", "</ul>", "<dl>", "<dt>", "<dd>", "<table>", "<caption>", "<tr>", "<th>",
    "<td colspan=3 rowspan=2>", "<td colspan=99999999999>", "</table>", "<a href='/x'>", "<a href='http://[x'>", "</a>",
    "<img alt='words'>", "<figure>", "<figcaption>", "<details>", "<summary>", "<svg>", "<math>", "<foreignObject>", "<select>",
    "<option>", "<textarea>", "<script>", "</script>", "<style>", "<template>", "<noscript>", "<iframe>", "<br>", "<br/>", "<hr>",
    "<pre>", "<code>", "<sup>", "<time datetime='2018'>", "<form>", "<frameset>", "<base href='x:y'>", "<!--", "-->", "<![CDATA[",
    "]]>", "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE x [<!ENTITY e 'words'>]>", "&e;", "&#0;", "&#xD800;", "&nbsp;",
    "&lt;", "&", "\x00", "\x0c", "\x1b", "\u200b", "\u202e", "\u00a0", "\ufeff", "\ufffd", "â€™", "\u2028", "\x85", " ", "\n",
    "\r\n", "\n\n", "\t", "•  ", "1.1.1 ", "1 Recommendations\n", "# ", "| a | b |\n|---|---|\n", "    ", "- ", "a) ",
    "Overview\n\n", "Your responsibility\n", "Offer care to adults. ", "Words", ".", ":", "ß", "日本", "x" * 300,
)  # fmt: skip
"""Pieces of pages and of plain text, for those who put together inputs of them."""


def check(body: bytes, kind: Kind) -> Document | None:
    """The Document that the bytes are; None where they are named to be none. AssertionError where neither holds."""
    capture = Capture(body, "input", media_type=kind.media_type, charset=kind.charset)
    try:
        document = readers.read(capture, Publisher())
    except DocumentError:
        return None
    text = document.text
    text.encode("utf-8")
    assert not set(text) & set("\0\x01\x1b"), "the text holds controls"
    assert "\f" not in text or kind.media_type == "text/plain"
    _tile(text, document.blocks)
    for link in document.links:
        assert 0 <= link.start <= link.end <= len(text), link
    for table in document.tables:
        assert 0 <= table.start <= table.end <= len(text), table
    plain = kind.media_type == "text/plain"
    blocks = headings.find(text, document.blocks, plain=plain)
    _tile(text, blocks)
    found, notices = sections.find(text, blocks, given_language=document.head.language)
    _tile(text, found)
    assert all((section.layer is Layer.FURNITURE) == (section.type is SectionType.FURNITURE) for section in found)
    assert all(section.parent is None or section.parent < i for i, section in enumerate(found))
    for notice in (*document.notices, *notices):
        assert all(0 <= start < end <= len(text) for start, end in notice.spans), notice
    assert all(0 <= start < end <= len(text) for start, end in mojibake(text))
    clean(text[:200])
    try:
        refuse_empty_pages(document, capture.uri)
    except DocumentError:
        return None
    return document


def _tile(text: str, pieces: Sequence[Block] | Sequence[Section]) -> None:
    at = 0
    for piece in pieces:
        assert at <= piece.start < piece.end <= len(text), piece
        assert not text[at : piece.start].strip(), f"lost before {piece}: {text[at : piece.start]!r}"
        words = text[piece.start : piece.end]
        assert words == words.strip(), piece
        at = piece.end
    assert not text[at:].strip(), f"lost at the end: {text[at:]!r}"


LONGEST = 8_000
"""Bytes of an input. A whole page takes ten times as long as a piece of it, and leads to hardly any more code."""
PIECE = 3_000


def seeds() -> dict[str, bytes]:
    """The samples in pieces, each with the byte that says how it is read, and one page of all tokens."""
    found = {}
    for path in sorted(SAMPLES.rglob("*")):
        if path.suffix in (".html", ".txt"):
            body = path.read_bytes()
            for start in range(0, len(body), PIECE):
                found[f"{path.name}-{start}"] = bytes([path.suffix == ".txt"]) + body[start : start + PIECE]
    for number in range(len(KINDS)):
        found[f"tokens-{number}"] = bytes([number]) + "".join(TOKENS).encode("utf-8", "replace")
    return found


def one_input(data: bytes) -> None:
    """What the fuzzer calls."""
    if data:
        check(data[1:], KINDS[data[0] % len(KINDS)])


def run(seconds: int, corpus: Path) -> None:
    """Fuzzes for so long; ends the process."""
    import atheris  # noqa: PLC0415 - an extra

    corpus.mkdir(parents=True, exist_ok=True)
    for name, body in seeds().items():
        (corpus / name).write_bytes(body)
    words = corpus.parent / f"{corpus.name}.dict"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS if len(token) < 60), "ascii")
    for name in [name for name in sys.modules if name.startswith("betony")]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["betony"]):
        target = importlib.import_module("tests.robustness.fuzz").one_input
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-timeout=30",
            "-rss_limit_mb=2048",
            f"-dict={words}",
            f"-artifact_prefix={corpus.parent}/failed-",
            "-print_final_stats=1",
            str(corpus),
        ],
        target,
    )
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode("utf-8"))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help="kept between runs; a temporary folder without it")
    chosen = parser.parse_args()
    try:
        import atheris  # noqa: F401, PLC0415 - an extra
    except ModuleNotFoundError:
        print("the fuzzer is not installed: pip install 'betony[fuzz]'", file=sys.stderr)
        return 2
    run(chosen.seconds, chosen.corpus or Path(tempfile.mkdtemp(prefix="betony-fuzz-")) / "corpus")
    return 0


if __name__ == "__main__":
    sys.exit(main())
