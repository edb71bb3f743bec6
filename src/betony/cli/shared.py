"""What every command shares: the application, the store option, and errors as one clear line."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from betony.errors import BetonyError, StoreError, UsageError, remedy, said

if TYPE_CHECKING:
    from betony.settings import Settings
    from betony.store import Store

FAILED, WRONG_CALL, UNKNOWN, INTERRUPTED = 1, 2, 3, 130
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_NAME_SHOWN = 60  # characters of a name that no system takes
MOST, MOST_DAYS = 1_000_000, 100_000
"""What a number of rows and a number of days may be at most: more than these, and databases and calendars give up."""

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
MaxPagesOption = Annotated[
    int | None, typer.Option("--max-pages", min=1, metavar="N", help="Fetch at most so many for each address named.")
]
SameHostOption = Annotated[
    bool | None, typer.Option("--same-host", help="Fetch only from the hosts that were named.", show_default=False)
]
MatchOption = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Of what is found fetch only this, as in '*/guidance/*'; may be repeated."),
]
RunnerOption = Annotated[
    str | None,
    typer.Option(
        metavar="here|dask",
        help="Where records are made: on this machine, or on a Dask cluster, with a store in PostgreSQL that all its "
        "machines reach. A store in a file serves workers of this machine alone.",
        show_default=False,
    ),
]
SchedulerOption = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="With --runner dask its scheduler, as tcp://127.0.0.1:8786.")
]
LinksOption = Annotated[
    bool | None,
    typer.Option("--links", help="The pages named are lists: fetch what they link to, not them.", show_default=False),
]


@contextmanager
def reading(store: str | None, *, readers: int = 1, seconds: float | None = None) -> Iterator[Store]:
    """The store of a command that changes nothing; `readers` and `seconds` as of Store.open."""
    from betony import settings

    chosen = settings.load({"store": store})
    with opening(chosen, writable=False, readers=readers, seconds=seconds) as opened:
        yield opened


@contextmanager
def opening(
    chosen: Settings,
    *,
    create: bool = False,
    writable: bool = True,
    older: bool = False,
    readers: int = 1,
    seconds: float | None = None,
) -> Iterator[Store]:
    """The store; that it cannot be used is the call's fault, and known before anything is done."""
    from betony.store import Store

    try:
        opened = Store.open(
            chosen.store, create=create, writable=writable, older=older, readers=readers, seconds=seconds
        )
    except StoreError as error:
        raise UsageError(error.what, document=error.document, advice=error.advice) from error
    with opened:
        yield opened


@contextmanager
def speaking(*, json_logs: bool = False, out: str | None = None) -> Iterator[Any]:
    """Turns what betony raises into one clear line and an exit status."""
    from betony import console

    summary_to = sys.stderr if out == "-" else sys.stdout
    with console.watching(json_logs=json_logs, summary_to=summary_to) as watcher:
        try:
            yield watcher
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read the output has had enough
            _end_output()
            raise typer.Exit(0) from None
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                watcher.error(f"{str(error.filename)[:_NAME_SHOWN]}…: the name is too long (give a shorter one)")
                raise typer.Exit(WRONG_CALL) from None
            if error.filename is not None or error.errno not in _NO_ROOM:
                raise
            _end_output()
            watcher.error(f"the output cannot be written: {said(error)} ({remedy(error)})")
            raise typer.Exit(FAILED) from None
        except UsageError as error:
            watcher.error(str(error))
            raise typer.Exit(WRONG_CALL) from None
        except BetonyError as error:
            watcher.error(str(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            watcher.error("stopped")
            raise typer.Exit(INTERRUPTED) from None


def _end_output() -> None:
    """Lets what is left of the output go, which Python would try to write once more at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def alone(command: Callable[..., None], runner: object) -> NoReturn:
    """The command line of one command alone, with another way to do the run: for whoever orchestrates it."""
    only = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
    )
    only.command()(command)
    only(obj=runner)
    raise SystemExit(0)


def stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def a_status(written: str | None) -> str | None:
    """A status code or a currency; UsageError where it is neither, for an empty list would say that nothing is so."""
    if written is None:
        return None
    from betony.record import CODE_OF_CURRENCY

    known = (*dict.fromkeys(CODE_OF_CURRENCY.values()), *CODE_OF_CURRENCY)
    if written not in known:
        raise UsageError(f"no status is called {written!r}", advice=f"known: {', '.join(dict.fromkeys(known))}")
    return written


def user() -> str:
    """The name of whoever runs the command, as the system knows it."""
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "unknown"
