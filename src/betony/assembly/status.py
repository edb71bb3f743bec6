"""Whether the document still stands, by its words and by its place; and what kind of page it is."""

from __future__ import annotations

from typing import Any

from betony import record as r
from betony.assembly.dates import dated
from betony.assembly.draft import Draft, ground, judged
from betony.assembly.quality import warning
from betony.model import Basis, Fact, Notice, PageKind, WarningCode, WarningLevel
from betony.nlp.status.taken import AFTER_CONSULTATION


def status_of(draft: Draft) -> tuple[r.Status, list[r.Warning]]:
    """What the page's words say; where they say nothing, or say of what is no longer in force that it is, its place."""
    page = draft.parts[0].identity.page
    place: Any = page.standing if page else None
    fact = draft.first("status")
    if place and page and page.kind is PageKind.IN_DEVELOPMENT and (given := _published_as(draft)):
        notice = Notice(
            WarningCode.CONFLICT,
            f"status: the address says {place}, the page is one of guidance that is published",
            WarningLevel.REVIEW,
            (given,),
        )
        return (_stated(draft, fact) if fact else r.Status()), [warning(draft, notice)]
    if fact is None or (place and _says_less(fact, place)):
        return _status_of_place(place), []
    currency: Any = fact.value
    if place and r.CODE_OF_CURRENCY[place] == "retired" != r.CODE_OF_CURRENCY[currency]:
        message = f"status: the page says {currency}, its address {place}, which was taken"
        notice = Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, fact.spans)
        return _status_of_place(place), [warning(draft, notice)]
    return _stated(draft, fact), []


def _says_less(fact: Fact, place: str) -> bool:
    """Whether a project's place says better how it stands: every project's page has "In development" in its header until its
    end, and the project goes on when its consultation is over."""
    if fact.rule == "label":
        return fact.value == "in_development"
    return fact.rule == "says:unknown" and place != "in_consultation"


def _stated(draft: Draft, fact: Fact) -> r.Status:
    currency: Any = fact.value
    return r.Status(
        code=r.CODE_OF_CURRENCY[currency],
        currency=currency,
        checked=dated(draft, fact, "checked"),
        notice=fact.detail.get("notice"),
        **ground(draft, fact),
    )


def _published_as(draft: Draft) -> tuple[int, int] | None:
    """The heading over what readers of guidance in force are responsible for: no project's page has it."""
    headings = (section.heading for section in draft.sections)
    found = next((heading for heading in headings if heading and heading.text.strip() == "Your responsibility"), None)
    return (found.start, found.end) if found else None


def _status_of_place(place: Any) -> r.Status:
    """By its place a page of a project, or of a consultation, is a draft, and what was retired is no longer in force."""
    if place is None:
        return r.Status()
    return r.Status(code=r.CODE_OF_CURRENCY[place], currency=place, basis=Basis.GIVEN, rule="page kind")


def page_kind_of(draft: Draft, status: r.Status) -> tuple[PageKind, r.Judged | None]:
    """By the address or the head; where they say no more than that it is a page, by its words on its own standing.

    A field "Status: In progress" is a project's, and a page that says it is out for consultation is the consultation's. A
    page at a project's address that tells its readers what they are responsible for is the published guidance itself. One
    that says that it is a chapter is one, and one that counts what a search found is no guidance.
    """
    first = draft.parts[0]
    if first.kind is PageKind.IN_DEVELOPMENT and (given := _published_as(draft)):
        evidence = draft.evidence((given,))
        return PageKind.OVERVIEW, r.Judged(basis=Basis.INFERRED, evidence=evidence, rule="published", confidence=0.9)
    said = None
    if status.currency == "in_consultation" or status.rule == AFTER_CONSULTATION:
        said = PageKind.CONSULTATION
    elif status.code == "draft" and status.rule == "field":
        said = PageKind.IN_DEVELOPMENT
    of_itself = draft.first("page_kind")
    if said is None and of_itself and first.kind is PageKind.DOCUMENT and len(draft.parts) == 1:
        return PageKind(of_itself.value), judged(draft, of_itself)
    if said is None or not status.evidence or first.kind not in {PageKind.DOCUMENT, PageKind.RESOURCE}:
        return first.kind, r.Judged(basis=Basis.GIVEN, rule="address") if first.identity.page else None
    return said, r.Judged(basis=Basis.INFERRED, evidence=status.evidence, rule="status", confidence=0.9)
