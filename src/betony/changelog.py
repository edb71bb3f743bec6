"""Changes, versions and differences as a person reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from betony.changes import Change, Kind, diff
from betony.store import Cause, Changed, Version
from betony.terminal import Line

_SHOWN = 3  # names of changes of one kind that say nothing more than that they happened
_BRIEF = frozenset((Kind.RECOMMENDATION_RENUMBERED, Kind.SECTION_RENUMBERED, Kind.SECTION_MOVED, Kind.SECTION_RETYPED))
"""Kinds that are told together, by their names alone."""
_VALUES = frozenset((Kind.STATUS, Kind.DATE))
"""Kinds whose before and after are values, not two wordings of one thing."""
_LONGEST = 600  # characters of a wording that came or went


def changes(found: Iterable[Changed]) -> Iterator[Line]:
    """What changed, record by record, in the order it was seen."""
    for (seen, record_id, cause), group in groupby(found, lambda one: (one.seen, one.record_id, one.cause)):
        of_record = list(group)
        read_anew = " (read anew, not changed by its publisher)" if cause == Cause.PROCESSING else ""
        named = f"{record_id}  {of_record[0].title or '(no title)'}{read_anew}"
        yield Line(0, named, "bold", label=seen[:10], between="  ")
        yield from told([one.change for one in of_record], 1)


def told(found: Sequence[Change], depth: int = 0) -> Iterator[Line]:
    """The changes between two versions."""
    for kind, group in groupby(found, lambda change: change.kind if change.kind in _BRIEF else None):
        together = list(group)
        if kind is None:
            for change in together:
                yield from _one(change, depth)
        else:
            yield Line(depth, _brief(kind, together))


def _brief(kind: Kind, together: Sequence[Change]) -> str:
    what, _, happened = kind.value.partition("_")
    number = f"{len(together)} {what}s" if len(together) > 1 else what
    if kind is Kind.SECTION_MOVED:
        named = [change.name for change in together]
    elif kind is Kind.SECTION_RETYPED:
        named = [f"{change.name}: {change.before} → {change.after}" for change in together]
    else:
        named = [f"{change.before} → {change.after}" for change in together]
    more = f", and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    return f"{number} {happened}: {', '.join(named[:_SHOWN])}{more}"


def _one(change: Change, depth: int) -> Iterator[Line]:
    if change.kind is Kind.ADDED:
        yield Line(depth, "new")
        return
    if change.kind in (Kind.RETIRED, Kind.REOPENED):
        yield Line(depth, _life(change))
        return
    yield Line(depth, heading(change))
    yield Line(depth + 1, words(change), "diff")


def _life(change: Change) -> str:
    if change.kind is Kind.REOPENED:
        return f"reopened; until now: {change.before}"
    return f"{change.kind.value}: {change.after}"


def heading(change: Change) -> str:
    """What changed and how, without the words: `recommendation 1.2.3 reworded`."""
    what, _, happened = change.kind.value.partition("_")
    if not happened:
        happened = "removed" if change.after is None else "added" if change.before is None else "changed"
    name = "" if what in (change.name, "relation") else f" {change.name}"
    return f"{what}{name} {_HAPPENED.get(happened, happened)}"


_HAPPENED = {"strength": "of another strength", "detail": "changed in a detail"}


def words(change: Change) -> str:
    """The wording before and after as one, word for word: `Offer [-rest-] {+exercise+}`."""
    if change.before is None or change.after is None or change.kind in _VALUES:
        removed = f"[-{_short(change.before)}-]" if change.before else ""
        added = f"{{+{_short(change.after)}+}}" if change.after else ""
        return f"{removed} {added}".strip()
    signs = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return " ".join(
        signs[piece.kind][0] + piece.text + signs[piece.kind][1] for piece in diff(change.before, change.after)
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"


def history(versions: Sequence[Version], found: Sequence[Changed], corrected: Mapping[str, str]) -> Iterator[Line]:
    """A record's versions, each with what it changed by kind, the first first; `corrected` as of Store.corrected."""
    for version in versions:
        own = [one for one in found if one.version == version.number]
        held = f"{_period(version)}  {cause(version, corrected)}"
        yield Line(0, held, "bold", label=str(version.number), between="  ")
        if counted := counts(one.change for one in own if one.change.kind not in _LIFE):
            yield Line(2, counted)
        for one in own:
            if one.change.kind in (Kind.RETIRED, Kind.REOPENED):
                yield Line(2, f"{one.seen[:10]} {_life(one.change)}")
        read = f"read by betony {version.pipeline}, rules {version.ruleset}, on {version.recorded_at[:10]}"
        yield Line(2, read, "dim")


_LIFE = frozenset((Kind.ADDED, Kind.RETIRED, Kind.REOPENED))


def _period(version: Version) -> str:
    if version.valid_to is None:
        return f"from {version.valid_from[:10]}"
    if version.valid_to == version.valid_from:
        return f"of {version.valid_from[:10]}, replaced by a better reading"
    return f"from {version.valid_from[:10]} to {version.valid_to[:10]}"


def cause(version: Version, corrected: Mapping[str, str]) -> str:
    """Why there is a version: who corrected what, where somebody did."""
    if version.number == 1:
        return "first seen"
    if version.cause != Cause.PROCESSING:
        return "changed by its publisher"
    by_hand = corrected.get(version.recorded_at) if version.run_id is None else None
    return by_hand or "read anew by other rules"


def counts(found: Iterable[Change]) -> str:
    """How many changes there are of each kind: `2 recommendations reworded, status changed`."""
    counted = Counter(change.kind for change in found)
    return ", ".join(_counted(kind, counted[kind]) for kind in Kind if counted[kind])


def _counted(kind: Kind, number: int) -> str:
    what, _, happened = kind.value.partition("_")
    said = _HAPPENED.get(happened, happened) or ("new" if kind is Kind.ADDED else "changed")
    plural = _PLURALS.get(what, f"{what}s")
    what = "record" if kind in _LIFE else what
    return f"{number} {plural if number > 1 else what} {said}"


_PLURALS = {"duty": "duties", "status": "statuses", "added": "records", "retired": "records", "reopened": "records"}
