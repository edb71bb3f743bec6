"""The tools: what an assistant may ask, each bounded, each a reading of the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field

from betony import cursors, standing
from betony.assistant import shapes
from betony.errors import UsageError
from betony.model import SectionType
from betony.moments import moment
from betony.naming import publisher_id
from betony.record import ActorKind, Modality
from betony.store import Asked, Changed, Filters, Item, Store

MOST_ROWS = 20
LONGEST_STRETCH = 8_000
"""Characters of a section that one answer holds: some 2,000 tokens."""
LONGEST_QUOTE = 1_000
"""Characters of any other quotation."""
MOST_SECTIONS = 200
MOST_NAMES = 20

NOTHING = (
    "The store holds nothing that fits. That says nothing of what guidance there is elsewhere: say that it is unknown "
    "here, and fill nothing in."
)
FOUND = "Only what this store holds. `status` and `currency` are as of its last look; check_current judges whether it still stands."

Name = Annotated[
    str,
    Field(min_length=1, max_length=500, description="An id, alias or reference, such as nice:ng9020 or NG9020."),
]
Rows = Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows at most.")]
Publisher = Annotated[str | None, Field(max_length=100, description="The publisher's id, such as nice.")]
CurrentOnly = Annotated[bool, Field(description="Leave out what is withdrawn, replaced, gone or only a draft.")]
Cursor = Annotated[str | None, Field(max_length=1_000, description="`next_cursor` of the answer before, as it is.")]


class Tools:
    """What can be asked of one store. Every public method is a tool; its docstring is what the assistant reads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def search_guidance(
        self,
        query: Annotated[str, Field(min_length=1, max_length=500, description='Words, "phrases", and -not.')],
        section_type: Annotated[SectionType | None, Field(description="What the section is for.")] = None,
        publisher: Publisher = None,
        current_only: CurrentOnly = False,
        limit: Rows = 5,
    ) -> shapes.Hits:
        """Find sections of health guidance by their words. All words must be there, in any form of theirs."""
        filters = Filters(section_type, publisher_id(self._store, publisher), None, current_only)
        hits = self._store.search(query, filters, limit)
        rows = [
            shapes.Hit(
                record=hit.record_id,
                url=hit.url,
                status=hit.status_code,
                currency=hit.currency,
                section=hit.section,
                section_type=hit.type,
                start=hit.start,
                end=hit.end,
                quoted_material=shapes.HitWords(
                    title=_cut(hit.title), heading=_cut(hit.heading), snippet=_cut(hit.snippet) or ""
                ),
            )
            for hit in hits
        ]
        return shapes.Hits(**_said(rows), hits=rows)

    def read_record(self, record: Name) -> shapes.RecordAnswer:
        """Read what one record is: status, dates with their words, and an outline of its sections. Its text is read
        with read_section, its recommendations with list_recommendations.
        """
        found = self._record(record)
        if found is None:
            return shapes.RecordAnswer(known=False, note=NOTHING)
        sections, status, title = found["sections"], found["status"], found["title"]
        return shapes.RecordAnswer(
            known=True,
            note=FOUND,
            source=_source(found),
            publisher=found["publisher"] and found["publisher"]["id"],
            document_type=found["document_type"],
            dates=[
                shapes.Fact(
                    name=name, value=date["value"], precision=date["precision"], quotes=_quotes(date["evidence"])
                )
                for name, date in found["dates"].items()
                if date
            ],
            status_quotes=_quotes(status["evidence"]),
            recommendations=len(found["recommendations"]),
            responsibilities=len(found["responsibilities"]),
            versions=len(self._store.versions(found["id"])),
            needs_review=found["quality"]["needs_review"],
            sections=[
                shapes.OutlineEntry(
                    section=section["id"],
                    section_type=section["type"],
                    start=section["start"],
                    end=section["end"],
                    characters=section["end"] - section["start"],
                    quoted_material=_cut(section["heading"] and section["heading"]["text"]),
                )
                for section in sections[:MOST_SECTIONS]
            ],
            more_sections=max(0, len(sections) - MOST_SECTIONS),
            quoted_material=shapes.RecordWords(title=_cut(title and title["value"]), notice=_cut(status["notice"])),
        )

    def read_section(
        self,
        record: Name,
        section: Annotated[str, Field(max_length=4_000, description="The section's id, as read_record lists it.")],
        start: Annotated[
            int | None, Field(ge=0, description="Where to go on: `next_start` of the answer before.")
        ] = None,
    ) -> shapes.SectionAnswer:
        """Read the words of one section of a record, a stretch at a time."""
        found = self._record(record)
        one = next((item for item in found["sections"] if item["id"] == section), None) if found else None
        if found is None or one is None:
            return shapes.SectionAnswer(known=False, note=NOTHING)
        begin = one["start"] if start is None else min(max(start, one["start"]), one["end"])
        end = min(one["end"], begin + LONGEST_STRETCH)
        return shapes.SectionAnswer(
            known=True,
            note=FOUND,
            source=_source(found),
            section=section,
            section_type=one["type"],
            quote=shapes.Quote(start=begin, end=end, quoted_material=found["text"][begin:end]),
            next_start=end if end < one["end"] else None,
        )

    def list_recommendations(
        self, record: Name, cursor: Annotated[int, Field(ge=0, description="From 0; then `next_cursor`.")] = 0
    ) -> shapes.Recommendations:
        """List what one record recommends, in its order, each with its strength and its words."""
        found = self._record(record)
        if found is None:
            return shapes.Recommendations(known=False, note=NOTHING)
        items = found["recommendations"]
        rows = [_recommendation(item) for item in items[cursor : cursor + MOST_ROWS]]
        more = cursor + MOST_ROWS if cursor + MOST_ROWS < len(items) else None
        return shapes.Recommendations(**_said(rows), source=_source(found), recommendations=rows, next_cursor=more)

    def check_current(
        self,
        names: Annotated[list[Name], Field(min_length=1, max_length=MOST_NAMES, description="What to judge.")],
        max_age_days: Annotated[
            int, Field(ge=0, le=36_500, description="Evidence older than this says nothing of today.")
        ] = 30,
    ) -> shapes.Verdicts:
        """Judge whether guidance is current: why, since when, and what replaces it. `unknown` is an answer: pass it on."""
        now = datetime.now(UTC)
        judged = [standing.judge(self._store, name, now=now, max_age=max_age_days) for name in names]
        known = any(verdict.id is not None for verdict in judged)
        return shapes.Verdicts(
            known=known, note=FOUND if known else NOTHING, verdicts=[_verdict(verdict) for verdict in judged]
        )

    def list_duties(
        self,
        actor: Annotated[
            str | None, Field(min_length=1, max_length=200, description="Words of the actor as documents write it.")
        ] = None,
        actor_kind: Annotated[ActorKind | None, Field(description="The kind of actor.")] = None,
        modality: Annotated[Modality | None, Field(description="How binding it is.")] = None,
        record: Annotated[str | None, Field(max_length=500, description="Of this record alone.")] = None,
        publisher: Publisher = None,
        current_only: CurrentOnly = False,
        cursor: Cursor = None,
        limit: Rows = 10,
    ) -> shapes.Duties:
        """List who must do what, by actor, in all documents or in one."""
        record_id = self._store.known(record) if record is not None else None
        if record is not None and record_id is None:
            return shapes.Duties(known=False, note=NOTHING, duties=[], next_cursor=None)
        asked = Asked(
            actor=actor,
            actor_kind=actor_kind,
            modality=modality,
            record_id=record_id,
            publisher=publisher_id(self._store, publisher),
            current=current_only,
        )
        after = _after(cursor, str, int)
        found = self._store.duties(asked, after=after, limit=limit + 1)
        rows = [_duty(item) for item in found[:limit]]
        more = cursors.encode([found[limit - 1].record_id, found[limit - 1].position]) if len(found) > limit else None
        return shapes.Duties(**_said(rows), duties=rows, next_cursor=more)

    def list_changes(
        self,
        since: Annotated[
            str | None, Field(max_length=40, description="A date, a time, or days back such as 30d.")
        ] = None,
        record: Annotated[str | None, Field(max_length=500, description="Of this record alone.")] = None,
        publisher: Publisher = None,
        cursor: Cursor = None,
        limit: Rows = 10,
    ) -> shapes.Changes:
        """List what publishers changed: documents that came, changed, went or returned, with the words before and after."""
        record_id = self._store.known(record) if record is not None else None
        if record is not None and record_id is None:
            return shapes.Changes(known=False, note=NOTHING, changes=[], next_cursor=None)
        found = self._store.changes(
            since=moment(since, "since") if since else None,
            record_id=record_id,
            publisher=publisher_id(self._store, publisher),
            after=_after(cursor, str, str, int),
            limit=limit + 1,
        )
        rows = [_change(one) for one in found[:limit]]
        more = cursors.encode(found[limit - 1].place) if len(found) > limit else None
        return shapes.Changes(**_said(rows), changes=rows, next_cursor=more)

    def _record(self, name: str) -> dict[str, Any] | None:
        record_id = self._store.known(name)
        return None if record_id is None else json.loads(self._store.json(record_id))


