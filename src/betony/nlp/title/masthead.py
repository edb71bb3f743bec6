"""What stands above a title in plain text: the body that publishes, the kind of document, its number in a series, who sends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from betony.model import Block, BlockKind, Layer
from betony.nlp import phrases, references, vocabulary
from betony.nlp.passages import is_date, is_of_itself
from betony.nlp.title.taken_up import is_taken_up, shares_a_word
from betony.text import squeeze

_LINES = 5
"""So many lines stand above a title at most."""
_HEAD = 30
"""Blocks at the top of a page, a menu among them, in which a masthead and a title stand."""
_LONGEST = 260
_FEWEST_WORDS = 3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE = re.compile(r"(?![^\n]{0,250}(?:[|>»]|\.\s[A-Z]))[A-Z\d‘“][^\n]{8,250}[^\s.;:,!–—-]")
"""How a title looks: a line that ends no sentence and leads nowhere."""
_SENTENCE = re.compile(r"(?:This|These|You|We|Our|Please|It|There|Click|Tick|Select\s(?:an?|one|the|your))\b")
"""How a sentence about the page begins, and hardly a title."""
_OPEN = re.compile(r"\b(?:on|of|for|the|and|or|to|with|by|an?|in|at|from)$", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:Version|Ref(?:erence)?|Review|Issued?|Published|Updated|Approved|Ratified|Authors?|Date|From|For|Applies|Introduction|Background"
    r"|Topic:|\*\s?Indicates\s|Document\s(?:[Oo]wner|[Tt]ype):|Purpose|Scope|Summary|Contents|Overview|Aims?|Key\s(?:points|messages))\b|1\.?\s"
)
"""How what stands below a title begins: a line of the header, or the first heading."""
_LABEL = re.compile(r"[A-Z][\w /-]{2,30}:")
"""The name of a field whose value stands on the next line."""
_DATED = re.compile(
    r"(?:[A-Z]{1,6}\d{0,4}[-/]\d[\w/-]{0,12}\s)?(?:(?:Expected\s)?(?:[Pp]ublished|[Pp]ublication|Issued?|Review|Updated?)(?:\s(?:date|on|status))?|Date(?:\s(?:published|of\s\w+(?:\s\w+)?|\w+ed))?|(?:Page\s)?(?:[Ll]ast|Next)\s(?:\w+\s)?(?:updated?|review(?:ed)?|modified|revised|date|changed)(?:\s(?:date|on))?|(?:Reference|Document)(?:\s(?:number|no\.?|ID|code|type))?|Status)\s?:\s"
)
"""How a field begins that a header has, perhaps behind the document's number: "F2031-17 Date released: May 2031"."""
_HOUR = re.compile(r",?\s\d{1,2}[:.]\d\d(?:\s[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?$", re.IGNORECASE)
"""The hour behind a day."""
_PROSE = 40
"""Characters of a sentence."""


