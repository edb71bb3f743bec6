"""What the document states: relations to others, recommendations, duties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from betony import record as r
from betony.assembly.contents import target_of
from betony.assembly.dates import dated
from betony.assembly.draft import Draft, cleaned, ground, start_of
from betony.assembly.rationales import rationales
from betony.model import Fact
from betony.nlp import arrangements
from betony.text import clean, squeeze


def relations(draft: Draft, record_id: str) -> list[r.Relation]:
    """The relations to other documents; what names the page's own as the other is none."""
    found = (_relation(draft, fact) for fact in draft.facts("relation"))
    return [relation for relation in found if relation.target.id != record_id]


def _relation(draft: Draft, fact: Fact) -> r.Relation:
    """A relation to another document."""
    kind: Any = fact.value
    return r.Relation(
        type=kind,
        target=_led_to(draft, r.Target(**cleaned(fact.detail["target"])), fact.spans),
        scope=fact.detail.get("scope"),
        draft=bool(fact.detail.get("draft", False)),
        date=dated(draft, fact, "date"),
        **ground(draft, fact),
    )


def _led_to(draft: Draft, target: r.Target, spans: Sequence[tuple[int, int]]) -> r.Target:
    """The target with the address that its words are linked to, and where the words hold no reference the id of the record
    that the address gives.
    """
    if not target.label or target.url:
        return target
    for start, end in spans:
        at = draft.text.find(target.label, start, end)
        if at < 0:
            continue
        link = next(
            (link for link in draft.product.links if link.start < at + len(target.label) and at < link.end), None
        )
        if link and link.url:
            known = target.id or target_of(link.url)
            own = draft.parts[0].identity.record_id
            return target.model_copy(update={"url": link.url, "id": None if known == own else known})
    return target


def recommendations(draft: Draft, record_id: str, document_type: str | None = None) -> list[r.Recommendation]:
    """The recommendations, each with an id that its number or its words give; what one of an appraisal decides is read as such
    also where the address alone tells that the page is of one."""
    names = _Names()
    appraisal = document_type in _APPRAISALS
    facts = draft.facts("recommendation")
    rows = [
        {
            "id": names.take(record_id, fact.detail.get("number") or f"r-{_short_hash(fact.value)}"),
            "text": fact.value,
            "section": draft.section_at(start_of(fact)),
            "rationale": rationale,
            **ground(draft, fact),
            **cleaned(_decided(fact) if appraisal else fact.detail),
        }
        for fact, rationale in zip(
            facts, rationales(draft.text, draft.product.parts, draft.sections, facts), strict=True
        )
    ]
    return _RECOMMENDATIONS.validate_python(rows)


def _decided(fact: Fact) -> Mapping[str, Any]:
    """The fact's details, with the outcome that its words have in an appraisal."""
    detail = fact.detail
    if detail["kind"] != "recommendation" or detail["outcome"] or detail["arrangement"] not in (None, "research_only"):
        return detail
    outcome = arrangements.outcome(fact.value, appraisal=True)
    return {**detail, "outcome": outcome, "arrangement": None if outcome else detail["arrangement"]}


_APPRAISALS = frozenset({"technology_appraisal_guidance", "highly_specialised_technologies_guidance"})
_RECOMMENDATIONS = TypeAdapter(list[r.Recommendation])
"""Checks all recommendations of a record in one call; one for each takes a third longer."""


def responsibilities(draft: Draft, record_id: str) -> list[r.Responsibility]:
    """The duties, each with an id that its actor and action give."""
    names = _Names()
    rows = [
        {
            "id": names.take(record_id, f"d-{_short_hash(str(fact.detail.get('actor')) + fact.value)}"),
            "action": fact.value,
            "section": draft.section_at(start_of(fact)),
            "confidence": fact.confidence,
            **ground(draft, fact),
            **cleaned(fact.detail),
        }
        for fact in draft.facts("responsibility")
    ]
    return _RESPONSIBILITIES.validate_python(rows)


_RESPONSIBILITIES = TypeAdapter(list[r.Responsibility])


def definitions(draft: Draft) -> list[r.Definition]:
    """The terms that the document explains."""
    rows = [
        {
            "text": fact.value,
            "section": draft.section_at(start_of(fact)),
            **ground(draft, fact),
            **fact.detail,
            "term": clean(str(fact.detail["term"])),
        }
        for fact in draft.facts("definition")
    ]
    return _DEFINITIONS.validate_python(rows)


_DEFINITIONS = TypeAdapter(list[r.Definition])


class _Names:
    """Ids within one record: the same name a second time gets `~2`."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, record_id: str, name: str) -> str:
        self._taken[name] = self._taken.get(name, 0) + 1
        again = f"~{self._taken[name]}" if self._taken[name] > 1 else ""
        return f"{record_id}#{name}{again}"


def _short_hash(words: str) -> str:
    return hashlib.sha256(squeeze(words).encode()).hexdigest()[:8]
