"""Changes by meaning: each edit is told once, at its own words, and nothing else is."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from betony import changelog
from betony.changes import Change, Kind, between, diff, spans
from betony.changes.matching import out_of_order
from betony.model import Capture
from betony.outline import outline
from betony.pipeline import structure
from tests.year import pages
from tests.year.products import Part, Product, Recommendation, made

PRODUCT = made(4)


@cache
def record(product: Product, look: pages.Look = pages.first_look) -> dict[str, Any]:
    capture = Capture(look(product, "today").encode(), product.url, product.url, media_type="text/html")
    values: dict[str, Any] = json.loads(structure([capture]).model_dump_json())
    return values


def changed(after: Product, before: Product = PRODUCT) -> list[tuple[str, str]]:
    """Kinds and names of what changed; every evidence holds words of its version."""
    old, new = record(before), record(after)
    found = between(old, new)
    for change in found:
        for spans_, text in ((change.evidence_before, old["text"]), (change.evidence_after, new["text"])):
            assert all(text[start:end].strip() for start, end in spans_), change
        assert Change.from_json(json.loads(json.dumps(change.as_json()))) == change
    return [(change.kind.value, change.name) for change in found if not change.reading]


def items(*texts: str) -> Product:
    return PRODUCT.with_part(
        1, replace(PRODUCT.parts[1], recommendations=tuple(Recommendation(text) for text in texts))
    )


TREATMENT = [item.text for item in PRODUCT.parts[1].recommendations]


def test_the_same_is_no_change() -> None:
    assert between(record(PRODUCT), record(PRODUCT)) == ()
    assert record(PRODUCT, pages.second_look)["content_hash"] == record(PRODUCT)["content_hash"]
    assert record(PRODUCT, pages.second_look)["text"] != record(PRODUCT)["text"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (items(TREATMENT[0], "Explain what to do on bad days.", *TREATMENT[1:]), [
            ("recommendation_added", "1.2.2"), ("recommendation_renumbered", "1.2.3"), ("recommendation_renumbered", "1.2.4"),
        ]),
        (items(*TREATMENT[1:]), [
            ("recommendation_removed", "1.2.1"), ("recommendation_renumbered", "1.2.1"), ("recommendation_renumbered", "1.2.2"),
        ]),
        (items(TREATMENT[0], TREATMENT[1].replace("Consider", "Do not offer"), TREATMENT[2]), [
            ("recommendation_strength", "1.2.2"),
        ]),
        (items(TREATMENT[2], TREATMENT[0], TREATMENT[1]), [
            ("recommendation_renumbered", "1.2.1"), ("recommendation_renumbered", "1.2.2"), ("recommendation_renumbered", "1.2.3"),
        ]),
        (replace(PRODUCT, lead=(PRODUCT.lead[0], "It says nothing about costs."), title=PRODUCT.title), [
            ("section_reworded", "Guidance"),
        ]),
        (replace(PRODUCT, parts=(*PRODUCT.parts[:2], Part("Advice", ("Advice comes before reasons.",)), *PRODUCT.parts[2:])), [
            ("section_added", "Advice"),
        ]),
        (replace(PRODUCT, parts=PRODUCT.parts[:3]), [("section_removed", "Context")]),
        (PRODUCT.with_part(3, replace(PRODUCT.parts[3], heading="Background")), [("section_retitled", "Background")]),
        (replace(PRODUCT, title="Snoring in adults: what helps"), [("title", "title")]),
        (replace(PRODUCT, modified=("2026-05-01", "01 May 2026")), [("date", "modified")]),
        (replace(PRODUCT, status=PRODUCT.status.replace("2024", "2025")), [("status", "status")]),
        (replace(PRODUCT, duties=PRODUCT.duties[:1]), [("duty_removed", "Providers")]),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) else "",
)  # fmt: skip
def test_each_edit_is_told_once(after: Product, expected: list[tuple[str, str]]) -> None:
    assert sorted(changed(after)) == sorted(expected)


def test_other_content_is_always_told() -> None:
    """Whatever changes the content hash by way of the text is a change, and what does not is none."""
    chance = random.Random(5)  # noqa: S311 - no secret
    for _ in range(12):
        after = PRODUCT
        place = chance.randrange(4)
        part = after.parts[place]
        words = list(part.paragraphs) or ["One more line."]
        words[chance.randrange(len(words))] += chance.choice((" It may take longer.", " Ask twice.", ""))
        after = after.with_part(place, replace(part, paragraphs=tuple(words)))
        same = record(after)["content_hash"] == record(PRODUCT)["content_hash"]
        assert (changed(after) == []) == same


def test_words_that_differ() -> None:
    pieces = diff("Offer rest for 4 weeks", "Offer  exercise for\n6 weeks")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Offer"), ("removed", "rest"), ("added", "exercise"), ("same", "for"), ("removed", "4"), ("added", "6"),
        ("same", "weeks"),
    ]  # fmt: skip
    assert diff("", "") == []
    long = diff("start " + "a " * 5_000 + "end", "start " + "b " * 5_000 + "end")
    assert [piece.kind for piece in long] == ["same", "removed", "added", "same"]


@pytest.mark.parametrize(
    ("places", "moved"),
    [([], set()), ([0, 1, 2], set()), ([2, 0, 1], {0}), ([0, 3, 1, 2], {1}), ([1, 0], {0})],
)
def test_the_fewest_are_said_to_have_moved(places: list[int], moved: set[int]) -> None:
    assert out_of_order(places) == moved


def test_what_is_left_of_a_span() -> None:
    taken = spans.merged([(8, 9), (2, 4), (3, 5)])
    assert taken == [(2, 5), (8, 9)]
    assert list(spans.outside(0, 10, taken)) == [(0, 2), (5, 8), (9, 10)]
    assert list(spans.outside(3, 4, taken)) == []
    assert spans.sentences("One. Two is here. Three", ((9, 11),)) == ((4, 17),)


def section(name: str, type_: str, heading: str | None = None, parent: str | None = None) -> dict[str, Any]:
    return {
        "id": name,
        "type": type_,
        "heading": {"text": heading} if heading else None,
        "parent": parent,
        "layer": "furniture" if type_ == "furniture" else "body",
        "start": 0,
        "end": 1,
    }


def test_the_outline_is_the_same_whatever_of_the_page_lies_between() -> None:
    plain = outline([section("a", "summary", "A"), section("scope", "scope"), section("scope~2", "scope", "Scope")])
    broken = outline(
        [
            section("furniture", "furniture"),
            section("a", "summary", "A"),
            section("furniture~2", "furniture"),
            section("summary", "summary"),
            section("scope", "scope"),
            section("furniture~3", "furniture"),
            section("scope~2", "scope"),
            section("scope~3", "scope", "Scope"),
        ]
    )
    assert [(one.id, one.type) for one in broken] == [(one.id, one.type) for one in plain]
    assert [tuple(section["id"] for section in one.run) for one in broken] == [
        ("a", "summary"),
        ("scope", "scope~2"),
        ("scope~3",),
    ]


def test_every_kind_has_its_words() -> None:
    for kind in Kind:
        change = Change(kind, "path", "name", "before", "after")
        assert list(changelog.told([change])), kind
        assert changelog.counts([change, change]).startswith("2 "), kind
