"""The blocks of plain text, found from its lines; knows no markup but Markdown's headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from betony.model import Block, BlockKind, Table

_LINE = re.compile(r"[^\n\r\f]+")
_WORDS_OWN = "\uf02d\uf06f\uf076\uf0a7\uf0a8\uf0b0\uf0b2\uf0b7\uf0d8\uf0e8\uf0fc"
"""Bullets of Word's symbol fonts, as copying and converting leave them."""
_BULLET = re.compile(
    rf"(?:[•▪▫◦‣⁃●○■□·∙–—*+-]|[►▸➢➤❖✓✔◆♦{_WORDS_OWN}]|o(?=[ \t]{{1,4}}[A-Za-z]))[ \t\u00a0]+(?=\S)|[•▪◦‣●{_WORDS_OWN}]"
)
_SIGN_ALONE = re.compile(r"[•▪▫◦‣⁃●○■□·∙*+–—-]$")
_AND_ALONE = re.compile(r"(?:and|or)(?:[ \t][•▪●*–-])?$")
"""What joins an item to the next on a line of its own, be it with the sign of the next."""
_SIGN_BEHIND = re.compile(r":(?P<gap>[ \t]{1,4})[•▪●◦*–-](?=[ \t]{0,4}\r?\n[ \t]{0,40}\w)")
"""A list's first sign at the end of the line that announces it, before its words on the next: "if: -"."""
_NUMBER_ALONE = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,4}\.?$")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])[ \t\u00a0]+\S")
_LETTERED = re.compile(r"[a-z]\)[ \t\u00a0]+\S")
_PART = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?[ \t\u00a0]+[A-Z]")
"""The number of a part (`2.3 Aims`): no item of a list begins so."""
_MARKDOWN_HEADING = re.compile(r"(#{1,6})(?: [ \t]*|\t+(?![^\n\t]*\t))\S")
"""A sign of number before a tab and further ones is the name of a table's column."""
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_UNDERLINED = re.compile(r"[\n\r][ \t]{0,3}(?:={3,}|-{3,})$")
_NAMED = re.compile(r"[ \t]+\{[#.:][^{}\n]{1,120}\}(?:[ \t]+#{1,6})?$")
"""What Markdown calls a heading by, behind it: `{#aims .numbered}`."""
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"'”’)\]]*$")

_ENDS_NOTHING = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with"}
)
"""The last words of a line that goes on in the next."""

