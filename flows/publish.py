"""Brings a folder of exports up to date with the store, under Prefect's eye: each export a task.

python flows/publish.py published/ --format csv --format duckdb
python flows/publish.py --help
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import shared
import typer
from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from betony import settings
from betony.cli.shared import StoreOption, opening, speaking
from betony.export import FORMATS
from betony.publish import Published, place
from betony.publish import publish as bring_up_to_date
from betony.settings import Settings

USUAL = ("jsonl", "csv")
"""The formats that need no optional part."""


@task(persist_result=False, cache_policy=NO_CACHE)
def export(wanted: str, folder: str, store: str) -> Published:
    """Write one export, whole or not at all; one that shows the store as it is stays as it is."""
    with opening(Settings(store=store), writable=False) as opened:
        return bring_up_to_date(opened, wanted, Path(folder))


@flow(name="betony-publish", persist_result=False, validate_parameters=True)
def publish(
    folder: Annotated[str, Field(min_length=1)] = "published",
    formats: list[Annotated[str, Field(pattern=f"^({'|'.join(FORMATS)})(=.+)?$")]] | None = None,
    store: shared.StoreName = "betony.db",
) -> list[Published]:
    """Bring exports up to date with a store.

    Args:
        folder: Where they are kept.
        formats: `csv`, `csv=name.csv`, `dlt=duckdb:///guidance.duckdb`; the usual ones where none is named.
        store: The store, a path or an address.
    """
    names = formats or list(USUAL)
    for wanted in names:
        place(wanted, Path(folder))  # what is named wrongly is said before anything is written
    done = [export(wanted, folder, store) for wanted in names]
    create_table_artifact(
        key="betony-published", description=f"exports of {store}", table=[asdict(one) for one in done]
    )
    return done


def main(
    folder: Annotated[str, typer.Argument(help="Where the exports are kept.")] = "published",
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="NAME[=OUT]", help="An export; jsonl and csv by default.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Bring a folder of exports up to date with the store; what did not change is not written again."""
    shared.by_hand()
    with speaking(), shared.server_named():
        for one in publish(folder, formats, settings.load({"store": store}).store):
            typer.echo(f"{one.out}: " + ("unchanged" if one.count is None else f"{one.count:,} written"))


if __name__ == "__main__":
    typer.run(main)
