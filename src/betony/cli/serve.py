"""Commands that answer others' programs: `serve`, `mcp`."""

from __future__ import annotations

from typing import Annotated

import typer

from betony.cli.shared import StoreOption, app, reading, speaking

_READERS = 8
"""Connections that stay open: one for each question that is answered at once (betony.api.limits)."""
_SECONDS = 10.0
"""How long the store may take over one question. The slowest search over 100,000 sections takes about a tenth."""


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(metavar="NAME", help="The address to listen at; others than this machine's own reach it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, metavar="N", help="0 takes any that is free.")] = 8321,
    workers: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Processes that answer; one for each core answers most.")
    ] = 1,
    store: StoreOption = None,
) -> None:
    """Answer over HTTP: pages for people, and an API for programs, for reading alone.

    \b
      betony serve
      curl http://127.0.0.1:8321/api/v1/records/nice:ng9020
      curl 'http://127.0.0.1:8321/api/v1/search?q=mitral+regurgitation&current=true'

    The API describes itself at /api/v1/openapi.json.
    """
    with speaking(), reading(store, readers=_READERS, seconds=_SECONDS) as opened:
        from functools import partial

        from betony import api, settings
        from betony.store import Store

        name = settings.load({"store": store}).store
        again = partial(Store.open, name, writable=False, readers=_READERS, seconds=_SECONDS)
        api.serve(opened, host, port, typer.echo, workers, again)


@app.command("mcp")
def assistant(store: StoreOption = None) -> None:
    """Answer an assistant over the Model Context Protocol, on standard input and output; for reading alone.

    The assistant's program starts it, with the store named outright, such as:

    \b
      {"mcpServers": {"betony": {"command": "betony", "args": ["mcp", "--store", "/data/betony.db"]}}}
    """
    with speaking(out="-"):
        from importlib.util import find_spec

        from betony.errors import UsageError

        if find_spec("mcp") is None:
            raise UsageError("needs betony's part for assistants", advice="pip install 'betony[mcp]'")
        with reading(store, readers=_READERS, seconds=_SECONDS) as opened:
            from betony import assistant as answering

            answering.run(opened)
