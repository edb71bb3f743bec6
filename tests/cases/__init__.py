"""Reads the cases in this folder: input and expected answer as one readable block of Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One `### title`, the text of its first fenced block, and the lines of its second."""

    title: str
    text: str
    expected: tuple[str, ...]


FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The files of cases in this folder, without their suffix."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def read(name: str) -> list[Case]:
    """The cases of `<name>.md`, in order. `¶` at the end of an input's line stands for nothing: it shows spaces."""
    source = (FOLDER / f"{name}.md").read_text("utf-8")
    found = []
    for chunk in source.split("\n### ")[1:]:
        title, _, rest = chunk.partition("\n")
        fences = rest.split("\n```")
        if len(fences) < 4:
            raise ValueError(f"{name}.md: the case {title!r} lacks one of its two fenced blocks")
        text = fences[1].partition("\n")[2].replace("¶", "")
        expected = fences[3].partition("\n")[2].splitlines()
        found.append(Case(title.strip(), text, tuple(expected)))
    return found
