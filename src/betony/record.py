"""The record: what leaves the pipeline as JSON. RECORD.md of the project is its contract."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import to_json

from betony.model import Basis, Layer, PageKind, SectionType, WarningCode, WarningLevel
from betony.outline import named
from betony.text import squeeze

SCHEMA_VERSION = "1.0"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Offset = Annotated[int, Field(ge=0)]
Confidence = Annotated[float, Field(ge=0, le=1)]


class Model(BaseModel):
    """What every part of a record shares: no unknown field, no change after it was made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Model):
    """The words a value stands on: half-open offsets in Unicode code points into the record's `text`."""

    start: Offset
    end: Offset
    quote: str
    page: int | None = None
    """Of paged sources, counted from 1."""

    @model_validator(mode="after")
    def _length(self) -> Evidence:
        if len(self.quote) != self.end - self.start or self.end <= self.start:
            raise ValueError(f"evidence {self.start}-{self.end} does not have the length of its quote")
        return self


class Sourced(Model):
    """A value's ground: what it stands on and what decided it."""

    basis: Basis
    evidence: list[Evidence] = []
    rule: str | None = None


class Judged(Sourced):
    """A ground that may be a conclusion, with how sure it is."""

    confidence: Confidence | None = None


class Title(Judged):
    value: str


class Publisher(Model):
    id: str
    name: str


class Creator(Sourced):
    """Who developed the guidance, where that is not the publisher."""

    name: str


class LicenseStatement(Model):
    text: str | None = None
    url: str | None = None
    attribution: str | None = None
    synthetic: bool | None = None
    basis: Basis | None = None
    evidence: list[Evidence] = []


class Provenance(Model):
    """The ground of each plain field of the record."""

    identifier: Judged | None = None
    url: Judged | None = None
    publisher: Judged | None = None
    document_type: Judged | None = None
    page_kind: Judged | None = None
    language: Judged | None = None
    jurisdictions: Judged | None = None
    audience: Judged | None = None


class Date(Sourced):
    """A date as precise as its words: `2018-12` has no day because the page gives none."""

    value: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    precision: Literal["year", "month", "day"]
    text: str


class Dates(Model):
    published: Date | None = None
    modified: Date | None = None
    last_reviewed: Date | None = None
    next_review: Date | None = None
    withdrawn: Date | None = None
    expected: Date | None = None
    status_changed: Date | None = None
    consultation_opens: Date | None = None
    consultation_closes: Date | None = None


StatusCode = Literal["active", "retired", "draft", "unknown"]
ActorKind = Literal[
    "clinician", "provider", "commissioner", "patient", "manufacturer", "regulator", "publisher", "other"
]
Modality = Literal["must", "should", "expected", "responsible", "may", "must_not", "should_not"]
Currency = Literal[
    "current",
    "checked_no_update",
    "update_in_progress",
    "partial_update_in_progress",
    "under_review",
    "partially_replaced",
    "static_list",
    "replaced",
    "withdrawn",
    "temporarily_withdrawn",
    "terminated",
    "in_development",
    "in_consultation",
    "awaiting_development",
    "delayed",
    "deferred",
    "suspended",
    "discontinued",
    "unknown",
]

CODE_OF_CURRENCY: dict[str, StatusCode] = {
    "current": "active",
    "checked_no_update": "active",
    "update_in_progress": "active",
    "partial_update_in_progress": "active",
    "under_review": "active",
    "partially_replaced": "active",
    "static_list": "active",
    "replaced": "retired",
    "withdrawn": "retired",
    "temporarily_withdrawn": "retired",
    "terminated": "retired",
    "in_development": "draft",
    "in_consultation": "draft",
    "awaiting_development": "draft",
    "delayed": "draft",
    "deferred": "draft",
    "suspended": "draft",
    "discontinued": "draft",
    "unknown": "unknown",
}


