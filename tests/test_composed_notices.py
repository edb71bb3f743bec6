"""Notices put together from their pieces, so that what each of them says is known: standing, relations, parts, dates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest

from betony.model import Capture
from betony.pipeline import structure
from betony.record import Record

ADDRESS = "https://www.nice.org.uk/guidance/ng9001"
PAGE = """Heel pain in adults

NICE guideline [NG9001]
Published: 3 June 2015

Overview

This covers how heels are cared for.

{heading}

{notice}

Your responsibility

The guidance does not override the duty to make decisions.
"""
SAMPLE = 5
"""Notices of each kind of sentence that are read; all of them hold."""


@dataclass(frozen=True, slots=True)
class Target:
    """How a notice names another document, and what is to be read of it."""

    words: str
    name: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """What a notice says happens between the two documents."""

    words: str
    type: str
    currency: str = "unknown"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice put together, and what is to be read of it."""

    kind: str
    words: str
    currency: str
    relations: tuple[tuple[str, str, str | None, bool, str | None], ...] = ()
    heading: str = "Is this guidance up to date?"


SUBJECTS = (
    "This guidance", "This guideline", "This NICE guideline", "This appraisal", "The guidance", "This quality standard",
    "This document", "NG9001", "NICE guideline NG9001",
)  # fmt: skip
ONE = (
    Target("NICE guideline NG8012", "nice:ng8012"),
    Target("technology appraisal guidance 8385", "nice:ta8385"),
    Target("NICE technology appraisal guidance 8385 (published in February 2016)", "nice:ta8385", "2016-02"),
    Target("interventional procedure guidance 8508", "nice:ipg8508"),
    Target("CG8105 (published July 2010)", "nice:cg8105", "2010-07"),
    Target("CG8105 (2010)", "nice:cg8105", "2010"),
    Target("the NICE guideline on heel wax in adults", "NICE guideline on heel wax in adults"),
    Target("the NICE guideline on heel wax in adults (NG8044, 2016)", "nice:ng8044", "2016"),
    Target("NICE's guideline on heel wax in adults (NICE guideline NG8044)", "nice:ng8044"),
    Target("NICE inherited clinical guideline D", "NICE inherited clinical guideline D"),
    Target("the NICE quality standard on hip pain (QS8016)", "nice:qs8016"),
)
SEVERAL = (
    (
        "CG8021 (published October 2005) and TA8084 (published May 2006)",
        (Target("", "nice:cg8021", "2005-10"), Target("", "nice:ta8084", "2006-05")),
    ),
    ("NICE technology appraisal guidance 53 and 60", (Target("", "nice:ta53"), Target("", "nice:ta60"))),
    (
        "TA8195 (August 2010), TA8225 (June 2011) and TA8247",
        (Target("", "nice:ta8195", "2010-08"), Target("", "nice:ta8225", "2011-06"), Target("", "nice:ta8247")),
    ),
)
ACTIVE = (
    Verb("replaces", "replaces"), Verb("updates and replaces", "replaces"), Verb("supersedes", "replaces"),
    Verb("fully replaces", "replaces"), Verb("has replaced", "replaces"), Verb("has superseded", "replaces"),
    Verb("is an update and replacement of", "replaces"), Verb("brings together and replaces", "replaces"),
    Verb("partially replaces", "partially_replaces"), Verb("updates and partially replaces", "partially_replaces"),
    Verb("is a partial update and replacement of", "partially_replaces"), Verb("updates", "updates"),
    Verb("is a partial update of", "updates"), Verb("is a review of", "updates"), Verb("is based on", "is_based_on"),
    Verb("should be read with", "read_in_conjunction_with"), Verb("should be read alongside", "read_in_conjunction_with"),
    Verb("will replace", "replaces", draft=True), Verb("will update and replace", "replaces", draft=True),
    Verb("is intended to replace", "replaces", draft=True),
)  # fmt: skip
PASSIVE = (
    Verb("has been replaced by", "is_replaced_by", "replaced"), Verb("was replaced by", "is_replaced_by", "replaced"),
    Verb("has been updated and replaced by", "is_replaced_by", "replaced"), Verb("is now replaced by", "is_replaced_by", "replaced"),
    Verb("has been replaced with", "is_replaced_by", "replaced"), Verb("was superseded by", "is_replaced_by", "replaced"),
    Verb("has been withdrawn and replaced by", "is_replaced_by", "replaced"),
    Verb("has been replaced in May 2020 by", "is_replaced_by", "replaced"),
    Verb("was updated and replaced in 2020 by", "is_replaced_by", "replaced"),
    Verb("has been partially replaced by", "is_partially_replaced_by", "partially_replaced"),
    Verb("was partially replaced in 2020 by", "is_partially_replaced_by", "partially_replaced"),
    Verb("has been partially updated by", "is_updated_by", "partially_replaced"),
    Verb("was partially updated in May 2020 by", "is_updated_by", "partially_replaced"),
    Verb("has been updated by", "is_updated_by"), Verb("is updated by", "is_updated_by"),
    Verb("will be replaced by", "is_replaced_by", draft=True), Verb("is to be replaced by", "is_replaced_by", draft=True),
)  # fmt: skip
WITHOUT_SUBJECT = (
    Verb("Replaces", "replaces"), Verb("Updates and replaces", "replaces"), Verb("Partially replaces", "partially_replaces"),
    Verb("Updated and replaced by", "is_replaced_by", "replaced"), Verb("Replaced by", "is_replaced_by", "replaced"),
    Verb("Superseded in May 2020 by", "is_replaced_by", "replaced"), Verb("Updated by", "is_updated_by"),
    Verb("Partially replaced by", "is_partially_replaced_by", "partially_replaced"),
    Verb("Partially updated by", "is_updated_by", "partially_replaced"),
)  # fmt: skip
LONG = (
    "because no new evidence on wax, cream or shoes was found that could change what is advised to clinics, schools, families"
    " and people who walk a lot in their daily work, and because the experts whom we asked about what they see in their own"
    " clinics, among them nurses, podiatrists and people who have had dry heels for years, agreed that the advice still helps"
)
AROUND = (
    ("In May 2020, ", ""), ("May 2020: ", ""), ("Please note that ", " and this page is kept for reference only"),
    ("", " (see the guideline for more details)"), ("", f" {LONG}"),
    ("", ", following a review of the evidence on wax, cream and shoes by the committee and by people with dry heels"),
)  # fmt: skip
"""What stands before a notice and behind it."""
OWN_PARTS = (
    "Recommendation 1.2.3", "Section 1.2", "Quality statement 2", "Recommendation 1.4.2 on wax",
    "Section 1.2 of this guideline",
)  # fmt: skip
TARGET_PARTS = (
    "recommendation 1.2.3", "recommendations 1.2.3 to 1.2.9", "section 1.2", "sections 1.2 and 1.4", "quality statement 2",
    "quality statement 7: heel checks", "some of the recommendations", "the recommendations on wax", "parts",
)  # fmt: skip
LISTS = (
    Verb("updates and replaces the following guidance:", "replaces"), Verb("replaces:", "replaces"),
    Verb("forms a single source of advice that updates and replaces the guidelines on:", "replaces"),
    Verb("brings together and replaces the following:", "replaces"), Verb("will replace:", "replaces", draft=True),
    Verb("partially updates and replaces:", "partially_replaces"),
    Verb("has been replaced by:", "is_replaced_by", "replaced"),
    Verb("has been partially updated by:", "is_updated_by", "partially_replaced"),
)  # fmt: skip
ITEMS = (
    Target("• Heel pain (PH8005, 2007)", "nice:ph8005", "2007"),
    Target("• Care of heels: managing wax (CG8021, October 2005) and", "nice:cg8021", "2005-10"),
    Target("• NICE technology appraisal guidance 8084 (published May 2006).", "nice:ta8084", "2006-05"),
)
OWN = ("the guideline", "this guideline", "this guidance", "the NICE guideline on heel pain in adults")
DECISIONS = (
    ("We will not update {}.", "checked_no_update"), ("We have decided not to update {}.", "checked_no_update"),
    ("We will not update {} at this time; but will look again at the evidence on wax when the large trial reports.", "checked_no_update"),
    ("The decision was not to update {}.", "checked_no_update"), (f"We decided not to update {{}} {LONG}.", "checked_no_update"),
    ("We will update {}.", "update_in_progress"), ("We will plan a full update of {}.", "update_in_progress"),
    ("We will partially update {}.", "partial_update_in_progress"),
    ("No update is needed.", "checked_no_update"), ("No update.", "checked_no_update"), ("Do not update.", "checked_no_update"),
    ("Transfer to the static list.", "static_list"), ("The guidance has been partially updated.", "partially_replaced"),
)  # fmt: skip
OF_OTHERS = (
    "TA8385 has replaced TA8132.", "TA8132 has been replaced by TA8385.", "NICE guideline NG8012 updates and replaces CG8079.",
    "CG8079 has been partially updated by NG8012.", "Recommendation 1.2 in NG8012 has been replaced by NG8014.",
    "Guidance on heel wax (TA8132) has been replaced by TA8385.", "For wax see NG8012, which has been replaced by NG8014.",
    "The NICE guideline on heel wax has been replaced by NG8014.", "The service has been replaced by community clinics.",
    "This test has been replaced by a newer one.", "This device has been withdrawn from sale.", "This trial has been suspended.",
    "Wax was withdrawn from the market in May 2020.", "The company withdrew wax. It has been replaced by cream.",
    "Heel cream has been replaced by wax in most clinics.", "NG8012 is being updated.", "TA8385 was moved to the static list.",
    "The committee noted that TA8132 had been replaced by TA8385.", "If this guidance is replaced by NG8012, we will tell you.",
    "This guidance does not replace NG8012.", "This guidance complements, but does not replace, NICE guideline NG8012.",
    "We are updating the website.", "We will not update the tool.", "This service is being updated.",
    "TA8132 Heel wax for adults\n\nReplaced by TA8385.", "• Heel wax for adults\n• Replaced by TA8385.",
)  # fmt: skip


