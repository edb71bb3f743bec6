"""betony_dates: when the guidance was published, updated, reviewed, withdrawn, and when it will be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Block, Fact, Notice, Section, SectionType
from betony.nlp import anothers, carry, cues, key_events
from betony.nlp.dates import beside_title, header, listed_updates
from betony.nlp.dates.consultations import Round, round_of
from betony.nlp.dates.found import Found
from betony.nlp.dates.labels import labelled, page_labels
from betony.nlp.dates.notices import in_place_of_another, withdrawn_by_name
from betony.nlp.dates.settled import settle
from betony.nlp.dates.statements import said
from betony.nlp.dates.update_history import from_history
from betony.nlp.drafts import lists_drafts
from betony.nlp.results import lists_results
from betony.nlp.stems import Places, Stems, places_in

_STEMS = Stems((
    "ublished", "ublication", "s replaced", "en replaced", "s superseded", "en superseded", "and replaced", "ssued", "ssue date", "eleased", "pdated", "odified", "mended", "eviewed", "review", "Review", "ithdr", "erminated",
    "iscontinued", "uspended", "tatus changed", "xpected", "nticipated", "onsultation", "losing date", "omments", "losed", "evised", "Date", "static list", "xpire", "current as of", "scheduled update", "Post", "osted", "xpiry", "Draft guidance", "etired", "rchived", "onsulting on", "ast update", "dded on", "odification", "up-to-date", "up to date", "content update", "rticle date", "omment until",
))  # fmt: skip
_CENTURIES = ("19", "20")
_SKIPPED = frozenset(
    {
        SectionType.EVIDENCE,
        SectionType.RESEARCH,
        SectionType.LEGAL,
        SectionType.CODING,
        SectionType.DISCUSSION,
        SectionType.RECOMMENDATIONS,
        SectionType.DEFINITIONS,
        SectionType.PROCEDURE,
        SectionType.RESPONSIBILITIES,
    }
)
"""Sections in which a date is one of a study, a label or a law."""


@Language.component("betony_dates", requires=["doc.spans"], assigns=["doc.spans"])
def dates(doc: Doc) -> Doc:
    """Add facts of the kind date."""
    facts, notices = find(carry.text(doc), carry.blocks(doc), carry.sections(doc), carry.reference(doc), places_in(doc))
    carry.add_facts(doc, facts)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str,
    blocks: Sequence[Block],
    sections: Sequence[Section] = (),
    reference: str | None = None,
    places: Places | None = None,
) -> tuple[list[Fact], list[Notice]]:
    """The dates that the page states of itself, one a field, and warnings of those it lost or that disagree; `reference` is the
    document's own, where its address tells it; `places` are those of stems in the text, where somebody has looked."""
    if lists_results(text):
        return [], []
    runs = cues.outside(blocks, sections, _SKIPPED, anothers.sections(text, sections))
    places = places or Places(text)
    labels = cues.around(blocks, runs, places.spans(_STEMS))
    centuries = cues.holding(text, blocks, runs, _CENTURIES)
    found: list[Found] = []
    rounds: list[Round] = []
    for i in sorted({*labels, *page_labels(text, blocks, runs)}):
        if row := round_of(text, blocks[i]):
            rounds.append(row)
            continue
        found.extend(labelled(text, blocks, i, labels.get(i)))
        if i in labels and i in centuries:
            found.extend(said(text, blocks[i], centuries[i]))
    if rounds:
        last = max(rounds, key=lambda row: row.closes.value)
        found.append(Found("consultation_opens", "timeline", last.span, last.opens))
        found.append(Found("consultation_closes", "timeline", last.span, last.closes))
    if changed := key_events.status_changed(text, blocks, places):
        found.append(Found("status_changed", "timeline", *changed))
    found.extend(from_history(text, blocks, sections, centuries))
    if listed := listed_updates.newest(text, places):
        found.append(Found("modified", "history", *listed))
    if opened := listed_updates.newest_of_paragraphs(text, blocks):
        found.append(Found("modified", "history", *opened))
    found.extend(in_place_of_another(text, blocks))
    found.extend(withdrawn_by_name(text, blocks, reference))
    found.extend(_of_header(text, blocks, found))
    if any(item.field.startswith("consultation") for item in found) and lists_drafts(text):
        found = [item for item in found if not item.field.startswith("consultation")]
    return settle(text, found)


_STILL_TO_COME = ("consultation_opens", "consultation_closes", "expected", "next_review")


def _of_header(text: str, blocks: Sequence[Block], found: Sequence[Found]) -> Iterator[Found]:
    """What the first lines say of the document's dates where no full label does."""
    if not any(item.field == "published" for item in found):
        for span, day in header.published(text, blocks):
            yield Found("published", "label:date", span, day)
    if not any(item.field == "published" and item.date for item in found):
        for span, day in header.issued(text, blocks):
            yield Found("published", "sentence", span, day)
        if numbered := header.in_a_series(text, blocks):
            yield Found("published", "label:number", *numbered)
        elif issue := header.in_an_issue(text, blocks):
            yield Found("published", "label:issue", *issue)
        elif dated := header.dateline(text, blocks):
            yield Found("published", "sentence:dateline", *dated)
        elif (beside := beside_title.find(text, blocks)) and all(
            item.date is None or item.date.value != beside.day.value for item in found if item.field in _STILL_TO_COME
        ):
            yield Found(beside.field, "title", beside.span, beside.day)
    if not any(item.field == "next_review" for item in found):
        since = next((item.date.value for item in found if item.field == "published" and item.date), None)
        for span, day, issued in header.next_review(text, blocks, since):
            yield Found("next_review", "label:review", span, day)
            if issued and since is None:
                yield Found("published", "label:issued", (issued.start, issued.end), issued)
