"""What a passage without a heading is for, judged by what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from betony.model import SectionType
from betony.nlp import numbered, vocabulary

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{1,2}},)? (?:19|20)\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
_DATE_LINE = re.compile(rf"(?:(?:[a-z][a-z ]{{0,40}}|[\w ]{{1,20}},):? ?)?(?:{_DATE})\.?")
"""A line that holds a date and at most a few words that say of what: `Updated Jan. 30, 2023`, `Next review: May 2024`."""
_LONGEST_DATE_LINE = 80
_DATED_ENTRY = re.compile(rf"(?:\d{{1,2}} )?{_MONTH} (?:19|20)\d\d: \S")
"""What begins with its month, as the entries of an update history do: `May 2019: We added …`."""


_OPENING = "([{\"'“‘*•–-"
"""What may stand before a word's first letter."""
Phrases = Mapping[str, Sequence[tuple[int, str]]]
"""By what they begin with, each with its place in the vocabulary."""
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
    if not begun and not instructs:
        return None
    for type_, strength, phrases in _phrases():
        if instructs and strength != "sure":  # the typer knows most of them, so it need say little
            return Judgement(SectionType.RECOMMENDATIONS, "words:a numbered instruction", faint=True)
        if not begun.isdisjoint(phrases) and (said := _first_said(words, phrases, begun)):
            rule = f"words:{said.strip()[:40]}"
            return Judgement(type_, rule, sure=strength == "sure", faint=strength == "faint")
    return None


def _begun(words: str) -> set[str]:
    """The beginnings of phrases that the words hold, those of several words only where their first word begins one."""
    by_word, others = _beginnings()
    first = by_word.keys() & {word.lstrip(_OPENING) for word in words.split()}
    return {beginning for word in first for beginning in by_word[word] if beginning in words} | {
        beginning for beginning in others if beginning in words
    }


def _first_said(words: str, phrases: Phrases, begun: set[str]) -> str | None:
    """Of the phrases that the words hold the one that stands first in them, as it stands there."""
    found = [
        (match.start(), place, match.group())
        for beginning in begun.intersection(phrases)
        for place, phrase in phrases[beginning]
        if (match := _pattern(phrase).search(words))
    ]
    return min(found)[2] if found else None


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
def _phrases() -> tuple[tuple[SectionType, str, Phrases], ...]:
    """The phrases of each type, the sure ones of all types first."""
    entries = [
        (type_, entry) for type_, entry in vocabulary.read("passages").items() if type_ not in ("fields", "drafts")
    ]
    return tuple(
        (SectionType(type_), strength, _by_beginning(phrases))
        for strengths in (("sure",), ("phrases", "faint"))
        for type_, entry in entries
        for strength in strengths
        if (phrases := entry.get(strength))
    )


def _by_beginning(phrases: Sequence[str]) -> Phrases:
    found: dict[str, list[tuple[int, str]]] = {}
    for place, phrase in enumerate(phrases):
        found.setdefault(phrase.split(" … ")[0], []).append((place, phrase))
    return found


@cache
def _beginnings() -> tuple[dict[str, list[str]], list[str]]:
    """What phrases begin with, which is quickly looked for: by its first word where a space follows; and the others."""
    by_word: dict[str, list[str]] = {}
    others: list[str] = []
    for beginning in sorted({beginning for _, _, phrases in _phrases() for beginning in phrases}):
        word, space, _ = beginning.lstrip(" ").partition(" ")
        (by_word.setdefault(word, []) if space and word[:1].isalpha() else others).append(beginning)
    return by_word, others


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(re.escape(phrase).replace(re.escape(" … "), r"\b[^.]{0,100}?\b"))
