"""How much of the text is accounted for, and what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence

from betony import record as r
from betony.assembly.draft import Draft
from betony.model import Layer, Notice, PageKind, Section, SectionType, WarningCode, WarningLevel
from betony.product import Part, chapters
from betony.text import mojibake, strip_span

_MOST_GARBLED = 20  # places that a warning shows; the first few tell what is wrong with all


def garbled(text: str) -> list[Notice]:
    """One notice on all places where letters were read in a wrong encoding before they came; none where there are none."""
    spans = mojibake(text)
    if not spans:
        return []
    sample = ", ".join(dict.fromkeys(repr(text[start:end]) for start, end in spans[:3]))
    message = f"garbled before it came, in {len(spans):,} {'place' if len(spans) == 1 else 'places'}: {sample}"
    return [Notice(WarningCode.MOJIBAKE, message, spans=tuple(spans[:_MOST_GARBLED]))]


def warning(draft: Draft, notice: Notice) -> r.Warning:
    """The notice as the record shows it."""
    return r.Warning(
        code=notice.code, level=notice.level, message=notice.message, evidence=draft.evidence(notice.spans)
    )


def missing(identifier: str | None, url: str | None, publisher: r.Publisher | None) -> list[r.Warning]:
    """A warning for each of these that nobody and nothing gives."""
    found = []
    if identifier is None:
        message = "neither the address nor the text gives the publisher's reference"
        found.append(r.Warning(code=WarningCode.IDENTIFIER_UNKNOWN, message=message))
    if url is None:
        message = "no address came with the document and none stands in its head"
        found.append(r.Warning(code=WarningCode.URL_UNKNOWN, message=message))
    if publisher is None:
        message = "neither address nor text names a publisher that betony knows"
        found.append(r.Warning(code=WarningCode.PUBLISHER_UNKNOWN, message=message))
    return found


def truncated(parts: Sequence[Part]) -> list[r.Warning]:
    """A warning for each part whose capture was cut."""
    message = "the capture of {} ended before the document did"
    return [
        r.Warning(code=WarningCode.TRUNCATED, message=message.format(part.capture.uri), level=WarningLevel.REVIEW)
        for part in parts
        if part.capture.truncated
    ]


def chapters_amiss(draft: Draft) -> list[r.Warning]:
    """Chapters that the overview names and nobody brought, and older ones that it names no longer."""
    first = draft.parts[0]
    if first.kind is not PageKind.OVERVIEW:
        return []
    named, here = chapters(first), {part.identity.url for part in draft.parts}
    missing = [
        r.Warning(
            code=WarningCode.CHAPTER_MISSING,
            message=f"nobody brought the chapter {draft.text[link.start : link.end].strip()!r} that the overview names",
            evidence=draft.evidence([strip_span(draft.text, link.start, link.end)]),
        )
        for url, link in named.items()
        if url not in here
    ]
    unlisted = [
        r.Warning(
            code=WarningCode.CHAPTER_UNLISTED,
            message=f"the overview, which is newer, no longer names the chapter at {part.identity.url}",
            level=WarningLevel.REVIEW,
        )
        for part in draft.parts
        if named and part.kind is PageKind.CHAPTER and part.identity.url not in named and "" < _day(part) < _day(first)
    ]
    return missing + unlisted


def _day(part: Part) -> str:
    """When it was captured, to the day: pages of one visit are of one time. Empty where nobody knows."""
    return (part.capture.retrieved_at or "")[:10]


def quality(text: str, sections: Sequence[Section], passages: Sequence[str], warnings: list[r.Warning]) -> r.Quality:
    """`passages` are the sections' words with single spaces between them; what counts is all that is not white space."""
    inside = body = known = 0
    for section, own in zip(sections, passages, strict=True):
        solid = len(own) - own.count(" ")
        inside += solid
        if section.layer is Layer.BODY:
            body += solid
            known += solid if section.type is not SectionType.OTHER else 0
    ends, starts = (0, *(section.end for section in sections)), (*(section.start for section in sections), len(text))
    between = " ".join([text[end:start] for end, start in zip(ends, starts, strict=True)])
    total = inside + sum(map(len, between.split()))
    return r.Quality(
        coverage=inside / total if total else 1.0,
        classified=known / body if body else 1.0,
        warnings=warnings,
        needs_review=any(warning.level is WarningLevel.REVIEW for warning in warnings),
    )
