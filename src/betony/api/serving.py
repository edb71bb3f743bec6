"""The server: uvicorn on one address, loopback unless told otherwise."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from multiprocessing import parent_process
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from betony.api.application import application
from betony.errors import UsageError
from betony.store import Store

Opening = Callable[[], Store]
"""What opens a store, in another process too."""
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))


def serve(
    store: Store, host: str, port: int, say: Callable[[str], None], workers: int = 1, again: Opening | None = None
) -> None:
    """Serves a store until a signal ends it. UsageError where the address cannot be had; port 0 takes any free one.

    `workers`: processes that answer at the one address; where there are several, `again` opens the store in each of
    them. One that dies is replaced; all end with this process.
    """
    bound = _bound(host, port)
    loopback = _is_loopback(host)
    shown = f"[{host}]" if ":" in host else host
    hosts = _LOOPBACK | {shown.lower()} if loopback else None
    say(f"{store.name} is at http://{shown}:{bound.getsockname()[1]}/, to be read; Ctrl-C stops it.")
    if not loopback:
        say("Whoever reaches this address can read the whole store: there is no login.")
    with suppress(KeyboardInterrupt):  # which uvicorn passes on once it has ended well
        if workers > 1 and again is not None:
            config = _config(partial(_in_worker, again, hosts), factory=True, workers=workers)
            Multiprocess(config, sockets=[bound]).run()
        else:
            uvicorn.Server(_config(application(store, hosts=hosts))).run(sockets=[bound])


def _config(app: Callable[..., Any], *, factory: bool = False, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=factory,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


def _in_worker(again: Opening, hosts: Collection[str] | None) -> FastAPI:
    """The application of one of several processes; the store is open for as long as the process lives."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return application(again(), hosts=hosts)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return socket.create_server(found[0][4][:2], family=found[0][0], backlog=512)
    except (OSError, OverflowError) as error:
        advice = "name another with --host or --port; --port 0 takes any that is free"
        raise UsageError(f"cannot be listened at: {error}", document=f"{host}:{port}", advice=advice) from error
