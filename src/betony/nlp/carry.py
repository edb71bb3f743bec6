"""How blocks, sections and facts ride on a spaCy Doc: as span groups with plain attributes, so that they survive
`Doc.to_bytes`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span, SpanGroup

from betony.model import (
    Basis,
    Block,
    BlockKind,
    Fact,
    Layer,
    Notice,
    Section,
    SectionType,
    WarningCode,
    WarningLevel,
)

Movable = TypeVar("Movable", Fact, Notice)

BLOCKS = "betony_blocks"
SECTIONS = "betony_sections"
FACTS = "betony_facts"
NOTICES = "betony_notices"
PARTS = "betony_parts"
MEDIA_TYPE = "betony_media_type"
SERIES = "betony_series"
LANGUAGE = "betony_language"
DOCUMENT_TYPE = "betony_document_type"
REFERENCE = "betony_reference"
SITE_FIRST = "betony_site_first"
TEXT = "betony_text"


def text(doc: Doc) -> str:
    """The Doc's text, put together from its tokens once and kept: spaCy does it anew at every `doc.text`."""
    if TEXT not in doc.user_data:
        doc.user_data[TEXT] = doc.text
    return str(doc.user_data[TEXT])


_blocks: WeakKeyDictionary[Doc, tuple[Block, ...]] = WeakKeyDictionary()
_sections: WeakKeyDictionary[Doc, tuple[Section, ...]] = WeakKeyDictionary()
"""What was set in this process, kept beside its plain form: most components ask for it."""


def set_blocks(doc: Doc, blocks: Sequence[Block]) -> None:
    """Put the blocks on the Doc, in the place of any that were there; nothing is done where they are the same."""
    found = tuple(blocks)
    if BLOCKS in doc.user_data and _blocks.get(doc) == found:
        return
    _blocks[doc] = found
    doc.user_data[BLOCKS] = [
        [str(b.kind), b.start, b.end, b.level, str(b.layer), str(b.hint) if b.hint else None, b.xpath] for b in found
    ]


def blocks(doc: Doc) -> tuple[Block, ...]:
    """The Doc's blocks, in order; ValueError where no component has set them."""
    if BLOCKS not in doc.user_data:
        raise ValueError("this Doc has no blocks: add 'betony_blocks' to the pipeline before this component")
    if doc in _blocks:
        return _blocks[doc]
    return tuple(
        Block(BlockKind(kind), start, end, level, Layer(layer), SectionType(hint) if hint else None, xpath)
        for kind, start, end, level, layer, hint, xpath in doc.user_data[BLOCKS]
    )


def parts(doc: Doc) -> tuple[int, ...]:
    """Where each page of the product starts."""
    return tuple(doc.user_data.get(PARTS, (0,)))


def series(doc: Doc) -> tuple[SectionType | None, ...]:
    """Of each part what all documents of its series are for; empty where nobody tells."""
    return tuple(SectionType(purpose) if purpose else None for purpose in doc.user_data.get(SERIES, ()))


def media_type(doc: Doc) -> str:
    """What the text was read from; plain text where nobody said."""
    return str(doc.user_data.get(MEDIA_TYPE, "text/plain"))


def document_type(doc: Doc) -> str | None:
    """The publisher's type of the guidance, where the address tells it."""
    given = doc.user_data.get(DOCUMENT_TYPE)
    return str(given) if given else None


def reference(doc: Doc) -> str | None:
    """The publisher's reference of the document, where the address tells it."""
    given = doc.user_data.get(REFERENCE)
    return str(given) if given else None


def site_first(doc: Doc) -> bool:
    """Whether the address tells that the first line names a part of the site, and the second the page."""
    return bool(doc.user_data.get(SITE_FIRST))


def language(doc: Doc) -> str | None:
    """The language that the page gives as its own, where it gives one."""
    given = doc.user_data.get(LANGUAGE)
    return str(given) if given else None


