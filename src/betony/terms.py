"""The terms that a document states of itself: whose it is, and under what licence it may be used again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from betony import publishers
from betony.model import Block, BlockKind, Document, License

_LONGEST = 1_500
"""A longer passage tells more than its terms."""
_OWNER = re.compile(
    r"(?:©|copyright\s{1,2}(?:©|\(c\)|(?=(?:19|20)\d\d)))(?=.{0,150}(?:\b(?:19|20)\d\d\b|rights reserved|crown))",
    re.IGNORECASE,
)
_OWNER_ENDS = re.compile(r"\.(?:\s|$)|\n")
_OWN_TERMS = re.compile(
    r"(?:all content|content (?:is|on)|except (?:where|as)|unless|licen[cs]ed|available under"
    r"|this (?:publication|document|work|page|guidance|guideline|material|report|site|website|information|content)"
    r"|you (?:may|can) (?:re-?use|copy|download|reproduce))\b",
    re.IGNORECASE,
)
"""How a passage begins that speaks of the whole document and not of a picture or a tool in it."""
_INITIALS = frozenset("©aceltuyACELTUY")
_BEGINNINGS = frozenset(("all", "ava", "con", "cop", "exc", "lic", "thi", "unl", "you"))
"""What a passage begins with that states either; most are told apart by it."""
_LICENCE = re.compile(
    r"open government licen[cs]e|creative commons|\bCC[ -]BY\b|rights reserved|under the terms of the .{0,60}licen[cs]e",
    re.IGNORECASE,
)
_LICENCE_ADDRESS = re.compile(r"licen[cs]e|creativecommons\.org", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]{1,300}[^\s<>()\[\].,;:]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """What was found and where: half-open code-point offsets into the document's text."""

    license: License
    spans: tuple[Span, ...]


def stated(document: Document) -> Statement | None:
    """The first copyright line and the first licence of the document as a whole; None where it states neither.

    Page furniture counts: a site's footer says under what terms its pages stand.
    """
    owner = terms = None
    text = document.text
    for each in document.blocks:
        start = each.start
        if text[start] not in _INITIALS or each.end - start > _LONGEST:
            continue
        if each.kind is BlockKind.HEADING or not (text[start] == "©" or text[start : start + 3].lower() in _BEGINNINGS):
            continue
        if owner is None and _OWNER.match(text, start, each.end):
            owner = each
        if terms is None and _is_terms(text, each, owner):
            terms = each
    terms = terms or owner
    if terms is None:
        return None
    end = _end(document.text, terms)
    spans = tuple(sorted({(each.start, end if each is terms else each.end) for each in (owner, terms) if each}))
    return Statement(
        License(
            text=_words(document.text, (terms.start, end)),
            url=_address(document, terms),
            attribution=_words(document.text, _owner(document.text, owner)) if owner else None,
        ),
        spans,
    )


def _end(text: str, terms: Block) -> int:
    """Where the terms end: behind the words that end a publisher's terms, whatever a print has run on with."""
    found = (words.search(text, terms.start, terms.end) for words in _last_words())
    return next((last.end() for last in found if last), terms.end)


@cache
def _last_words() -> tuple[re.Pattern[str], ...]:
    """How each publisher's terms end that says so; its prints stand on others' sites too, so all are looked for."""
    return tuple(re.compile(each.terms_end) for each in publishers.every().values() if each.terms_end)


def _is_terms(text: str, block: Block, owner: Block | None) -> bool:
    begins = block is owner or _OWN_TERMS.match(text, block.start, block.end)
    return bool(begins and _LICENCE.search(text, block.start, block.end))


def _owner(text: str, block: Block) -> Span:
    ends = _OWNER_ENDS.search(text, block.start, block.end)
    return block.start, ends.start() if ends else block.end


def _address(document: Document, block: Block) -> str | None:
    for link in document.links:
        if block.start <= link.start < block.end and link.url and _LICENCE_ADDRESS.search(link.url):
            return link.url
    written = _ADDRESS.finditer(document.text, block.start, block.end)
    return next((each.group() for each in written if _LICENCE_ADDRESS.search(each.group())), None)


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())
