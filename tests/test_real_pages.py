"""What real pages must come to; they are not in the repository, and each test is skipped where they are absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from betony import sources, work
from betony.errors import DocumentError
from betony.model import Capture, PageKind, WarningCode
from betony.pipeline import structure
from betony.record import Record, evidences
from betony.store import Store
from tests.conftest import SAMPLES


def record_of(path: Path) -> Record:
    return structure([Capture(path.read_bytes(), path.name)])


def is_whole(record: Record) -> None:
    """All of the text is in its sections, in order, and every quotation stands where it says."""
    assert record.quality.coverage == 1.0
    at = 0
    for section in record.sections:
        assert at <= section.start < section.end
        assert not record.text[at : section.start].strip()
        at = section.end
    assert not record.text[at:].strip()
    for evidence in evidences(record):
        assert record.text[evidence.start : evidence.end] == evidence.quote


def test_pages_about_nice_are_no_guidance(shared: Path) -> None:
    pages = sorted((shared / "nice").glob("site-*.html"))
    assert len(pages) >= 5
    recorded = []
    for path in pages:
        try:
            record = record_of(path)
        except DocumentError:
            continue
        is_whole(record)
        if record.page_kind is not PageKind.OTHER:
            recorded.append((path.name, record.page_kind.value))
        assert not record.recommendations, path.name
        assert not record.responsibilities, path.name
    assert recorded == []


def test_error_pages_that_answered_200_are_refused(shared: Path) -> None:
    pages = [path for path in sorted((shared / "rejects").iterdir()) if path.is_file()]
    assert pages
    for path in pages:
        with pytest.raises(DocumentError):
            record_of(path)


def test_a_real_chapter_has_its_46_recommendations(shared: Path) -> None:
    record = record_of(shared / "nice" / "ng100-recommendations.html")
    is_whole(record)
    numbered = [one for one in record.recommendations if one.number]
    assert len(numbered) == 46
    parts = [tuple(map(int, one.number.split("."))) for one in numbered if one.number]
    assert all(len(part) == 3 and part[0] == 1 for part in parts)
    assert parts == sorted(set(parts))
    for _, group, last in parts:  # no number is left out
        assert all((1, group, number) in parts for number in range(1, last + 1))
    names = {section.id for section in record.sections}
    assert all(one.section in names for one in numbered)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", ["*.txt", "*.html"])
def test_summaries_are_read_whole_and_quoted_truly(shared: Path, kind: str) -> None:
    for path in sorted((shared / "gold").glob(kind))[::8]:
        record = record_of(path)
        is_whole(record)
        codes = {warning.code for warning in record.quality.warnings}
        assert WarningCode.LANGUAGE_UNSUPPORTED not in codes, path.name


@pytest.mark.timeout(600)
@pytest.mark.parametrize("folder", ["nice", "nhs", "pages"])
def test_whole_pages_are_read_whole_and_quoted_truly(shared: Path, folder: str) -> None:
    read = 0
    for path in sorted((shared / folder).glob("*.htm*")):
        try:
            is_whole(record_of(path))
            read += 1
        except DocumentError:
            assert folder == "nice", path.name
    assert read


# A made-up guideline of three pages, as a person would bring it.

OVERVIEW, CHAPTER, RESEARCH = (
    SAMPLES / "nice" / f"ng9001-{name}.html" for name in ("overview", "recommendations", "recommendations-for-research")
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "s.db"), create=True) as opened:
        yield opened


def page(path: Path, *, at: str | None = None, change: tuple[bytes, bytes] = (b"", b"")) -> Capture:
    """The sample, as retrieved at another time and with a change of its words where one is wanted."""
    (capture,) = sources.discover([str(path)])
    assert isinstance(capture, Capture)
    body = capture.body.replace(*change) if change[0] else capture.body
    assert (body != capture.body) == bool(change[0])
    return replace(capture, body=body, retrieved_at=at or capture.retrieved_at)


def brought(store: Store, *captures: Capture) -> Record:
    """The one record of the store after these came in, quoted truly."""
    summary = work.ingest(captures, store, workers=1)
    assert summary.error is None
    assert not summary.setbacks
    (text,) = store.every_json()
    record = Record.model_validate_json(text)
    is_whole(record)
    return record


def by_part(record: Record) -> dict[str, tuple[str, list[tuple[str, str, str]]]]:
    """Of each page its text, and its sections' types, headings and texts; ids tell the same headings of pages apart."""
    found = {}
    for part in record.parts:
        inside = [section for section in record.sections if part.start <= section.start < part.end]
        assert all(section.end <= part.end for section in inside)
        sections = [(s.type.value, s.heading.text if s.heading else "", s.text) for s in inside]
        found[part.uri.rpartition("/")[2]] = (record.text[part.start : part.end], sections)
    return found


def missing_chapters(record: Record) -> set[str]:
    """The chapters that the overview names and nobody brought."""
    return {w.evidence[0].quote for w in record.quality.warnings if w.code is WarningCode.CHAPTER_MISSING}


def plain(record: Record) -> dict[str, object]:
    values: dict[str, object] = record.model_dump(mode="json", exclude={"processing"})
    return values


@pytest.mark.parametrize("order", list(permutations((OVERVIEW, CHAPTER, RESEARCH))), ids=lambda order: order[0].stem)
def test_the_order_in_which_pages_come_makes_no_difference(order: tuple[Path, ...], tmp_path: Path) -> None:
    whole = structure([page(OVERVIEW), page(CHAPTER), page(RESEARCH)])
    assert [part.uri.rpartition("/")[2] for part in whole.parts] == [OVERVIEW.name, CHAPTER.name, RESEARCH.name]
    with Store.open(str(tmp_path / "together.db"), create=True) as store:
        assert plain(brought(store, *map(page, order))) == plain(whole)
    with Store.open(str(tmp_path / "apart.db"), create=True) as store:
        for path in order:
            record = brought(store, page(path))
        assert plain(record) == plain(whole)


def test_a_chapter_brought_a_day_later_changes_itself_alone(store: Store) -> None:
    before = brought(store, page(OVERVIEW), page(RESEARCH))
    after = brought(store, page(CHAPTER, at="2026-10-02T09:00:00Z"))
    assert after.id == before.id
    parts = by_part(after)
    assert set(parts) - set(by_part(before)) == {CHAPTER.name}
    assert {name: part for name, part in parts.items() if name != CHAPTER.name} == by_part(before)
    assert missing_chapters(before) - missing_chapters(after) == {"Recommendations"}
    assert after.content_hash != before.content_hash


def test_a_newer_capture_of_one_page_changes_that_page_alone(store: Store) -> None:
    before = brought(store, page(OVERVIEW), page(CHAPTER), page(RESEARCH))
    newer = page(CHAPTER, at="2026-11-01T09:00:00Z", change=(b"</h1>", b" (made longer in November)</h1>"))
    after = brought(store, newer)
    old, new = by_part(before), by_part(after)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == [CHAPTER.name]
    assert [part.sha256 for part in before.parts][0::2] == [part.sha256 for part in after.parts][0::2]
    assert after.parts[1].sha256 == newer.digest
    by = len(after.text) - len(before.text)
    assert by > 0
    assert [part.start for part in after.parts] == [
        before.parts[0].start, before.parts[1].start, before.parts[2].start + by
    ]  # fmt: skip
    # The older page brought again, or a page still older, changes nothing.
    again = brought(store, page(CHAPTER), page(CHAPTER, at="2020-01-01", change=(b"</h1>", b" (of long ago)</h1>")))
    assert plain(again) == plain(after)
