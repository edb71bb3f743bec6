"""Training text made up from our own fragments: pages of kinds that no labelled folder holds.

Each made-up organisation knows only a part of the fragments, so that a typer that has learned from some of them is
tested on wordings it has not seen.
"""

from __future__ import annotations

import random
import re
import tomllib
from importlib.resources import files
from typing import Any, NamedTuple

from .corpus import OWN, TITLE, Example, Segment

ORGANISATIONS = 16
WHOLE = ("policies", "institute", "public", "colleges")
"""The files of `madeup_whole`: pages written from beginning to end. `== name` begins a page, `# ` its title, `[type]` with
a heading or without one a section; each line is a passage."""
FILES = ("madeup.toml", *(f"madeup_pages/{name}.toml" for name in ("institute", "public", "prose")))
"""Where the fragments stand. A kind of section is of the type it is named after, or of the one it gives as `type`; its
lines stand one a passage where it says `apart`, else up to three make a paragraph. `[pages]` plans kinds of page."""
_SLOT = re.compile(r"\{(\w+)\}")


def examples(pages: int, seed: int) -> list[Example]:
    """So many made-up pages of made-up organisations."""
    data = _data()
    slots = data["slots"]
    made = []
    for number in range(pages):
        organisation = number % ORGANISATIONS
        draw = random.Random(f"{seed}/{number}")  # noqa: S311 - made-up text, no secret
        made.append(_page(f"made-up-{number}", organisation, data, _known(slots, organisation), draw))
    return made


def whole(copies: int, seed: int) -> list[Example]:
    """Each of the pages that are written from beginning to end, so many times, each time with other words in its slots
    and some of its lines left out; the copies of a page are of one organisation."""
    slots = _data()["slots"]
    return [
        _copy(page, number, slots, random.Random(f"{seed}/{page.name}/{number}"))  # noqa: S311 - no secret
        for page in _whole_pages()
        for number in range(copies)
    ]


def headings() -> dict[str, list[str]]:
    """The headings of each type, their slots filled."""
    data = _data()
    draw = random.Random(0)  # noqa: S311 - made-up text, no secret
    given = [(source.get("type", kind), source["headings"]) for kind, source in data["types"].items()]
    given += [(type_, [heading]) for page in _whole_pages() for type_, heading, _ in page.sections if heading]
    found: dict[str, list[str]] = {}
    for type_, templates in given:
        texts = [fill(heading, data["slots"], draw) for heading in templates]
        of_type = found.setdefault(type_, [])
        of_type += [text for text in dict.fromkeys(texts) if text not in of_type]
    return found


class _Whole(NamedTuple):
    """A page that is written from beginning to end: its title, and of each section type, heading and lines."""

    name: str
    title: str
    sections: list[tuple[str, str | None, list[str]]]


_SECTION = re.compile(r"\[(\w+)\] ?(.*)")


def _whole_pages() -> list[_Whole]:
    pages: list[_Whole] = []
    for name in WHOLE:
        for line in files(__package__).joinpath(f"madeup_whole/{name}.txt").read_text("utf-8").splitlines():
            if line.startswith("== "):
                pages.append(_Whole(line[3:], "", []))
            elif line.startswith("# "):
                pages[-1] = pages[-1]._replace(title=line[2:])
            elif match := _SECTION.fullmatch(line):
                pages[-1].sections.append((match[1], match[2] or None, []))
            elif line:
                pages[-1].sections[-1][2].append(line)
    return pages


_KEPT = 0.85
"""Of the lines of a written page so many are in a copy."""


def _copy(page: _Whole, number: int, slots: dict[str, list[str]], draw: random.Random) -> Example:
    fixed = slots | {name: [draw.choice(slots[name])] for name in ("cond", "drug", "proc", "device", "setting")}
    title = fill(page.title, fixed, draw)
    segments = [Segment(TITLE, "summary", (title,))] if draw.random() < 0.5 else []
    for type_, heading, lines in page.sections:
        kept = [line for line in lines if draw.random() < _KEPT] or lines
        texts = tuple(dict.fromkeys(fill(line, fixed, draw) for line in kept))
        segments.append(Segment(OWN + type_, type_, texts, fill(heading, fixed, draw) if heading else None))
    return Example(f"whole-{page.name}-{number}", f"made-up {page.name}", title, tuple(segments), made_up=True)


