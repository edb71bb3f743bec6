"""References to the publisher's documents in running text, in their many written forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from betony.nlp import phrases, vocabulary

PUBLISHER = "nice"
"""All letters of vocabulary/types.toml are this publisher's."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of one document; offsets are half-open code points into the text."""

    start: int
    end: int
    identifier: str
    """The reference as its publisher prints it: `IPG508`."""
    letters: str
    """The letters of the type: `IPG`."""

    @property
    def id(self) -> str:
        """The id of the document's record: `nice:ipg508`."""
        return f"{PUBLISHER}:{self.identifier.lower()}"


def find(text: str, start: int, end: int) -> list[Reference]:
    """The references within text[start:end], in order: named ("technology appraisal guidance 53 and 60", "Clinical
    guideline; no. 169", "NICE guideline [NG8]"), by letters ("TA001", "IPG 233" behind a name), and projects ("GID-...").
    """
    found: list[Reference] = []
    if not _DIGIT.search(text, start, end):
        return found
    for match in _pattern().finditer(text, start, end):
        if match["project"]:
            found.append(Reference(*match.span(), match["project"].upper(), "GID"))
        elif match["alone"]:
            found.append(_reference(match.start(), match.end(), match["alone"], match["number"]))
        else:
            letters = match["letters"] or _letters(match["name"])
            found.append(_reference(match.start(), match.end("first"), letters, match["first"]))
            for more in _MORE.finditer(text, match.end("first"), match.end()):
                found.append(_reference(*more.span("number"), more["letters"] or letters, more["number"]))
    return found


def of_header(text: str) -> str | None:
    """The id that the first lines give as the document's own, on a line of their own, behind its type or a label, or behind the
    title; None where they give several."""
    first = text.find("\n", len(text) - len(text.lstrip()))
    title = _behind_title().search(text, 0, first if 0 <= first < _HEADER else _HEADER)
    found = [*_in_header().finditer(text, 0, _HEADER), *filter(None, [title])]
    named = {f"{PUBLISHER}:{one['letters'].lower()}{int(one['number'])}" for one in found}
    return named.pop() if len(named) == 1 else None


def alone(words: str) -> Reference | None:
    """The reference that the words are, and nothing else, as people write it in a list: `NG28`, `ng 28`, `TA-53`."""
    match = _ALONE.fullmatch(words)
    return _reference(0, len(words), match["letters"], match["number"]) if match else None


def document_type(letters: str) -> str | None:
    """The type of document that the letters of a reference stand for."""
    entry = vocabulary.read("types").get(letters)
    return entry["type"] if entry else None


def letters_of(name: str) -> str | None:
    """The letters of the type that running text calls so."""
    words = re.sub(r"\s+", " ", name.lower())
    return next((key for key, entry in vocabulary.read("types").items() if words in entry["names"]), None)


def _letters(name: str) -> str:
    return letters_of(name) or ""


def _reference(start: int, end: int, letters: str, number: str) -> Reference:
    letters = letters.upper()
    return Reference(start, end, f"{letters}{int(number)}", letters)


_DIGIT = re.compile(r"\d")
_LETTERS = "|".join(sorted(vocabulary.read("types"), key=len, reverse=True))
_NUMBER = r"(?!(?:19|20)\d\d\b)\d{1,4}\b(?!\.\d|%|[\s-](?:years?|months?|days?|weeks?)\b)"
_MORE = re.compile(rf"(?P<letters>{_LETTERS})?\s?(?P<number>\d{{1,4}})\b")
_ALONE = re.compile(rf"(?i:(?P<letters>{_LETTERS}))[ \u00a0-]?(?P<number>\d{{1,4}})")


_HEADER = 600


_OWN_NUMBER = rf"(?P<letters>{_LETTERS})\s?0*(?P<number>[1-9]\d{{0,3}})"


@cache
def _in_header() -> re.Pattern[str]:
    names = phrases.expand("{type_name}")
    return re.compile(
        rf"^(?:(?:Reference(?:\snumber)?\s?:\s{{0,3}}|NICE\s)?(?:(?i:{names})\s?)?[(\[]?)?{_OWN_NUMBER}[)\]]?"
        r"(?=\s*$|\s+(?:Published|Issued|Last\supdated)\b)",
        re.MULTILINE,
    )


@cache
def _behind_title() -> re.Pattern[str]:
    names = phrases.expand("{type_name}")
    return re.compile(rf"[(\[](?:NICE\s)?(?:(?i:{names})\s?)?{_OWN_NUMBER}[)\]]\s*$")


@cache
def project() -> re.Pattern[str]:
    """A project's standing and reference as the header of its page begins a line: `In development [GID-NG10099]`."""
    standings = "|".join(vocabulary.read("status")["project"])
    return re.compile(
        rf"[ \t•|*-]{{0,6}}(?P<standing>(?i:{standings}))\s{{1,2}}\[?(?P<reference>GID-[A-Za-z]{{2,8}}\d{{1,6}})\b\]?"
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = phrases.expand("{type_name}")
    sign = r"(?:[;,]?\s?[Nn](?:os?|umbers?)\b\.?\s?|\s?[\[(]|\s)"
    return re.compile(
        rf"\b(?:(?P<project>GID-[A-Za-z]{{2,6}}\d{{1,6}}\b)"
        rf"|(?:NICE['’]?s?\s)?(?i:(?P<name>{names})){sign}(?P<letters>{_LETTERS})?\s?(?P<first>{_NUMBER})"
        rf"(?:(?:,\s|,?\sand\s|\s&\s)(?:{_LETTERS})?{_NUMBER}(?!\s(?:of|to)\b)){{0,12}}[\])]?"
        rf"|(?P<alone>{_LETTERS})(?P<number>\d{{1,4}})\b(?!\.\d))"
    )
