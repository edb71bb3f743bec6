"""betony_codes: the clinical classification codes that the guidance gives, or says do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, Fact
from betony.nlp import carry, phrases, vocabulary
from betony.nlp.clauses.signs import FINITE
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.stems import Stems, places_in

_WORDS = vocabulary.read("codes")
_STEMS = Stems(name for names in (*_WORDS["systems"].values(), ("oding recommendation",)) for name in names)
_REACH = 40
"""Blocks below a system's name in which its codes may stand."""
_HEADING = 100
"""A block as short as this that names a system announces a list."""
_LONGEST = 600
"""A longer block is prose."""
_CODES = {
    "SNOMED CT": re.compile(r"(?<![\d.,/-])\d{6,18}(?![\d./,-]\d|\d)"),
    "OPCS-4": re.compile(
        r"(?:(?<![\w.-])|(?<=\sor)|(?<=\sand))[A-HJ-NP-Z]\d{2}\.(?:[\d-]|\s-(?=\s[A-Z]))(?!\d)|(?<![\w.-])[A-HJ-NP-Z]\d{2}(?![\w.-])"
    ),
    "ICD-10": re.compile(r"(?<![\w.-])[A-TV-Z]\d{2}(?:\.(?:\d{1,2}[X-]?|[X-]|\s-(?=\s[A-Z])))?(?![\w.-])"),
}
_TO = re.compile(r"\s?(?:[–-]|to\b)\s?[A-Z]\d{2}\b")
_FROM = re.compile(r"\b[A-Z]\d{2}(?:\.\d)?\s?(?:[–-]|\bto)\s?$")
"""What stands behind the first and before the last code of a range, "T85–T87", which names neither alone."""
_FROM_LONGEST = 12
_USED = re.compile(
    r"\s(?:(?:would|should|can|may|must|will)\s(?:also\s)?be|is|are)\s(?:also\s|then\s)?(?:recorded|assigned|used|added|coded|selected)\b"
)
"""Where a sentence goes on behind the words of a code: "Heel pain would be recorded if …"."""
_WORDS_OF_CODE = re.compile(
    r"\s(?P<words>[A-Z](?:(?!\bcodes?\b|\bcategor)(?:[^,;:.\n]|,(?=\s(?!which\b|who\b|and\b|or\b|if\b|when\b|where\b|as\b)[a-z]))){2,90})$"
)
_JOINED = re.compile(r"\s(?:or|and)(?:\s(?:a|the)\scode\sfrom(?:\scategory)?)?\s{0,2}$")
_ENDS = re.compile(r"\.$")
_LEADS_ON = re.compile(
    r"\s(?:and|plus|with|together\swith|followed\sby)\s(?:(?:one|any|either|all|both)\sof\s)?the\sfollowing\b[^.\n]{0,80}$"
)
"""How a line ends that leads from its code to those below it: "W92.1 Heel pressing and one of the following codes:"."""
_LEFT_OF_CODE = re.compile(r"[\s|(\[:;,–-]{1,20}$")
_RIGHT_OF_CODE = re.compile(r"[\s\t|)\]:;,.–-]+")
_LIST_SIGN = re.compile(r"^[\s•*·–-]+")
_CONCEPT_KIND = re.compile(r"\((procedure|disorder|finding|regime/therapy|body structure|situation|qualifier value)\)$")
_VERSION = re.compile(r"OPCS[\s-]?4(?:\.\d{1,2})?|ICD[\s-]?10(?!\.\d)|SNOMED(?:\sCT)?")
_LABELS = re.compile(
    r"[\s•*]{0,3}(?:(?:SNOMED CT\s)?preferred term(?:\s\(concept ID\))?|[Dd]iagnosis(?: or health condition)?|[Cc]odes?(?:\(s\))?)\s?:\s"
)
"""What announces a code on its own line, and is none of its words."""
_BRACKETED = re.compile(r"\s?\(?(?:ICD[\s-]?10|OPCS[\s-]?4(?:\.\d{1,2})?|SNOMED(?: CT)?)\)")
_COLUMN = "preferred term"
"""What stands over the codes of procedures and of conditions alike."""
_JOIN = re.compile(r"^(?:or|and|plus|with|in addition|followed by)\b\s{0,3}|\s(?:or|and|plus)$", re.IGNORECASE)


