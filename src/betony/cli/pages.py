"""Commands that make pages to look at: `report`, `view`."""

from __future__ import annotations

from typing import Annotated

import typer

from betony.cli.shared import StoreOption, app, reading, speaking
from betony.naming import record_called


@app.command()
def report(
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="The folder to write, of its own; made where it is not there.")
    ],
    store: StoreOption = None,
) -> None:
    """Write pages to look at: all records with search and filters, what changed, what failed.

    A browser opens them from the folder, and any server can show them; they load nothing from elsewhere. Run again,
    it makes only the pages anew that would come out otherwise.

    \b
      betony report site/
    """
    with speaking(), reading(store) as opened:
        from betony.report import site

        written = site.write(opened, out)
        typer.echo(f"{written.pages:,} pages, {written.made:,} of them made now. Open {written.index}")


@app.command()
def view(
    record: Annotated[str, typer.Argument(metavar="ID", help="An id, alias or reference, or the beginning of an id.")],
    no_open: Annotated[bool, typer.Option("--no-open", help="Only write the page, and print where it is.")] = False,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the page there, to keep it or pass it on.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Look at one record in the browser: its text beside its facts, each fact linked to its words.

    \b
      betony view nice:ng900
      betony view NG900 --out ng900.html --no-open
    """
    with speaking(), reading(store) as opened:
        import tempfile
        import webbrowser
        from pathlib import Path

        from betony.export import files
        from betony.record import Record
        from betony.report import alone

        found = Record.model_validate_json(opened.json(record_called(opened, record)))
        path = Path(out) if out else Path(tempfile.mkdtemp(prefix="betony-")) / f"{files.safe_name(found.id)}.html"
        files.check(str(path))
        with files.writing(str(path)) as file:
            file.write(alone.page(found).encode("utf-8", "replace"))
        if no_open or not webbrowser.open(path.resolve().as_uri()):
            typer.echo(str(path))
