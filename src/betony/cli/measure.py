"""Commands about the section typer: `evaluate`, `train`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from betony.cli.shared import FAILED, app, speaking
from betony.errors import BetonyError, remedy, said
from betony.gold import View

if TYPE_CHECKING:
    from betony.console import Watcher
    from betony.evaluate import Evaluation


@app.command()
def evaluate(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="A folder of labelled documents: <id>.gold.json and text.")
    ],
    records: Annotated[
        str | None,
        typer.Argument(metavar="RECORDS", help="JSON Lines or a folder of records; without it GOLD's texts are read."),
    ] = None,
    view: Annotated[View, typer.Option(help="The form that the records were, or are to be, made of.")] = View.NOHEAD,
    as_json: Annotated[bool, typer.Option("--json", help="Every figure, as one JSON object.")] = False,
    page: Annotated[str | None, typer.Option(metavar="FILE", help="Write a page to look at there.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after so many documents.")] = None,
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Type with this model (`betony train`), not the shipped one.")
    ] = None,
) -> None:
    """Score the types of sections against documents that people labelled.

    \b
      betony evaluate gold/                                    read the texts without headings, and score them
      betony evaluate gold/ --view html --page figures.html    the pages, and the figures as a page
      betony evaluate gold/ records.jsonl --view txt --json    records made earlier
    """
    with speaking() as watcher:
        from betony.evaluate import words
        from betony.terminal import line

        if page is not None:
            from betony.export import files

            files.check(page)
        if model is not None:
            from betony import training

            training.use(Path(model))
        found, failed = _evaluated(Path(gold), Path(records) if records else None, view, limit, watcher)
        if page is not None:
            from betony.evaluate import page as pages

            _write(pages.html(found, Path(page)), page)
        typer.echo(json.dumps(found.as_json(), indent=1) if as_json else "\n".join(map(line, words.lines(found))))
        if failed:
            raise typer.Exit(FAILED)


def _evaluated(
    folder: Path, records: Path | None, view: View, limit: int | None, watcher: Watcher
) -> tuple[Evaluation, int]:
    """The figures, and how many documents could not be read."""
    from betony import evaluate as scoring
    from betony import gold
    from betony.work.events import Event, Stage

    documents = gold.ids(folder)[:limit]
    total = None if records else len(documents)
    failures: list[str] = []

    def failed(uri: str, message: str) -> None:
        failures.append(uri)
        watcher(Event("quarantined", Stage.STRUCTURING, len(failures), total, uri, message=message))

    def done(count: int) -> None:
        stage = Stage.READING if records else Stage.STRUCTURING
        watcher(Event("progress", stage, count + len(failures), total))

    if records is None:
        predictions = scoring.structured(folder, documents, view, on_failure=failed)
    else:
        predictions = scoring.from_records(records)
    found = scoring.evaluate(folder, predictions, view, limit=limit, on_done=done)
    if hasattr(watcher, "close"):
        watcher.close()
    return found, len(failures)


def _write(text: str, out: str) -> None:
    try:
        Path(out).write_text(text, "utf-8")
    except OSError as error:
        raise BetonyError(f"cannot be written: {said(error)}", document=out, advice=remedy(error)) from error


@app.command()
def train(
    gold: Annotated[list[str], typer.Argument(metavar="GOLD…", help="Folders of labelled documents.")],
    out: Annotated[str, typer.Option(metavar="MODEL", help="The file to write the trained typer to (.npz).")],
    config: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What is to differ from the shipped config, in spaCy's config format."),
    ] = None,
) -> None:
    """Train the section typer anew; the same folders and config give the same bytes.

    \b
      betony train labelled/ --out model.npz
      betony train labelled/ more/ --out model.npz --config mine.cfg
      betony evaluate others/ --model model.npz                how it does on documents it has not seen
    """
    with speaking():
        from pathlib import Path

        from betony import training

        size = training.run(
            [Path(name) for name in gold],
            Path(out),
            lambda words: typer.echo(words, err=True),
            Path(config) if config else None,
        )
        typer.echo(f"{out}: {size / 1e6:.1f} MB")
