"""What stands before every request: who may ask, under which name, and how addresses are read."""

from __future__ import annotations

from collections.abc import Collection, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from betony.api import problems

PREFIX = "/api/"

_HEADERS = ((b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin"))


class Door:
    """ASGI middleware.

    Where `hosts` is given, a request under any other name is refused: a page on the internet whose name was made to
    lead to this machine (DNS rebinding) does not read the store. No cross-origin header is ever sent.

    Addresses of the API stay encoded until their id is read: `nhs%3Aconditions%2Fversions` is an id, while the last
    part of `nhs:conditions/versions` names what is asked of one. HEAD is GET without the body.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked: MutableMapping[str, Any] = {**scope}
        if scope["path"].startswith(PREFIX):
            asked["path"] = scope["raw_path"].decode("ascii", "replace")
        if scope["method"] == "HEAD":
            asked["method"] = "GET"

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                allowed = [(name, b"GET, HEAD" if name == b"allow" else value) for name, value in message["headers"]]
                message = {**message, "headers": [*allowed, *_HEADERS]}
            elif scope["method"] == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        if self._hosts is not None and _host(scope) not in self._hosts:
            refused = problems.response(421, "this server answers under its own name alone", name="foreign-host")
            await refused(asked, receive, answer)
            return
        await self._app(asked, receive, answer)


def _host(scope: Scope) -> str:
    """The name in the Host header, without the port; of several headers none is believed."""
    found = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    header = found[0] if len(found) == 1 else ""
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdecimal() else header).lower()
