"""Commands about betony itself: `schema`, `doctor`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from betony.cli.shared import FAILED, StoreOption, app, speaking


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    with speaking():
        from betony.record import schema_text

        sys.stdout.write(schema_text())


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    store: StoreOption = None,
) -> None:
    """Check versions, optional parts and the health of the store."""
    with speaking():
        from betony import checkup, settings

        healthy = True
        for check in checkup.run(settings.load({"store": store}).store):
            typer.echo(
                json.dumps(asdict(check), ensure_ascii=False)
                if as_json
                else f"{'ok ' if check.well else 'BAD'}  {check.words}"
            )
            healthy = healthy and check.well
        if not healthy:
            raise typer.Exit(FAILED)
