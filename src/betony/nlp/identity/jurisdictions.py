"""Where a document applies: the countries that its own sentences or its title name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from betony.model import Basis, Block, BlockKind, Fact
from betony.nlp import cues, phrases, vocabulary
from betony.nlp.stems import Places, Stems

_NAMES = (
    r"(?:England|Wales|Scotland|Northern Ireland|the UK|the United Kingdom|the United States|Canada|Australia|New Zealand"
    r"|the Republic of Ireland|the EU/EEA|the EU(?!/))"
)
_NATIONS = rf"{_NAMES}(?:(?:,? and |, ){_NAMES}){{0,3}}"
_NATION = re.compile(_NAMES.replace("the ", ""))
_LANDS = Stems(
    ("England", "Wales", "Scotland", "Northern Ireland", "the UK", "the United ", "Canada", "Australia", "New Zealand")
)
_STATEMENT_LONGEST = 3000
_TITLE_TOP = 2
_TITLE_LONGEST = 300


def jurisdictions(text: str, blocks: Sequence[Block], places: Places) -> list[Fact]:
    """The facts `jurisdiction`: those of the first sentence that says where the document applies, else that of the title."""
    return list(_said(text, blocks, places)) or list(_in_the_title(text, blocks))


def _said(text: str, blocks: Sequence[Block], places: Places) -> Iterator[Fact]:
    held = cues.around(blocks, [range(len(blocks))], places.spans(_LANDS))
    for pattern in _patterns() if held else ():
        for block in (blocks[i] for i in held):
            match = pattern.search(text, block.start, min(block.end, block.start + _STATEMENT_LONGEST))
            if match:
                for nation in _NATION.finditer(text, *match.span("nations")):
                    name = " ".join(nation.group().split())
                    yield Fact("jurisdiction", name, (nation.span(),), Basis.EXPLICIT, "statement")
                return


def _in_the_title(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """The country that the title of guidance names as its place: "Recommendations for Waxing — Canada, May 2031", "Waxing in
    Canada: Recommendations", "Management of cracked heels in Canada"; a title that tells what happened there names none."""
    for i, block in enumerate(blocks):
        is_title = block.kind is BlockKind.HEADING and block.level == 1
        if i >= _TITLE_TOP and not is_title:
            continue
        if block.end - block.start > _TITLE_LONGEST or not _DIRECTS.search(text, block.start, block.end):
            continue
        found = _PLACED.search(text, block.start, block.end)
        if found and not _HAPPENED.search(text, block.start, block.end):
            span = found.span(found.lastgroup or 0)
            yield Fact("jurisdiction", text[slice(*span)], (span,), Basis.INFERRED, "title", 0.9)
            return


_COUNTRY = _NAMES.replace("the ", "").replace(" ", r"\s")
_PLACED = re.compile(
    rf"\s[—–]\s(?P<dash>{_COUNTRY})(?:,\s(?:[A-Z][a-z]{{2,8}}\s)?(?:19|20)\d\d)?$"
    rf"|\s(?:[—–]|-{{2,3}})\s(?P<between>{_COUNTRY}):\s(?:[A-Z][\w-]{{1,20}}\s){{0,3}}(?:Recommendations|Guidance|Guidelines?|Advice)\b"
    r"|(?<!ed\s)\bin\s(?P<states>U\.\s?S\.)\s[A-Z][\w-]{2,20}(?:\s(?:and\s)?[A-Z][\w-]{2,20}){0,3}$"
    rf"|\bin\s(?:the\s)?(?P<colon>{_COUNTRY}):\s(?:[A-Z][\w-]{{1,20}}\s){{0,3}}(?:Recommendations|Guidance|Guidelines?|Advice)\b"
    rf"|(?<!ed\s)(?<!been\s)(?<!made\s)(?<!sold\s)(?<!born\s)(?<!bought\s)(?<!caught\s)(?<!living\s)(?<!arriving\s)(?<!staying\s)\bin\s(?:the\s)?(?P<end>{_COUNTRY})(?:\s(?:[a-z]{{2,20}}\s)?(?:countries|settings))?$"
)
_DIRECTS = re.compile(
    r"\b(?:management|guidance|guidelines?|recommendations|advice|polic(?:y|ies)|considerations|standards?|protocols?)\b",
    re.IGNORECASE,
)
"""Words of a title that tells what to do."""
_HAPPENED = re.compile(
    r"\b(?:outbreaks?|epidemics?|epidemiology|surveillance|situation|evaluation|review|study|survey|audit|trends|travell?(?:ers?|ing)?|visitors\sto|compar\w+|lessons|(?:can|to)\slearn|hiking|games|results\sin|not\shave|infected\swith|news|ministers?|statistics|assessment|consultation|history)\b",
    re.IGNORECASE,
)
"""Words of a title that tells what happened, or what was found."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    every = vocabulary.read("identity")["jurisdictions"]
    return tuple(phrases.pattern(words.replace("{nations}", _NATIONS)) for words in every)
