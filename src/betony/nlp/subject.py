"""Of what a statement speaks: of the page's own document, of a part of it, or of something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from betony.nlp import phrases, references

_S = r"\s{1,3}"
_DATED = r"(?:[A-Z][a-z]{2,8},?\s(?:19|20)\d\d|\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d)"
_PREFIX = re.compile(
    rf"(?:\d{{1,2}}\.\d{{1,3}}{_S}(?=This{_S}|The{_S}(?:guid|NICE))|{_DATED}\s?[:–—-]{_S}|(?:19|20)\d\d{_S}(?=(?-i:[A-Z]))|(?:In|On|As{_S}of|From|Since){_S}{_DATED},?{_S}|(?:When|Once){_S}(?:published|final|finali[sz]ed|approved),?{_S}"
    rf"|(?:After|Following){_S}(?:this|the|our|a){_S}(?:\w+{_S}){{0,2}}(?:review|check|consultation|assessment|surveillance),?{_S}"
    rf"|(?:Therefore|Thus|Consequently|Hence|However|Accordingly),?{_S}"
    rf"|(?:Update|Note|Notice|Important|Please{_S}note)\s?[:–—-]?{_S}(?:that{_S})?){{0,2}}"
)
_MIDDLE = (
    r"(?:[,(]? ?(?:also|now|therefore|then|which|that|and|both|partly|itself|currently|both)\b| ?[(\[][A-Z]{2,4}\d{1,4}[)\]]"
    r"|[,(]? ?(?:(?:first|was|were|originally|which|is|now) ){0,3}(?:published|issued|produced|developed)(?: (?:in|on|by))? [^,;()]{0,40}?[,)]?"
    r"| on [^,;.()]{3,120}?)*"
)
_AND_ANOTHER = r" and (?:NICE )?[A-Z]{2,4}\d{1,4}"
"""Another document of which the same is said: "This guidance and TA1 have been"."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb is said of."""

    own: bool
    """The page's own document, or a part of it."""
    part: tuple[int, int] | None = None
    """Where the part of it is named."""


OTHER = Subject(own=False)
OWN = Subject(own=True)


def of(text: str, start: int, end: int) -> Subject:
    """The subject of a verb at `end` of the sentence that begins at `start`."""
    prefix = _PREFIX.match(text, start, end)
    start = prefix.end() if prefix else start
    if end - start > 300:
        return OTHER
    own, part = _own(), _part()
    if own.fullmatch(text, start, end):
        said = text[start:end]
        if said[:3].lower() == "the" and references.find(text, start, end):
            return OTHER
        return OWN
    if match := part.fullmatch(text, start, end):
        return Subject(own=True, part=match.span("part"))
    match = _some().fullmatch(text, start, end)
    if match and not references.find(text, start, end):
        return Subject(own=True, part=match.span("part"))
    return OWN if _is_own_reference(text, start, end) else OTHER


def _is_own_reference(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is no more than the reference that the page's header gives: "NICE guideline NG901 has been"."""
    if end - start > _REFERENCE_LONGEST or not text[start:end].strip()[-1:].isdigit():
        return False
    named = references.find(text, start, end)
    if len(named) != 1 or named[0].start - start > len("The NICE ") or text[named[0].end : end].strip():
        return False
    lead = text[start : named[0].start].strip()
    return lead in ("", "The", "NICE", "The NICE") and named[0].id == references.of_header(text)


_REFERENCE_LONGEST = 80


def is_named(text: str, start: int, end: int, reference: str | None) -> bool:
    """Whether text[start:end] is no more than the document's name with the `reference` that its address has: "NICE guideline NG901",
    "Indicator IND90"."""
    if reference is None or end - start > _NAME_LONGEST:
        return False
    prefix = _PREFIX.match(text, start, end)
    start = prefix.end() if prefix else start
    named = references.find(text, start, end)
    if reference not in {one.identifier for one in named}:
        return False
    together = all(_AND.fullmatch(text, one.end, other.start) for one, other in pairwise(named))
    return (
        together
        and _NAMING.fullmatch(text, start, named[0].start) is not None
        and _NAMED.fullmatch(text, named[-1].end, end) is not None
    )


_AND = re.compile(r"[)\]]?(?:,|,?\sand)\s(?:NICE\s)?(?:[a-z]{1,16}\s){0,3}")
"""What stands between the names of documents of which the same is said: "NG1, NG2 and NG3"."""


_NAME_LONGEST = 250
_NAMING = re.compile(
    r"(?:(?:The|the|Our|our)\s)?(?:NICE(?:['’]s)?\s)?(?:(?!(?:to|of|in|from|for|by|with|and|or|that|which|on|as|at|than)\s)[A-Za-z][a-z]{0,16}\s){0,4}(?:(?:on|for)\s[^.;:()]{3,120}\s)?[(\[]?"
)
_NAMED = re.compile(r"[)\]]?(?:,?\s(?:also|now|therefore|has|have|was|is))?\s*")


def is_own_name(text: str, start: int, end: int) -> bool:
    """Whether the sentence opens by naming a document and says of it when it was published, as the lead of a page does."""
    found = references.find(text, start, min(end, start + 120))
    return bool(found) and found[0].start - start < 6 and _PUBLISHED.search(text, found[0].end, end) is not None


_PUBLISHED = re.compile(r"\bwas\s(?:first\s)?published\s(?:in|on)\s")


def _own() -> re.Pattern[str]:
    return phrases.pattern(
        rf"(?:(?:the (?:information|advice|content|recommendations(?= (?:in|on) this)) (?:in|on|of) )?{{self}}(?: [A-Z]{{2,5}}/(?:19|20)\d\d/\d{{1,4}})?|these recommendations|this (?:information|leaflet|booklet)|it|this)(?:{_AND_ANOTHER}|{_MIDDLE})\s*"
    )


def _part() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:\d{1,2}(?:\.\d{1,3}){1,4} )?(?:the )?(?P<part>{part}(?: (?:on|about|covering) [^,;.()]{3,80}?)?)(?: (?:of|in|from) {self})?"
        r"(?: (?:also|now))?\s*"
    )


def _some() -> re.Pattern[str]:
    """A part that has no number: "Some advice on heels", "Part of this guideline"."""
    return phrases.pattern(
        r"(?:the )?(?P<part>(?:(?:some|many|most|several|two|three|parts?|one) (?:of )?(?:the |its |our )?(?:advice|recommendations?|guidance|information|content|sections)"
        r"|recommendations (?:(?:of|in|from) {self} )?(?:relating to|concerning|regarding|covering|on|about|for) (?!this\b|these\b)[^,;.()]{3,100}?"
        r"|(?:some|parts?|one part|a part|most) of {self})(?: (?:on|about|covering) (?![^,;.()]{0,60} other\b)[^,;.()]{3,160}?)?)"
        r"(?: (?:(?:of|in|from) )?{self})?(?: (?:also|now))?\s*"
    )
