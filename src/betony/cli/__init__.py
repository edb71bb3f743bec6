"""The command line: `betony …`. Imports are made where they are used, so that it answers at once."""

from __future__ import annotations

import codecs
import json
import os
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
    _open_streams()
    codecs.register_error(_ESCAPED, _escaped)
    for stream, errors in ((sys.stdout, _ESCAPED), (sys.stderr, "replace")):
        if hasattr(stream, "reconfigure"):  # titles hold more than some consoles can show
            stream.reconfigure(errors=errors)
    app()
    raise SystemExit(0)


_ESCAPED = "betony_escaped"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What the output's encoding lacks as JSON escapes it: a program that reads `--json` has every character."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _open_streams() -> None:
    """Puts the empty device where a stream was closed, as by `>&-`: else the next file opened, such as the store, would
    be in its place."""
    descriptor = os.open(os.devnull, os.O_RDWR)
    while descriptor <= 2:
        os.set_inheritable(descriptor, True)
        descriptor = os.open(os.devnull, os.O_RDWR)
    os.close(descriptor)
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for as long as all lasts


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
