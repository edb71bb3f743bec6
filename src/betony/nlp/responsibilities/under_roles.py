"""Duties of a role that a heading or a line above them names, and they do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from betony.model import Basis, Block, Fact, Section, SectionType
from betony.nlp import actors, lists, vocabulary
from betony.nlp.clauses.signs import FINITE
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.sentences import sentences
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_ROLE = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,3}){0,3}\.?\s{1,4}|\([a-z]\)\s{1,4})?(?P<of>(?:The\s)?(?:Roles?|Duties|Responsibilit(?:y|ies))(?:\sand\s(?:duties|responsibilities))?\s(?:of|for)\s(?:the\s)?)?"
    r"(?P<role>[A-Z](?:[\w’'&/-]+[ ,]{1,2}(?!(?:the|an?|your|our|this|these)\b)){0,7}?[\w’'&/-]+?(?:\s\([A-Z][\w-]{1,12}\))?)"
    r"(?:\s(?:roles?|duties|responsibilities)(?:\sand\s(?:duties|responsibilities))?)?\s?[:–—-]?",
    re.IGNORECASE,
)
"""A line that is nothing but a role, with its number: "2.2 Ward managers", "Responsibilities of the matron"."""
_TERM = re.compile(r"\b(?:Responsibilit(?:y|ies)|Duties|Accountabilit(?:y|ies))\b", re.IGNORECASE)
"""What a heading calls the duties below it."""
_RECOMMENDED = re.compile(
    r"(?:(?:It|(?:The|This)\s(?:guidance|guideline|document|page))\s(?:makes|gives|has|includes|contains)\s)?(?:(?:The|Key|Main|Its)\s){0,2}(?P<term>[Rr]ecommendations?\sfor)\s(?P<role>[^:;.]{3,100}?)"
    r"(?:\s(?:also\s)?include(?:\s(?:these|the\sfollowing))?|\sare(?:\sto)?|\.\s(?:They|These)\sinclude)?\s?:"
)
"""A lead whose items are recommended to those whom it names."""
_CONDITION = re.compile(r"(?P<condition>(?:If|When|Where|Once|Before|After|Unless)\s[^,;:]{3,120}),\s(?=[a-z])")
"""The condition before what an item tells somebody to do."""
_LONGEST = 100
_STOPS = ".,;?!"
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|\(?[a-z]\)|\(?[ivx]{1,4}\))[ \t]{1,4}")
_PREFIX = re.compile(r"To\s|(?P<responsible>(?:Responsible|Accountable)\sfor\s)")
_OPENS = re.compile(r"(?:To\s|(?:Responsible|Accountable)\sfor\s)?(?P<verb>[A-Za-z]+)\s")
_POINTS = ("See ", "Refer to ", "Note ", "Read ", "Visit ", "Review date", "Contact ", "Click ", "Call ")
"""How a line opens that leads elsewhere."""
_SHORTEST = 3
"""Words; fewer name a task and tell nobody what to do."""
_ANCESTORS = 2
_LABELLED = 30
"""Characters before a colon that make what stands before it a label."""


@dataclass(frozen=True, slots=True)
class Role:
    """Who is to do what stands below, and what the heading above calls that: offsets into the text."""

    named: tuple[int, int] | None
    term: tuple[int, int] | None


def is_line(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a short line without a stop, as what heads the lines below is."""
    return end - start <= _LONGEST and text[end - 1] not in _STOPS