def _after(cursor: str | None, *kinds: type) -> Any:
    """The place that a cursor means; UsageError where no page of the list begins there."""
    if cursor is None:
        return None
    place = cursors.decode(cursor, *kinds)
    if place is None:
        raise UsageError("no page begins at this cursor", advice="take next_cursor of the answer before, as it is")
    return place


def _said(rows: list[Any]) -> dict[str, Any]:
    return {"known": bool(rows), "note": FOUND if rows else NOTHING}


def _cut(words: str | None, longest: int = LONGEST_QUOTE) -> str | None:
    return words if words is None or len(words) <= longest else f"{words[:longest]} …"


def _source(record: Mapping[str, Any]) -> shapes.Source:
    status = record["status"]
    return shapes.Source(record=record["id"], url=record["url"], status=status["code"], currency=status["currency"])


def _quotes(evidence: Iterable[Mapping[str, Any]]) -> list[shapes.Quote]:
    return [
        shapes.Quote(start=one["start"], end=one["end"], quoted_material=_cut(one["quote"]) or "") for one in evidence
    ]


def _recommendation(item: Mapping[str, Any]) -> shapes.RecommendationRow:
    strength = item["strength"] or {}
    return shapes.RecommendationRow(
        id=item["id"],
        kind=item["kind"],
        number=item["number"],
        strength=strength.get("code"),
        direction=strength.get("direction"),
        section=item["section"],
        quotes=_quotes(item["evidence"]),
        quoted_material=shapes.RecommendationWords(
            text=_cut(item["text"]) or "",
            actor=_cut(item["actor"]),
            condition=_cut(item["condition"]),
            population=_cut(item["population"]),
        ),
    )


