"""Which section says why a recommendation was made: one that says so below it, or one that names its number or its topic."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from betony import record as r
from betony.model import Fact, Layer, SectionType
from betony.nlp.heading_words import gives_reasons, normalise
from betony.nlp.looks import has_any

_WHY = re.compile(
    r"why (?:the committee|the panel|the group|we|nice) (?:made|developed|agreed)\b|why (?:has|have|did) (?:the committee|the panel|we|nice) (?:said|say|recommended|recommend|decided|decide) (?:this|these)\b|why (?:these|this|the) recommendations? (?:were|was) made"
    r"|rationale(?: and impact)?$"
)
"""How a heading begins, in lower case and without its number, below which it is said why."""
_NUMBER = r"\d{1,2}(?:\.\d{1,3}){1,3}"
_OF_NUMBERS = re.compile(
    rf"^Recommendations?\s(?P<numbers>{_NUMBER}(?:(?:,\s|\sand\s|,\sand\s|\sto\s|–){_NUMBER})*)\s*$", re.MULTILINE
)
"""A line that names the recommendations whose reasons follow: "Recommendations 1.1.1 to 1.1.3"."""
_RANGE = re.compile(rf"(?P<first>{_NUMBER})(?:(?:\sto\s|–)(?P<last>{_NUMBER}))?")
_ON_TOPIC = re.compile(r"\brationale and impact section on (?P<topic>[^.\n]{3,150}?)\s?\.")
"""What leads from a group of recommendations to the section with their reasons."""
_RECOMMENDING = (SectionType.RECOMMENDATIONS, SectionType.RESEARCH)
_STATEMENT = re.compile(r"(?:Quality\s)?[Ss]tatement\b")
_FIRST_LINES = 400
"""Characters at the head of a section in which it names the recommendations that it is about."""


def rationales(
    text: str, parts: Sequence[int], sections: Sequence[r.SectionRecord], facts: Sequence[Fact]
) -> list[str | None]:
    """Of each recommendation, in order, the id of the section that says why it was made; None where none says so of it.

    `parts` are where the pages begin: what stands below recommendations on another page says nothing of them.
    """
    if not facts:
        return []
    found: list[str | None] = [None] * len(facts)
    places = sorted((fact.spans[0][0], i) for i, fact in enumerate(facts))
    for section, begin, end in (*_below(parts, sections), *_on_topics(text, sections)):
        for _, i in places[bisect_left(places, (begin,)) : bisect_left(places, (end,))]:
            found[i] = section.id
    numbers = sorted((_parts(fact.detail["number"]), i) for i, fact in enumerate(facts))
    for section, first, last in _by_numbers(text, sections):
        for _, i in numbers[bisect_left(numbers, (first,)) : bisect_left(numbers, (last, len(facts)))]:
            found[i] = section.id
    return found


def _below(parts: Sequence[int], sections: Sequence[r.SectionRecord]) -> Iterator[tuple[r.SectionRecord, int, int]]:
    """Sections that say why, each with where the recommendations stand that it is about: those of the section over it, or of
    the ones before it with no more than a section on putting them into practice between, up to another that says why. The
    reasons of a quality statement are of the last one alone."""
    by_id = {section.id: section for section in sections}
    parents = {section.parent for section in sections}
    run: dict[str | None, int] = {}
    """Under each section where those begin that recommend, one after the other."""
    told: dict[str | None, int] = {}
    page = 0
    before: r.SectionRecord | None = None
    for section in sections:
        over = section.parent
        if (begun := bisect_right(parts, section.start)) != page:
            page, before = begun, None
            run.clear()
        if _says_why(section) and section.id not in parents:  # the sections of a chapter of reasons say what each is of
            parent = by_id[over] if over else None
            if parent is not None and parent.type in _RECOMMENDING:
                yield section, max(parent.start, told.get(over, 0)), section.start
            elif over in run:
                yield section, run[over], section.start
            elif before is not None and before.type is SectionType.RESEARCH:
                yield section, before.start, section.start
            told[over] = section.start  # a question within it is of the next
            run.pop(over, None)
        elif section.type in _RECOMMENDING:
            if section.heading and _STATEMENT.match(section.heading.text):
                run.pop(over, None)
            run.setdefault(over, section.start)
        elif section.type is not SectionType.IMPLEMENTATION:  # "What this means in practice" may stand between
            run.pop(over, None)
        before = section


def _says_why(section: r.SectionRecord) -> bool:
    heading = section.heading
    if heading is None or section.layer is not Layer.BODY or not has_any(heading.text.lower(), ("why", "rationale")):
        return False
    return gives_reasons(heading.text) or _WHY.match(normalise(heading.text)) is not None


def _on_topics(text: str, sections: Sequence[r.SectionRecord]) -> Iterator[tuple[r.SectionRecord, int, int]]:
    """Sections to which a sentence among recommendations leads by their heading, with where those recommendations stand:
    before the sentence in its section, behind the last one of its kind."""
    if "rationale and impact section on" not in text:
        return
    headed = {
        normalise(section.heading.text): section
        for section in sections
        if section.heading and section.type is SectionType.DISCUSSION
    }
    for section in sections:
        begin = section.start
        for match in _ON_TOPIC.finditer(text, section.start, section.end):
            if target := headed.get(normalise(match["topic"])):
                yield target, begin, match.start()
            begin = match.end()


def _by_numbers(
    text: str, sections: Sequence[r.SectionRecord]
) -> Iterator[tuple[r.SectionRecord, tuple[int, ...], tuple[int, ...]]]:
    """Sections that give reasons and name the recommendations that these are of, by number, from the first to the last."""
    for section in sections:
        if section.type is SectionType.DISCUSSION and (
            named := _OF_NUMBERS.search(text, section.start, min(section.end, section.start + _FIRST_LINES))
        ):
            for one in _RANGE.finditer(named["numbers"]):
                yield section, _parts(one["first"]), _parts(one["last"] or one["first"])


def _parts(number: str | None) -> tuple[int, ...]:
    """The parts of a number, `1.2.10` as (1, 2, 10); none where it is no such number."""
    return tuple(map(int, number.split("."))) if number and re.fullmatch(_NUMBER, number) else ()
