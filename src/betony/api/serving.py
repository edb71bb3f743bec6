"""The server: uvicorn on one address, loopback unless told otherwise."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from betony.api.application import application
from betony.errors import UsageError
from betony.store import Store

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))


def serve(store: Store, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serves a store until a signal ends it. UsageError where the address cannot be had; port 0 takes any free one."""
    bound = _bound(host, port)
    loopback = _is_loopback(host)
    shown = f"[{host}]" if ":" in host else host
    app = application(store, hosts=_LOOPBACK | {shown.lower()} if loopback else None)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    say(f"{store.name} is at http://{shown}:{bound.getsockname()[1]}/, to be read; Ctrl-C stops it.")
    if not loopback:
        say("Whoever reaches this address can read the whole store: there is no login.")
    with suppress(KeyboardInterrupt):  # which uvicorn passes on once it has ended well
        uvicorn.Server(config).run(sockets=[bound])


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
