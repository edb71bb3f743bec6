"""python -m tests.real_pages FOLDER: how the sections of real pages are typed; FOLDER holds the texts as `<name>.txt`."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from betony.model import Capture
from betony.pipeline import structure

LABELS = Path(__file__).with_name("nice.json")
FURNITURE = "furniture"
NOTHING = "nothing"


@dataclass(frozen=True)
class Labelled:
    """One section as a person typed it: half-open code-point offsets, heading included."""

    start: int
    end: int
    type: str
    also: tuple[str, ...]
    """The types that a fair reader might give instead."""


@dataclass(frozen=True)
class Found:
    """One labelled section and how many of its non-space characters have which type."""

    name: str
    words: str
    label: Labelled
    types: Counter[str]

    @property
    def type(self) -> str:
        """The type that most of its characters have."""
        return self.types.most_common(1)[0][0]

    def right(self, *, fairly: bool) -> int:
        """How many of its characters have the label's type; `fairly`: or one of the others allowed."""
        allowed = (self.label.type, *self.label.also) if fairly else (self.label.type,)
        return sum(self.types[each] for each in allowed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", type=Path, default=LABELS)
    arguments = parser.parse_args()
    pages = json.loads(arguments.labels.read_text(encoding="utf-8"))
    for with_address in (True, False):
        print(f"\n# {'With' if with_address else 'Without'} the page's address\n")
        report([each for page in pages for each in _found(page, arguments.folder, with_address=with_address)])


def report(found: Sequence[Found]) -> None:
    """Print the accuracy by characters and by section, what was mistaken for what, and every mistake."""
    if not found:
        print("no page could be read")
        return
    for fairly in (False, True):
        right = sum(each.right(fairly=fairly) for each in found)
        sections = sum(2 * each.right(fairly=fairly) > each.types.total() for each in found)
        print(
            f"{'as a fair reader may' if fairly else 'as labelled'}: characters"
            f" {right / sum(each.types.total() for each in found):.4f}, sections {sections / len(found):.4f}"
            f" ({sections} of {len(found)})"
        )
    print("\nfurniture taken for body:")
    for each in found:
        if each.label.type == FURNITURE and each.types[FURNITURE] < each.types.total():
            print(f"  {_line(each)}{' (doubtful)' if each.right(fairly=True) == each.types.total() else ''}")
    print("\nmistakes (most of the section has another type):")
    for each in found:
        if 2 * each.right(fairly=True) <= each.types.total():
            print(f"  {_line(each)}")
    print("\nlabel → found, by characters:")
    confusion = Counter[tuple[str, str]]()
    for each in found:
        confusion.update({(each.label.type, type_): count for type_, count in each.types.items()})
    for (label, type_), count in confusion.most_common():
        if label != type_:
            print(f"  {label} → {type_}: {count}")


def _line(each: Found) -> str:
    return f"{each.name} {each.label.start}-{each.label.end} {each.label.type} → {dict(each.types)}: {each.words}"


def _found(page: dict[str, object], folder: Path, *, with_address: bool) -> Iterator[Found]:
    name = str(page["name"])
    path = folder / f"{name}.txt"
    if not path.is_file():
        print(f"skipped {name}: {path} is not there")
        return
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != page["sha256"]:
        print(f"skipped {name}: its text is not the one that was labelled")
        return
    address = str(page["address"]) if with_address else None
    record = structure([Capture(body, path.name, url=address, media_type="text/plain")])
    text = body.decode()
    types = [NOTHING] * len(text)
    for section in record.sections:
        types[section.start : section.end] = [section.type.value] * (section.end - section.start)
    assert isinstance(page["sections"], list)
    for start, end, type_, *also in page["sections"]:
        inside = Counter(each for each, at in zip(types[start:end], text[start:end], strict=True) if not at.isspace())
        yield Found(name, " ".join(text[start:end].split())[:60], Labelled(start, end, type_, tuple(also)), inside)


if __name__ == "__main__":
    main()