def named(
    verb: Verb, targets: tuple[Target, ...], part: str | None = None
) -> tuple[tuple[str, str, str | None, bool, str | None], ...]:
    return tuple((verb.type, one.name, part, verb.draft, one.date) for one in targets)


def composed() -> Iterator[Notice]:
    """Every notice that the pieces make."""
    all_targets = [*((one.words, (one,)) for one in ONE), *SEVERAL]
    for subject, verb, (words, targets) in product(SUBJECTS, (*ACTIVE, *PASSIVE), all_targets):
        yield Notice(verb.words, f"{subject} {verb.words} {words}.", verb.currency, named(verb, targets))
    for subject, (lead, tail), target in product(SUBJECTS[:4], AROUND, ONE):
        own = f"{subject[0].lower()}{subject[1:]}" if lead.endswith((", ", "that ")) else subject
        told = named(Verb("", "is_replaced_by"), (target,))
        yield Notice(f"{lead}…{tail}", f"{lead}{own} has been replaced by {target.words}{tail}.", "replaced", told)
    for verb, target in product(WITHOUT_SUBJECT, ONE):
        yield Notice(verb.words, f"{verb.words} {target.words}.", verb.currency, named(verb, (target,)))
    part_gone = Verb("", "is_partially_replaced_by")
    for part, replaced, inside, target in product(
        OWN_PARTS,
        ("has been replaced by", "was superseded by"),
        ("", "section 1.1 of ", "recommendation 1.3.4 in "),
        ONE,
    ):
        told = named(part_gone, (target,), part.removesuffix(" of this guideline"))
        yield Notice(f"{inside}own part", f"{part} {replaced} {inside}{target.words}.", "partially_replaced", told)
    for subject, verb, part, target in product(
        SUBJECTS, (Verb("replaces", "partially_replaces"), Verb("updates", "updates")), TARGET_PARTS, ONE
    ):
        told = named(verb, (target,), part.removeprefix("the "))
        yield Notice(f"{verb.words} {part}", f"{subject} {verb.words} {part} of {target.words}.", "unknown", told)
    for subject, verb, blank in product(SUBJECTS[:-2], LISTS, ("\n", "\n\n")):
        words = blank.join([f"{subject} {verb.words}", *(one.words for one in ITEMS)])
        yield Notice(verb.words, words, verb.currency, named(verb, ITEMS))
    for (words, currency), own, heading in product(DECISIONS, OWN, ("Surveillance decision", "Review decision:")):
        yield Notice(words, words.format(own), currency, heading=heading)
    yield from (Notice(words, words, "unknown") for words in OF_OTHERS)


