"""How a store of an older layout becomes one of today's: Alembic's revisions, run on our own connection.

A layout's number is the number of its revision. To change the tables:

1. Change `store/tables.py`, which makes new stores.
2. Copy the newest file of `versions/` to `revision_NNNN_<what>.py` with the next number, and write into its `upgrade`
   what brings a store of the layout before to this one: `op.create_table`, `op.add_column`, plain SQL for rows.
3. Name tables and columns there in full and import nothing of betony but `before`: a revision never changes again,
   while the code does.
4. Views, search and whatever else is made of the records alone need no revision: an upgrade makes them anew.
5. Run `pytest tests/test_migrations.py`, which holds that an upgraded store and a new one are the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAME = re.compile(r"revision_(\d{4})_\w+\.py")


def numbers() -> list[str]:
    """Every revision there is, oldest first."""
    names = (path.name for path in (Path(__file__).parent / "versions").iterdir())
    return sorted(found[1] for found in map(_NAME.fullmatch, names) if found)


def before(revision: str) -> str | None:
    """The revision that a revision follows: the one with the next lower number, None for the first."""
    return max((number for number in numbers() if number < revision), default=None)


def upgrade(connection: Connection, layout: int) -> None:
    """Brings the tables of a store from a layout to the newest, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - takes as long to import as all the rest, and is hardly ever needed
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "betony.store:migrations")
    command.stamp(config, f"{layout:04}", purge=True)  # the first release's stores were made before Alembic was used
    command.upgrade(config, "head")
