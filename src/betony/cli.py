"""The command line: `betony …`. Imports are made where they are used, so that it answers at once."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from betony.errors import BetonyError, StoreError, UsageError
from betony.gold import View

if TYPE_CHECKING:
    from betony.console import Watcher
    from betony.evaluate import Evaluation
    from betony.settings import Settings
    from betony.store import Store
    from betony.work import Summary

    Runner = Callable[[list[str], Settings, Watcher], Summary]

FAILED, WRONG_CALL, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: quick, and the examples keep their lines
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Published health guidance in, structured JSON records out.

\b
  betony ingest samples/               make records of a folder's documents
  betony list                          see what there is
  betony show nice:ng900               read one
  betony export jsonl records.jsonl    take them all elsewhere

Records are kept in betony.db in the current folder; every command takes --store to use another. Running anything
twice changes nothing. Exit status: 0 all went well, 1 something failed or was set aside, 2 the call was wrong.""",
)
export_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Write all records to a file.")
app.add_typer(export_app, name="export")

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="PATH|URL", help="The store to use; betony.db in the current folder by default."),
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
        from betony import __version__  # noqa: PLC0415 - see above

        typer.echo(f"betony {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def ingest(
    context: typer.Context,
    source: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", help="Files, folders, globs, .jsonl files, or - for standard input."),
    ] = None,
    store: StoreOption = None,
    out: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Write the record of every input there as JSON Lines, changed or not."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="ID", help="Who published the documents, where their address does not say.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that read documents; as many as cores, up to 4.")
    ] = None,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help="Log one JSON object a line on standard error.")
    ] = False,
) -> None:
    """Make records of documents.

    \b
      betony ingest samples/                        a folder, with all below it
      betony ingest page.html notes.txt             a few files
      betony ingest 'saved/**/*.html'               a glob
      betony ingest pages.jsonl                     {"url": …, "html": …} a line
      curl -s https://… | betony ingest - --out -   one document, its record to standard output
    """
    with _speaking(json_logs=json_logs, out=out) as watcher:
        from betony import settings, sources  # noqa: PLC0415 - see the module's first line
        from betony.export import jsonl  # noqa: PLC0415

        chosen = settings.load({"store": store, "publisher": publisher, "workers": workers})
        if chosen.publisher:
            from betony import publishers  # noqa: PLC0415

            publishers.by_id(chosen.publisher)
        names = source or list(chosen.sources)
        sources.discover(names)  # where nothing named exists, the call is wrong, and nothing is made
        if out is not None:
            jsonl.check(out)
        with _opened(chosen, create=True):
            signal.signal(signal.SIGTERM, _stop)
        runner: Runner = context.obj or _here
        _report(runner(names, chosen, watcher), chosen, watcher, out)


def ingest_alone(runner: Runner) -> NoReturn:
    """The command line of `ingest` alone, with another way to do the run: for whoever orchestrates it."""
    alone = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
    )
    alone.command()(ingest)
    alone(obj=runner)
    raise SystemExit(0)