@Language.component("betony_codes", requires=["doc.user_data"], assigns=["doc.spans"])
def codes(doc: Doc) -> Doc:
    """Add facts of the kind code."""
    text = carry.text(doc)
    if places_in(doc).spans(_STEMS):
        carry.add_facts(doc, find(text, carry.blocks(doc), carry.document_type(doc)))
    return doc


def find(text: str, blocks: Sequence[Block], document_type: str | None = None) -> list[Fact]:
    """The codes that stand beside or below the name of their system, in the order of the text.

    A code that stands below two names belongs to the nearer one whose form it has; below SNOMED CT's one with a point that
    heads its line belongs to the system named above it. Under a heading that tells the system without naming it, a code counts
    at the head of its line alone. `document_type` is what the address says that the page is. Where the text says that a
    procedure has no code, a fact without a code carries the sentence as its note.
    """
    found: list[Fact] = []
    system, left, role, announced, told = "", 0, None, False, False
    covered = ""
    heading = (0, 0)
    for i in range(len(blocks)):
        start, end = blocks[i].start, blocks[i].end
        named = [(match.start(), _system(match.group())) for match in _VERSION.finditer(text, start, end)]
        if named:
            role = None if role == "alternative" and named[0][1] != system else role
            covered = (covered or system) if named[0][1] == "SNOMED CT" and announced else ""
            system, left = named[0][1], _REACH
            announced, told = end - start <= _HEADING, True
        elif end - start <= _HEADING and (meant := _meant_by(text, start, end, document_type)):
            system, left, announced, told = meant, _REACH, True, False
            heading = (start, end)
        if not left or end - start > 20 * _LONGEST:
            continue
        left -= 1
        note = list(_notes(text, start, end, system if announced else "")) if end - start <= _LONGEST else []
        found.extend(note)
        lead = _leads_on(text, start, end)
        below, end = end, lead.start() if lead else end
        said = _role(text[start:end], role) if end - start <= _LONGEST else None
        here = [] if note or end - start > _LONGEST else list(_of_block(text, start, end, named, system, said or role))
        if not here and covered not in ("", system) and not note and end - start <= _LONGEST:
            dotted = [fact for fact in _of_block(text, start, end, (), covered, said or role) if "." in fact.value]
            here = list(_at_the_head(text, start, dotted))
        if not told:
            here = [_meant(fact, heading) for fact in _at_the_head(text, start, here)]
        known = {(fact.detail["system"], fact.value) for fact in found}
        found.extend(fact for fact in here if (fact.detail["system"], fact.value) not in known)
        if lead:
            role = _role(text[end:below], None) or role
        elif said and not here:
            role = said
        elif said == "additional" and role == "alternative":
            role = None
        if named and not here and not said:
            role = None
    return _without_mentions(found)


