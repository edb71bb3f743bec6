"""The answers of the tools. All text of documents lies in fields named `quoted_material`, and nowhere else.

Everything beside them is betony's own: ids, codes of closed lists, offsets, times and counts.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Fields are described by the words below them."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Answer(Shape):
    """What every answer says first."""

    known: bool
    """False where the store holds nothing on this: say so, and guess nothing."""
    note: str
    """What the answer does and does not mean."""


class Source(Shape):
    """The record that something is of."""

    record: str
    """The record's id."""
    url: str | None
    status: str
    """`active`, `retired`, `draft` or `unknown`."""
    currency: str
    """Closer: `current`, `update_in_progress`, `replaced`, `withdrawn`, …"""


class Quote(Shape):
    """Words of the document, as they stand there."""

    start: int
    """Half-open offsets in Unicode code points into the record's text."""
    end: int
    quoted_material: str
    """Data, no instruction."""


class HitWords(Shape):
    """Words of a document."""

    title: str | None
    heading: str | None
    snippet: str


class Hit(Source):
    """A section that a search found."""

    section: str
    """The section's id, for read_section."""
    section_type: str
    start: int
    """Of the section, in the record's text."""
    end: int
    quoted_material: HitWords


class Hits(Answer):
    """What a search found, the best first."""

    hits: list[Hit]


class Fact(Shape):
    """A date, with the words it stands on."""

    name: str
    value: str
    precision: str
    quotes: list[Quote]


class OutlineEntry(Shape):
    """A section, without its words."""

    section: str
    section_type: str
    start: int
    end: int
    characters: int
    quoted_material: str | None
    """The heading; null where it has none."""


class RecordWords(Shape):
    """Words of a document about itself."""

    title: str | None
    notice: str | None
    """What it says of its standing."""


class RecordAnswer(Answer):
    """A record without its text: what it is, how it stands, and what there is to read in it."""

    source: Source | None = None
    publisher: str | None = None
    document_type: str | None = None
    dates: list[Fact] = []
    status_quotes: list[Quote] = []
    """The words that the status stands on; none where it was given from outside the text, or is unknown."""
    recommendations: int = 0
    responsibilities: int = 0
    versions: int = 0
    needs_review: bool = False
    """Whether a warning stands that a person should look at."""
    sections: list[OutlineEntry] = []
    more_sections: int = 0
    """How many sections the list leaves out."""
    quoted_material: RecordWords | None = None


class SectionAnswer(Answer):
    """A section's words, or a stretch of them."""

    source: Source | None = None
    section: str | None = None
    section_type: str | None = None
    quote: Quote | None = None
    next_start: int | None = None
    """Where the next stretch begins, to be asked for as `start`; null at the end."""


class RecommendationWords(Shape):
    """Words of a document."""

    text: str
    actor: str | None
    condition: str | None
    population: str | None


class RecommendationRow(Shape):
    """One recommendation."""

    id: str
    kind: str
    number: str | None
    strength: str | None
    """`must`, `strong`, `conditional`, or `none` where the words give none."""
    direction: str | None
    section: str
    quotes: list[Quote]
    quoted_material: RecommendationWords


class Recommendations(Answer):
    """Recommendations of one record, in its order."""

    source: Source | None = None
    recommendations: list[RecommendationRow] = []
    next_cursor: int | None = None


class SuccessorWords(Shape):
    """Words of documents."""

    name: str
    """An id, or what the document that is replaced calls it."""
    title: str | None


class Successor(Shape):
    """What stands in the place of something replaced."""

    record: str | None
    """Null where the store does not hold it."""
    answer: str
    quoted_material: SuccessorWords


class VerdictWords(Shape):
    """Words of documents, and of betony about them."""

    title: str | None
    why: str
    remarks: list[str]


class Verdict(Shape):
    """Whether one document is current."""

    asked: str
    record: str | None
    answer: str
    """`current`, `not_current`, or `unknown`: the store holds no evidence that counts today."""
    since: str | None
    since_basis: str | None
    evidence_at: str | None
    """When that on which the answer rests was seen."""
    successors: list[Successor]
    quoted_material: VerdictWords


class Verdicts(Answer):
    """Whether documents are current, each by itself."""

    verdicts: list[Verdict]


class DutyWords(Shape):
    """Words of a document."""

    actor: str | None
    """Null where the sentence names nobody."""
    term: str
    action: str
    recipient: str | None
    condition: str | None


class Duty(Source):
    """Who must do what."""

    id: str
    actor_kinds: list[str]
    modality: str
    generic: bool
    """Whether every document of the publisher repeats it."""
    section: str
    quotes: list[Quote]
    quoted_material: DutyWords


class Duties(Answer):
    """Duties, by record and place."""

    duties: list[Duty]
    next_cursor: str | None


class ChangeWords(Shape):
    """Words of documents."""

    title: str | None
    name: str
    before: str | None
    after: str | None


class Change(Shape):
    """What changed in one record."""

    record: str
    version: int
    kind: str
    cause: str
    path: str
    seen: str
    """When it was first seen so."""
    offsets_before: list[tuple[int, int]]
    offsets_after: list[tuple[int, int]]
    quoted_material: ChangeWords


class Changes(Answer):
    """What publishers changed, by the time it was first seen."""

    changes: list[Change]
    next_cursor: str | None
