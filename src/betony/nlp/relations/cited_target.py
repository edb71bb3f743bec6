"""What a document says that it takes the place of, which it cites in full behind its kind, or names by a title that the page cuts off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from betony.model import Block, Fact
from betony.nlp import phrases, when
from betony.nlp.looks import has_any
from betony.nlp.relations.facts import fact_of
from betony.nlp.relations.verbs import Verb
from betony.nlp.sentences import sentences

_SIGNS = ("upersedes the ", "eplaces the ")


def find(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """The relations to what is cited in brackets, "It supersedes the previous report (HC. Heel wax. Heels 2031;44:1-19)", and to what the
    last words of a page begin to name: "This guidance replaces the 'Heel guideline on the waxing of"."""
    if not has_any(text, _SIGNS):
        return
    for block in blocks:
        if not has_any(text[block.start : block.end], _SIGNS):
            continue
        cited = _cites().search(text, block.start, block.end)
        if cited and (cited["own"] or _follows_own(text, block.start, cited.start())):
            yield _replaces(text, cited, when.at(text, *cited.span("year")))
    last = blocks[-1] if blocks else None
    if last and has_any(text[last.start : last.end], _SIGNS) and (cut := _cut_off().search(text, last.start, last.end)):
        yield _replaces(text, cut, None)


def _replaces(text: str, said: re.Match[str], day: object) -> Fact:
    verb = Verb(said.start("verb"), said.end("verb"), "replaces", partial=False, draft=False)
    dated = day if isinstance(day, when.When) else None
    return fact_of(text, verb, (said.span(),), label=" ".join(said["label"].split()), dated=dated)


@cache
def _cites() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:(?P<own>{self})|(?<=\.\s)(?-i:It)) (?P<verb>(?:updates and )?(?:replaces|supersedes)) the (?:previous|earlier|prior|last) "
        r"(?:[\w-]{2,20} ){0,2}(?:reports?|guid\w+|recommendations|statements?|versions?|documents?) "
        r"\((?P<label>(?-i:[A-Z])(?:[^()\n]|\([^()\n]{1,40}\)){20,400}?\b(?P<year>(?:19|20)\d\d);(?:[^()\n]|\([^()\n]{1,40}\)){1,60})\)"
    )


def _follows_own(text: str, start: int, end: int) -> bool:
    """Whether the sentence before text[end:] begins with the document itself."""
    told = sentences(text, start, end)
    return bool(told) and phrases.pattern("{self}").match(text, told[-1][0]) is not None


@cache
def _cut_off() -> re.Pattern[str]:
    return phrases.pattern(
        r"{self} (?P<verb>(?:updates and )?(?:replaces|supersedes)) the ['‘“\"](?P<label>(?-i:[A-Z])[^'’‘”“\"\n]{2,80}\b(?:guid(?:eline|ance)s?|statement|standard|recommendations|policy|protocol|framework) (?:on|for|about) [^'’‘”“\"\n.]{10,200})$"
    )
