"""Leads of lists: those whose items recommend, and those whose items only name, tell or announce."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import dropwhile
from operator import attrgetter

from betony.model import Block, BlockKind, Section
from betony.nlp import grades, phrases
from betony.nlp.looks import has_any
from betony.nlp.recommendations.entry import Entry
from betony.nlp.sentences import sentences
from betony.nlp.strength.possibilities import find_to_consider
from betony.nlp.strength.reading import sentence_wording
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_START = attrgetter("start")
_SAYS = re.compile(r"\b(?:states?|says?|recommends?|advises?|suggests?)(?:\sthat)?\s?:$")
LEFT_OPEN = re.compile(
    r"\b(?:if|when|where|because|that|which|who|as)\s(?:they|it|he|she|we)\s?:$"
    r"|\blikely\sto\s?:(?:\[?\d{1,2}\]?)?$|\bthose\s(?:that|which|who)\s?:$|\b(?:programmes|services|interventions|schemes|courses|products|tools|approaches|teams|devices|activities)\s(?:that|which|who)\s?:$|^(?:Effective|Successful|Good)\s(?:\w+\s){0,2}\w+s\s?:$"
)
"""A lead whose items finish what it says is so: "Women are likelier to get there if they:", "Effective programmes:"."""
ONLY_IF = re.compile(
    r"(?:If|When|Where)\s(?:(?!\b(?:should|must|may|can|could|might|try|ask|do|offer|avoid)\b)[^,;:.]){3,160}\s(?:any|one|either|all|some|two|more)\sof\sthe\sfollowing(?:\s[\w-]+){0,4}\s?:$"
)
"""A lead that is a condition alone, whose items say no more: "If you have any of the following:"."""
MAY_HOLD = re.compile(
    r"\b(?:may|might|can|could)\s(?:also\s)?(?:include|involve|contain|comprise|consist\sof)\b[^.;:]{0,60}:$"
)
"""A lead whose items name what something may be made of: "Talks may include one or more of the following:"."""
AIMS = re.compile(
    r"\b(?:aims?|designed|intended|meant|hopes?|seeks?|here)\s(?:is\s|are\s)?to\s?:$"
    r"|\b(?:aims?|purposes?|objectives?|goals?|priorities|values)\b[^.;:]{0,80}\s(?:is|are)(?:\sto)?\s?:$"
    r"|\b(?:aims|objectives|goals|priorities|values|topics|themes)\s?:$|\b[Oo]bjectives\sof\s[^.;:]{3,80}:$"
    r"|\b(?:[Ww]e|[Gg]overnment|[Cc]ouncil|[Tt]rust|[Pp]rogramme|[Pp]roject)\s(?:[\w-]+\s){0,3}?will\s?:$"
    r"|\.\s(?:The|These)\srecommendations\s?:$"
)
"""A lead whose items are what a document is for, or does."""
ANNOUNCES = re.compile(
    r"\b(?:includes?|contains?|covers?|makes?|gives?)\s(?:\w+\s){0,2}recommendations?\s(?:to|on|about|for|that)\s?:$"
)
"""A lead whose items say in short what is recommended elsewhere: "This guideline includes recommendations to:"."""
ASSUMES = re.compile(r"\b[Ii]t\s(?:is|was|has\sbeen)\sassumed\sthat\s?:$")
"""A lead whose items are taken for granted: "Before these criteria are used, it is assumed that:"."""
_THINGS = re.compile(
    r"\b[Tt]he\s(?:following|next)\s(?:[\w-]+\s){0,3}?(?:areas?|topics|competenc(?:es|ies)|competencies|subjects|themes|modules|units|domains|headings|sections"
    r"|chapters|questions|skills|objectives|outcomes|roles|examples|studies|documents|definitions|terms|abbreviations)\b"
)
_EXAMPLES = re.compile(r"(?:Some\s)?[Ee]xamples\sof\s[^.;:]{3,120}\s(?:include|are)\s?:$")
_ASKED = (
    "should",
    "must",
    "recommend",
    "need",
    "required",
    "advise",
    "suggest",
    "ensure",
    "consider",
    "essential",
    "important",
    "asked",
)
_TAKES_UP = re.compile(r"(?:This|These|They|It|Its|Their|Such|That|Those|The)\s")
"""How a sentence begins that says more of what stands before it."""
_OPENS_LIST = re.compile(r"(?:If|When|For|In|Before|After|During|Once|Where|As)\b")


def without_aims(text: str, section: Section, own: list[Block], blocks: Sequence[Block]) -> list[Block]:
    """The section's own blocks, less the items at their start that say what the document is for: a list without a heading
    may begin, and its lead stand, in the section before."""
    if section.heading is not None or not own or own[0].kind is not BlockKind.LIST_ITEM:
        return own
    lead = bisect_left(blocks, own[0].start, key=_START) - 1
    while lead > 0 and blocks[lead].kind is BlockKind.LIST_ITEM:
        lead -= 1
    if lead < 0 or not AIMS.search(text, blocks[lead].start, blocks[lead].end):
        return own
    return list(dropwhile(lambda block: block.kind is BlockKind.LIST_ITEM, own))


def names_things(text: str, block: Block) -> bool:
    """Whether the last sentence of a paragraph announces a list of areas, skills or questions, and asks nothing."""
    if not has_any(text[block.start : block.end], ("he following", "he next")):
        return False
    last = sentences(text, block.start, block.end)[-1]
    said = _THINGS.search(text, *last)
    return said is not None and not has_any(text[slice(*last)], _ASKED)


def names_examples(text: str, block: Block) -> bool:
    """Whether the last of a paragraph's sentences announces a list of examples, behind one that asks nothing: what is asked further
    above does not go on there."""
    if not text.startswith(":", block.end - 1) or "xamples of " not in text[block.start : block.end]:
        return False
    *_, before, last = [(block.start, block.start), *sentences(text, block.start, block.end)]
    told = squeeze(text[slice(*before)])
    return bool(told) and _EXAMPLES.match(text, *last) is not None and sentence_wording(told) is None


def opens_list(words: str) -> bool:
    """Whether a lead says when or for whom, which its items complete."""
    return _OPENS_LIST.match(words) is not None


def before_lead(text: str, entry: Entry) -> int:
    """How many characters of the first block stand before its last sentence, which leads the list and recommends itself,
    where they only tell something before a lead that says when to do it, or recommend more than it does."""
    first = entry.blocks[0]
    spans = sentences(text, first.start, first.end)
    if len(spans) < 2 or text[first.end - 1] != ":":
        return entry.skip
    told = [found for start, end in spans[:-1] if (found := sentence_wording(squeeze(text[start:end])))]
    words = squeeze(text[slice(*spans[-1])])
    lead = sentence_wording(words)
    labelled = grades.label(text[entry.blocks[-1].start : entry.blocks[-1].end])
    if lead is None or not (
        not labelled and _is_weaker(lead, told, words) if told else opens_list(words) or find_to_consider(words)
    ):
        return entry.skip
    return spans[-1][0] - first.start


def _is_weaker(lead: Wording, told: Sequence[Wording], words: str) -> bool:
    """Whether the lead recommends less strongly than all that is told before it, and stands for itself."""
    return lead.code == "conditional" and all(one.code != lead.code for one in told) and not _TAKES_UP.match(words)


REMOVED = re.compile(
    r"\b(?:recommendations?|statements?)(?:\s(?:from|of|in)\s(?:the|our|an|its)\s(?:[\w-]+\s){0,3}(?:editions?|versions?|guidelines?|guidance|documents?|standards?))?"
    r"\s(?:were|was|have\sbeen|has\sbeen|are|is)\s(?:(?:now|also|then)\s)?(?:removed|withdrawn|deleted|retired|dropped)\b[^.:;]{0,80}:$"
)
"""How a passage ends below which the recommendations stand that are no longer made."""


def is_anothers(lead: str) -> bool:
    """Whether a lead says what others advise ("The Department's guidance states that:")."""
    said = _SAYS.search(lead)
    return said is not None and not _own_voice().search(lead, 0, said.start())


@cache
def _own_voice() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:\b(?:we|NICE|(?i:committee|(?:work\s?)?group|panel|task\sforce|guideline\sauthors))\b|{self})"
    )
