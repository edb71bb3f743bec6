"""A relation as a fact: its type, what it is to, in which part, and the date told with it."""

from __future__ import annotations

import re
from typing import Any

from betony.model import Basis, Fact
from betony.nlp import references, when
from betony.nlp.relations.verbs import Verb

_PARTIAL = {"replaces": "partially_replaces", "is_replaced_by": "is_partially_replaced_by"}
_DATE_LEAD = re.compile(r"[\])]?[\s,;]{0,3}\(?(?:(?:first|published|issued|in|on|of|from|dated)\s{1,3}){0,3}")


def fact_of(
    text: str,
    verb: Verb,
    spans: tuple[tuple[int, int], ...],
    *,
    reference: references.Reference | None = None,
    label: str | None = None,
    scope: tuple[int, int] | None = None,
    dated: when.When | None = None,
) -> Fact:
    """The relation that the verb states; where it is told of a part (`scope`) alone, its type says so."""
    type_ = verb.type
    if type_ in _PARTIAL and (verb.partial or scope):
        type_ = _PARTIAL[type_]
    if scope and not any(start <= scope[0] and scope[1] <= end for start, end in spans):
        spans = (scope, *spans)
    detail: dict[str, Any] = {
        "target": {"id": reference.id if reference else None, "label": label or _name(text, reference), "url": None},
        "scope": " ".join(text[slice(*scope)].split()) if scope else None,
        "draft": verb.draft,
        "date": None,
        "date_span": None,
    }
    if dated:
        words = text[dated.start : dated.end]
        detail["date"] = {"value": dated.value, "precision": dated.precision, "text": words}
        detail["date_span"] = [dated.start, dated.end]
    return Fact("relation", type_, spans, Basis.EXPLICIT, f"verb:{verb.type}", detail=detail)


def _name(text: str, reference: references.Reference | None) -> str | None:
    if reference is None:
        return None
    words = " ".join(text[reference.start : reference.end].split())
    return reference.identifier if words.isdigit() else words


def date_behind(text: str, start: int, limit: int) -> when.When | None:
    """The date that stands right behind the words before `start`, up to text[:limit]."""
    lead = _DATE_LEAD.match(text, start, limit)
    dated = when.at(text, lead.end() if lead else start, limit)
    return dated if isinstance(dated, when.When) else None
