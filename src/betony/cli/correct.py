"""What people know better: `betony correct`, `betony corrections`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from betony.cli.shared import StoreOption, app, opening, reading, speaking, user
from betony.errors import UsageError
from betony.naming import record_called


@app.command()
def correct(
    record: Annotated[str, typer.Argument(metavar="ID", help="An id, alias or reference, or the beginning of an id.")],
    path: Annotated[str, typer.Argument(metavar="PATH", help="Such as title.value or sections[ID].type.")],
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="The words; null, true or JSON as such.")] = None,
    why: Annotated[str | None, typer.Option(metavar="WORDS", help="The reason, which is kept beside it.")] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; your user name by default.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Let the rules have their say again.")] = False,
    store: StoreOption = None,
) -> None:
    """Correct or confirm a value of a record. It is shown as `given`, and outlives every new reading.

    \b
      betony correct nice:ng900 status.currency replaced --why "the successor is out"
      betony correct nice:ng900 dates.published 2018-12 --why "the printed edition says so"
      betony correct nice:ng900 'sections[your-duty].type' responsibilities --why "they are duties"
      betony correct nice:ng900 status.currency --undo
    """
    with speaking():
        from betony import corrections, settings

        if not undo and (value is None or not why):
            raise UsageError("a correction needs a VALUE and --why", advice="or --undo, to end one")
        with opening(settings.load({"store": store})) as opened:
            record_id = record_called(opened, record)
            if undo:
                opened.undo_correction(record_id, path)
                typer.echo(f"{record_id}: {path} is what the rules read")
            else:
                given = _publisher(value or "") if path == "publisher" else corrections.read(value or "")
                opened.correct(record_id, path, given, why=why or "", who=who or user())
                typer.echo(f"{record_id}: {path} is {value}")


@app.command("corrections")
def list_corrections(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    store: StoreOption = None,
) -> None:
    """List what people corrected, and whether the rules now agree.

    \b
      betony corrections
    """
    with speaking(), reading(store) as opened:
        from betony.store import Verdict
        from betony.terminal import line

        rows = opened.corrections()
        for row in rows:
            verdict = {
                Verdict.AGREES: "the rules agree now",
                Verdict.DIFFERS: f"the rules read {_words(row.rules)}",
                Verdict.LOST: "the record no longer has it",
            }[row.verdict]
            told = f"{row.record_id}: {row.path} is {_words(row.value)}: {verdict}"
            told += f" [{row.who}, {row.made_at[:10]}: {row.why}]"
            typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else line(told))
        if not rows and not as_json:
            typer.echo("Nothing is corrected.")


def _publisher(value: str) -> object:
    """A publisher from its id, as betony knows it; UsageError where it knows none of that id."""
    from betony import corrections, publishers

    given = corrections.read(value)
    if not isinstance(given, str):
        return given
    known = publishers.by_id(given)
    return {"id": known.id, "name": known.name}


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
