"""The sentences of a stretch of text, by punctuation."""

from __future__ import annotations

import re

from betony.nlp.looks import has_any

_MARK = re.compile(
    r"[.!?\n](?:(?<!\n)[\"'”’)\]]*(?:\[\d[\d,–-]{0,11}\]|(?<=\)\.)\d{1,3}(?![\d.])){0,4}(?=\s+[\"'“‘(\[]?[^\Wa-z_]|\s*$|(?:(?<=[a-z]{4}\.)|(?<=\s(?:19|20)\d\d\.))[A-Z][a-z]+\s[a-z])|(?<=\n)(?=[^\S\n]*\n))"
)  # begins with one set of signs, for which `re` looks far faster than for a choice of two patterns
_NO_END = re.compile(
    r"(?:(?<![A-Z])(?<![mnkµμ]g/)(?<!mol/)(?<!\sg/)(?<!IU/)[A-Z]|\b(?:[Nn]o|e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Prof|St|al|approx|p|pp|vol|ed|eds|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept|Sep|Oct|Nov|Dec|[Ff]igs?|[Rr]efs?))$"
)
_NAMED_BY_LETTER = re.compile(
    r"\b(?:[Hh]epatitis|[Vv]itamin|[Ii]nfluenza|(?:class(?:es)?|groups?|types?|grades?|categor(?:y|ies)|vitamins)(?:\s[A-Z](?:,|\s(?:and|or|to))){0,3})\s[A-Z]$"
    r"|(?<![\d.])\d{1,3}\s[NVW]$"
)
"""A letter that is a name or a unit, not an initial: a sentence may end with it, as with "no more than 140 N"."""
_ENDS = (".", "\n", "?", "!")
_GRADED = re.compile(
    r"\((?:[\w-]+\s){0,3}(?:evidence|quality|certainty)\.\s(?:[\w-]+\s){0,3}recommendation\.?\)|\((?:[\w-]+\s){0,3}recommendation\.\s(?:[\w-]+\s){0,3}(?:evidence|quality|certainty)\.?\)"
)
"""A bracket that holds a grade and what its evidence is like as sentences: "(Low-quality evidence. Weak recommendation.)"."""
_LOOK_BACK = 10
"""Characters before a mark that tell whether it ends a sentence: more than the longest abbreviation holds."""
_SHORT = 6
"""As many letters in lower case are the end of no abbreviation but one."""


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open spans of the sentences within text[start:end], without white space at their ends.

    A sentence ends at `.`, `!` or `?` before white space and a capital, digit or bracket, unless an abbreviation
    stands there, and at a blank line; and at a `;` between what authors recommend for some and what for others.
    """
    if text.find("; For ", start, end) < 0:
        return _by_marks(text, start, end)
    return [part for span in _by_marks(text, start, end) for part in _for_others(text, *span)]


def _for_others(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for second in _FOR_OTHERS.finditer(text, start, end):
        if _WE.search(text, start, second.start()):
            _append(spans, text, start, second.end())
            start = second.end()
    _append(spans, text, start, end)
    return spans


_FOR_OTHERS = re.compile(r";(?=\sFor\s[^;.:]{3,160}?,?\swe\s(?:\w+ly\s)?(?:recommend|suggest)\b)")
_WE = re.compile(r"\bwe\s(?:\w+ly\s)?(?:recommend|suggest)\b")


def _by_marks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    if not has_any(text[start : end - 1], _ENDS):
        _append(spans, text, start, end)
        return spans
    at = start
    graded = [one.span() for one in _GRADED.finditer(text, start, end)] if "ecommendation" in text[start:end] else []
    for match in _MARK.finditer(text, start, end):
        mark, stop = match.span()
        if any(begin < mark < close - 1 for begin, close in graded):
            continue
        if (
            text[mark] != "\n"
            and not _is_word(text[mark - _SHORT : mark])
            and _NO_END.search(text, max(0, mark - _LOOK_BACK), mark)
            and not _NAMED_BY_LETTER.search(text, max(0, mark - 3 * _LOOK_BACK), mark)
        ):
            continue
        _append(spans, text, at, stop)
        at = stop
    _append(spans, text, at, end)
    return spans


def _is_word(letters: str) -> bool:
    """Whether the letters before a mark are those of a word too long for an abbreviation: a cheap look, most are."""
    return letters.isalpha() and letters.islower() and letters != "approx"


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
