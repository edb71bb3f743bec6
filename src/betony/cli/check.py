"""`betony check`: whether guidance is current, by itself or as a document cites it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from betony.cli.shared import FAILED, MOST_DAYS, UNKNOWN, StoreOption, app, reading, speaking

if TYPE_CHECKING:
    from betony.citations import Citation
    from betony.standing import Successor, Verdict
    from betony.store import Store
    from betony.terminal import Line

MAX_AGE = 30
"""Days after which evidence says no longer how guidance stands today: publishers change it within weeks, and a watch
that runs at all looks oftener."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """One verdict, and where the document that was checked cites it."""

    verdict: Verdict
    document: str | None = None
    citation: Citation | None = None


@app.command()
def check(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ID…", help="Ids, references or addresses; or a document, or a CSV of ids, that cites guidance."
        ),
    ],
    max_age: Annotated[
        int,
        typer.Option("--max-age", min=0, max=MOST_DAYS, metavar="DAYS", help="Older evidence says nothing of today."),
    ] = MAX_AGE,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    store: StoreOption = None,
) -> None:
    """See whether guidance is current: why, since when, and what replaces it.

    A document of your own (.docx .pdf .html .txt .md) or a .csv of ids is searched for the guidance that it cites: by
    NICE's references, and by links to publishers' pages. What it names in other ways is not judged.
    Exit status: 0 all is current, 1 something is not, 3 something is unknown, for want of evidence or for its age, or
    because nothing cited was found.

    \b
      betony check NG9020 nice:ipg9003
      betony check policy.docx
      betony check guidance.csv --max-age 7 --json
    """
    with speaking():
        found: list[_Checked] = []
        with reading(store) as opened:
            for checked in _checked(opened, names, max_age):
                found.append(checked)
                if as_json:
                    typer.echo(json.dumps(_plain(checked), ensure_ascii=False))
        told = {one.document or one.verdict.asked for one in found}
        cite_nothing = [name for name in names if name not in told]
        if not as_json:
            from betony import terminal

            verdicts = [checked.verdict for checked in found]
            summary = [terminal.Line(0, f"{name}: {_CITES_NOTHING}") for name in cite_nothing]
            summary += [terminal.Line(0, _summary(verdicts, max_age))] if verdicts else []
            terminal.show([*(line for checked in found for line in _lines(checked)), *summary])
        answers = {checked.verdict.answer.value for checked in found}
        if "not_current" in answers:
            raise typer.Exit(FAILED)
        if "unknown" in answers or cite_nothing:
            raise typer.Exit(UNKNOWN)


def _checked(store: Store, names: list[str], max_age: int) -> Iterator[_Checked]:
    from datetime import UTC, datetime

    from betony import naming, standing
    from betony.errors import UsageError

    now = datetime.now(UTC)
    for name in names:
        if not name.strip():
            raise UsageError("a name is empty", advice="name guidance by its reference, id or address, or a document")
        own = None if Path(name).is_file() else naming.known(store, name)
        if own is None and Path(name).is_dir():
            raise UsageError("is a folder", document=name, advice="name the documents in it")
        if own is not None or not _is_document(name):
            verdict = standing.judge(store, own or name, now=now, max_age=max_age)
            yield _Checked(replace(verdict, asked=name))
            continue
        citations = _citations(name)
        for citation in citations:
            if citation.certain or store.known(citation.id):
                verdict = standing.judge(store, citation.id, now=now, max_age=max_age)
                yield _Checked(verdict, name, citation)


_CITES_NOTHING = "cites no guidance that betony can tell: it looks for NICE's references and for links to publishers"
_SUFFIXES = (".docx", ".pdf", ".html", ".htm", ".xhtml", ".txt", ".md", ".markdown", ".csv")


def _is_document(name: str) -> bool:
    """Whether a name is a file's: ids and addresses end as files do as well."""
    if Path(name).is_file():
        return True
    from betony import publishers

    before, colon, _ = name.partition(":")
    named = colon and (before in ("web", "http", "https") or before in publishers.every())
    return PurePath(name).suffix.lower() in _SUFFIXES and not named


def _citations(name: str) -> list[Citation]:
    """What the document cites; read in a process of its own, as every document is."""
    from betony import citations
    from betony.errors import DocumentError, Reason
    from betony.sources import only
    from betony.workers import Limits, Workers

    found = only(name)
    if PurePath(name).suffix.lower() == ".csv":
        return citations.tabled(found.body.decode("utf-8-sig", "replace")).found
    with Workers[Any](1, Limits(), "betony.citations:cited") as pool:
        ((_, answer),) = pool.run(iter([_Job((found,))]))
    if answer.record is None:
        raise DocumentError(answer.message, reason=answer.reason or Reason.DEFECT, document=name)
    return citations.Citations.model_validate_json(answer.record).found


@dataclass(eq=False, slots=True)
class _Job:
    captures: tuple[Any, ...]


def _lines(checked: _Checked) -> Iterator[Line]:
    from betony.terminal import Line

    verdict = checked.verdict
    said = verdict.answer.value.replace("_", " ")
    style = {"current": "bold green", "not_current": "bold red", "unknown": "bold yellow"}[verdict.answer.value]
    title = f"  {verdict.title}" if verdict.title else ""
    yield Line(0, f"{verdict.id or verdict.asked}{title}", style, label=f"{said:11}", between="  ")
    if checked.citation:
        yield Line(1, f'"{checked.citation.words}" in {checked.document}', label="cited as", between=" ")
    yield Line(1, verdict.why, label="why")
    if verdict.since:
        seen = ", when it was first seen so" if verdict.since_basis == "seen" else ""
        yield Line(1, f"{verdict.since[:10]}{seen}", label="since")
    for remark in verdict.remarks:
        yield Line(1, remark, label="but")
    for successor in verdict.successors:
        yield Line(1, f"{successor.id}  {_held(successor)}", label="replaced by")
    if verdict.evidence_at:
        yield Line(1, verdict.evidence_at[:10], label="evidence of")


def _held(successor: Successor) -> str:
    if not successor.held:
        return "not in the store"
    stands = {"unknown": "says nothing of its standing"}.get(successor.answer, successor.answer.replace("_", " "))
    return f"{successor.title or '(no title)'} [{stands}]"


def _plain(checked: _Checked) -> dict[str, Any]:
    plain = checked.verdict.as_json()
    if checked.citation:
        plain["cited"] = {"document": checked.document, **checked.citation.model_dump(exclude={"id"})}
    return plain


def _summary(found: list[Verdict], max_age: int) -> str:
    counted = {name: sum(verdict.answer.value == name for verdict in found) for name in _ORDER}
    said = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counted.items() if number)
    return f"{said}; evidence counts for {max_age} days (--max-age)."


_ORDER = ("current", "not_current", "unknown")