class Status(Model):
    """Whether the guidance stands. `notice` is the publisher's own words."""

    code: StatusCode = "unknown"
    currency: Currency = "unknown"
    checked: Date | None = None
    notice: str | None = None
    basis: Basis | None = None
    evidence: list[Evidence] = []
    rule: str | None = None

    @model_validator(mode="after")
    def _pair(self) -> Status:
        if CODE_OF_CURRENCY[self.currency] != self.code:
            raise ValueError(f"currency {self.currency} does not go with code {self.code}")
        return self


class Target(Model):
    id: str | None = None
    label: str | None = None
    url: str | None = None


class Relation(Sourced):
    """How the document stands to another; its date is the one that the words give with the other, mostly of when that was published."""

    type: Literal[
        "replaces",
        "is_replaced_by",
        "partially_replaces",
        "is_partially_replaced_by",
        "updates",
        "is_updated_by",
        "read_in_conjunction_with",
        "is_based_on",
        "is_the_basis_of",
    ]
    target: Target
    scope: str | None = None
    draft: bool = False
    date: Date | None = None


class Heading(Model):
    text: str
    start: Offset
    end: Offset


class SectionRecord(Model):
    """One typed span; the sections of a record tile its text (RECORD.md, Sections)."""

    id: str
    type: SectionType
    subtype: str | None = None
    heading: Heading | None = None
    level: Annotated[int, Field(ge=1)]
    parent: str | None = None
    number: str | None = None
    start: Offset
    end: Offset
    text: str
    layer: Layer
    basis: Basis
    rule: str | None = None
    confidence: Confidence | None = None
    xpath: str | None = None

    def model_post_init(self, _context: Any, /) -> None:
        # Not a validator of the model: pydantic would call it once more of each section that goes into a record.
        if (self.layer is Layer.FURNITURE) != (self.type is SectionType.FURNITURE):
            raise ValueError(f"section {self.id} is {self.type} on layer {self.layer}")


class Strength(Model):
    code: Literal["must", "strong", "conditional", "none"]
    term: str | None = None
    direction: Literal["for", "against"] | None = None


class Grade(Model):
    system: str | None = None
    code: str


class EvidenceLabel(Model):
    """The year label a publisher prints behind a recommendation: `[2009, amended 2018]`."""

    text: str
    years: list[int] = []
    new: bool = False
    amended: bool = False


class Recommendation(Sourced):
    id: str
    kind: Literal["recommendation", "research_recommendation", "quality_statement"]
    number: str | None = None
    text: str
    actor: str | None = None
    condition: str | None = None
    population: str | None = None
    strength: Strength | None = None
    arrangement: (
        Literal["standard", "special", "research_only", "do_not_use", "evidence_generation", "mixed"] | None
    ) = None
    outcome: (
        Literal["recommended", "optimised", "managed_access", "research_only", "not_recommended", "terminated"] | None
    ) = None
    grade: Grade | None = None
    label: EvidenceLabel | None = None
    rationale: str | None = None
    section: str


class Responsibility(Judged):
    id: str
    actor: str | None = None
    actor_kinds: list[ActorKind] = []
    modality: Modality
    term: str
    action: str
    recipient: str | None = None
    condition: str | None = None
    generic: bool = False
    section: str


class Code(Sourced):
    system: Literal["SNOMED CT", "OPCS-4", "ICD-10"]
    code: str | None = None
    display: str | None = None
    role: str | None = None
    note: str | None = None
    check_digit_valid: bool | None = None
    section: str


class Definition(Sourced):
    term: str
    text: str
    section: str


class LinkRecord(Model):
    text: str
    url: str | None = None
    target_id: str | None = None
    section: str
    evidence: list[Evidence]


class TableRecord(Model):
    caption: str | None = None
    header: list[str] = []
    rows: list[list[str]] = []
    section: str
    evidence: list[Evidence]


class Part(Model):
    """One capture of the record; offsets into the record's `text`."""

    uri: str
    url: str | None = None
    page_kind: PageKind
    title: str | None = None
    sha256: Sha256
    start: Offset
    end: Offset