WRAPPED_AT_MOST = 118
"""No longer line stands in a text that was wrapped to a width, but for one of so many …"""
_AN_OUTLIER = 16
_STICKS_OUT = 160
"""… that is not longer than this: two columns side by side, an address."""
_FEWEST_ITEMS = 2
_A_FEW_WORDS = 60
_SOME_PROSE, _HARDLY_ANY = 4, 8
"""Of so many lines of prose one in so many may stand left of their margin."""
_FULL, _HALF_FULL = 0.85, 0.6
"""Of the longest line among those side by side, and of all, a line holds at least so much that was wrapped."""
_FEWEST_TABS = 2
"""One alone may part a number, or a name, from what it is of; so may several with nothing between them."""
_COUNTED = re.compile(r"\(?\d{1,3}(?:\.\d{1,3})*[.)]*|\(?(?:[A-Za-z]|[ivx]{2,4})[.)]+|[^\w\s]")
"""The number or sign of an item, which tabs part from its words (and those from its year, `[2019]`): no cell."""
_COLUMNS = re.compile(
    r"(?:(?:(?:job|staff)[ ])?(?:roles?|posts?|titles?|positions?|groups?)|who|responsible[ ]persons?)\t"
    r"(?:(?:key|main|specific)[ ])?(?:responsibilit(?:y|ies)|dut(?:y|ies)|accountabilit(?:y|ies)|dut(?:y|ies)[ ]and[ ]responsibilit(?:y|ies)"
    r"|(?:is[ ])?responsible[ ]for)"
    r"|(?:terms?|abbreviations?|acronyms?|words?)\t(?:definitions?|meanings?|explanations?|descriptions?|full[ ]terms?|in[ ]full)"
    r"|(?:dates?|versions?(?:[ ](?:number|no\.?))?|issue(?:[ ](?:number|no\.?))?)\t(?:(?:summary[ ]of[ ])?(?:changes?|amendments?|revisions?)|changes?[ ]made"
    r"|amendments?[ ]made|details[ ]of[ ](?:changes?|amendments?))"
    r"|(?:grades?|levels?|class)\t(?:definitions?|meanings?|descriptions?|explanations?)",
    re.IGNORECASE,
)
"""What the two columns of a table are called together, so that one tab in each row is enough."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something; offsets of its words, and what stood before it."""

    start: int
    end: int
    indent: int
    after_blank: bool


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of the text, in order; every non-space character lies in exactly one.

    A line is a block, but for a wrapped paragraph (several lines) and a number or a list sign on a line of its own (it
    belongs to the words below it). Whether a line is a heading is not told by its place alone: only Markdown's marks count here.
    """
    found = _without_margin(text, list(_lines(text)))
    rows = _rows(text, found)
    items = _items(text, found)
    width = _wrap_width(text, [line for line in found if line.start not in items] if items else found)
    result: list[Block] = []
    number_alone = False
    sign_alone = False
    sign_behind = False
    last: Line | None = None
    for line in found:
        words = text[line.start : line.end]
        block = _block(line, words, result, text)
        if line.start in rows:
            result.append(Block(BlockKind.TABLE_ROW, line.start, line.end))
            number_alone = sign_alone = False
        elif line.start in items:
            result.append(Block(BlockKind.LIST_ITEM, line.start, line.end, level=1 + line.indent // 4))
            number_alone = sign_alone = False
        elif last and _underlines(text, words, line, last, result[-1]):
            result[-1] = Block(BlockKind.HEADING, last.start, line.end, level=1 if words[0] == "=" else 2)
            number_alone = sign_alone = False
        elif result and result[-1].kind is BlockKind.LIST_ITEM and _AND_ALONE.match(words):
            result[-1] = replace(result[-1], end=line.end)
            number_alone, sign_behind = False, not words[-1].isalpha()
        elif sign_behind and block.kind is BlockKind.PARAGRAPH and _may_be_an_item(words):
            result.append(Block(BlockKind.LIST_ITEM, line.start, line.end, level=1 + line.indent // 4))
            sign_behind = False
        elif number_alone and block.kind is BlockKind.PARAGRAPH and not _NUMBER_ALONE.match(words):
            result[-1] = replace(result[-1], end=line.end)
            number_alone = False
        elif sign_alone and not line.after_blank and block.kind is BlockKind.PARAGRAPH and _may_be_an_item(words):
            result[-1] = Block(BlockKind.LIST_ITEM, result[-1].start, line.end, level=1 + line.indent // 4)
            sign_alone = False
        elif sign_alone and not line.after_blank and _SIGN_ALONE.match(words):
            result[-1] = replace(result[-1], end=line.end)  # a list within the item above has ended
        elif last and _continues(text, last, line, block, result[-1], width):
            result[-1] = replace(result[-1], end=line.end)
        else:
            result.append(block)
            number_alone = bool(_NUMBER_ALONE.match(words))
            sign_alone = bool(_SIGN_ALONE.match(words))
            sign_behind = False
        last = line
    return tuple(result)


def heading_end(text: str, start: int, end: int) -> int:
    """Where the words of a heading end, before the line with which Markdown marks one from below, and the name it gives it."""
    heading = text[start:end]
    several = "\n" in heading or "\r" in heading
    if several and (below := _UNDERLINED.search(text, start, end)):
        end = start + len(text[start : below.start()].rstrip())
    if "{" in heading and (name := _NAMED.search(text, start, end)):
        end = name.start()
    return end


def _may_be_an_item(words: str) -> bool:
    """Whether the words below a list sign on a line of its own may be its item: no other sign, nor the number of a part."""
    return not _SIGN_ALONE.match(words) and not _PART.match(words)


def row_runs(text: str, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The rows of each table: blocks side by side with one line end between two, for an empty line parts two tables."""
    run: list[Block] = []
    above: Block | None = None
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW:
            if run and (above is not run[-1] or _breaks(text[run[-1].end : block.start]) > 1):
                yield run
                run = []
            run.append(block)
        above = block
    if run:
        yield run


def tables(text: str, blocks: Sequence[Block]) -> tuple[Table, ...]:
    """The tables that rows of as many cells make; a text without markup does not tell which row is the head."""
    found = []
    for run in row_runs(text, blocks):
        for _, same in groupby(run, key=lambda row: text.count("\t", row.start, row.end)):
            rows = list(same)
            cells = tuple(_cells(text[row.start : row.end]) for row in rows)
            found.append(Table(rows[0].start, rows[-1].end, (), cells))
    return tuple(found)


