"""The signs of Markdown among words: stress, links, code, quotations, names of headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from betony.model import Block, BlockKind
from betony.readers.markdown_islands import DEFINITION, is_definition

_DEFINITIONS = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,120}\]:[^\n]{1,3000}", re.MULTILINE)
_NOTES = re.compile(r"^[ ]{0,3}\[(\^[^\[\]\s]{1,60})\]:", re.MULTILINE)
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]]{0,600}+(?:!?\[[^\[\]]{0,300}+\](?:\([^()\s]{0,1000}\))?[^\[\]]{0,300}+)?)\]"
    r"\([ \t]{0,4}<?(?P<address>[^()\s<>]{0,2000}+(?:\([^()\s]{0,200}\)[^()\s<>]{0,200})?)>?"
    r"(?:\s{1,4}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?[ \t]{0,4}\)"
)
_NAMED = re.compile(r"!?\[(?P<words>[^\[\]]{1,300}+)\](?:[ ]?\[(?P<name>[^\[\]]{0,120}+)\])?(?![(:])")
_ADDRESS = re.compile(r"<(?P<address>(?:https?://|mailto:)[^\s<>]{1,1000})>")
_RUN = re.compile(r"(?<!\\)(?:\*{1,3}|_{1,3}|~~|`{1,3})")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_QUOTATION = re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,6}", re.MULTILINE)
_HEADING_TAIL = re.compile(r"(?:[ \t]+#{1,6})?(?:[ \t]+\{[#.:][^{}\n]{1,120}\})?(?:[ \t]+#{1,6})?$")


@dataclass(frozen=True, slots=True)
class Signs:
    """Places of signs that are no words, and the links: place of the words, and the address as written."""

    marks: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)


def definitions(text: str) -> dict[str, str]:
    """Where the links lead that the text names in brackets, by their names in lower case."""
    if "]:" not in text:
        return {}
    found: dict[str, str] = {}
    for match in _DEFINITIONS.finditer(text):
        if is_definition(match.group()) and (said := DEFINITION.match(match.group())):
            found.setdefault(_name(said["name"]), said["address"])
    found.update({name.lower(): "" for name in _NOTES.findall(text)})
    return found


def signs(
    text: str, blocks: Sequence[Block], defined: Mapping[str, str], code: Sequence[tuple[int, int]] = ()
) -> Signs:
    """The signs in the blocks, none of them within code."""
    found = Signs()
    starts = [start for start, _ in code]
    for block in blocks:
        i = bisect_right(starts, block.start) - 1
        if i >= 0 and block.start < code[i][1]:
            continue
        words = text[block.start : block.end]
        at = block.start
        if "](" in words:
            _take(found, at, _links(words))
        if defined and "[" in words:
            _take(found, at, _named(words, defined))
        if "<" in words:
            _take(found, at, _addresses(words))
        marks = [*_stressed(words)] if "*" in words or "_" in words or "~~" in words or "`" in words else []
        if "\\" in words:
            marks += [match.span() for match in _ESCAPE.finditer(words)]
        if ">" in words:
            marks += [match.span() for match in _QUOTATION.finditer(words)]
        if block.kind is BlockKind.HEADING and words[-1] in "}#" and (tail := _HEADING_TAIL.search(words)):
            marks.append(tail.span())
        found.marks.extend((at + start, at + end) for start, end in marks if start < end)
    return found


_Found = tuple[list[tuple[int, int]], tuple[int, int, str] | None]


def _take(found: Signs, at: int, those: Iterator[_Found]) -> None:
    for marks, link in those:
        found.marks.extend((at + start, at + end) for start, end in marks if start < end)
        if link and link[2] and link[0] < link[1]:
            found.links.append((at + link[0], at + link[1], link[2]))


def _links(words: str) -> Iterator[_Found]:
    """`[words](address)`, also about a picture."""
    for match in _LINK.finditer(words):
        start, end = match.span("words")
        inner = _LINK.search(words, start, end)
        if inner is not None:
            yield [(inner.start(), inner.start("words")), (inner.end("words"), inner.end())], None
        picture = words[match.start()] == "!"
        yield (
            [(match.start(), start), (end, match.end())],
            None if picture else (start, end, match["address"]),
        )


def _named(words: str, defined: Mapping[str, str]) -> Iterator[_Found]:
    """`[words][name]` and `[name]`, where the text says what the name stands for; the sign of a note is no word."""
    for match in _NAMED.finditer(words):
        address = defined.get(_name(match["name"] or match["words"]))
        if address is None:
            continue
        start, end = match.span("words")
        if match["words"].startswith("^"):
            yield [match.span()], None
        else:
            yield [(match.start(), start), (end, match.end())], (start, end, address)


def _addresses(words: str) -> Iterator[_Found]:
    """An address in angle brackets."""
    for match in _ADDRESS.finditer(words):
        start, end = match.span("address")
        yield [(match.start(), start), (end, match.end())], (start, end, match["address"])


def _stressed(words: str) -> Iterator[tuple[int, int]]:
    """Pairs of signs around words: before the first stands no letter, and words stand close on the inner sides."""
    opened: dict[str, tuple[int, int]] = {}
    for match in _RUN.finditer(words):
        sign, (start, end) = match.group(), match.span()
        before, behind = words[start - 1 : start], words[end : end + 1]
        first = opened.get(sign)
        if first and before and not before.isspace() and first[1] < start and not (sign[0] == "_" and behind.isalnum()):
            yield first
            yield start, end
            opened = {other: place for other, place in opened.items() if place < first}
        elif behind and not behind.isspace() and not before.isalnum() and before not in ("*", "_"):
            opened[sign] = start, end


def _name(words: str) -> str:
    return " ".join(words.lower().split())
