"""Graphs and timelines stand where they should, whatever documents say of each other."""

from __future__ import annotations

from betony.report import succession, timeline
from betony.store import Related


def said(record: str, kind: str, target: str, *, draft: bool = False) -> Related:
    return Related(record, kind, target, None, None, draft, None, None)


def test_what_both_sides_say_is_one_tie_and_the_stronger_counts() -> None:
    found = succession.ties(
        [said("b", "updates", "a"), said("a", "is_replaced_by", "b"), said("c", "replaces", "b", draft=True)]
    )
    assert [(tie.old, tie.new, tie.words, tie.draft) for tie in found] == [
        ("a", "b", "replaced by", False),
        ("b", "c", "replaced by", True),
    ]


def test_the_older_stands_left_of_the_newer_and_no_two_documents_in_one_place() -> None:
    chain = [said(f"n{number + 1}", "replaces", f"n{number}") for number in range(6)]
    found = succession.ties([*chain, said("n5", "updates", "n0"), said("x", "replaces", "y")])
    graph = succession.draw(found, {}, {})
    places = {node.name: (node.x, node.y) for node in graph.nodes}
    assert len(set(places.values())) == len(places) == 9
    assert all(places[tie.old][0] < places[tie.new][0] for tie in found)
    assert max(x for x, _ in places.values()) + succession.WIDTH == graph.width


def test_documents_that_replace_each_other_in_a_circle_are_drawn() -> None:
    found = succession.ties([said("a", "replaces", "b"), said("b", "replaces", "c"), said("c", "replaces", "a")])
    graph = succession.draw(found, {}, {})
    assert len(graph.nodes) == len(graph.edges) == 3


def test_what_is_too_much_to_draw_is_counted() -> None:
    found = succession.ties([said(f"new{n}", "replaces", "old") for n in range(succession.MOST + 1)])
    graph = succession.draw([*found, *succession.ties([said("x", "replaces", "y")])], {}, {})
    assert graph.left_out == succession.MOST + 2
    assert {node.name for node in graph.nodes} == {"x", "y"}


def test_dates_stand_in_order_on_one_axis() -> None:
    drawn = timeline.draw([[("published", "2009")], [("withdrawn", "2020-05"), ("published", "2010-01-31")]])
    early, (first, last) = drawn.rows[0].marks[0], drawn.rows[1].marks
    assert 0 < early.at < first.at < last.at < 100
    assert [mark.name for mark in (first, last)] == ["published", "withdrawn"]
    assert (drawn.rows[1].start, drawn.rows[1].end) == (first.at, last.at)
    assert [year for year, _ in drawn.years][:2] == [2010, 2012]


def test_an_announced_date_is_marked_but_does_not_prolong_the_line() -> None:
    (row,) = timeline.draw([[("published", "2020"), ("next_review", "2030")]]).rows
    assert row.end == row.marks[0].at < row.marks[1].at


def test_without_dates_there_is_nothing_to_draw() -> None:
    assert timeline.draw([[], []]).rows[1].marks == ()
