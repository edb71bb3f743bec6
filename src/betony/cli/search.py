"""`betony search`: sections by their words."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from betony.cli.shared import MOST, StoreOption, a_status, app, reading, speaking
from betony.model import SectionType
from betony.naming import publisher_id

if TYPE_CHECKING:
    from betony.store import Hit


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY…", help='Words, "phrases", and -not.')],
    section_type: Annotated[
        SectionType | None, typer.Option("--type", help="Only sections of this type, such as recommendations.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="ID")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Such as active, retired or update_in_progress.")
    ] = None,
    current: Annotated[
        bool, typer.Option("--current", help="Leave out what is withdrawn, replaced or only a draft.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=MOST, metavar="N")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    store: StoreOption = None,
) -> None:
    """Find sections by their words, the best first.

    All words must be there, in any form of theirs; put a minus before what must not, behind -- where it comes first.

    \b
      betony search "mitral regurgitation" --type recommendations --current
      betony search '"shared decision making"' -- -children
    """
    with speaking(), reading(store) as opened:
        from betony.store import Filters

        words = " ".join(query)
        filters = Filters(section_type, publisher_id(opened, publisher), a_status(status), current)
        hits = opened.search(words, filters, limit)
        for hit in hits:
            if as_json:
                typer.echo(json.dumps(asdict(hit), ensure_ascii=False))
            else:
                _show(hit)
        if not hits and not as_json:
            typer.echo("Nothing was found.")


def _show(hit: Hit) -> None:
    from betony.terminal import Line, show

    title = f"{hit.record_id}  {hit.title or '(no title)'}  [{hit.status_code}, {hit.currency.replace('_', ' ')}]"
    place = f"{hit.heading or hit.section} [{hit.type}]: "
    marks = tuple((start + len(place), end + len(place)) for start, end in hit.matches)
    show([Line(0, title), Line(1, place + hit.snippet, marks=marks)])