def _cells(row: str) -> tuple[str, ...]:
    return tuple([" ".join(cell.split()) for cell in row.split("\t")])


def _rows(text: str, found: Sequence[Line]) -> frozenset[int]:
    """Where the lines begin that are rows of a table, as a browser copies one: tabs part as many cells as in the next."""
    tabs = [text.count("\t", line.start, line.end) for line in found]
    rows: set[int] = set()
    for i, (above, below) in enumerate(pairwise(found)):
        if tabs[i] >= _FEWEST_TABS and tabs[i] == tabs[i + 1] and not below.after_blank:
            pair = [_cells(text[line.start : line.end]) for line in (above, below)]
            if not any(_COUNTED.fullmatch(cells[0]) for cells in pair) and any(
                sum(map(bool, cells)) > _FEWEST_TABS for cells in pair
            ):
                rows |= {above.start, below.start}
        if tabs[i] == 1 and above.start not in rows and _COLUMNS.fullmatch(text, above.start, above.end):
            rows |= _below_two_names(text, found, tabs, i)
    return frozenset(rows)


def _below_two_names(text: str, found: Sequence[Line], tabs: Sequence[int], head: int) -> set[int]:
    """Where a row of two names of columns begins, and each row of two cells right below; none where there is but one."""
    rows = [found[head].start]
    for at in range(head + 1, len(found)):
        line = found[at]
        if line.after_blank or tabs[at] != 1 or _COUNTED.fullmatch(_cells(text[line.start : line.end])[0]):
            break
        rows.append(line.start)
    return set(rows) if len(rows) > _FEWEST_TABS else set()


def _items(text: str, found: Sequence[Line]) -> frozenset[int]:
    """Where the lines begin that are items of a list whose signs are lost: each begins in lower case and ends without a stop,
    below a line that ends in a colon, or below a short one and a blank line; and not all of them are as full as lines that were wrapped."""
    items: set[int] = set()
    longest = 0
    at = 1
    while at < len(found):
        end = at
        if text[found[at].start].islower() and _announces(text, found[at - 1], found[at]):
            end = _end_of_items(text, found, at)
            longest = longest or max(line.end - line.start for line in found)
        if end - at >= _FEWEST_ITEMS and _has_room(text, found[at:end], longest):
            items.update(line.start for line in found[at:end])
        at = max(end, at + 1)
    return frozenset(items)


def _announces(text: str, above: Line, line: Line) -> bool:
    """Whether items may stand below the line above."""
    last = text[above.end - 1]
    short = above.end - above.start <= _A_FEW_WORDS and (last.isalnum() or last == "?") and text[above.start].isupper()
    return last == ":" or (line.after_blank and short)


def _end_of_items(text: str, found: Sequence[Line], first: int) -> int:
    """Behind the last of the lines that may be items, from the first on; the first itself where they are none.

    Where a colon announces them, a stop may end the last.
    """
    colon = text[found[first - 1].end - 1] == ":"
    for at in range(first, len(found)):
        line = found[at]
        words = text[line.start : line.end]
        if at > first and line.after_blank:
            return at
        if not words[0].islower() or "\t" in words or _BULLET.match(words) or _LETTERED.match(words):
            return first
        if words[-1] in ".!?:;,-" or words.rpartition(" ")[2] in _ENDS_NOTHING:
            ended = colon and words[-1] == "." and (at + 1 == len(found) or found[at + 1].after_blank)
            return at + 1 if ended else first
    return len(found)


def _has_room(text: str, run: Sequence[Line], longest: int) -> bool:
    """Whether the first word of some line would have found room in the line above it: so nobody wrapped them."""
    widest = max(line.end - line.start for line in run)
    room = max(widest * _FULL, longest * _HALF_FULL)
    return any(
        above.end - above.start + 1 + len(text[below.start : below.end].split(maxsplit=1)[0]) <= room
        for above, below in pairwise(run)
    )


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        words = raw.strip()
        if not words:
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        after_blank = _breaks(text[at:start]) > 1 or at == 0
        at = start + len(words)
        if words[-2:-1] in (" ", "\t") and (sign := _SIGN_BEHIND.search(text, max(start, at - 6))) and sign.end() == at:
            yield Line(start, sign.start("gap"), start - match.start(), after_blank)
            yield Line(at - 1, at, start - match.start(), after_blank=False)
            continue
        yield Line(start, at, start - match.start(), after_blank)


