"""What the publisher prints on the first page of a document made for print: its title, type, date, and address or reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from betony.nlp import phrases, references

_HEAD = 3000
"""Characters in which the first page stands, whatever a site prints above it."""
_CUE = "nice.org.uk/"
_ADDRESS = re.compile(r"nice\.org\.uk/(?:guidance|advice|process)/(?P<letters>[a-z]{2,5})(?P<number>\d{1,4})\b(?![/-])")
_DATED = re.compile(
    r"\b(?:Published|Issued):?\s{1,3}\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d\s{0,3}(?:https?://)?(?:www\.)?$"
)
"""What stands before the address on a first page, and in no list of links."""
_DATED_LONGEST = 70
_PAGE = re.compile(r"\d{1,3}\s(?=[A-Z])")
"""The page's number, where a site has read the print as one run of words."""
_TWICE = re.compile(r"(?P<once>.{8,200}?)\s?(?P=once)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_TITLE = re.compile(r"\bPage\s\d|[·…|]|nice\.org")
_SHORTEST, _LONGEST = 8, 250
_ISSUED = re.compile(
    r"\s{0,9}[A-Z][A-Za-z -]{5,60}\n{1,2}Issued:\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d(?:\s\([a-z ]{4,20}:\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d\))?\n{1,3}"
    r"(?:(?P<letters>[A-Z]{2,5})\d{1,4}\n{1,3})?(?P<title>[A-Z][^\n]{3,250}[^\n.:])(?:\n{1,3}(?P<extract>This\sis\san\sextract\sfrom\s)|\n|$)"
)
"""The older form, line by line: type, month, reference, title; where the reference is lost, what stands below the title tells it."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a first page says; spans are half-open code-point offsets into the text."""

    identifier: str
    reference: tuple[int, int]
    title: tuple[int, int] | None
    """None where it is not printed in one line, or where the capture has garbled it."""


def find(text: str) -> Imprint | None:
    """The imprint at the head of the text; none where the imprints of several documents stand there."""
    found: list[Imprint] = []
    at = text.find(_CUE, 0, _HEAD)
    while at >= 0:
        if imprint := _at(text, at):
            found.append(imprint)
        at = text.find(_CUE, at + len(_CUE), _HEAD)
    if len({imprint.identifier for imprint in found}) != 1:
        return None
    return next((imprint for imprint in found if imprint.title), found[0])


def issued(text: str) -> tuple[int, int] | None:
    """Where the title of the older form stands."""
    match = _ISSUED.match(text) if "Issued: " in text[:_LONGEST] else None
    told = match and (references.document_type(match["letters"]) if match["letters"] else match["extract"])
    return match.span("title") if match and told else None


def _at(text: str, at: int) -> Imprint | None:
    address = _ADDRESS.match(text, at)
    dated = _DATED.search(text, max(0, at - _DATED_LONGEST), at)
    if address is None or dated is None or not references.document_type(address["letters"].upper()):
        return None
    identifier = f"{address['letters'].upper()}{int(address['number'])}"
    reference = (address.start("letters"), address.end("number"))
    return Imprint(identifier, reference, _title(text, dated.start()))


def _title(text: str, end: int) -> tuple[int, int] | None:
    """The words on the line between the page's number and the type, once where the print gives them twice."""
    start = max(text.rfind("\n", 0, end) + 1, end - 2 * _LONGEST)
    typed = _type_at_end().search(text, start, end)
    if typed is None:
        return None
    end = typed.start()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if page := _PAGE.match(text, start, end):
        start = page.end()
    if twice := _TWICE.fullmatch(text, start, end):
        end = twice.end("once")
    words = text[start:end]
    if not (_SHORTEST <= len(words) <= _LONGEST and words[0].isupper()) or _NO_TITLE.search(words):
        return None
    return None if _is_garbled(words) else (start, end)


def _is_garbled(words: str) -> bool:
    """Whether two words stand side by side more than once, as where a bold title was read letter by letter."""
    each = _WORD.findall(words.lower())
    pairs = list(pairwise(each))
    return len(pairs) != len(set(pairs))


@cache
def _type_at_end() -> re.Pattern[str]:
    return re.compile(rf"\s(?i:{phrases.type_names()}|process and methods)\s{{0,3}}$".replace(" ", r"\s"))
