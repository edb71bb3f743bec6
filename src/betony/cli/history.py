"""Commands about what changed: `history`, `diff`, `changes`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from betony.cli.shared import StoreOption, app, reading, speaking
from betony.moments import moment
from betony.naming import publisher_id, record_called

if TYPE_CHECKING:
    from betony.store import Changed, Store, Version

RecordArgument = Annotated[
    str, typer.Argument(metavar="ID", help="An id, alias or reference, or the beginning of an id.")
]
_ONLY_ONE = "there is only one version"
JsonLines = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command()
def history(record: RecordArgument, as_json: JsonLines = False, store: StoreOption = None) -> None:
    """See the versions of a record, and what each changed.

    \b
      betony history nice:ng9020
    """
    with speaking(), reading(store) as opened:
        from betony import changelog, terminal

        record_id = record_called(opened, record)
        versions, found = opened.versions(record_id), opened.changes(record_id=record_id, cause=None)
        if as_json:
            for version in versions:
                own = [_plain(one) for one in found if one.version == version.number]
                typer.echo(json.dumps({**asdict(version), "changes": own}, ensure_ascii=False))
        else:
            terminal.show(changelog.history(versions, found, opened.corrected(record_id)))


@app.command()
def diff(
    record: RecordArgument,
    earlier: Annotated[
        str | None, typer.Argument(metavar="FROM", help="A version's number, or a date: what held then.")
    ] = None,
    later: Annotated[str | None, typer.Argument(metavar="TO", help="The same; the latest version by default.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, with the words.")] = False,
    store: StoreOption = None,
) -> None:
    """See what changed between two versions, word for word: by default between the last two.

    \b
      betony diff nice:ng9020
      betony diff nice:ng9020 1 3
      betony diff nice:ng9020 2026-01-01
    """
    with speaking(), reading(store) as opened:
        from betony import changelog, terminal
        from betony.changes import between
        from betony.terminal import Line

        record_id = record_called(opened, record)
        versions = opened.versions(record_id)
        new = _chosen(versions, later) if later else versions[-1]
        old = _chosen(versions, earlier) if earlier else versions[max(0, versions.index(new) - 1)]
        before, after = (_version(opened, version) for version in (old, new))
        found = between(before, after)
        if as_json:
            typer.echo(json.dumps(_difference(old, new, found), indent=2, ensure_ascii=False))
            return
        told = list(changelog.told(found, 1))
        if not told:
            told = [
                Line(
                    1,
                    "nothing" if old.number != new.number else _ONLY_ONE if len(versions) == 1 else "the same version",
                )
            ]
        terminal.show([Line(0, f"{record_id}, version {old.number} to {new.number}", "bold"), *told])


def _version(store: Store, version: Version) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(store.version_json(version.record_id, version.number))
    return found


def _chosen(versions: list[Version], name: str) -> Version:
    """The version of that number, or the one that held at a time: of several, the latest reading."""
    from betony.errors import UsageError

    if name.isdecimal():
        found = [version for version in versions if version.number == int(name)]
    else:
        when = moment(name, "version")
        found = [version for version in versions if version.valid_from <= when]
    if not found:
        known = ", ".join(f"{version.number} (from {version.valid_from[:10]})" for version in versions)
        raise UsageError(f"there is no version {name!r}", advice=f"there are: {known}")
    return found[-1]


def _difference(old: Version, new: Version, found: Any) -> dict[str, Any]:
    from betony.changes import diff as word_diff

    return {
        "record": new.record_id,
        "from": asdict(old),
        "to": asdict(new),
        "changes": [
            {
                **change.as_json(),
                "words": [asdict(piece) for piece in word_diff(change.before or "", change.after or "")],
            }
            for change in found
        ],
    }


@app.command()
def changes(
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="A date, or days back such as 30d: what was first seen since then."),
    ] = None,
    recorded_since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The same, by when it came into the store: old captures too."),
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="ID")] = None,
    processing: Annotated[
        bool, typer.Option("--processing", help="What new rules read otherwise, instead of what publishers changed.")
    ] = False,
    as_json: JsonLines = False,
    store: StoreOption = None,
) -> None:
    """See what publishers changed: documents that came, changed, went or returned.

    \b
      betony changes --since 2026-09-01
      betony changes --since 7d --json
    """
    with speaking(), reading(store) as opened:
        from betony import changelog, terminal
        from betony.store import Cause

        cause = Cause.PROCESSING if processing else Cause.DOCUMENT
        when = moment(since, "--since") if since else None
        recorded = moment(recorded_since, "--recorded-since") if recorded_since else None
        found = opened.changes(
            since=when, recorded_since=recorded, publisher=publisher_id(opened, publisher), cause=cause
        )
        if as_json:
            for one in found:
                typer.echo(json.dumps(_plain(one), ensure_ascii=False))
        elif found:
            terminal.show(changelog.changes(found))
        else:
            typer.echo("Nothing changed.")


def _plain(one: Changed) -> dict[str, Any]:
    values = {key: value for key, value in asdict(one).items() if key != "change"}
    return {**values, **one.change.as_json()}