def set_sections(doc: Doc, sections: Sequence[Section]) -> None:
    """Put the sections on the Doc as the span group `betony_sections`, labelled with their types."""
    _sections[doc] = tuple(sections)
    group = SpanGroup(doc, name=SECTIONS, attrs={"sections": list(sections)})
    group.extend([_span(doc, section.start, section.end, str(section.type)) for section in sections])
    doc.spans[SECTIONS] = group


def sections(doc: Doc) -> tuple[Section, ...]:
    """The Doc's sections, in order; ValueError where no component has set them."""
    if SECTIONS not in doc.spans:
        raise ValueError("this Doc has no sections: add 'betony_sections' to the pipeline before this component")
    if doc in _sections:
        return _sections[doc]
    return tuple(_section(*values) for values in doc.spans[SECTIONS].attrs["sections"])


def add_facts(doc: Doc, facts: Iterable[Fact]) -> None:
    """Add facts to the span group `betony_facts`; each evidence span is labelled with its fact's kind."""
    if FACTS not in doc.spans:
        doc.spans[FACTS] = SpanGroup(doc, name=FACTS, attrs={"facts": []})
    facts = list(facts)
    if facts:
        group = doc.spans[FACTS]
        group.attrs["facts"].extend(_plain(fact) for fact in facts)
        group.extend([_span(doc, start, end, fact.kind) for fact in facts for start, end in fact.spans])


def facts(doc: Doc, *kinds: str) -> list[Fact]:
    """The Doc's facts, of the kinds named or of all, in the order in which they were found."""
    if FACTS not in doc.spans:
        return []
    return [_fact(values) for values in doc.spans[FACTS].attrs["facts"] if not kinds or values["kind"] in kinds]


def add_notices(doc: Doc, notices: Iterable[Notice]) -> None:
    """Add warnings about the text."""
    doc.user_data.setdefault(NOTICES, []).extend(_plain(notice) for notice in notices)


def notices(doc: Doc) -> list[Notice]:
    """The warnings that components have left."""
    return [
        Notice(
            WarningCode(values["code"]),
            values["message"],
            WarningLevel(values["level"]),
            tuple((start, end) for start, end in values["spans"]),
        )
        for values in doc.user_data.get(NOTICES, [])
    ]


def shifted_section(section: Section, by: int) -> Section:
    """The section moved by `by` characters."""
    if by == 0:
        return section
    heading = section.heading and (section.heading[0] + by, section.heading[1] + by)
    return section._replace(start=section.start + by, end=section.end + by, heading=heading)


def shifted(item: Movable, by: int) -> Movable:
    """The fact or warning moved by `by` characters, with the spans among its details (`checked_span`)."""
    return placed(item, lambda start, end: (start + by, end + by)) if by else item


def placed(item: Movable, place: Callable[[int, int], tuple[int, int]]) -> Movable:
    """The fact or warning with each of its spans, those among its details too, where `place` puts it."""
    spans = tuple(place(start, end) for start, end in item.spans)
    if isinstance(item, Notice):
        return replace(item, spans=spans)
    detail = {
        name: list(place(*value)) if name.endswith("_span") and value else value for name, value in item.detail.items()
    }
    return replace(item, spans=spans, detail=detail)


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no token stands at {start}-{end}")
    return span


def _plain(value: Fact | Notice) -> dict[str, Any]:
    """The fields by name, as they are: their values are plain, and never changed."""
    names, values = _FIELDS[type(value)]
    return dict(zip(names, values(value), strict=True))


def _field_names(kind: type[Fact | Notice]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_FIELDS = {kind: (_field_names(kind), attrgetter(*_field_names(kind))) for kind in (Fact, Notice)}


def _section(*values: Any) -> Section:
    """The section whose fields' values, as bytes keep them, stand in their order."""
    read = Section(*values)
    return read._replace(
        type=SectionType(read.type),
        layer=Layer(read.layer),
        basis=Basis(read.basis),
        heading=(read.heading[0], read.heading[1]) if read.heading else None,
    )


def _fact(values: dict[str, Any]) -> Fact:
    spans = tuple((start, end) for start, end in values["spans"])
    return Fact(**{**values, "basis": Basis(values["basis"]), "spans": spans})