def _without_margin(text: str, found: list[Line]) -> list[Line]:
    """The lines, their indents less the margin that nearly all the prose of the text stands behind."""
    indents = sorted(
        line.indent
        for line in found
        if line.end - line.start > _A_FEW_WORDS and not _BULLET.match(text, line.start, line.end)
    )
    margin = indents[len(indents) // _HARDLY_ANY] if len(indents) >= _SOME_PROSE else 0
    return [replace(line, indent=max(line.indent - margin, 0)) for line in found] if margin else found


def _breaks(gap: str) -> int:
    """How many line ends the gap holds; a form feed counts for two."""
    return gap.count("\n") + 2 * gap.count("\f") + gap.count("\r") - gap.count("\r\n")


def _wrap_width(text: str, found: list[Line]) -> int | None:
    """The width the text was wrapped to, or None where lines are whole paragraphs.

    Wrapped text has no long line, and many lines that go on in lower case right below.
    """
    if len(found) < 4:
        return None
    lengths = sorted(line.end - line.start for line in found)
    longest = lengths[-1] if lengths[-1] <= WRAPPED_AT_MOST else lengths[-1 - len(lengths) // _AN_OUTLIER]
    if longest > WRAPPED_AT_MOST or lengths[-1] > _STICKS_OUT:
        return None
    going_on = sum(
        not below.after_blank
        and text[below.start].islower()
        and above.end - above.start > longest * 0.6
        and not _LETTERED.match(text, below.start)
        for above, below in pairwise(found)
    )
    return longest if going_on >= 2 and going_on >= len(found) * 0.15 else None


def _block(line: Line, words: str, before: list[Block], text: str) -> Block:
    if match := _MARKDOWN_HEADING.match(words):
        return Block(BlockKind.HEADING, line.start, line.end, level=len(match.group(1)))
    if _BULLET.match(words):
        return Block(BlockKind.LIST_ITEM, line.start, line.end, level=1 + line.indent // 4)
    if line.indent >= 2 and before and not (_NUMBERED.match(words) or _NUMBER_ALONE.match(words)):
        above = before[-1]
        if above.kind is BlockKind.LIST_ITEM or text[above.start : above.end].endswith(":"):
            return Block(BlockKind.LIST_ITEM, line.start, line.end, level=1 + line.indent // 4)
    return Block(BlockKind.PARAGRAPH, line.start, line.end)


def _underlines(text: str, words: str, line: Line, above: Line, into: Block) -> bool:
    """Whether the line is Markdown's mark below a heading: under one line that stands by itself, and about as long. A
    rule below a paragraph is none, nor what ends the lines of names and values above a text."""
    if line.after_blank or not above.after_blank or not _UNDERLINE.fullmatch(words):
        return False
    alone = into.kind is BlockKind.PARAGRAPH and into.start == above.start
    heading = text[above.start : above.end]
    long = len(words) >= (above.end - above.start) / 2
    return (
        alone
        and long
        and heading[-1] not in ".,;"
        and not {"|", "\t"} & set(heading)
        and any(map(str.isalpha, heading))
    )


def _is_open(text: str, above: Line, item: Block) -> bool:
    """Whether an item breaks off at the end of a full line: within brackets, or behind a word in lower case."""
    words = text[item.start : above.end]
    return words.count("(") > words.count(")") or words[-1].islower() or words[-1] in ",-"


def _continues(text: str, above: Line, line: Line, block: Block, into: Block, width: int | None) -> bool:
    """Whether the line is the next line of a wrapped paragraph or list item."""
    if width is None or line.after_blank or into.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW):
        return False
    words = text[line.start : line.end]
    if _BULLET.match(words) or _NUMBERED.match(words) or _LETTERED.match(words) or block.kind is BlockKind.HEADING:
        return False
    filled = above.end - above.start > width * 0.6
    goes_on = not _ENDS_SENTENCE.search(text[above.start : above.end]) or filled
    if into.kind is BlockKind.LIST_ITEM:
        if line.indent > 0 or words[0].islower():
            return goes_on
        return filled and _is_open(text, above, into) and line.end - line.start > width * 0.6
    return filled and goes_on
