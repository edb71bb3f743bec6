"""betony_headings: finds the headings that no markup shows, and gives every heading its level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Block, BlockKind, Layer, SectionType
from betony.nlp import appendices, banners, carry, chapters, fields, flattened, furniture, grades, whole
from betony.nlp.clauses.signs import FINITE, RELATIVE
from betony.nlp.heading_words import NUMBER, Reading, is_exact, normalise, over_lists, read
from betony.nlp.passages import is_date, is_field, is_of_itself, judge

_SENTENCE_END = re.compile(r"[.!;,:][\"'”’)\]]*(?:\s*\[[^\]]{1,160}\])?$")
_IN_BRACKETS = re.compile(r"\[[A-Z][^\[\]]{2,200}\]")
"""A line that is in brackets whole: where what stands above it was taken from."""
_SOURCE_END = re.compile(
    r"\b[A-Z]{2,4}\d{1,4}\s\((?:19|20)\d\d\),\s(?:recommendations?|sections?|statements?)\s\d[\d.]{0,9}(?:(?:,\s|,?\s(?:and|to)\s)\d[\d.]{0,9}){0,20}$"
)
"""How a line ends that says where in another document something stands: "NG1 (2031), recommendations 1.2 and 1.3"."""
_PROSE_END = re.compile(r"[.!?:;][\"'”’)\]]*(?:\s*\[[^\]]{1,160}\])?$")
_OUTLINE = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?\s")
_OBLIGES = re.compile(
    r"\d{1,3}(?:\.\d{1,3})+\.?\s(?!(?:Who|What|When|Where|Which|Whether|Why|How|If)\b)[A-Z][^?]{3,}?\s(?:should|must)\s(?:not\s)?[a-z]{2}[^?]*$"
)
"""A number and what somebody is to do: no heading, though no stop ends it."""
_DATED = re.compile(r"\[[A-Z]{2,5}\d{1,4}\]\s(?:Published|Issued|Last\supdated)\b")
"""The header's line that names the series, the reference and a date, and heads nothing."""
_OUTLINED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s{1,4}[A-Z][\w'’]*(?:\s|$)")
_PERSON = re.compile(r"(?:Dr|Mrs?|Ms|Miss|Prof(?:essor)?|Sir|Dame)\b")
_ROMAN = re.compile(r"[IVX]{1,5}[.)]\s")
_FIRST_ITEMS = re.compile(r"\s{1,9}(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[•▪●*-])[ \t\u00a0]{1,9}[A-Z]")
_FIRST_ITEM = re.compile(r"1[.)]\s{1,9}[A-Z]")
_ITEM = re.compile(r"\(?\d{1,3}[.)]\s{1,9}(?=\S)")
_WORDS = re.compile(r"[A-Z][A-Z'’/&,() -]{4,58}[A-Z)]:?")
_LONGEST = 110
_TITLE_LONGEST = 300


@Language.component("betony_headings", assigns=["doc.user_data"])
def headings(doc: Doc) -> Doc:
    """Make headings of the lines that act as such."""
    carry.set_blocks(doc, find(carry.text(doc), carry.blocks(doc), carry.parts(doc), plain=_is_plain(doc)))
    return doc


def _is_grade(words: str) -> bool:
    """Whether the line only grades the recommendation above it: "Strong recommendation, high certainty"."""
    return " recommendation" in words and grades.line(words) is not None


def _is_plain(doc: Doc) -> bool:
    return carry.media_type(doc) == "text/plain"


def find(text: str, blocks: Sequence[Block], parts: Sequence[int] = (0,), *, plain: bool) -> list[Block]:
    """The blocks, those that act as headings marked as such.

    In any document a short paragraph that the vocabulary knows as a heading is one. In plain text, where no markup
    tells, so is a short line between blank lines that stands over prose, and the first line of a page is its title
    where it reads like one. A line that repeats the heading right above it is text of that section.
    """
    found = (
        banners.without(text, flattened.apart(text, blocks, _named), parts) if plain else whole.as_text(text, blocks)
    )
    first_of_part = {
        next((i for i, b in enumerate(found) if b.start >= part and not _leads_nowhere(text, b)), -1) for part in parts
    }
    spaced = plain and sum(_blank_above(text, found, i) for i in range(1, len(found))) > len(found) // _SELDOM
    dense = plain and not spaced and len(found) <= _A_PAGE
    facts = {i for start, end in fields.runs(text, found) for i in range(start, end)} if plain else frozenset()
    if plain:
        for i in chapters.unknown(text, found, lambda i: _is_known_in_plain(text, found, i)):
            if i not in facts:
                found[i] = replace(found[i], kind=BlockKind.HEADING)
        for i in _heading_items(text, found):
            found[i] = replace(found[i], kind=BlockKind.HEADING)
    paragraph, furnishing = BlockKind.PARAGRAPH, Layer.FURNITURE  # members take long to look up before Python 3.12
    for i, block in enumerate(found):
        if block.kind is not paragraph or block.layer is furnishing or i in facts:
            continue
        short = block.end - block.start <= _LONGEST
        at_the_top = plain and (i in first_of_part or i - 1 in first_of_part)
        if not short and not at_the_top:
            continue
        words = text[block.start : block.end]
        if plain and (_OBLIGES.match(words) or _DATED.search(words) or _is_grade(words)):
            continue
        known = short and (_is_known_in_plain(text, found, i) if plain else is_exact(words))
        if not plain and not known:
            continue
        if i > 0 and found[i - 1].kind is BlockKind.HEADING and _same(text, found[i - 1], block):
            continue
        if plain and i > 0 and _is_all_that_is_said(text, found, i):
            continue
        if plain and i + 1 in first_of_part and _is_above_a_title(text, found, i):
            continue
        if known and (
            _heads_more(found, i)
            if not plain
            else i in first_of_part or _stands_free(text, found, i, spaced=spaced, dense=dense)
        ):
            found[i] = replace(block, kind=BlockKind.HEADING)
        elif short and (furniture.is_known(words) or furniture.is_label(words)):
            continue
        elif at_the_top and _is_title(text, found, i, first_of_part):
            found[i] = replace(block, kind=BlockKind.HEADING, level=1)
        elif plain and short and any(rule(text, found, i) for rule in _STANDS):
            found[i] = replace(block, kind=BlockKind.HEADING)
    if plain and len(found) <= _A_PAGE:
        stands = _parts_prose if dense else _heads_its_paragraph
        between = [
            i
            for i, block in enumerate(found)
            if block.layer is Layer.BODY
            and block.kind is BlockKind.PARAGRAPH
            and i not in facts
            and stands(text, found, i)
        ]
        shown = sum(block.kind is BlockKind.HEADING and not block.level for block in found) if dense else 0
        if shown + len(between) >= _SHOWN:
            for i in between:
                found[i] = replace(found[i], kind=BlockKind.HEADING)
    if spaced:
        for i in (
            *_over_numbered(text, found),
            *_two_over_recommendation(text, found),
            *_group_over_recommendation(text, found),
        ):
            found[i] = replace(found[i], kind=BlockKind.HEADING)
    return _without_menus(found) if plain else found


_OF_TWO = re.compile(r"\d{1,2}\.\d{1,2}\s{1,4}[A-Z]")
_THEIR_NUMBERS = re.compile(
    r"Recommendations?\s\d{1,2}(?:\.\d{1,3}){1,3}(?:(?:,\s|\sand\s|\sto\s|,\sand\s)\d{1,2}(?:\.\d{1,3}){1,3}){0,8}"
)
"""The line that says of which recommendations the reasons stand below it, under the topic that they are on."""
_CONCLUDES = 200
"""Characters of a heading that says in a sentence what was concluded of what stands below it."""
_FEWEST_CONCLUDING = 4


def _over_numbered(text: str, blocks: Sequence[Block]) -> Iterator[int]:
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
        if not (_ends_as_prose(text, numbered.start, numbered.end) or _is_cut(blocks, i)):
            continue
        if (
            not _may_conclude(text, blocks, i - 1, _CONCLUDES)
            or blocks[i - 1].end - blocks[i - 1].start > numbered.end - numbered.start
        ):
            continue
        topped = i > 1 and _may_conclude(text, blocks, i - 2, _LONGEST)
        above = i - 3 if topped else i - 2
        finished = above < 0 or blocks[above].kind is BlockKind.HEADING or _after_an_end(text, blocks[above])
        concludes = text.count(" ", blocks[i - 1].start, blocks[i - 1].end) >= _FEWEST_CONCLUDING
        if finished and (concludes or topped):
            yield i - 1
            if topped:
                yield i - 2


_OF_THREE = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}\s{1,4}[A-Z]")