def named(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The role that text[start:end] names and nothing besides; None where it is no such line."""
    if not is_line(text, start, end):
        return None
    line = _ROLE.fullmatch(text, start, end)
    if (
        line is None
        or not (line["of"] or line["role"][0].isupper())
        or actors.kinds(line["role"]) in ((), ("patient",))
    ):
        return None
    return None if FINITE.search(line["role"]) or has_cue(line["role"]) else line.span("role")


def of_section(text: str, section: Section, sections: Sequence[Section]) -> Role:
    """The role that the section's heading names, and what it, or a heading above it, calls what is listed below."""
    term: tuple[int, int] | None = None
    above: Section | None = section
    for _ in range(_ANCESTORS):
        if above is None or term is not None or section.type is not SectionType.RESPONSIBILITIES:
            break
        called = _TERM.search(text, *above.heading) if above.heading else None
        term = called.span() if called else None
        above = sections[above.parent] if above.parent is not None else None
    return Role(named(text, *section.heading) if section.heading else None, term)


def listed(text: str, start: int, end: int, items: Sequence[Block], role: Role) -> Iterator[Fact]:
    """What text[start:end] says that the role is to do, sentence by sentence, each beginning with what is to be done."""
    if role.named is None or role.term is None:
        return
    start += lists.bullet(text[start:end])
    if number := _NUMBER.match(text, start, end):
        start = number.end()
    spans = sentences(text, start, end)
    for left, right in spans:
        said = text[left:right]
        whole = items if (left, right) == spans[-1] else ()
        if not _tells(said) or (said[-1] == ":" and not whole):
            continue
        opened = _PREFIX.match(said)
        said = said[opened.end() :] if opened else said
        term = (left, left + opened.end() - 1) if opened and opened["responsible"] else role.term
        yield Fact(
            kind="responsibility",
            value="\n".join([squeeze(said.rstrip(" .;")), *(lists.words(text, item) for item in whole)]),
            spans=((left, right), *((item.start, item.end) for item in whole), role.named, term),
            basis=Basis.EXPLICIT,
            rule="duty:role",
            detail={
                "actor": squeeze(text[slice(*role.named)]),
                "actor_kinds": list(actors.kinds(text[slice(*role.named)])),
                "modality": "responsible",
                "term": squeeze(text[slice(*term)]),
                "recipient": None,
                "condition": None,
                "generic": False,
            },
        )


def recommended_to(text: str, start: int, end: int) -> Role | None:
    """Those to whom a lead says that its items are recommended: "Recommendations for employers include:"."""
    lead = _RECOMMENDED.fullmatch(text, start, end)
    if lead is None or actors.kinds(lead["role"]) in ((), ("patient",)):
        return None
    return Role(lead.span("role"), lead.span("term"))


def recommended(text: str, item: Block, role: Role) -> Fact | None:
    """What the first sentence of an item tells the role to do; None where it is no instruction."""
    start, end = sentences(text, item.start + lists.bullet(text[item.start : item.end]), item.end)[0]
    said = text[start:end]
    opened = _CONDITION.match(said)
    told = said[opened.end() :] if opened else said
    if role.named is None or role.term is None or _first_word(told) not in verb_set():
        return None
    actor = text[slice(*role.named)]
    return Fact(
        kind="responsibility",
        value=squeeze(told.rstrip(" .;")),
        spans=((start, end), role.named, role.term),
        basis=Basis.EXPLICIT,
        rule="duty:recommended",
        detail={
            "actor": squeeze(actor),
            "actor_kinds": list(actors.kinds(actor)),
            "modality": "should",
            "term": squeeze(text[slice(*role.term)]),
            "recipient": None,
            "condition": squeeze(opened["condition"]) if opened else None,
            "generic": False,
        },
    )


def _first_word(words: str) -> str:
    return words.partition(" ")[0].lower()


def _tells(words: str) -> bool:
    """Whether the words begin with what is to be done: "Ensure", "Ensures", "Ensuring", "To ensure"."""
    opens = _OPENS.match(words)
    if opens is None or words.startswith(_POINTS) or ":" in words[:_LABELLED] or words[-1] == "?":
        return False
    return len(words.split()) >= _SHORTEST and any(
        form in verb_set() or form in vocabulary.read("duties")["deeds"]["verbs"]
        for form in _bare(opens["verb"].lower())
    )


def _bare(verb: str) -> Iterator[str]:
    """What the verb may be without its ending."""
    yield verb
    if verb.endswith("ies"):
        yield verb[:-3] + "y"
    elif verb.endswith("es"):
        yield verb[:-2]
    if verb.endswith("s"):
        yield verb[:-1]
    if verb.endswith("ing"):
        yield from (verb[:-3], verb[:-3] + "e", verb[:-4])
