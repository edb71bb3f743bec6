"""What stands above a title in plain text: the body that publishes, the kind of document, its number in a series, who sends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from betony.model import Block, BlockKind
from betony.nlp import phrases, references, vocabulary
from betony.nlp.passages import is_date, is_of_itself
from betony.nlp.title_taken_up import is_taken_up
from betony.text import squeeze

_LINES = 5
"""So many lines stand above a title at most."""
_LONGEST = 260
_FEWEST_WORDS = 3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE = re.compile(r"(?![^\n]{0,250}(?:[|>»]|\.\s[A-Z]))[A-Z\d‘“][^\n]{8,250}[^\s.;:,!–—-]")
"""How a title looks: a line that ends no sentence and leads nowhere."""
_SENTENCE = re.compile(r"(?:This|These|You|We|Our|Please|It|There)\b")
"""How a sentence about the page begins, and hardly a title."""
_OPEN = re.compile(r"\b(?:on|of|for|the|and|or|to|with|by|an?|in|at|from)$", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:Version|Ref(?:erence)?|Review|Issued?|Published|Updated|Approved|Ratified|Authors?|Date|From|For|Applies|Introduction|Background"
    r"|Purpose|Scope|Summary|Contents|Overview|Aims?|Key\s(?:points|messages))\b|1\.?\s"
)
"""How what stands below a title begins: a line of the header, or the first heading."""
_LABEL = re.compile(r"[A-Z][\w /-]{2,30}:")
"""The name of a field whose value stands on the next line."""
_DATED = re.compile(
    r"(?:(?:Expected\s)?(?:[Pp]ublished|[Pp]ublication|Issued?|Review|Updated?)(?:\s(?:date|on|status))?|Date(?:\s(?:published|of\s\w+(?:\s\w+)?|\w+ed))?|(?:Page\s)?(?:[Ll]ast|Next)\s(?:\w+\s)?(?:updated?|review(?:ed)?|modified|revised|date|changed)(?:\s(?:date|on))?|(?:Reference|Document)(?:\s(?:number|no\.?|ID|code|type))?|Status)\s?:\s"
)
"""How a field begins that a header has."""
_HOUR = re.compile(r",?\s\d{1,2}[:.]\d\d(?:\s[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?$", re.IGNORECASE)
"""The hour behind a day."""
_PROSE = 40
"""Characters of a sentence."""


def title_below(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the title stands below a masthead at the head of the page, if it is sure to be one: it looks like a title, the
    header's next line or the first sentence stands below it, and the page goes on about what it names."""
    over = 0
    for block in blocks[:_LINES]:
        words = squeeze(text[block.start : block.end])
        titles = block.kind is BlockKind.HEADING and block.level == 1
        names_the_site = titles and not over and not is_taken_up(words, text[block.end :])
        if not (is_masthead(words) or names_the_site or (over and _is_header(words) and not titles)):
            break
        over += 1
    if over >= len(blocks) - 1 or (over == 0 and not _may_be_the_first(text, blocks)):
        return None
    block = blocks[over]
    words = squeeze(text[block.start : block.end])
    below = squeeze(text[blocks[over + 1].start : blocks[over + 1].end])
    sure = _is_like_a_title(words) and _may_stand_below(below) and is_taken_up(words, text[block.end :])
    return (block.start, block.end) if sure else None


def below_site(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the title stands of a page whose first line names a part of its site; None where the first line is none, or no title
    stands below it."""
    if len(blocks) <= _MIN_BLOCKS:
        return None
    part, title = (squeeze(text[block.start : block.end]) for block in blocks[:2])
    if len(part) > _PART_LONGEST or part[-1] in _ENDS or not _TITLE.fullmatch(title):
        return None
    if _is_header(title) or is_masthead(title) or _NO_TITLE.match(title):
        return None
    return blocks[1].start, blocks[1].end


_MIN_BLOCKS = 2
_NO_TITLE = re.compile(
    r"(?:Summary|Overview|Publication|Disease\soutbreak|World\sHealth|(?:WHO\s)?[Rr]ecommendations?$)"
)
"""What stands below a title, and is none."""
_PART_LONGEST = 80
_ENDS = ".:;?!,"


def _may_be_the_first(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the first line of all, with nothing over it, is too long for a heading, and prose longer than it stands below."""
    first, below = blocks[0], blocks[1]
    prose = below.end - below.start > first.end - first.start and text[below.end - 1] in ".:"
    return first.kind is BlockKind.PARAGRAPH and prose and text.count(" ", first.start, first.end) >= _MANY_WORDS


_MANY_WORDS = 7
"""Spaces of such a line."""


def is_masthead(words: str) -> bool:
    """Whether the line may be what stands above a title."""
    return (
        words.strip(" .:?").lower() in sites()
        or names_a_body(words)
        or _may_be_one().fullmatch(words) is not None
        or references.alone(words) is not None
    )


def names_a_body(words: str) -> bool:
    """Whether the line is nothing but the name of a body, a kind of document or who sends it, which are no titles."""
    return words.strip(" .:").lower() in _kinds() or _bodies().fullmatch(words) is not None


def _is_header(words: str) -> bool:
    if _LABEL.fullmatch(words) or _DATED.match(words):
        return True
    return is_date(_HOUR.sub("", words)) or is_of_itself(words)


def _is_like_a_title(words: str) -> bool:
    return (
        len(words) <= _LONGEST
        and len(words.split()) >= _FEWEST_WORDS
        and _TITLE.fullmatch(words) is not None
        and _OPEN.search(words) is None
        and _SENTENCE.match(words) is None
        and _LONG_WORD.search(words) is not None
        and not _is_header(words)
    )


def _may_stand_below(words: str) -> bool:
    return (
        _is_header(words)
        or names_a_body(words)
        or _OPENS.match(words) is not None
        or (len(words) >= _PROSE and words[-1] in ".:")
    )


@cache
def sites() -> frozenset[str]:
    """Names of sites, of their parts and of kinds of page, in lower case."""
    return frozenset(vocabulary.read("titles")["sites"])


@cache
def _kinds() -> frozenset[str]:
    return frozenset(vocabulary.read("titles")["masthead"]["kinds"])


@cache
def _bodies() -> re.Pattern[str]:
    return phrases.pattern("|".join(vocabulary.read("titles")["masthead"]["bodies"]))


@cache
def _may_be_one() -> re.Pattern[str]:
    return phrases.pattern("|".join(vocabulary.read("titles")["masthead"]["perhaps"]))
