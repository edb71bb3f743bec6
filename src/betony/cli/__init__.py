"""The command line: `betony …`. Imports are made where they are used, so that it answers at once."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from betony.cli import (
    about,
    check,
    correct,
    export,
    history,
    ingest,
    look,
    measure,
    pages,
    reprocess,
    search,
    serve,
    statistics,
    store,
    web,
)
from betony.cli.ingest import ingest_alone
from betony.cli.reprocess import reprocess_alone
from betony.cli.shared import app

__all__ = [
    "about",
    "app",
    "check",
    "correct",
    "export",
    "history",
    "ingest",
    "ingest_alone",
    "look",
    "main",
    "measure",
    "pages",
    "reprocess",
    "reprocess_alone",
    "search",
    "serve",
    "statistics",
    "store",
    "web",
]


def main() -> NoReturn:
    """Runs the command line and ends the process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # titles hold more than some consoles can show
            stream.reconfigure(errors="replace")
    app()
    raise SystemExit(0)


def _version(asked: bool) -> None:
    if asked:
        from betony import __version__

        typer.echo(f"betony {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass
