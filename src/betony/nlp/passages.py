"""What a passage without a heading is for, judged by what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from betony.model import SectionType
from betony.nlp import numbered, vocabulary

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{1,2}},)? (?:19|20)\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
_DATE_LINE = re.compile(rf"(?:(?:[a-z][a-z ]{{0,40}}|[\w ]{{1,20}},):? ?)?(?:{_DATE})\.?")
"""A line that holds a date and at most a few words that say of what: `Updated Jan. 30, 2023`, `Next review: May 2024`."""
_LONGEST_DATE_LINE = 80
_DATED_ENTRY = re.compile(rf"(?:\d{{1,2}} )?{_MONTH} (?:19|20)\d\d: \S")
"""What begins with its month, as the entries of an update history do: `May 2019: We added …`."""


_FIELD = re.compile(r"[A-Z][\w'’/ -]{1,40}: ?\S.{0,120}$")


@dataclass(frozen=True, slots=True)
class Judgement:
    type: SectionType
    rule: str
    sure: bool = False
    """The words are hardly ever said of anything else."""
    faint: bool = False
    """The words are often said of something else."""


def judge(passage: str) -> Judgement | None:
    """The type that the passage's own words give it, or None where they say nothing.

    A passage that speaks of documents (guidance, recommendations, who issued them) is about the guidance, and one that
    speaks of bodies, devices and operations is about what the guidance is on; what it announces (an update, a duty,
    a licence) goes before both. On the leads of 66 real pages on interventional procedures this order was read off.
    """
    words = passage.lower()
    if _DATED_ENTRY.match(words):
        return Judgement(SectionType.STATUS, "words:an entry of a history", sure=True)
    if is_date(words):
        return Judgement(SectionType.STATUS, "words:a date and what it is of", sure=True)
    if is_kind_of_draft(words):
        return Judgement(SectionType.STATUS, "words:the name of a kind of draft", sure=True)
    instructs = numbered.instructs(passage)
    begun = _begun(words)
    for type_, strength, beginnings, phrases in _phrases():
        if instructs and strength != "sure":  # the typer knows most of them, so it need say little
            return Judgement(SectionType.RECOMMENDATIONS, "words:a numbered instruction", faint=True)
        if not begun.isdisjoint(beginnings) and (match := _any_of(phrases).search(words)):
            rule = f"words:{match.group().strip()[:40]}"
            return Judgement(type_, rule, sure=strength == "sure", faint=strength == "faint")
    return None


def _begun(words: str) -> set[str]:
    """The beginnings of phrases that the words hold; those that share their first word are looked for where it stands."""
    return {
        beginning
        for first, beginnings in _by_first_word().items()
        if first in words
        for beginning in beginnings
        if beginning in words
    }


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    every = sorted({beginning for _, _, beginnings, _ in _phrases() for beginning in beginnings})
    return {first: tuple(alike) for first, alike in groupby(every, lambda beginning: beginning.split(" ")[0])}


def is_date(line: str) -> bool:
    """Whether the line holds a date, and at most a few words that say of what."""
    return len(line) <= _LONGEST_DATE_LINE and _DATE_LINE.fullmatch(line.lower()) is not None


def is_kind_of_draft(line: str) -> bool:
    """Whether the line is the name of a kind of draft, and nothing more: `Appraisal consultation document 2`."""
    return len(line) <= _LONGEST_DATE_LINE and line.lower().rstrip(" 0123456789") in _drafts()


def is_of_itself(line: str) -> bool:
    """Whether the line is a name with its value that a document says of itself: `Next review: to be scheduled`."""
    return is_field(line) and line.partition(":")[0].lower() in _fields()


def is_field(line: str) -> bool:
    """Whether the line is a name with its value: `Policy number: 6`."""
    return _FIELD.match(line) is not None


def judge_fields(lines: Sequence[str]) -> Judgement | None:
    """The type of lines `Name: value` in a row: status, where most names are of what a document says of itself."""
    names = [line.partition(":")[0].lower() for line in lines]
    if sum(name in _fields() for name in names) > len(names) / 2:
        return Judgement(SectionType.STATUS, "words:fields of a document", sure=True)
    return None


@cache
def _fields() -> frozenset[str]:
    return frozenset(vocabulary.read("passages").get("fields", ()))


@cache
def _drafts() -> frozenset[str]:
    return frozenset(vocabulary.read("passages").get("drafts", ()))


@cache
def _phrases() -> tuple[tuple[SectionType, str, frozenset[str], tuple[str, ...]], ...]:
    """The phrases of each type, the sure ones of all types first; before them what they begin with, which is quickly
    looked for."""
    entries = [
        (type_, entry) for type_, entry in vocabulary.read("passages").items() if type_ not in ("fields", "drafts")
    ]
    return tuple(
        (SectionType(type_), strength, frozenset(phrase.split(" … ")[0] for phrase in phrases), tuple(phrases))
        for strengths in (("sure",), ("phrases", "faint"))
        for type_, entry in entries
        for strength in strengths
        if (phrases := entry.get(strength))
    )


@cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, phrases)))


def _pattern(phrase: str) -> str:
    return re.escape(phrase).replace(re.escape(" … "), r"\b[^.]{0,60}?\b")
