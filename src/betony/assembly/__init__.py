"""Puts a record together from what the stages before it found; decides nothing but which source a field trusts."""

from __future__ import annotations

from collections.abc import Sequence

from betony import record as r
from betony.assembly import contents, description, quality, source, statements
from betony.assembly.dates import dates_of
from betony.assembly.draft import Draft, by_kind, cleaned, ground, start_of
from betony.assembly.sections import sections_of
from betony.assembly.status import page_kind_of, status_of
from betony.model import Basis, Document, Findings, Layer, PageKind
from betony.product import Part
from betony.text import squeeze, text_hash


def record(parts: Sequence[Part], product: Document, findings: Findings, processing: r.Processing) -> r.Record:
    """The record of one product, from its parts in order and what was found in their joined text."""
    sections = sections_of(product.text, findings.sections)
    starts = [section.start for section in findings.sections]
    draft = Draft(parts, product, sections, starts, by_kind(findings.facts))
    notices = (*product.notices, *quality.garbled(product.text), *findings.notices)
    warnings: list[r.Warning] = [quality.warning(draft, notice) for notice in notices]
    identity = parts[0].identity
    publisher, publisher_ground = description.publisher(draft)
    title, title_warnings = description.title(draft)
    identifier, identifier_ground = description.identifier(draft)
    document_type, type_ground = description.document_type(draft)
    jurisdictions, jurisdictions_ground = description.named(draft, "jurisdiction")
    audience, audience_ground = description.named(draft, "audience")
    url = identity.page.product if identity.page else None
    status, status_warnings = status_of(draft)
    page_kind, kind_ground = page_kind_of(draft, status)
    dates, date_warnings = dates_of(draft, page_kind)
    relations = statements.relations(draft, identity.record_id)
    guides = parts[0].kind is not PageKind.OTHER  # what news and corporate pages say in passing is no guidance
    manual = document_type in _MANUALS
    recommends = guides and not manual
    recommendations = statements.recommendations(draft, identity.record_id, document_type) if recommends else []
    responsibilities = statements.responsibilities(draft, identity.record_id) if guides else []
    codes = [
        r.Code(section=draft.section_at(start_of(fact)), **ground(draft, fact), **cleaned(fact.detail))
        for fact in draft.facts("code")
    ]
    warnings += quality.missing(identifier, url, publisher) + title_warnings + date_warnings + status_warnings
    warnings += (quality.warning(draft, notice) for notice in description.type_conflict(draft, document_type))
    warnings += quality.chapters_amiss(draft)
    warnings += quality.truncated(parts)
    language = description.language(product.head.language)
    passages = [squeeze(product.text[section.start : section.end]) for section in findings.sections]
    body_hash = text_hash(
        own for own, section in zip(passages, findings.sections, strict=True) if section.layer is Layer.BODY
    )
    return r.Record(
        id=identity.record_id,
        identifier=identifier,
        url=url,
        title=title,
        publisher=publisher,
        creators=description.creators(draft),
        license=source.license(draft),
        document_type=document_type,
        page_kind=page_kind,
        language=language,
        jurisdictions=jurisdictions,
        audience=audience,
        provenance=r.Provenance(
            identifier=identifier_ground,
            url=r.Judged(basis=Basis.GIVEN, rule=identity.rule) if url else None,
            publisher=publisher_ground,
            document_type=type_ground,
            page_kind=kind_ground,
            language=r.Judged(basis=Basis.GIVEN, rule="html lang") if language else None,
            jurisdictions=jurisdictions_ground,
            audience=audience_ground,
        ),
        dates=dates,
        status=status,
        relations=relations,
        sections=sections,
        recommendations=recommendations,
        responsibilities=responsibilities,
        codes=codes,
        definitions=statements.definitions(draft),
        links=contents.links(draft),
        tables=contents.tables(draft),
        text=product.text,
        parts=contents.parts(draft, title, page_kind),
        source=source.source(parts[0]),
        text_hash=body_hash,
        content_hash=r.content_hash(
            text_hash=body_hash,
            title=title,
            status=status,
            dates=dates,
            relations=relations,
            sections=sections,
            recommendations=recommendations,
            responsibilities=responsibilities,
            codes=codes,
        ),
        quality=quality.quality(product.text, findings.sections, passages, warnings),
        processing=processing,
    )


_MANUALS = frozenset({"process_and_methods", "process_and_methods_guide"})
"""Types of documents that say how guidance is made, and recommend nothing."""
