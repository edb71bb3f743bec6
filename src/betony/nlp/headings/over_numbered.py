"""Lines between blank ones over a numbered paragraph: a topic, what was concluded, a group, a treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Layer
from betony.nlp import furniture
from betony.nlp.clauses.signs import FINITE
from betony.nlp.heading_words import NUMBER
from betony.nlp.headings.lines import LONGEST, SENTENCE_END, after_an_end, blank_above, ends_as_prose, is_cut
from betony.nlp.passages import is_date, is_field

_OF_TWO = re.compile(r"\d{1,2}\.\d{1,2}\s{1,4}[A-Z]")
_OF_THREE = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}\s{1,4}[A-Z]")
_THEIR_NUMBERS = re.compile(
    r"Recommendations?\s\d{1,2}(?:\.\d{1,3}){1,3}(?:(?:,\s|\sand\s|\sto\s|,\sand\s)\d{1,2}(?:\.\d{1,3}){1,3}){0,8}"
)
"""The line that says of which recommendations the reasons stand below it, under the topic that they are on."""
_CONCLUDES = 200
"""Characters of a heading that says in a sentence what was concluded of what stands below it."""
_FEWEST_CONCLUDING = 4
_OF_PEOPLE = re.compile(
    r"(?:All\s|Other\s)?(?:(?:Young|Older|Pregnant|Postmenopausal)\s)?(?:[Pp]eople|[Aa]dults|[Cc]hildren|[Ww]omen|[Mm]en|[Bb]abies|[Ii]nfants|[Pp]atients)\s"
    r"(?:who|with|without|aged|\w+ing|under|over|at|in|on|from|of|not|at\srisk|whose|for\swhom)\b"
)
"""How a line begins that names those whom the recommendations below it are for."""


def over_numbered(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The lines between blank ones that stand over a paragraph with a number of two parts, as a discussion is laid out: what was
    concluded, "Wax closes most cracks", and above that the topic, "Clinical effectiveness"; and the topic over "Recommendations 1.1.1
    to 1.1.9"."""
    for i in range(1, len(blocks)):
        numbered = blocks[i]
        if _THEIR_NUMBERS.fullmatch(text, numbered.start, numbered.end) and _may_conclude(
            text, blocks, i - 1, _CONCLUDES
        ):
            yield i - 1
            continue
        if not _OF_TWO.match(text, numbered.start, numbered.end):
            continue
        if not (ends_as_prose(text, numbered.start, numbered.end) or is_cut(blocks, i)):
            continue
        if (
            not _may_conclude(text, blocks, i - 1, _CONCLUDES)
            or blocks[i - 1].end - blocks[i - 1].start > numbered.end - numbered.start
        ):
            continue
        topped = i > 1 and _may_conclude(text, blocks, i - 2, LONGEST)
        above = i - 3 if topped else i - 2
        finished = above < 0 or blocks[above].kind is BlockKind.HEADING or after_an_end(text, blocks[above])
        concludes = text.count(" ", blocks[i - 1].start, blocks[i - 1].end) >= _FEWEST_CONCLUDING
        if finished and (concludes or topped):
            yield i - 1
            if topped:
                yield i - 2


def two_over_recommendation(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """Two lines between blank ones, right below what is finished, over a paragraph with a number of three parts: for whom, "Balm for
    women who walk", and with what, "Beeswax"."""
    for i in range(3, len(blocks)):
        if not _OF_THREE.match(text, blocks[i].start, blocks[i].end):
            continue
        own = (i - 2, i - 1)
        if all(_may_conclude(text, blocks, at, LONGEST) and not NUMBER.match(text, blocks[at].start) for at in own):
            above = blocks[i - 3]
            if above.kind is BlockKind.HEADING or after_an_end(text, above):
                yield from own


def group_over_recommendation(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """A line between blank ones that names a group or a topic, right below a heading or what is finished, over a paragraph with a
    number of three parts: "People with cracks for 10 days or more", "Choice of wax in children"."""
    for i in range(2, len(blocks)):
        line = blocks[i - 1]
        if not _OF_THREE.match(text, blocks[i].start, blocks[i].end):
            continue
        if not _OF_PEOPLE.match(text, line.start, line.end) and not _is_topic(text, blocks[i - 2], line):
            continue
        above, lone = blocks[i - 2], replace(line, end=line.end - text.endswith(":", line.start, line.end))
        if _may_conclude(text, [above, lone, blocks[i]], 1, LONGEST) and (
            above.kind is BlockKind.HEADING or after_an_end(text, above)
        ):
            yield i - 1


_POINTS = ("See ", "Read ", "For ", "To ", "Full details", "More ", "Find ")
"""How a line begins that says where more stands: "See the evidence and committee discussion on casts"."""


def _is_topic(text: str, above: Block, line: Block) -> bool:
    """Whether a line without a verb stands below a sentence that has ended and announces no list."""
    if text.startswith(_POINTS, line.start) or text.endswith(":", above.start, above.end):
        return False
    return above.kind is not BlockKind.LIST_ITEM and FINITE.search(text, line.start, line.end) is None


def _may_conclude(text: str, blocks: Sequence[Block], i: int, longest: int) -> bool:
    """Whether a line stands between blank ones, begins with a capital and ends no sentence, as a heading does."""
    block = blocks[i]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or block.layer is Layer.FURNITURE:
        return False
    words = text[block.start : block.end]
    if len(words) > longest or "\n" in words or not words[0].isupper() or SENTENCE_END.search(words) or is_date(words):
        return False
    if is_field(words) or furniture.is_known(words):
        return False
    return (i == 0 or blank_above(text, blocks, i)) and blank_above(text, blocks, i + 1)
