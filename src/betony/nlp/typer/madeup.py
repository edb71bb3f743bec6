"""Training text made up from our own fragments: pages of kinds that no labelled folder holds.

Each made-up organisation knows only a part of the fragments, so that a typer that has learned from some of them is
tested on wordings it has not seen.
"""

from __future__ import annotations

import random
import re
import tomllib
from importlib.resources import files
from typing import Any

from .corpus import OWN, TITLE, Example, Segment

ORGANISATIONS = 12
_SLOT = re.compile(r"\{(\w+)\}")


def examples(pages: int = 300, seed: int = 11) -> list[Example]:
    """So many made-up pages of made-up organisations."""
    data = _data()
    slots = data["slots"] | data["slots2"]
    made = []
    for number in range(pages):
        organisation = number % ORGANISATIONS
        draw = random.Random(f"{seed}/{number}")  # noqa: S311 - made-up text, no secret
        made.append(_page(f"made-up-{number}", organisation, data, _known(slots, organisation), draw))
    return made


def headings() -> dict[str, list[str]]:
    """The headings of each type, their slots filled."""
    data = _data()
    draw = random.Random(0)  # noqa: S311 - made-up text, no secret
    slots = data["slots"] | data["slots2"]
    return {name: [fill(h, slots, draw) for h in of["headings"]] for name, of in data["types"].items()}


def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("madeup.toml").read_text("utf-8"))


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


def _segment(
    kind: str, organisation: int, data: dict[str, Any], slots: dict[str, list[str]], draw: random.Random
) -> Segment:
    source = data["types"][kind]
    known = _part(source["lines"], f"{kind}/{organisation}")
    most = {"furniture": 14, "coding": 6, "summary": 3, "status": 5, "legal": 3}.get(kind, 8)
    n = draw.choice((1, 1, 2, 2, 3, 4, most))
    if kind == "furniture" and draw.random() < 0.25:
        n = draw.randint(15, 60)
    lines: list[str] = []
    for _ in range(n):
        sentences = [
            draw.choice(known) for _ in range(1 if kind in ("furniture", "coding") else draw.choice((1, 1, 2, 3)))
        ]
        text = " ".join(fill(s, slots, draw) for s in dict.fromkeys(sentences))
        lines.append(text)
    heading = fill(draw.choice(source["headings"]), slots, draw)
    return Segment(OWN + kind, kind, tuple(dict.fromkeys(lines)), heading)


def fill(template: str, slots: dict[str, list[str]], draw: random.Random) -> str:
    """The template with its slots filled; a capital in the slot's name makes a capital letter."""

    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        text = fill(draw.choice(slots[name.lower()]), slots, draw)
        return text[:1].upper() + text[1:] if name[0].isupper() else text

    text = _SLOT.sub(one, template)
    return text[:1].upper() + text[1:] if template[:1] == "{" and template[1:2].isupper() else text