def _leads_on(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where a line, behind a code, leads to those below it."""
    lead = _LEADS_ON.search(text, start, end) if end - start <= _LONGEST else None
    return lead if lead and _CODES["OPCS-4"].search(text, start, lead.start()) else None


_OF_PROCEDURES = ("nterventional procedure", "issued full guidance to the NHS")
"""Words of a page about a procedure; the second are how the overview of each such guidance begins."""


_PROCEDURES = "interventional_procedures_guidance"


def _meant_by(text: str, start: int, end: int, document_type: str | None) -> str | None:
    """The system that a heading tells without naming it, on a page about interventional procedures: other pages may give the
    codes of illnesses below the same words."""
    system: str | None = _WORDS["headings"].get(text[start:end].strip(" :").lower())
    of_procedures = document_type == _PROCEDURES or has_any(text, _OF_PROCEDURES)
    return system if system and of_procedures else None


def _at_the_head(text: str, start: int, facts: Sequence[Fact]) -> Iterator[Fact]:
    """The code with which a line begins, and those joined to it, "W92.1 Heel or W92.2 Toe"."""
    kept = False
    for fact in facts:
        at = fact.spans[0][0]
        kept = not _LIST_SIGN.sub("", text[start:at]) or (kept and _JOINED.search(text, start, at) is not None)
        if kept:
            yield fact


def _meant(fact: Fact, heading: tuple[int, int]) -> Fact:
    """A code whose system no word names: the heading above it tells, and is evidence as well."""
    return replace(fact, spans=(*fact.spans, heading), basis=Basis.INFERRED, rule=f"heading:{fact.detail['system']}")


def _without_mentions(found: Sequence[Fact]) -> list[Fact]:
    """Each code once, as it was first given: what speaks of it again is no other code."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in found:
        key = (str(fact.detail["system"]), fact.value)
        if not fact.value or key not in seen:
            kept.append(fact)
        seen.add(key)
    return kept


def verhoeff_valid(number: str) -> bool:
    """Whether the last digit of a SNOMED CT identifier is the check digit of those before it."""
    check = 0
    for place, digit in enumerate(reversed(number)):
        check = _D[check][_P[place % 8][int(digit)]]
    return check == 0


def _of_block(
    text: str, start: int, end: int, named: Sequence[tuple[int, str]], system: str, role: str | None
) -> Iterator[Fact]:
    hits: list[tuple[int, int, str]] = []
    for name, pattern in _CODES.items():
        for match in pattern.finditer(text, start, end):
            nearest = next((other for at, other in reversed(named) if at <= match.start()), system)
            if name != "SNOMED CT" and _of_range(text, start, *match.span()):
                continue
            if nearest == name and not _VERSION.match(text, max(start, match.start() - 5), match.end() + 2):
                hits.append((*match.span(), name))
    hits.sort()
    prose = text[start:end].rstrip().endswith(".") and bool(hits) and bool(_LIST_SIGN.sub("", text[start : hits[0][0]]))
    if hits and not named and not _is_listed(text, start, end, hits):
        return
    for n, (left, right, name) in enumerate(hits):
        before = max(hits[n - 1][1] if n else start, max((at for at, _ in named if at < left), default=start))
        after = hits[n + 1][0] if n + 1 < len(hits) else end
        span = _display(text, before, left, right, after, first=n == 0, named=bool(named))
        span = _label(text, _less_sentence(text, span), prose=prose) or _told(text, right, after)
        display = " ".join(text[slice(*span)].split()) if span else None
        code = "".join(text[left:right].split())
        kind = _CONCEPT_KIND.search(display or "")
        given = "condition" if kind and kind[1] in ("disorder", "finding") else ("procedure" if kind else role)
        detail = {
            "system": name,
            "code": code,
            "display": display,
            "role": given,
            "note": None,
            "check_digit_valid": verhoeff_valid(code) if name == "SNOMED CT" else None,
        }
        spans = ((min(left, span[0]), max(right, span[1])),) if span else ((left, right),)
        yield Fact("code", code, spans, Basis.EXPLICIT, f"system:{name}", detail=detail)


def _of_range(text: str, start: int, left: int, right: int) -> bool:
    """Whether the code is an end of a range."""
    return bool(_TO.match(text, right) or _FROM.search(text, max(start, left - _FROM_LONGEST), left))


def _less_sentence(text: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The words of a code up to where a sentence says what becomes of it."""
    used = _USED.search(text, *span) if span else None
    return (span[0], used.start()) if span and used and used.start() > span[0] else span


def _told(text: str, right: int, after: int) -> tuple[int, int] | None:
    """The words behind a code in a sentence that says when it is used, or names another: "the code W92.4 Heel pain would be
    recorded if", "from W92.- Heel pain or W93.- Toe pain"."""
    used = _USED.search(text, right, after) or _JOINED.search(text, right, after)
    stop = used or _ENDS.search(text, right, after)
    words = _WORDS_OF_CODE.match(text, right, stop.start()) if stop else None
    if words and not used and FINITE.search(words["words"]):
        return None
    return words.span("words") if words else None


def _label(text: str, span: tuple[int, int] | None, *, prose: bool) -> tuple[int, int] | None:
    """The words; none where they are part of a sentence or name a system."""
    if span is None or prose:
        return None
    start, end = span
    words = text[start:end]
    return (start, end) if re.search(r"[^\W\d_]{3}", words) and not _VERSION.search(words) else None


def _is_listed(text: str, start: int, end: int, hits: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the block is a line of a list of codes: it begins or ends with a code, or is short."""
    sign = _LIST_SIGN.match(text[start:end])
    first = start + (sign.end() if sign else 0)
    return hits[0][0] <= first + 1 or hits[-1][1] >= end - 2 or end - start < 200


def _display(
    text: str, before: int, left: int, right: int, after: int, *, first: bool, named: bool
) -> tuple[int, int] | None:
    """Where the words of a code stand: behind it, or for want of any, before it."""
    behind = _RIGHT_OF_CODE.match(text, right, after)
    start = behind.end() if behind else right
    line = text.find("\n", start, after)
    span = _trimmed(text, start, line if line >= 0 else after)
    if span and text[right : right + 1] != ")":
        return span
    if named and _VERSION.search(text, before, left):
        before = max(match.end() for match in _VERSION.finditer(text, before, left))
    if not first and not span:
        before = max(before, text.rfind("\n", before, left))
    return _trimmed(text, before, left) or span


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    label = _LABELS.match(text, start, end)
    start = label.end() if label else start
    if named := _BRACKETED.match(text, start, end):
        start = named.end()
    words = text[start:end]
    sign = _LIST_SIGN.match(words)
    start += sign.end() if sign else 0
    start += len(text[start:end]) - len(text[start:end].lstrip(" \t|:;,()[]\n\u00a0"))
    tail = _LEFT_OF_CODE.search(text, start, end)
    end = tail.start() if tail else end
    for _ in range(2):
        if join := _JOIN.search(text[start:end]):
            if join.start() == 0:
                start += join.end()
            else:
                end = start + join.start()
    # The bracket that closes what was opened before the words is none of them: "W92.4 (manipulation of joint)".
    closed_twice = text.count(")", start, end) - text.count("(", start, end)
    while end > start and (text[end - 1] in " ,;.\u00a0" or (closed_twice > 0 and text[end - 1] == ")")):
        closed_twice -= text[end - 1] == ")"
        end -= 1
    return (start, end) if any(char.isalpha() for char in text[start:end]) else None


def _notes(text: str, start: int, end: int, system: str) -> Iterator[Fact]:
    for left, right in sentences(text, start, end):
        if phrases.pattern(_WORDS["none"]).search(text, left, right):
            named = _VERSION.search(text, left, right)
            name = _system(named.group()) if named else system
            if not name:
                continue
            detail = {
                "system": name,
                "code": None,
                "display": None,
                "role": None,
                "note": " ".join(text[left:right].split()),
                "check_digit_valid": None,
            }
            yield Fact("code", "", ((left, right),), Basis.EXPLICIT, "no code", detail=detail)


def _role(words: str, above: str | None) -> str | None:
    """The role that the words give; "preferred term" alone names a column, and leaves the role `above` it as it is."""
    lower = words.lower()
    found = [(lower.find(cue), cue) for cue in _WORDS["roles"] if cue in lower]
    if not found:
        return None
    cue = min(found)[1]
    return above if above and cue == _COLUMN else str(_WORDS["roles"][cue])


def _system(words: str) -> str:
    systems: dict[str, list[str]] = _WORDS["systems"]
    return next(name for name, names in systems.items() if any(words.startswith(cue[:4]) for cue in names))


_D = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
"""Verhoeff's multiplication table."""
_P = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)
"""Verhoeff's permutations."""
