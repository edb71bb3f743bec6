"""Commands that keep the store in order: `betony store …`."""

from __future__ import annotations

import typer

from betony.cli.shared import StoreOption, app, opening, speaking

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