def _data() -> dict[str, Any]:
    """All files' slots, kinds of section and plans of pages; of a kind that several files give, all their lines."""
    merged: dict[str, Any] = {"slots": {}, "types": {}, "pages": {}}
    for name in FILES:
        data = tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))
        for kind, source in data.pop("types").items():
            known = merged["types"].setdefault(kind, source | {"headings": [], "lines": []})
            known["headings"] += source["headings"]
            known["lines"] += source["lines"]
        merged["slots"] |= data["slots"]
        merged["pages"] |= data["pages"]
    return merged


def _known(slots: dict[str, list[str]], organisation: int) -> dict[str, list[str]]:
    """The part of each list that an organisation uses."""
    return {name: _part(values, f"{name}/{organisation}") for name, values in slots.items()}


def _part(values: list[str], key: str) -> list[str]:
    draw = random.Random(key)  # noqa: S311 - made-up text, no secret
    return [v for v in values if draw.random() < 0.55] or [draw.choice(values)]


def _page(
    name: str, organisation: int, data: dict[str, Any], slots: dict[str, list[str]], draw: random.Random
) -> Example:
    plan = data["pages"][draw.choice(sorted(data["pages"]))]
    subject = fill("{proc}" if draw.random() < 0.5 else "{cond}", slots, draw)
    fixed = slots | {
        "cond": slots["cond"] if draw.random() < 0.3 else [draw.choice(slots["cond"])],
        "proc": [subject, *slots["proc"][:2]],
    }
    title = subject[:1].upper() + subject[1:]
    segments = []
    if draw.random() < 0.5:
        segments.append(Segment(TITLE, "summary", (title,)))
    for entry in plan:
        if entry.endswith("?") and draw.random() < 0.5:
            continue
        kind = draw.choice(entry.rstrip("?").split("|"))
        segments.append(_segment(kind, organisation, data, fixed, draw))
    if draw.random() < 0.3:
        draw.shuffle(segments)
    return Example(name, f"made-up organisation {organisation}", title, tuple(segments), made_up=True)


_MOST = {"furniture": 14, "coding": 6, "summary": 3, "status": 5, "legal": 3}
"""Passages of a section of that type, where there are many."""
_BULLETS = ("• ", "- ", "  • ", "* ")


def _segment(
    kind: str, organisation: int, data: dict[str, Any], slots: dict[str, list[str]], draw: random.Random
) -> Segment:
    source = data["types"][kind]
    type_ = source.get("type", kind)
    known = _part(source["lines"], f"{kind}/{organisation}")
    apart = type_ in ("furniture", "coding") or source.get("apart", False)
    n = draw.choice((1, 1, 2, 2, 3, 4, 12 if apart else 8) if apart else (1, 1, 2, 2, 3, 4, _MOST.get(type_, 8)))
    if type_ == "furniture" and draw.random() < 0.12:
        n = draw.randint(15, 50)
    lines: list[str] = []
    for _ in range(n):
        sentences = [draw.choice(known) for _ in range(1 if apart else draw.choice((1, 1, 2, 3)))]
        lines.append(" ".join(fill(s, slots, draw) for s in dict.fromkeys(sentences)))
    if apart and draw.random() < 0.25:
        bullet = draw.choice(_BULLETS)
        lines = [lines[0], *(bullet + line for line in lines[1:])]
    heading = fill(draw.choice(source["headings"]), slots, draw) if source["headings"] else None
    return Segment(OWN + type_, type_, tuple(dict.fromkeys(lines)), heading)


def fill(template: str, slots: dict[str, list[str]], draw: random.Random) -> str:
    """The template with its slots filled; a capital in the slot's name makes a capital letter."""

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        text = fill(draw.choice(slots[name.lower()]), slots, draw)
        return text[:1].upper() + text[1:] if name[0].isupper() else text

    text = _SLOT.sub(one, template)
    return text[:1].upper() + text[1:] if template[:1] == "{" and template[1:2].isupper() else text