def title_below(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the title stands below a masthead at the head of the page, if it is sure to be one: it looks like a title, the
    header's next line or the first sentence stands below it, and the page goes on about what it names."""
    body = [block for block in blocks[:_HEAD] if block.layer is Layer.BODY]
    over = 0
    for block in body[:_LINES]:
        words = squeeze(text[block.start : block.end])
        if of_the_page := _notice(text, body, over):
            over += of_the_page
            break
        titles = block.kind is BlockKind.HEADING and block.level == 1
        names_the_site = titles and not over and not is_taken_up(words, text[block.end :])
        if not (is_masthead(words) or names_the_site or (over and _is_header(words) and not titles)):
            break
        over += 1
    below_the_site = len(body) > 0 and body[0] is not blocks[0]
    if over + 1 >= len(body) or not (over or below_the_site or _may_be_the_first(text, body)):
        return None
    block = body[over]
    if over and _is_one_of_a_list(text, body[over - 1], block, body[over + 1 :]):
        return None
    sure = may_be_a_title(text, (block.start, block.end), body[over + 1 :])
    return (block.start, block.end) if sure else None


def _is_one_of_a_list(text: str, over: Block, line: Block, below: Sequence[Block]) -> bool:
    """Whether the line is the first of several that begin with the words over them: "Key messages", "Key messages for walkers", "Key
    messages for nurses"."""
    words = squeeze(text[over.start : over.end])
    if " " not in words or names_a_body(words) or not text.startswith(words, line.start):
        return False
    begun = (squeeze(text[one.start : one.end]) for one in below if text.startswith(f"{words} ", one.start))
    return any(is_like_a_title(one) for one in begun)


def may_be_a_title(text: str, line: tuple[int, int], below: Sequence[Block]) -> bool:
    """Whether a line looks like a title, has the header or prose below it, and the page goes on about what it names."""
    words = squeeze(text[slice(*line)])
    return is_like_a_title(words) and _stands_over_the_rest(text, words, below) and is_taken_up(words, text[line[1] :])


_BETWEEN = 3
_LINE_BETWEEN = 100
"""Characters of a line that may stand between a title and what shows that it is one: a series, the words for a picture."""


def _stands_over_the_rest(text: str, words: str, below: Sequence[Block]) -> bool:
    """Whether the header or the first sentence stands below, or below a line or two that are neither, nor items of a list; a
    line between it and a sentence is about what it names, or may be the title itself."""
    for i, block in enumerate(below[:_BETWEEN]):
        line = squeeze(text[block.start : block.end])
        is_prose = len(line) >= _PROSE and line[-1] in ".:"
        if _may_stand_below(line):
            return not (i and is_prose) or shares_a_word(words, text[below[0].start : block.start])
        if block.kind is BlockKind.LIST_ITEM or len(line) > _LINE_BETWEEN or line[-1] in _ENDS:
            return False
    return False


def _notice(text: str, blocks: Sequence[Block], at: int) -> int:
    """How many blocks are what is said of the page below the site's name and above its title, with the items of its list:
    "Content on this page has not been updated."; none where no title stands over its date below them."""
    if not _OF_THE_PAGE.match(text, blocks[at].start, blocks[at].end) or text[blocks[at].end - 1] not in ".:":
        return 0
    end = at + 1
    while end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM:
        end += 1
    dated = end + 1 < len(blocks) and is_date(_HOUR.sub("", squeeze(text[blocks[end + 1].start : blocks[end + 1].end])))
    return end - at if dated else 0


_OF_THE_PAGE = re.compile(
    r"(?:The\s)?(?:[Cc]ontent|[Ii]nformation|[Gg]uidance)\s(?:on|in)\sthis\s(?:web\s?)?(?:page|site)\b|This\s(?:web\s?)?(?:page|site)\s(?:is|was|has|will)\b"
)
"""How a notice begins that a site prints over a page that it no longer keeps up."""


def below_a_trail(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the title stands below the way from the first page to it, whose last words are the title's too, the signs between
    its steps lost: "Home Technical Guidelines Cracked Heels", "Response Guidelines on Cracked Heels"."""
    for trail, title in pairwise(block for block in blocks[:_LINES] if block.layer is Layer.BODY):
        steps, words = (squeeze(text[block.start : block.end]).split() for block in (trail, title))
        if not 0 < len(steps) <= _MOST_STEPS or steps[0] != "Home" or "Home" in words or steps[-1] != words[-1]:
            continue
        shared = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(steps), reversed(words), strict=False))
        )
        named = all(step[0].isupper() for step in steps if len(step) > _SMALL_WORD)
        whole = shared == len(words) >= _FEWEST_WORDS or shared >= _FEWEST_SHARED
        if named and whole and shared < len(steps) - 1 and is_like_a_title(" ".join(words)):
            return title.start, title.end
    return None


_MOST_STEPS = 24
_FEWEST_SHARED = 4
"""Words in which both end where the title says more than the last step."""
_SMALL_WORD = 3


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
    if _OF_A_SERIES.match(title) and shares_a_word(part, text[blocks[2].start : blocks[2].end]):
        return None
    return blocks[1].start, blocks[1].end


_MIN_BLOCKS = 2
_OF_A_SERIES = re.compile(
    r"(?:Technical|Information|Briefing|Guidance|Fact)\s(?:note|sheet)\s(?:[Nn]o\.?\s)?\d{1,3}\son\s", re.IGNORECASE
)
"""How a line begins that tells of which series and number the page is: "Technical note 4 on boots". The line over it is the title where
the one below it shares a word with that."""
_NO_TITLE = re.compile(
    r"(?:Summary|Overview|Publication|Cover\sof|Disease\soutbreak|World\sHealth|(?:WHO\s)?[Rr]ecommendations?$)"
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


def is_like_a_title(words: str) -> bool:
    """Whether the line looks like a title: some words, one of them long, that are no sentence and no field of a header."""
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
