"""The frozen values that pass between the stages, and the closed lists they draw on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

Closed = TypeVar("Closed", bound=StrEnum)


def _at_hand(kind: type[Closed]) -> type[Closed]:
    """The closed list with its members as plain attributes, as they are from Python 3.12 on.

    Before, each look at one is a call written in Python, twice as long; every rule looks at some for every block.
    """
    for name, member in kind.__members__.items():
        type.__setattr__(kind, name, member)
    return kind


@_at_hand
class Layer(StrEnum):
    """Whether a passage belongs to the document or to the page around it."""

    BODY = "body"
    FURNITURE = "furniture"


@_at_hand
class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    IMAGE = "image"
    """The alternative text of an image."""


@_at_hand
class SectionType(StrEnum):
    """What a section is for (RECORD.md, Sections)."""

    SUMMARY = "summary"
    PROCEDURE = "procedure"
    STATUS = "status"
    RESPONSIBILITIES = "responsibilities"
    RECOMMENDATIONS = "recommendations"
    SCOPE = "scope"
    EVIDENCE = "evidence"
    DISCUSSION = "discussion"
    RESEARCH = "research"
    IMPLEMENTATION = "implementation"
    CODING = "coding"
    DEVELOPMENT = "development"
    DEFINITIONS = "definitions"
    REFERENCES = "references"
    LEGAL = "legal"
    FURNITURE = "furniture"
    OTHER = "other"


@_at_hand
class PageKind(StrEnum):
    """What role a page plays for its publisher."""

    OVERVIEW = "overview"
    CHAPTER = "chapter"
    DOCUMENT = "document"
    IN_DEVELOPMENT = "in_development"
    CONSULTATION = "consultation"
    SURVEILLANCE = "surveillance"
    HISTORY = "history"
    RESOURCE = "resource"
    OTHER = "other"


@_at_hand
class Basis(StrEnum):
    """On what ground a value stands (RECORD.md, rule 4)."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"
    GIVEN = "given"


@_at_hand
class WarningCode(StrEnum):
    """What a record says about its own weak points."""

    IDENTIFIER_UNKNOWN = "identifier_unknown"
    """Neither the address nor the text gives the publisher's reference."""
    URL_UNKNOWN = "url_unknown"
    """No address came with the document and none stands in its head."""
    TITLE_UNKNOWN = "title_unknown"
    """No title was found."""
    TITLE_INFERRED = "title_inferred"
    """The title was concluded from a sentence, for want of a printed one."""
    PUBLISHER_UNKNOWN = "publisher_unknown"
    """Neither address nor text names a publisher that betony knows."""
    EMPTY_SECTION = "empty_section"
    """A heading has nothing under it: the capture may have lost it."""
    TYPE_UNKNOWN = "type_unknown"
    """A section's purpose could not be told; its type is `other`."""
    ENCODING_GUESSED = "encoding_guessed"
    """Nothing declared the encoding; it was concluded from the bytes."""
    ENCODING_CONFLICT = "encoding_conflict"
    """The declared encoding is not the one the bytes are in."""
    TEXT_REPAIRED = "text_repaired"
    """Characters that no text may hold were replaced by U+FFFD, one for one."""
    MOJIBAKE = "mojibake"
    """The text looks as if it had been decoded wrongly before it was published; it stands as it came."""
    CONFLICT = "conflict"
    """Two sources disagree; the value not chosen stands here with its evidence."""
    CHAPTER_MISSING = "chapter_missing"
    """The overview names a chapter that nobody brought."""
    CHAPTER_UNLISTED = "chapter_unlisted"
    """A chapter was captured before the overview, which no longer names it: it may be withdrawn, or have moved."""
    TRUNCATED = "truncated"
    """The capture ended before the document did."""
    FALLBACK_PARSER = "fallback_parser"
    """The page broke the limits of the usual parser and was read by the second one."""
    LAYER_GUESSED = "layer_guessed"
    """The page has no landmarks; what is furniture was judged from density of links and text."""
    DATE_UNREADABLE = "date_unreadable"
    """A date is announced but its words are lost or cannot be read."""
    LANGUAGE_UNSUPPORTED = "language_unsupported"
    """The text is not English; its sections were not typed by their words."""


