"""Readable labelled sources into the gold format, with offsets into both views."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from betony.model import SectionType

HERE = Path(__file__).parent
SOURCES = HERE / "source"
GOLD = HERE / "gold"
_SECTION = re.compile(r"^## *(.*?) *\| *(\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    """One section of a source: its heading (or nothing), type and text."""

    heading: str
    type: SectionType
    text: str


@dataclass(frozen=True)
class Source:
    """One made-up document."""

    id: str
    title: str
    kind: str
    printed: bool
    """Whether the title stands in the text."""
    passages: tuple[Passage, ...]


def read(path: Path) -> Source:
    head, *rest = _SECTION.split(path.read_text("utf-8"))
    title, *lines = head.strip().splitlines()
    facts = dict(line.split(": ", 1) for line in lines)
    passages = tuple(
        Passage(heading, SectionType(type_), re.sub(r"^- ", "  • ", text.strip(), flags=re.MULTILINE).strip())
        for heading, type_, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    )
    printed = facts.get("title") != "not printed"
    return Source(path.stem, title.removeprefix("# "), facts["kind"], printed, passages)


def files(source: Source) -> Iterator[tuple[str, str]]:
    """Name and content of each file of the document."""
    with_headings, txt = _view(source, headings=True)
    without, nohead = _view(source, headings=False)
    segments = [
        {"field": p.heading, "type": p.type.value, "boilerplate": False, "txt": one, "nohead": other}
        for p, one, other in zip(source.passages, txt, nohead, strict=True)
        if p.text
    ]
    labels = {"id": source.id, "title": source.title, "kind": source.kind, "synthetic": True, "segments": segments}
    yield f"{source.id}.txt", with_headings
    yield f"{source.id}.nohead.txt", without
    yield f"{source.id}.gold.json", json.dumps(labels, indent=1, ensure_ascii=False) + "\n"


def _view(source: Source, *, headings: bool) -> tuple[str, list[list[int]]]:
    """The text, and where each passage stands in it."""
    text = f"{source.title}\n\n" if source.printed else ""
    spans = []
    for passage in source.passages:
        if headings and passage.heading:
            text += f"{passage.heading}\n\n"
        text += (
            "  " if passage.text.startswith("•") else ""
        )  # items stand in a little, passages start at their first sign
        spans.append([len(text), len(text) + len(passage.text)])
        text += f"{passage.text}\n\n" if passage.text else ""
    return text.rstrip("\n") + "\n", spans


def every_file() -> dict[str, str]:
    """All files of the gold folder, by name."""
    return dict(file for path in sorted(SOURCES.glob("*.md")) for file in files(read(path)))


def write(folder: Path = GOLD) -> None:
    """Makes the folder anew from the sources."""
    folder.mkdir(parents=True, exist_ok=True)
    made = every_file()
    for path in folder.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (folder / name).write_text(content, "utf-8", newline="\n")
