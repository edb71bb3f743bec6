"""What other packages add to betony: publishers and vocabularies, found by their entry points.

A package of the user's own names them in its pyproject.toml, and is at work wherever it is installed beside betony:

    [project.entry-points."betony.publishers"]
    acme = "acme_guidance:Acme"            # a subclass of betony.publisher.Publisher

    [project.entry-points."betony.vocabularies"]
    acme = "acme_guidance.words"           # a package that holds TOML files of the names of betony's own
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module, metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from betony.errors import UsageError

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
    """Every file of theirs that can change a record, as (name, bytes): who reads a record is told in it."""
    for name, publisher in loaded(PUBLISHERS):
        module = import_module(publisher.__module__)
        yield f"{PUBLISHERS} {name}", Path(str(module.__file__)).read_bytes()
    for name, package in loaded(VOCABULARIES):
        for file in sorted(files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".toml"):
                yield f"{VOCABULARIES} {name} {file.name}", file.read_bytes()