def sampled() -> list[Notice]:
    """The same few notices of each kind at every run."""
    kinds: dict[str, list[Notice]] = {}
    for notice in composed():
        kinds.setdefault(notice.kind, []).append(notice)
    choose = random.Random(9001)  # noqa: S311 - no secret, the same at every run
    return [one for made in kinds.values() for one in choose.sample(made, min(SAMPLE, len(made)))]


def read(notice: Notice) -> Record:
    page = PAGE.format(heading=notice.heading, notice=notice.words)
    return structure([Capture(page.encode(), "notice.txt", url=ADDRESS, media_type="text/plain")])


@pytest.mark.parametrize("notice", sampled(), ids=lambda notice: notice.words[:90])
def test_what_a_notice_is_put_together_from_is_read(notice: Notice) -> None:
    record = read(notice)
    assert record.status.currency == notice.currency
    told = sorted(record.relations, key=lambda one: one.target.id or one.target.label or "")
    expected = sorted(notice.relations, key=lambda one: one[1])
    assert [one.type for one in told] == [one[0] for one in expected]
    assert [one.target.id or one.target.label for one in told] == [one[1] for one in expected]
    assert [one.scope for one in told] == [one[2] for one in expected]
    assert [one.draft for one in told] == [one[3] for one in expected]
    assert [one.date and one.date.value for one in told] == [one[4] for one in expected]


def test_a_notice_changes_no_date_of_the_document() -> None:
    for notice in sampled()[::7]:
        dates = read(notice).dates
        assert dates.published is not None
        assert dates.published.value == "2015-06-03"
        assert (dates.withdrawn, dates.next_review, dates.expected) == (None, None, None)