def _two_over_recommendation(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """Two lines between blank ones, right below what is finished, over a paragraph with a number of three parts: for whom, "Balm for
    women who walk", and with what, "Beeswax"."""
    for i in range(3, len(blocks)):
        if not _OF_THREE.match(text, blocks[i].start, blocks[i].end):
            continue
        own = (i - 2, i - 1)
        if all(_may_conclude(text, blocks, at, _LONGEST) and not NUMBER.match(text, blocks[at].start) for at in own):
            above = blocks[i - 3]
            if above.kind is BlockKind.HEADING or _after_an_end(text, above):
                yield from own


_OF_PEOPLE = re.compile(
    r"(?:All\s|Other\s)?(?:(?:Young|Older|Pregnant|Postmenopausal)\s)?(?:[Pp]eople|[Aa]dults|[Cc]hildren|[Ww]omen|[Mm]en|[Bb]abies|[Ii]nfants|[Pp]atients)\s"
    r"(?:who|with|without|aged|having|taking|presenting|under|over|at|in|at\srisk|whose|for\swhom)\b"
)
"""How a line begins that names those whom the recommendations below it are for."""


def _group_over_recommendation(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """A line between blank ones that names a group, right below a heading or what is finished, over a paragraph with a number of
    three parts: "People with cracks for 10 days or more"."""
    for i in range(2, len(blocks)):
        line = blocks[i - 1]
        if not (_OF_THREE.match(text, blocks[i].start, blocks[i].end) and _OF_PEOPLE.match(text, line.start, line.end)):
            continue
        above, lone = blocks[i - 2], replace(line, end=line.end - text.endswith(":", line.start, line.end))
        if _may_conclude(text, [above, lone, blocks[i]], 1, _LONGEST) and (
            above.kind is BlockKind.HEADING or _after_an_end(text, above)
        ):
            yield i - 1


def _may_conclude(text: str, blocks: Sequence[Block], i: int, longest: int) -> bool:
    """Whether a line stands between blank ones, begins with a capital and ends no sentence, as a heading does."""
    block = blocks[i]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or block.layer is Layer.FURNITURE:
        return False
    words = text[block.start : block.end]
    if len(words) > longest or "\n" in words or not words[0].isupper() or _SENTENCE_END.search(words) or is_date(words):
        return False
    if is_field(words) or furniture.is_known(words):
        return False
    return (i == 0 or _blank_above(text, blocks, i)) and _blank_above(text, blocks, i + 1)


_FOLDED = re.compile(r"[•*-]\s{1,3}(?P<heading>[A-Z][^\n:;,]{3,60})")


def _heading_items(text: str, blocks: Sequence[Block]) -> list[int]:
    """The parts of a page that folds them up, which a capture shows as items of a list with paragraphs under each ("• Description",
    "• OPCS-4 codes"): no page has those of codes for anything else."""
    found: dict[int, Reading] = {}
    for i, block in enumerate(blocks[:-1]):
        if block.kind is not BlockKind.LIST_ITEM or text[blocks[i + 1].start] in "•*-":
            continue
        item = _FOLDED.fullmatch(text, block.start, block.end)
        if item and is_exact(item["heading"]) and (reading := read(item["heading"])):
            found[i] = reading
    return list(found) if any(reading.type is SectionType.CODING for reading in found.values()) else []


_SELDOM_SAID_OTHERWISE = frozenset(
    SectionType(name)
    for name in (
        "scope",
        "status",
        "development",
        "references",
        "responsibilities",
        "implementation",
        "definitions",
        "legal",
    )
)


def _is_known_in_plain(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the vocabulary knows a line of plain text for a heading, and it does not go on in the next one."""
    reading = read(text[blocks[i].start : blocks[i].end])
    return (
        reading is not None
        and (reading.exact or _is_plain_enough(reading, text, blocks, i))
        and not _goes_on_below(text, blocks, i)
    )


def _is_all_that_is_said(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line that reads like a known heading is the text of the known heading right above: both are for the same,
    and words below it are for something else."""
    above = blocks[i - 1]
    if above.kind is not BlockKind.HEADING or i + 1 >= len(blocks) or blocks[i + 1].kind is not BlockKind.PARAGRAPH:
        return False
    heading, own = read(text[above.start : above.end]), read(text[blocks[i].start : blocks[i].end])
    if heading is None or own is None or not heading.exact or not own.gapped or heading.type is not own.type:
        return False
    said = judge(text[blocks[i + 1].start : blocks[i + 1].end])
    return said is not None and not said.faint and said.type is not own.type


def _goes_on_below(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the line right below goes on in lower case, and with no letter that counts an item: `a) The nurse`."""
    if i + 1 >= len(blocks) or blocks[i + 1].kind is not BlockKind.PARAGRAPH:
        return False
    below = blocks[i + 1].start
    lower = text[below].islower() and text[below + 1 : below + 2] not in (")", ".")
    return lower and text[blocks[i].end : below].count("\n") == 1


def _named(words: str) -> SectionType | None:
    """The type of the words where the vocabulary holds them as a heading, be it a common one, and holds no others in it."""
    reading = read(words)
    if reading is None or "*" in reading.rule or not (reading.exact or reading.common):
        return None
    return reading.type


def _is_plain_enough(reading: Reading, text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line that only begins or ends like a known heading is one: it stands over a list, or over a longer sentence
    and names no topic that the text itself may speak of."""
    if i + 1 >= len(blocks):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    above = text[blocks[i].start : blocks[i].end]
    if _is_item(text, blocks[i + 1]) and not _SENTENCE_END.search(above):
        return reading.whole or normalise(above).startswith(over_lists())
    if not reading.whole or reading.type not in _SELDOM_SAID_OTHERWISE:
        return False
    return len(below) > len(above) and not _SENTENCE_END.search(above) and bool(_PROSE_END.search(below))


def _leads_nowhere(text: str, block: Block) -> bool:
    """Whether the block is no beginning of a document: the site's, not the page's."""
    return block.layer is Layer.FURNITURE or (
        block.end - block.start <= _LONGEST
        and (furniture.is_known(words := text[block.start : block.end]) or furniture.is_label(words))
    )


def _is_above_a_title(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the line is the name of a series of documents, and a title stands below it."""
    below = blocks[i + 1]
    is_title = below.end - below.start <= _LONGEST and not _SENTENCE_END.search(text[below.start : below.end])
    return is_title and furniture.is_label(text[blocks[i].start : blocks[i].end])


def _heads_more(blocks: Sequence[Block], i: int) -> bool:
    """Whether something longer, and no other heading, stands right under a paragraph that reads like a heading."""
    if i + 1 >= len(blocks):
        return False
    below = blocks[i + 1]
    return (
        below.kind is not BlockKind.HEADING
        and below.layer is Layer.BODY
        and below.end - below.start > blocks[i].end - blocks[i].start
    )


def _blank_above(text: str, blocks: Sequence[Block], i: int) -> bool:
    gap = text[blocks[i - 1].end : blocks[i].start]
    return gap.count("\n") > 1 or "\f" in gap


def _stands_free(text: str, blocks: Sequence[Block], i: int, *, spaced: bool, dense: bool) -> bool:
    """Whether a line of plain text stands apart as headings do: below a blank line, or where the text has none,
    below a finished sentence, with words enough to be no entry of a list. A word within a list is no heading."""
    if _blank_above(text, blocks, i):
        return True
    words = text[blocks[i].start : blocks[i].end]
    above = blocks[i - 1]
    if above.kind is BlockKind.HEADING and _FIRST_ITEMS.match(text[blocks[i].end : blocks[i].end + 20]):
        return True
    if _heads_a_list(text, blocks, i):
        return True
    if dense and not furniture.is_label(words) and (_over_more(text, blocks, i) or _between_long_lines(blocks, i)):
        return True
    if len(words.split()) < (_A_PHRASE if spaced else 2):
        return False
    if dense and (above.kind is BlockKind.LIST_ITEM or NUMBER.match(words)):
        return True
    return _after_an_end(text, above)


def _heads_a_list(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a list begins right below a line, and what stands above it is finished, or is a list itself."""
    if i + 1 >= len(blocks) or not _is_item(text, blocks[i + 1]) or _blank_above(text, blocks, i + 1):
        return False
    if _is_item(text, blocks[i - 1]):
        return text.count(" ", blocks[i].start, blocks[i].end) > 0
    return _after_an_end(text, blocks[i - 1])


def _is_item(text: str, block: Block) -> bool:
    """Whether the block is an item of a list, by its sign or its number."""
    return block.kind is BlockKind.LIST_ITEM or (
        block.kind is BlockKind.PARAGRAPH and _ITEM.match(text, block.start) is not None
    )


def _between_long_lines(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line stands between two that are long enough for sentences, though none may end as one."""
    around = blocks[i - 1 : i + 2 : 2]
    return len(around) == 2 and all(block.end - block.start > _A_LINE for block in around)


def _after_an_end(text: str, above: Block) -> bool:
    """Whether what stands above a line is finished: a heading, a date, a sentence, a source in brackets of its own."""
    words = text[max(above.start, above.end - 170) : above.end]
    finished = (
        above.kind is BlockKind.HEADING
        or _PROSE_END.search(words) is not None
        or _IN_BRACKETS.fullmatch(text, above.start, above.end) is not None
        or _SOURCE_END.search(words) is not None
    )
    return finished or is_date(text[above.start : above.end])


def _over_more(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a longer sentence stands right below the line."""
    if i + 1 >= len(blocks):
        return False
    below = blocks[i + 1]
    longer = below.kind is BlockKind.PARAGRAPH and below.end - below.start > blocks[i].end - blocks[i].start
    return longer and (_ends_as_prose(text, below.start, below.end) or _is_cut(blocks, i + 1))


def _ends_as_prose(text: str, start: int, end: int) -> bool:
    return _PROSE_END.search(text[max(start, end - 70) : end]) is not None


def _is_cut(blocks: Sequence[Block], i: int) -> bool:
    """Whether the block is the last, and long: a capture may end in the middle of it."""
    return i + 1 == len(blocks) and blocks[i].end - blocks[i].start > _A_SENTENCE


_SELDOM = 8
"""Of so many blocks one may stand below a blank line, and the text still have none between its sections."""
_A_PAGE = 60
"""So many blocks has a page, or what a short capture kept of one: in longer texts without blank lines, lines that stand like
headings are mostly parts of sections whose own headings are lost."""
_SHOWN = 2
"""So many known headings show that a text has its headings still; then others may stand among them."""
_A_PHRASE = 4
"""Words of a known heading that stands out though it stands close."""
_SOME_WORDS = 2
"""Words of a line that is a heading because it stands there twice."""
_A_LINE = 60
"""Characters of a line that may have been wrapped."""
_A_SENTENCE = 120
"""Characters of a line that is no heading and no entry of a list, though no sentence ends in it."""
_LITTLE = 3
"""Letters of a word that needs no capital in a heading."""
_MENU = 3
"""As many headings with nothing under them make a menu."""


def _stands_twice(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line of some words between blank lines is printed again right below, as pages do with their names."""
    words = text[blocks[i].start : blocks[i].end]
    if i + 1 >= len(blocks) or len(words.split()) < _SOME_WORDS or _SENTENCE_END.search(words):
        return False
    free = (i == 0 or _blank_above(text, blocks, i)) and _blank_above(text, blocks, i + 1)
    return free and _same(text, blocks[i], blocks[i + 1])


def _without_menus(blocks: list[Block]) -> list[Block]:
    """Three or more headings in a row, with nothing under them, are a menu: furniture, but for the last of them."""
    result = list(blocks)
    start = 0
    for i in range(len(blocks) + 1):
        if i < len(blocks) and blocks[i].kind is BlockKind.HEADING and blocks[i].level == 0:
            continue
        if i - start > _MENU:
            for j in range(start, i - 1):
                result[j] = replace(blocks[j], kind=BlockKind.PARAGRAPH, layer=Layer.FURNITURE)
        start = i + 1
    return result


def _parts_prose(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Where no blank line shows it: a short line, capitalised and without a sentence's end, between finished sentences."""
    words = text[blocks[i].start : blocks[i].end]
    if i == 0 or "\n" in words or len(words) > 70 or _SENTENCE_END.search(words) or is_date(words) or is_field(words):
        return False
    above = blocks[i - 1]
    ended = above.kind is BlockKind.LIST_ITEM or (
        above.kind is not BlockKind.HEADING and text[above.end - 1] != ":" and _after_an_end(text, above)
    )
    if not words[0].isupper() or not ended or len(words.split()) > 10:
        return False
    over_heading = i + 1 < len(blocks) and blocks[i + 1].kind is BlockKind.HEADING and _ROMAN.match(words) is not None
    return over_heading or _over_more(text, blocks, i)


def _heads_its_paragraph(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Where blank lines show what stands together: a short line, capitalised and without a sentence's end, that begins such a
    group, right above a longer sentence."""
    words = text[blocks[i].start : blocks[i].end]
    if i == 0 or i + 1 >= len(blocks) or not words[0].isupper() or "\n" in words or len(words) > 70:
        return False
    if not _blank_above(text, blocks, i) or _blank_above(text, blocks, i + 1) or len(words.split()) > 10:
        return False
    if _SENTENCE_END.search(words) or is_date(words) or is_field(words) or furniture.is_known(words):
        return False
    if _PERSON.match(words):
        return False
    above, below = blocks[i - 1], blocks[i + 1]
    finished = above.kind is not BlockKind.PARAGRAPH or _after_an_end(text, above)
    return finished and text[below.start].isupper() and _over_more(text, blocks, i)


def _in_an_outline(text: str, blocks: Sequence[Block], i: int) -> bool:
    """On a page, a short line with a number of several parts (`2.3 Main activities`), capitalised and without a sentence's
    end, over something longer, or over a part of its own; a heading may stand between the two."""
    words = text[blocks[i].start : blocks[i].end]
    if len(blocks) > _A_PAGE or i + 1 >= len(blocks) or len(words) > _LONGEST or not _OUTLINED.match(words):
        return False
    if _SENTENCE_END.search(words.rstrip("-–")):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    number, its = _OUTLINE.match(words), _OUTLINE.match(below)
    if number and its:
        return its[1].startswith(f"{number[1]}.")
    if number and i + 2 < len(blocks) and text.startswith(f"{number[1]}.", blocks[i + 2].start):
        return True
    if len(below) > len(words) or blocks[i + 1].kind is BlockKind.LIST_ITEM or below[-1:] == ":":
        return True
    return number is not None and _goes_on_the_count(text, blocks, i, number[1])


def _goes_on_the_count(text: str, blocks: Sequence[Block], i: int, number: str) -> bool:
    """Whether the number is the next after that of the last numbered heading above: `12.3` after `12.2`."""
    above = (block for block in reversed(blocks[:i]) if block.kind is BlockKind.HEADING)
    last = next(filter(None, (_OUTLINE.match(text, block.start, block.end) for block in above)), None)
    return last is not None and _follows(number, last[1])


def _stands_between_numbers(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A short line without a sentence's end, between blank lines, below one with a number of two parts and above its first entry: `1.2
    Treating`, `Dry heels`, `1.2.1`."""
    words = text[blocks[i].start : blocks[i].end]
    if not 0 < i < len(blocks) - 1 or not words[0].isupper() or "\n" in words or _SENTENCE_END.search(words):
        return False
    if not (_blank_above(text, blocks, i) and _blank_above(text, blocks, i + 1)):
        return False
    number = _OUTLINE.match(text, blocks[i - 1].start, blocks[i - 1].end)
    if number is None or number[1].count(".") != 1 or _SENTENCE_END.search(text, *_span(blocks[i - 1])):
        return False
    return text.startswith((f"{number[1]}.1 ", f"{number[1]}.1\n"), blocks[i + 1].start)


def _span(block: Block) -> tuple[int, int]:
    return block.start, block.end


def _heads_its_numbers(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A line with a number of two parts over another heading and the first entry of its own: `1.2 Treating`, `Dry heels`, `1.2.1`."""
    number = _OUTLINE.match(text, blocks[i].start, blocks[i].end)
    if number is None or number[1].count(".") != 1 or i + 2 >= len(blocks):
        return False
    below, first = blocks[i + 1], blocks[i + 2]
    if below.end - below.start > _LONGEST or not text.startswith(f"{number[1]}.1", first.start):
        return False
    words, under = text[blocks[i].start : blocks[i].end], text[below.start : below.end]
    return (
        text[first.start + len(number[1]) + 2 : first.start + len(number[1]) + 3].isspace()
        and words[number.end() - blocks[i].start :][:1].isupper()
        and under[0].isupper()
        and not (_SENTENCE_END.search(words) or _SENTENCE_END.search(under))
    )


def _shouts(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A short line in capitals, all words, over something longer that is not; on a page, for long texts hold tables."""
    words = text[blocks[i].start : blocks[i].end]
    if len(blocks) > _A_PAGE or i + 1 >= len(blocks) or not words.isupper() or not _WORDS.fullmatch(words):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    return len(below) > len(words) and not below.isupper()


def _same(text: str, one: Block, other: Block) -> bool:
    return normalise(text[one.start : one.end]) == normalise(text[other.start : other.end])


def _is_title(text: str, blocks: Sequence[Block], i: int, first_of_part: set[int]) -> bool:
    """Whether one of the first two lines of a page reads like its title.

    The first line does where it does not end a sentence, or a known heading stands right under it; the second only
    where the first is no title (a header with type and dates) and a known heading stands right under the second. A line
    that goes on in the next one is the half of something.
    """
    block = blocks[i]
    words = text[block.start : block.end]
    if block.kind is not BlockKind.PARAGRAPH or "\n" in words or len(words) > _TITLE_LONGEST or i + 1 >= len(blocks):
        return False
    if (judgement := judge(words)) and judgement.type is SectionType.STATUS:
        return False
    below = blocks[i + 1]
    if _goes_on_below(text, blocks, i):
        return False
    if is_field(words) and is_field(text[below.start : below.end]) and not _same(text, block, below):
        return False
    under = read(text[below.start : below.end]) if below.end - below.start <= _LONGEST else None
    over_heading = under is not None and under.exact and text[below.start] != "•"
    ends_sentence = bool(_SENTENCE_END.search(words))
    if ends_sentence and (len(_SENTENCE_WITHIN.findall(words)) > 1 or _says_something(words)):
        return False
    if i in first_of_part:
        return over_heading or not ends_sentence
    return over_heading and not ends_sentence and blocks[i - 1].kind is BlockKind.PARAGRAPH


def _says_something(words: str) -> bool:
    """Whether a line that ends in a full stop is a sentence, as the only one of a short lead is; a title may end in one as well."""
    verb = FINITE.search(words) if words.endswith(".") else None
    return verb is not None and RELATIVE.search(words, 0, verb.start()) is None


def _stands_over_prose(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A short line between blank lines, without a sentence's end, over something longer that is a sentence."""
    block = blocks[i]
    if block.end - block.start > 90 or i + 1 >= len(blocks):
        return False
    below = blocks[i + 1]
    gap_above = text[blocks[i - 1].end : block.start] if i else "\n\n"
    gap_below = text[block.end : below.start]
    if gap_above.count("\n") < 2 or gap_below.count("\n") < 2:
        return False
    if below.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    words = text[block.start : block.end]
    if (
        not (words[0].isupper() or (words[0].isdigit() and any(map(str.isalpha, words))))
        or "\n" in words
        or len(words.split()) > 12
    ):
        return False
    if _SENTENCE_END.search(words.rstrip("-–")) or is_date(words) or is_of_itself(words):
        return False
    above = blocks[i - 1]
    if i and above.kind is BlockKind.PARAGRAPH and not _after_an_end(text, above):
        return False
    under = text[below.start : _end_of_paragraph(text, blocks, i + 1)]
    if outline := _OUTLINE.match(words):
        if under.startswith(f"{outline[1]}."):
            return True
        if (its := _OUTLINE.match(under)) and _follows(its[1], outline[1]):
            return False
    longer = len(under) > len(words) or (i + 2 < len(blocks) and _FIRST_ITEM.match(under) is not None)
    return longer and (bool(_PROSE_END.search(under)) or _is_cut(blocks, i + 1))


def _follows(number: str, above: str) -> bool:
    """Whether a number is the next after the one above it: `7.2` after `7.1`."""
    whole, _, last = above.rpartition(".")
    return number == f"{whole}.{int(last) + 1}".lstrip(".")


def _end_of_paragraph(text: str, blocks: Sequence[Block], i: int) -> int:
    """Where the paragraph ends that begins with the block: the lines right below, to the next blank one, belong to it."""
    while (
        i + 1 < len(blocks)
        and blocks[i + 1].kind is BlockKind.PARAGRAPH
        and not _blank_above(text, blocks, i + 1)
        and blocks[i].end - blocks[i].start > _A_LINE
        and not _PROSE_END.search(text[max(blocks[i].start, blocks[i].end - 70) : blocks[i].end])
    ):
        i += 1
    return blocks[i].end


def _stands_over_bullets(text: str, blocks: Sequence[Block], i: int) -> bool:
    """On a page, a short line below what is finished and right above bullets, all of whose longer words have capitals."""
    if not 0 < i < len(blocks) - 1 or len(blocks) > _A_PAGE or blocks[i + 1].kind is not BlockKind.LIST_ITEM:
        return False
    words = text[blocks[i].start : blocks[i].end]
    if "\n" in words or "\t" in words or len(words) > 70 or not words[-1].isalnum() or is_date(words):
        return False
    longer = [word for word in words.split() if len(word) > _LITTLE]
    return len(longer) > 1 and all(word[0].isupper() for word in longer) and _after_an_end(text, blocks[i - 1])


def _begins_an_appendix(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A line that names an appendix, below what is finished and above something longer that is no other appendix's name."""
    words = text[blocks[i].start : blocks[i].end]
    if i == 0 or i + 1 >= len(blocks) or not appendices.is_heading(words) or "\n" in words:
        return False
    below = blocks[i + 1]
    if below.kind is BlockKind.PARAGRAPH and below.end - below.start <= len(words):
        return False
    around = [text[block.start : block.end] for block in blocks[i - 1 : i + 2 : 2]]
    if any(map(appendices.is_heading, around)) or _goes_on_below(text, blocks, i):
        return False
    return _blank_above(text, blocks, i) or _after_an_end(text, blocks[i - 1])


_SENTENCE_WITHIN = re.compile(r"[a-z)]{3}\.\s(?=[A-Z])")
"""Once it may stand in a title, "Care of heels. Report of a working group."."""
_COUNTED = re.compile(r"Recommendation[ \u00a0]\d{1,2}\b[^\n]{0,120}")


def _heads_its_questions(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A counted recommendation that is told in parts, each under a question: `Recommendation 2 Cycling` above `Who should take
    action?`."""
    if i + 1 >= len(blocks) or not _COUNTED.fullmatch(text, blocks[i].start, blocks[i].end):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    return below.endswith("?") and is_exact(below)


_COUNTED_ALONE = re.compile(r"Recommendation[ \u00a0]\d{1,2}[a-z]?\.?")


def _counts_what_follows(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A line that only counts a recommendation, above the sentences that give it, and not in a list of them."""
    if i + 1 >= len(blocks) or not _COUNTED_ALONE.fullmatch(text, blocks[i].start, blocks[i].end):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    return _PROSE_END.search(below) is not None and not _COUNTED.match(below)


_STANDS = (
    _counts_what_follows,
    _stands_over_prose,
    _stands_twice,
    _in_an_outline,
    _heads_its_numbers,
    _stands_between_numbers,
    _shouts,
    _begins_an_appendix,
    _stands_over_bullets,
    _heads_its_questions,
)
"""How a line may stand that acts as a heading though no vocabulary holds it."""
