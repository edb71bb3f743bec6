"""A document's outline as its readers would draw it: the sections of the body, whatever of the page lies between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of the body, with the runs that it goes on in where furniture interrupts it."""

    id: str
    """As the record's own id, counted without furniture and without the sections that only go on."""
    parent: str | None
    """Another entry's id."""
    run: tuple[Mapping[str, Any], ...]
    """The sections that it consists of, as they were given."""

    @property
    def type(self) -> str:
        return str(self.run[0]["type"])

    @property
    def heading(self) -> str | None:
        heading = self.run[0]["heading"]
        return heading["text"] if heading else None

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Half-open offsets into the record's text, in order; more than one where the section is interrupted."""
        return tuple((section["start"], section["end"]) for section in self.run)


def outline(sections: Iterable[Mapping[str, Any]], names: dict[str, str] | None = None) -> list[Entry]:
    """The entries of a record's sections, given as in its JSON (`id`, `type`, `heading`, `parent`, `layer`, `start`,
    `end`); `names` is told the entry that each section belongs to, by the ids of both.

    Menus, logos and footers leave no trace in it: not by themselves, not by the sections that they cut in two, and not
    in the numbers (`~2`) that tell sections of one name apart.
    """
    return [Entry(*each) for each in named(sections, {} if names is None else names)]


def named(
    sections: Iterable[Mapping[str, Any]], names: dict[str, str]
) -> Iterator[tuple[str, str | None, tuple[Mapping[str, Any], ...]]]:
    """Id, parent and run of each entry; `names` is told the entry that each section belongs to."""
    runs: list[list[Mapping[str, Any]]] = []
    for section in sections:
        if section["layer"] == "furniture":
            continue
        if runs and section["heading"] is None and _goes_on(runs[-1][-1], section):
            runs[-1].append(section)
        else:
            runs.append([section])
    taken: dict[str, int] = {}
    for run in runs:
        first = run[0]
        parent = names.get(first["parent"]) if first["parent"] else None
        own = first["id"].rpartition("/")[2].partition("~")[0]
        path = f"{parent}/{own}" if parent else own
        taken[path] = count = taken.get(path, 0) + 1
        name = path if count == 1 else f"{path}~{count}"
        for section in run:
            names[section["id"]] = name
        yield name, parent, tuple(run)


def _goes_on(before: Mapping[str, Any], section: Mapping[str, Any]) -> bool:
    return bool(before["type"] == section["type"] and before["parent"] == section["parent"])