@_at_hand
class WarningLevel(StrEnum):
    INFO = "info"
    REVIEW = "review"
    """A person should look."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning on its way into the record; spans are half-open code-point offsets into the text."""

    code: WarningCode
    message: str
    level: WarningLevel = WarningLevel.INFO
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class License:
    """The terms a document came with, as its side file states them."""

    text: str | None = None
    url: str | None = None
    attribution: str | None = None
    synthetic: bool | None = None
    """True for text that was made up for testing."""


@dataclass(frozen=True, slots=True)
class Http:
    """What the server said when the bytes were fetched."""

    status: int
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """Raw bytes as they came, and what was known about them at that moment."""

    body: bytes
    uri: str
    """The address, or for a file its path as named; `-` for standard input."""
    url: str | None = None
    """The document's address where it is known from outside its bytes."""
    final_uri: str | None = None
    media_type: str | None = None
    charset: str | None = None
    """The charset that an HTTP header or a side file states."""
    retrieved_at: str | None = None
    http: Http | None = None
    license: License | None = None
    publisher: str | None = None
    """The publisher's id where the caller states it."""
    truncated: bool = False
    _digest: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """sha256 of the raw bytes, in lower-case hex."""
        if self._digest is None:  # kept, for several stages ask and each time it takes as long as decoding the bytes
            object.__setattr__(self, "_digest", hashlib.sha256(self.body).hexdigest())
        assert self._digest is not None  # noqa: S101 - it was just set
        return self._digest


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row; offsets are half-open code points into `text`."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Of a heading its rank as marked (1 to 6, 0 where the page does not say), of a list item its depth."""
    layer: Layer = Layer.BODY
    hint: SectionType | None = None
    """What the publisher's own markup says the passage is for."""
    xpath: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Linked words; offsets into `text`, the address absolute, or None where no base is known."""

    start: int
    end: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells as they stand in `text`; `start` and `end` span its blocks."""

    start: int
    end: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself outside its visible text."""

    title: str | None = None
    canonical: str | None = None
    language: str | None = None
    meta: tuple[tuple[str, str], ...] = ()
    """Name (lower case) and content of each meta element, in order; `og:` and Dublin Core among them, and the plain
    values of the page's JSON-LD as `jsonld.<name>`."""

    def get(self, *names: str) -> str | None:
        """The content of the first meta element whose name is among `names`, tried in that order."""
        for name in names:
            for key, value in self.meta:
                if key == name and value:
                    return value
        return None


@dataclass(frozen=True, slots=True)
class Document:
    """One capture, read: its canonical text and the blocks that tile it.

    Every non-space character of `text` lies in exactly one block; blocks are in order and never overlap.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    charset: str | None = None
    parts: tuple[int, ...] = (0,)
    """Where each page of the product starts in `text`; one entry for a single page."""
    series: tuple[SectionType | None, ...] = ()
    """Of each part what all documents of its series are for, where its publisher tells."""
    document_type: str | None = None
    """The publisher's type of the guidance, where the address tells it."""
    reference: str | None = None
    """The publisher's reference of the product, where the address tells it (`NG12`)."""
    site_first: bool = False
    """The address tells that the first line names a part of the site, and the second the page."""
    pages: tuple[tuple[int, int], ...] = ()
    """Of paged sources: from which offset on the text stands on which page (from 1; 0 is on none), in order."""
    head: Head = field(default_factory=Head)
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    """Where signs stand that are no words (`**`, the address behind `[words]`), in order, none across two blocks; rules read
    the text without them. A bar between two cells of a table is one of them."""


class Section(NamedTuple):
    """A typed span of the text; `parent` is a position in the list of sections, or None at the top."""

    type: SectionType
    start: int
    end: int
    level: int
    layer: Layer
    basis: Basis
    rule: str
    heading: tuple[int, int] | None = None
    parent: int | None = None
    subtype: str | None = None
    confidence: float | None = None
    xpath: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value found in the text, with the words it stands on (offsets into `text`)."""

    kind: str
    value: str
    spans: tuple[tuple[int, int], ...]
    basis: Basis
    rule: str
    confidence: float | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    """What else the words say, by name; plain JSON values."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the language pipeline found in one text."""

    sections: tuple[Section, ...]
    facts: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()
