"""Commands that show what the store holds: `show`, `list`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from betony.cli.shared import StoreOption, a_status, app, reading, speaking
from betony.naming import a_type, publisher_id, record_called

if TYPE_CHECKING:
    from betony.store import Store


@app.command()
def show(
    record: Annotated[str, typer.Argument(metavar="ID", help="An id, alias or reference, or the beginning of an id.")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole record as JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Read one record.

    \b
      betony show nice:ng900
      betony show NG900 --json | jq .status
    """
    with speaking(), reading(store) as opened:
        from betony import page, terminal

        full = json.loads(opened.json(record_called(opened, record)))
        if as_json:
            typer.echo(json.dumps(full, indent=2, ensure_ascii=False))
        else:
            told = list(page.lines(full))
            stands = opened.standing(full["id"])
            if stands.retired_at and stands.departure:
                gone = f"Gone from its publisher's site, seen on {stands.retired_at[:10]}: {stands.departure.words}"
                told += [terminal.Line(0, ""), terminal.Line(0, gone, "red")]
            terminal.show(told)


@app.command("list")
def list_records(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    publisher: Annotated[str | None, typer.Option(metavar="ID")] = None,
    document_type: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="As in the record.")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Such as active, retired or update_in_progress.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """List the records in the store.

    \b
      betony list --publisher nice --status retired
    """
    with speaking(), reading(store) as opened:
        from betony.terminal import line

        rows = opened.listed(
            publisher=publisher_id(opened, publisher),
            document_type=a_type(opened, document_type),
            status=a_status(status),
        )
        for row in rows:
            if as_json:
                typer.echo(json.dumps(asdict(row), ensure_ascii=False))
                continue
            gone = ", gone from its publisher's site" if row.retired_at else ""
            stands = f"{row.status_code}, {row.currency.replace('_', ' ')}{gone}"
            words = f"{row.id}  {row.title or _without_title(opened, row.id)}  [{stands}]"
            typer.echo(line(words))


def _without_title(store: Store, record_id: str) -> str:
    """What a list shows of a record without a title: where its first part came from, by which a reader may know it."""
    origin = store.origin(record_id)
    return f"(no title: {origin})" if origin else "(no title)"