def _verdict(verdict: standing.Verdict) -> shapes.Verdict:
    return shapes.Verdict(
        asked=verdict.asked,
        record=verdict.id,
        answer=verdict.answer,
        since=verdict.since,
        since_basis=verdict.since_basis,
        evidence_at=verdict.evidence_at,
        successors=[
            shapes.Successor(
                record=one.id if one.held else None,
                answer=one.answer,
                quoted_material=shapes.SuccessorWords(name=_cut(one.id) or "", title=_cut(one.title)),
            )
            for one in verdict.successors[:MOST_ROWS]
        ],
        quoted_material=shapes.VerdictWords(
            title=_cut(verdict.title), why=_cut(verdict.why) or "", remarks=list(verdict.remarks)
        ),
    )


def _duty(found: Item) -> shapes.Duty:
    item = found.item
    return shapes.Duty(
        record=found.record_id,
        url=found.url,
        status=found.status_code,
        currency=found.currency,
        id=item["id"],
        actor_kinds=item["actor_kinds"],
        modality=item["modality"],
        generic=item["generic"],
        section=item["section"],
        quotes=_quotes(item["evidence"]),
        quoted_material=shapes.DutyWords(
            actor=_cut(item["actor"]),
            term=_cut(item["term"]) or "",
            action=_cut(item["action"]) or "",
            recipient=_cut(item["recipient"]),
            condition=_cut(item["condition"]),
        ),
    )


def _change(one: Changed) -> shapes.Change:
    change = one.change
    return shapes.Change(
        record=one.record_id,
        version=one.version,
        kind=change.kind,
        cause=one.cause,
        path=change.path,
        seen=one.seen,
        offsets_before=list(change.evidence_before),
        offsets_after=list(change.evidence_after),
        quoted_material=shapes.ChangeWords(
            title=_cut(one.title),
            name=_cut(change.name) or "",
            before=_cut(change.before),
            after=_cut(change.after),
        ),
    )