class HttpRecord(Model):
    status: int
    etag: str | None = None
    last_modified: str | None = None


class Source(Model):
    """Where the first part came from."""

    uri: str
    final_uri: str | None = None
    media_type: str
    charset: str | None = None
    sha256: Sha256
    bytes: Annotated[int, Field(ge=0)]
    retrieved_at: str | None = None
    http: HttpRecord | None = None
    truncated: bool = False


class Warning(Model):
    code: WarningCode
    level: WarningLevel = WarningLevel.INFO
    message: str
    evidence: list[Evidence] = []


class Quality(Model):
    coverage: Annotated[float, Field(ge=0, le=1)]
    classified: Annotated[float, Field(ge=0, le=1)]
    warnings: list[Warning] = []
    needs_review: bool = False


class Processing(Model):
    pipeline: str
    ruleset: str
    model: str | None = None
    at: str | None = None


class Record(Model):
    """One guidance product, read whole."""

    schema_version: Literal["1.0"] = "1.0"
    id: str
    aliases: list[str] = []
    identifier: str | None = None
    url: str | None = None
    title: Title | None = None
    publisher: Publisher | None = None
    creators: list[Creator] = []
    license: LicenseStatement = LicenseStatement()
    document_type: str | None = None
    page_kind: PageKind
    language: str | None = None
    jurisdictions: list[str] = []
    audience: list[str] = []
    provenance: Provenance = Provenance()
    dates: Dates = Dates()
    status: Status = Status()
    relations: list[Relation] = []
    sections: list[SectionRecord]
    recommendations: list[Recommendation] = []
    responsibilities: list[Responsibility] = []
    codes: list[Code] = []
    definitions: list[Definition] = []
    links: list[LinkRecord] = []
    tables: list[TableRecord] = []
    text: str
    parts: list[Part]
    source: Source
    text_hash: Sha256
    content_hash: Sha256
    quality: Quality
    processing: Processing

    def _repr_html_(self) -> str:
        """What a notebook shows: the record's page, with all it needs inside."""
        from betony.report import alone  # noqa: PLC0415 - records are read where nobody looks at pages

        return alone.fragment(self)

    @model_validator(mode="after")
    def _promises(self) -> Record:
        for broken in broken_promises(self):
            raise ValueError(broken)
        return self


def broken_promises(record: Record) -> Iterator[str]:
    """Every way in which the record breaks RECORD.md's first two rules, in words."""
    text = record.text
    at = 0
    known: set[str] = set()
    for section in record.sections:
        own = vars(section)
        start, end, name = own["start"], own["end"], own["id"]
        if start < at or end <= start:
            yield f"section {name} overlaps the one before it"
        if text[at:start].strip():
            yield f"text before section {name} lies in no section"
        if name in known:
            yield f"section id {name} stands twice"
        known.add(name)
        at = end
    if text[at:].strip():
        yield "text behind the last section lies in no section"
    for section in record.sections:
        if section.parent is not None and section.parent not in known:
            yield f"section {section.id} names a parent that is not there"
    for name in ("recommendations", "responsibilities", "codes", "definitions", "links", "tables"):
        for item in getattr(record, name):
            if item.section not in known:
                yield f"one of {name} names a section that is not there: {item.section}"
    for evidence in map(vars, evidences(record)):
        start, end = evidence["start"], evidence["end"]
        if text[start:end] != evidence["quote"]:
            yield f"evidence {start}-{end} does not hold its quote"


def evidences(value: Model | list[Any]) -> Iterator[Evidence]:
    """Every evidence within a record or a part of it, depth first."""
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if type(item) is Evidence:
            yield item
        elif isinstance(item, list):
            waiting += item[::-1]
        else:
            values = vars(item)
            waiting += [part for name in _leading_to_evidence(item.__class__) if (part := values[name])]


