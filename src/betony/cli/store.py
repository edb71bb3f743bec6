"""Commands that keep the store in order: `betony store …`, `betony forget`."""

from __future__ import annotations

from typing import Annotated

import typer

from betony.cli.shared import MOST, MOST_DAYS, StoreOption, app, opening, speaking, user
from betony.errors import StoreError

store_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep the store in order.")
app.add_typer(store_app, name="store")


@store_app.command()
def upgrade(store: StoreOption = None) -> None:
    """Bring a store that an older betony made to the layout of this one.

    It is done whole or not at all, and loses nothing; the older betony cannot use the store afterwards.

    \b
      betony store upgrade
    """
    with speaking():
        from betony import settings

        chosen = settings.load({"store": store})
        with opening(chosen, older=True) as opened:
            before, after = opened.upgrade()
        known = (
            "the layout of this betony already" if before == after else f"was layout {before}, is now layout {after}"
        )
        typer.echo(f"{chosen.store}: {known}")


@store_app.command()
def backup(
    out: Annotated[str, typer.Argument(metavar="OUT", help="The file; an older copy of that name is replaced.")],
    store: StoreOption = None,
) -> None:
    """Copy the store as of this moment, while others may write to it.

    To go back to a copy, put it in the store's place while nothing uses that, without the files named -wal and -shm
    that a run which was killed may have left beside it: they belong to the store that was.

    \b
      betony store backup copies/betony-2026-11.db
    """
    with speaking():
        from pathlib import Path

        from betony import settings
        from betony.export import files

        files.check(out, over_a_database=True)
        with opening(settings.load({"store": store}), writable=False, older=True) as opened:
            opened.backup(Path(out))
        typer.echo(f"{opened.name}: copied to {out}")


@store_app.command()
def vacuum(store: StoreOption = None) -> None:
    """Give the disk back the room of what was deleted."""
    with speaking():
        from betony import settings

        with opening(settings.load({"store": store})) as opened:
            before, after = opened.vacuum()
        typer.echo(f"{opened.name}: {before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB now")


@store_app.command()
def prune(
    keep: Annotated[int, typer.Option(min=1, max=MOST, metavar="N", help="How many captures of each page stay.")],
    older_than: Annotated[
        int, typer.Option(min=0, max=MOST_DAYS, metavar="DAYS", help="Only what came longer ago than this goes.")
    ],
    store: StoreOption = None,
) -> None:
    """Purge old captures, beyond the newest of each page. What records stand on always stays.

    \b
      betony store prune --keep 3 --older-than 365
    """
    with speaking():
        from betony import settings

        with opening(settings.load({"store": store})) as opened:
            purged = opened.prune(keep=keep, older_than=older_than)
        typer.echo(f"{opened.name}: {purged:,} captures purged")


@app.command()
def forget(
    record: Annotated[str, typer.Argument(metavar="ID", help="An id, alias or reference, whole.")],
    why: Annotated[str, typer.Option(metavar="WORDS", help="The reason, which is kept beside the id.")],
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; your user name by default.")] = None,
    store: StoreOption = None,
) -> None:
    """Purge a record with its versions and captures, and refuse it from now on.

    \b
      betony forget nice:ng900 --why "the publisher asked for it"
    """
    with speaking():
        from betony import settings

        with opening(settings.load({"store": store})) as opened:
            record_id = opened.find(record, whole=True)
            purged = opened.forget(record_id, why=why, who=who or user())
            captures = f"{purged:,} capture{'' if purged == 1 else 's'}"
            typer.echo(f"{record_id} is forgotten, and {captures} with it: {why}")
            try:
                opened.vacuum()
            except StoreError as error:
                typer.echo(f"{error}; run betony store vacuum later to wipe it off the disk as well", err=True)
