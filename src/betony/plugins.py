"""What other packages add to betony: publishers and vocabularies, found by their entry points.

A package of the user's own names them in its pyproject.toml, and is at work wherever it is installed beside betony:

    [project.entry-points."betony.publishers"]
    acme = "acme_guidance:Acme"            # a subclass of betony.publisher.Publisher

    [project.entry-points."betony.vocabularies"]
    acme = "acme_guidance.words"           # a package that holds TOML files of the names of betony's own
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module, metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from betony.errors import UsageError
from betony.model import SectionType

PUBLISHERS, VOCABULARIES = "betony.publishers", "betony.vocabularies"


@cache
def loaded(group: str) -> tuple[tuple[str, Any], ...]:
    """What installed packages add, as (name, thing) in order of name; UsageError where one cannot be loaded."""
    found: dict[str, Any] = {}
    for entry in sorted(metadata.entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        where = f"{entry.dist.name if entry.dist else 'a package'}: {entry.value}"
        try:
            thing = entry.load()
        except Exception as error:
            advice = "mend that package, or uninstall it"
            raise UsageError(
                f"{group} {entry.name!r} cannot be loaded: {error}", document=where, advice=advice
            ) from error
        if found.setdefault(entry.name, thing) is not thing:
            raise UsageError(f"two packages add {group} {entry.name!r}", document=where, advice="uninstall one of them")
    return tuple(found.items())


def vocabularies(name: str) -> Iterator[str]:
    """The texts of all files `<name>.toml` that installed packages add."""
    for _, package in loaded(VOCABULARIES):
        file = files(package) / f"{name}.toml"
        if file.is_file():
            yield file.read_text("utf-8")


def rules() -> Iterator[tuple[str, bytes]]:
    """Every file of theirs that can change a record, as (name, bytes): who reads a record is told in it. UsageError
    where a vocabulary file is none that betony could go by.

    Of a publisher that is the module that it is defined in, with what stands beside it in its package.
    """
    for name, publisher in loaded(PUBLISHERS):
        module = import_module(publisher.__module__)
        file = Path(str(module.__file__))
        beside = sorted(file.parent.rglob("*.py")) if module.__package__ else [file]
        for path in beside:
            yield f"{PUBLISHERS} {name} {path.relative_to(file.parent).as_posix()}", path.read_bytes()
    for name, package in loaded(VOCABULARIES):
        for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".toml"):
                body = entry.read_bytes()
                _check_words(f"{package.__name__}/{entry.name}", entry.name, body)
                yield f"{VOCABULARIES} {name} {entry.name}", body


def _check_words(shown: str, name: str, body: bytes) -> None:
    ours = files("betony") / "nlp" / "vocabulary"
    known = sorted(entry.name for entry in ours.iterdir() if entry.name.endswith(".toml"))
    if name not in known:
        what, advice = "no vocabulary of betony's has that name", f"known: {', '.join(known)}"
        raise UsageError(what, document=shown, advice=advice)
    try:
        theirs = tomllib.loads(body.decode("utf-8"))
    except ValueError as error:
        raise UsageError(f"is no TOML in UTF-8: {error}", document=shown, advice="mend that package") from error
    for what in _unlike(tomllib.loads((ours / name).read_text("utf-8")), theirs, (name,)):
        advice = f"mend that package: betony's own {name} shows the form"
        raise UsageError(what, document=shown, advice=advice)


_OPEN = (("types.toml",), ("codes.toml", "systems"), ("codes.toml", "roles"), ("status.toml", "field"))
"""Tables whose names are words or letters of the documents; those of all others are betony's."""
_OF_TYPES = (("passages.toml",), *(("headings.toml", table) for table in ("whole", "named", "series", "word")))
"""Tables whose names are types of sections."""


def _unlike(ours: Any, theirs: Any, place: tuple[str, ...]) -> Iterator[str]:
    """Where they do not have the form of ours: else they would take our words' place, go unread, or fail each document."""
    shown = ".".join(place[1:])
    for kind, wanted in ((dict, "table"), (list, "list"), (str, "text")):
        if isinstance(ours, kind) and not isinstance(theirs, kind):
            yield f"{shown} is no {wanted}"
            return
    if isinstance(ours, list) and all(isinstance(item, str) for item in ours):
        if not all(isinstance(item, str) for item in theirs):
            yield f"{shown} holds something other than texts"
    elif isinstance(ours, dict):
        is_open, types = place in _OPEN, frozenset(SectionType) if place in _OF_TYPES else frozenset[str]()
        known = {*ours, *types}
        entries = [entry for key, entry in ours.items() if is_open or key in types]
        for key, value in theirs.items():
            named = (*place, key)
            if not is_open and key not in known:
                yield f"{'.'.join(named[1:])} is no name that betony goes by (known: {', '.join(sorted(known))})"
            elif is_open or key in types:
                yield from _unlike(_entry(entries), value, named)
                if isinstance(value, dict) and key not in ours:
                    yield from (f"{'.'.join(named[1:])} lacks {needed}" for needed in _in_all(entries) - value.keys())
            else:
                yield from _unlike(ours[key], value, named)


def _entry(ours: Iterable[Any]) -> Any:
    """The form of an entry, with all that any of ours has."""
    first, *others = ours
    return (
        {name: value for one in (first, *others) for name, value in one.items()} if isinstance(first, dict) else first
    )


def _in_all(ours: Iterable[dict[str, Any]]) -> set[str]:
    return set.intersection(*(set(one) for one in ours))
