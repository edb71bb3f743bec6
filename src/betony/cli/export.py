"""`betony export …`: all records in another form."""

from __future__ import annotations

from typing import Annotated

import typer

from betony.cli.shared import StoreOption, export_app, reading, speaking


@export_app.command("jsonl")
def export_jsonl(
    out: Annotated[str, typer.Argument(metavar="OUT", help="The file, or - for standard output.")],
    store: StoreOption = None,
) -> None:
    """Write every record as one line of JSON, in order of id.

    \b
      betony export jsonl records.jsonl
      betony export jsonl - | jq -r .title.value
    """
    with speaking(out=out), reading(store) as opened:
        from betony.export import jsonl

        jsonl.check(out)
        count = jsonl.write(opened.every_json(), out)
        if out != jsonl.STDOUT:
            typer.echo(f"{count:,} records in {out}")
