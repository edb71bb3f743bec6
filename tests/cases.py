"""Reads the cases: `## group`, `### title`, the text, a line of three dashes, the lines expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    group: str
    title: str
    text: str
    expected: tuple[str, ...]


def read(name: str) -> list[Case]:
    """The cases of `tests/cases/<name>.md`, in order."""
    found = []
    group = ""
    for chunk in ("\n" + (FOLDER / f"{name}.md").read_text("utf-8")).split("\n### ")[0:]:
        head, _, body = chunk.partition("\n")
        text, dashes, rest = body.partition("\n---\n")
        if dashes:
            expected, _, after = rest.partition("\n## ")
            lines = tuple(line.strip() for line in expected.splitlines() if line.strip())
            found.append(Case(group, head.strip(), text, lines))
        else:
            after = chunk.rpartition("\n## ")[2]
        if after:
            group = after.partition("\n")[0].strip()
    return found
