"""Documents as a corpus holds them, as many as a bench wants: gold, samples and made-up pages, none a repeat of another.

What is read from labelled pages and samples has its words varied: each document of a number draws words of its own and
puts them in the place of longer ones, so that no text, and no cache, is met twice. The same number gives the same bytes.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from betony.nlp.typer import madeup as madeup_pages
from tests.bench import madeup
from tests.conftest import ROOT

_RUN = re.compile(r">([^<>]+)<")
_WORD = re.compile(r"\b[a-z]{7,}\b")
_UNREAD = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>")
_SHARE = 0.1
"""Of the longer words, how many are others in each document."""


def bases() -> list[list[tuple[str, str]]]:
    """What documents are varied from, as (suffix, text), by kind: labelled pages where they are beside, samples, made-up
    pages."""
    gold = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data" / "gold"
    paths = [sorted(gold.glob("*.html")), sorted((ROOT / "samples").rglob("*.html"))]
    made = [
        "\n\n".join(line for segment in example.segments for line in segment.lines)
        for example in madeup_pages.examples(60, 5)
    ]
    kinds = [[(".html", path.read_text("utf-8", errors="replace")) for path in kind] for kind in paths]
    return [kind for kind in (*kinds, [(".txt", text) for text in made]) if kind]


@cache
def _words() -> list[str]:
    return madeup.vocabulary()


def varied(suffix: str, text: str, number: int) -> bytes:
    """The document with words of its own number."""
    draw = random.Random(number)  # noqa: S311 - made-up words, no secret
    words = _words()

    def other(match: re.Match[str]) -> str:
        return draw.choice(words) if draw.random() < _SHARE else match[0]

    def others(match: re.Match[str]) -> str:
        return f">{_WORD.sub(other, match[1])}<"

    if suffix == ".txt":
        return f"{_WORD.sub(other, text)}\n\nDocument {number} of the made-up corpus.\n".encode()
    kept = [match.span() for match in _UNREAD.finditer(text)]
    parts, at = [], 0
    for start, end in kept:
        if start >= at:
            parts += [_RUN.sub(others, text[at:start]), text[start:end]]
            at = end
    body = "".join([*parts, _RUN.sub(others, text[at:])])
    line = f"<p>Document {number} of the made-up corpus.</p>"
    end = body.rfind("</main>") if "</main>" in body else body.rfind("</body>")
    return (body[:end] + line + body[end:] if end >= 0 else body + line).encode()


def write(folder: Path, documents: int, first: int = 0) -> list[Path]:
    """So many documents as files, of each kind alike, each with an address of its own in a side file."""
    found = bases()
    written = []
    for number in range(first, first + documents):
        kind = found[number % len(found)]
        suffix, text = kind[number // len(found) % len(kind)]
        path = folder / f"{number:06}{suffix}"
        path.write_bytes(varied(suffix, text, number))
        about = {"url": f"https://corpus.example/{number}", "synthetic": True}
        path.with_name(f"{path.stem}.source.json").write_text(json.dumps(about), "utf-8")
        written.append(path)
    return written


def small(documents: int) -> Iterator[str]:
    """So many made-up documents of a page or less, as JSON Lines."""
    texts = [
        "\n\n".join([line for segment in example.segments for line in segment.lines][:12])
        for example in madeup_pages.examples(300, 5)
    ]
    for number in range(documents):
        body = varied(".txt", texts[number % len(texts)], number).decode()
        yield json.dumps({"url": f"https://small.example/{number}", "text": body})
