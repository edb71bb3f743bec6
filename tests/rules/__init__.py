"""Two stand-ins for the pipeline that differ in their rules: quick, and with content hashes of their own making."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from betony.errors import DocumentError, Reason
from betony.identity import identify
from betony.model import Basis, Capture, Layer, PageKind, SectionType
from betony.record import (
    Dates,
    Part,
    Processing,
    Quality,
    Record,
    SectionRecord,
    Source,
    Status,
    Title,
    content_hash,
)
from betony.text import squeeze, text_hash


def made(captures: Sequence[Capture], ruleset: str, type_of: dict[str, SectionType]) -> Record:
    """One section a capture, typed by its first word; `refused` is no document to the rules that do not know it."""
    place = identify(captures[0])
    sections, parts, text = [], [], ""
    for number, capture in enumerate(captures):
        words = capture.body.decode().strip()
        first = words.split()[0]
        if first == "refused" and first not in type_of:
            raise DocumentError("it is refused", reason=Reason.NOT_A_DOCUMENT, document=capture.uri)
        start = len(text)
        text += words + "\n\n"
        type_ = type_of.get(first, SectionType.SUMMARY)
        sections.append(
            SectionRecord(
                id=f"{type_.value}~{number}" if number else type_.value,
                type=type_,
                level=1,
                start=start,
                end=start + len(words),
                text=words,
                layer=Layer.BODY,
                basis=Basis.INFERRED,
            )
        )
        part = Part(uri=capture.uri, page_kind=PageKind.DOCUMENT, sha256=capture.digest, start=start, end=len(text) - 2)
        parts.append(part)
    title = Title(value=f"{place.record_id} by its address", basis=Basis.GIVEN)
    body = text_hash(squeeze(section.text) for section in sections)
    hashed = content_hash(
        text_hash=body,
        title=title,
        status=Status(),
        dates=Dates(),
        relations=[],
        sections=sections,
        recommendations=[],
        responsibilities=[],
        codes=[],
    )
    return Record(
        id=place.record_id,
        url=place.page.product if place.page else None,
        title=title,
        page_kind=PageKind.DOCUMENT,
        sections=sections,
        text=text,
        parts=parts,
        source=Source(
            uri=captures[0].uri,
            media_type="text/plain",
            sha256=sha256(captures[0].body).hexdigest(),
            bytes=len(captures[0].body),
            retrieved_at=captures[0].retrieved_at,
        ),
        text_hash=body,
        content_hash=hashed,
        quality=Quality(coverage=1.0, classified=1.0),
        processing=Processing(pipeline="test", ruleset=ruleset),
    )