def _here(names: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The usual way: in this process and its workers."""
    from betony import sources, work  # noqa: PLC0415

    found = sources.discover(names, stdin=sys.stdin.buffer, publisher=chosen.publisher)
    with _opened(chosen, create=True) as store:
        return work.ingest(found, store, workers=chosen.workers, on_event=watcher)


def _report(summary: Summary, chosen: Settings, watcher: Watcher, out: str | None) -> None:
    from betony.export import jsonl  # noqa: PLC0415

    if hasattr(watcher, "close"):
        watcher.close()
    if out is not None and not summary.interrupted and summary.error is None:
        with _opened(chosen, writable=False) as store:
            jsonl.write((store.json(record_id) for record_id in summary.record_ids), out)
    watcher.summary(summary, chosen.store)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if not summary.well or summary.error is not None:
        raise typer.Exit(FAILED)


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


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
    with _speaking(), _reading(store) as opened:
        from betony import page  # noqa: PLC0415

        full = json.loads(opened.json(opened.find(record)))
        if as_json:
            typer.echo(json.dumps(full, indent=2, ensure_ascii=False))
        else:
            page.show(full)


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
    with _speaking(), _reading(store) as opened:
        from betony.console import line  # noqa: PLC0415

        rows = opened.listed(publisher=publisher, document_type=document_type, status=status)
        for row in rows:
            words = f"{row.id}  {row.title or '(no title)'}  [{row.status_code}, {row.currency.replace('_', ' ')}]"
            typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else line(words))


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
    with _speaking(out=out), _reading(store) as opened:
        from betony.export import jsonl  # noqa: PLC0415

        jsonl.check(out)
        count = jsonl.write(opened.every_json(), out)
        if out != jsonl.STDOUT:
            typer.echo(f"{count:,} records in {out}")


@app.command()
def failures(
    retry: Annotated[bool, typer.Option("--retry", help="Try them again, from the bytes in the store.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with every detail.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N")] = None,
    store: StoreOption = None,
) -> None:
    """See what was set aside, and why.

    \b
      betony failures
      betony failures --retry
    """
    with _speaking() as watcher:
        from betony import settings  # noqa: PLC0415

        chosen = settings.load({"store": store, "workers": workers})
        if retry:
            with _opened(chosen) as opened:
                _retry(opened, chosen, watcher)
            return
        with _reading(store) as opened:
            _list_failures(opened, as_json=as_json)


def _retry(store: Store, chosen: Settings, watcher: Watcher) -> None:
    rows = store.failures()
    kept = [row for row in rows if row.kept]
    if len(kept) < len(rows):
        typer.echo(
            f"{len(rows) - len(kept)} cannot be tried from the store, which has no bytes of them: ingest them again",
            err=True,
        )
    if kept:
        found = (capture for row in kept for capture in store.load([row.input_id]))
        from betony import work  # noqa: PLC0415

        signal.signal(signal.SIGTERM, _stop)
        summary = work.ingest(found, store, workers=chosen.workers, on_event=watcher, command="failures --retry")
        _report(summary, chosen, watcher, None)
    if len(kept) < len(rows):
        raise typer.Exit(FAILED)


def _list_failures(store: Store, *, as_json: bool) -> None:
    from betony.console import line  # noqa: PLC0415

    rows = store.failures()
    for row in rows:
        words = f"{row.uri}: {row.reason}: {row.message} [{row.attempts} times, last {row.last_seen}]"
        typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else line(words))
    if not rows and not as_json:
        typer.echo("Nothing is set aside.")


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
    with _speaking() as watcher:
        from betony.console import line  # noqa: PLC0415
        from betony.evaluate import words  # noqa: PLC0415

        if page is not None:
            from betony.export import jsonl  # noqa: PLC0415

            jsonl.check(page)
        if model is not None:
            from betony import training  # noqa: PLC0415

            training.use(Path(model))
        found, failed = _evaluated(Path(gold), Path(records) if records else None, view, limit, watcher)
        if page is not None:
            from betony.evaluate import page as pages  # noqa: PLC0415

            _write(pages.html(found, Path(page)), page)
        typer.echo(json.dumps(found.as_json(), indent=1) if as_json else "\n".join(map(line, words.lines(found))))
        if failed:
            raise typer.Exit(FAILED)


def _evaluated(
    folder: Path, records: Path | None, view: View, limit: int | None, watcher: Watcher
) -> tuple[Evaluation, int]:
    """The figures, and how many documents could not be read."""
    from betony import evaluate as scoring  # noqa: PLC0415
    from betony import gold  # noqa: PLC0415
    from betony.work import Event, Stage  # noqa: PLC0415

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
        raise BetonyError(f"cannot be written: {(error.strerror or str(error)).lower()}", document=out) from error


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    with _speaking():
        from betony.record import schema_text  # noqa: PLC0415

        sys.stdout.write(schema_text())


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
    with _speaking():
        from pathlib import Path  # noqa: PLC0415

        from betony import training  # noqa: PLC0415

        size = training.run(
            [Path(name) for name in gold],
            Path(out),
            lambda words: typer.echo(words, err=True),
            Path(config) if config else None,
        )
        typer.echo(f"{out}: {size / 1e6:.1f} MB")


@app.command()
def doctor(store: StoreOption = None) -> None:
    """Check versions, optional parts and the health of the store."""
    with _speaking():
        from betony import checkup, settings  # noqa: PLC0415

        healthy = True
        for check in checkup.run(settings.load({"store": store}).store):
            typer.echo(f"{'ok ' if check.well else 'BAD'}  {check.words}")
            healthy = healthy and check.well
        if not healthy:
            raise typer.Exit(FAILED)


@contextmanager
def _reading(store: str | None) -> Iterator[Store]:
    """The store of a command that changes nothing."""
    from betony import settings  # noqa: PLC0415

    with _opened(settings.load({"store": store}), writable=False) as opened:
        yield opened


@contextmanager
def _opened(chosen: Settings, *, create: bool = False, writable: bool = True) -> Iterator[Store]:
    """The store; that it cannot be used is the call's fault, and known before anything is done."""
    from betony.store import Store  # noqa: PLC0415

    try:
        opened = Store.open(chosen.store, create=create, writable=writable)
    except StoreError as error:
        raise UsageError(error.what, document=error.document, advice=error.advice) from error
    with opened:
        yield opened


@contextmanager
def _speaking(*, json_logs: bool = False, out: str | None = None) -> Iterator[Any]:
    """Turns what betony raises into one clear line and an exit status."""
    from betony import console  # noqa: PLC0415

    summary_to = sys.stderr if out == "-" else sys.stdout
    with console.watching(json_logs=json_logs, summary_to=summary_to) as watcher:
        try:
            yield watcher
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read the output has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except UsageError as error:
            watcher.error(str(error))
            raise typer.Exit(WRONG_CALL) from None
        except BetonyError as error:
            watcher.error(str(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            watcher.error("stopped")
            raise typer.Exit(INTERRUPTED) from None