@cache
def _leading_to_evidence(kind: type[Model]) -> tuple[str, ...]:
    """The fields in which evidence may lie, the last first; by their types, for there are many values that hold none."""
    return tuple(name for name, field in kind.model_fields.items() if _may_hold_evidence(field.annotation))[::-1]


def _may_hold_evidence(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation is Evidence or bool(_leading_to_evidence(annotation))
    return any(map(_may_hold_evidence, get_args(annotation)))


_NOT_CONTENT = frozenset(("evidence", "basis", "rule", "confidence"))
_NAMES_SECTION = frozenset(("section", "rationale"))


def content_hash(
    *,
    text_hash: str,
    title: Title | None,
    status: Status,
    dates: Dates,
    relations: Sequence[Relation],
    sections: Sequence[SectionRecord],
    recommendations: Sequence[Recommendation],
    responsibilities: Sequence[Responsibility],
    codes: Sequence[Code],
) -> str:
    """sha256 of the canonical JSON (RFC 8785) of what a reader of the guidance would call its content.

    What surrounds it on the page counts for nothing: sections are those of `outline`, without furniture; white space
    is told from white space no more than in `text_hash`; of a date that markup gives, its spelling there is left out.
    """
    names: dict[str, str] = {}
    entries = list(named(map(vars, sections), names))
    content = {  # in the order of their names, as the canonical form has them
        "codes": _content(codes, names),
        "dates": _content(dates, names),
        "recommendations": _content(recommendations, names),
        "relations": _content(relations, names),
        "responsibilities": _content(responsibilities, names),
        "sections": [{"id": name, "type": str(run[0]["type"])} for name, _, run in entries],
        "status": _content(status, names),
        "text_hash": text_hash,
        "title": _content(title, names),
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """The canonical JSON (RFC 8785) of a value whose names are ASCII and in order, and which holds no fraction."""
    return to_json(content)


def rehashed(record: Record) -> Record:
    """The record with the content hash of what it holds now."""
    r = record
    digest = content_hash(
        text_hash=r.text_hash,
        title=r.title,
        status=r.status,
        dates=r.dates,
        relations=r.relations,
        sections=r.sections,
        recommendations=r.recommendations,
        responsibilities=r.responsibilities,
        codes=r.codes,
    )
    return r.model_copy(update={"content_hash": digest})


def renamed(record: dict[str, Any], record_id: str) -> dict[str, Any]:
    """A record as plain values under another id: its recommendations and responsibilities are named after that, and
    its content hash counts them so."""
    named = {
        name: [{**item, "id": record_id + item["id"].removeprefix(record["id"])} for item in record[name]]
        for name in ("recommendations", "responsibilities")
    }
    moved = {**record, **named, "id": record_id}
    return rehashed(Record.model_validate(moved)).model_dump(mode="json") if any(named.values()) else moved


def _content(value: Any, names: Mapping[str, str]) -> Any:
    """A part of a record without its grounds, with sections by the names that the outline gives them."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return squeeze(value if value.isascii() else unicodedata.normalize("NFC", value))
    if isinstance(value, Model):
        values = vars(value)
        fields, section_names = _content_fields(value.__class__)
        found = {name: None if (own := values[name]) is None else _content(own, names) for name in fields}
        for name in section_names:
            found[name] = names.get(values[name], values[name])
        if isinstance(value, Date) and value.basis is Basis.GIVEN:
            del found["text"]
        return found
    if isinstance(value, Sequence):
        return [_content(item, names) for item in value]
    return value


@cache
def _content_fields(kind: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a part that are content, in order; and those among them that name a section."""
    fields = tuple(sorted(name for name in kind.model_fields if name not in _NOT_CONTENT))
    return fields, tuple(name for name in fields if name in _NAMES_SECTION)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record, for every program that reads records."""
    schema = Record.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "betony record",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text() -> str:
    """The JSON Schema as it is shipped and printed."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
