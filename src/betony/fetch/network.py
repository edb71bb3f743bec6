"""Connections: the name is looked up once, every address it leads to is checked, and one of those is connected to.

httpcore asks this backend for every connection there is, whatever asked for the page: a redirect, a robots.txt or a
sitemap cannot go around it. The name is never looked up a second time, so an answer that changes in between
(rebinding) changes nothing; TLS still proves the name.
"""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # typeshed leaves it out

import httpcore2

from betony.errors import UsageError
from betony.fetch.errors import FetchError, Refused, Trouble
from betony.fetch.reach import may_reach

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The network addresses that a name leads to."""
_TRIED = 3
"""Of a name's addresses so many are tried."""
_LONGEST_HEAD = 1 << 14


async def look_up(host: str, port: int) -> list[str]:
    """What the system's resolver says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


class Network(httpcore2.AsyncNetworkBackend):
    """Connections to addresses that may be reached, directly or through the proxy that the user set."""

    def __init__(
        self,
        trust: ssl.SSLContext,
        *,
        loopback: bool = False,
        proxy: str | None = None,
        no_proxy: str | None = None,
        resolve: Resolve = look_up,
    ) -> None:
        self._loopback = loopback
        self._proxy = _Proxy(proxy, trust) if proxy else None
        self._no_proxy = {"no": no_proxy or ""}
        self._resolve = resolve
        self._sockets = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - the interface's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to one of the host's addresses, all of which may be reached; else Refused."""
        checked = await self._checked(host, port)
        problem: Exception | None = None
        for ip in checked[:_TRIED]:
            try:
                if self._proxy and not self._goes_past_it(host):
                    return await self._proxy.tunnel(self._sockets, ip, port)
                return await self._sockets.connect_tcp(ip, port, timeout)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
        raise httpcore2.ConnectError(str(problem))

    async def connect_unix_socket(self, *_: object, **__: object) -> httpcore2.AsyncNetworkStream:
        """Never: such a socket is no address of the internet."""
        raise Refused("only http and https addresses are fetched", "a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def _goes_past_it(self, host: str) -> bool:
        """Whether the host is asked without the proxy: one that the user named so, and this machine."""
        with suppress(ValueError):
            if ipaddress.ip_address(host).is_loopback:
                return True
        return host == "localhost" or bool(proxy_bypass_environment(host, self._no_proxy))

    async def _checked(self, host: str, port: int) -> list[str]:
        try:
            answers = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError("the host's name leads nowhere", host, Trouble.NAME) from error
        if not answers:
            raise FetchError("the host's name leads nowhere", host, Trouble.NAME)
        for answer in answers:
            try:
                ip = ipaddress.ip_address(answer)
            except ValueError as error:
                raise Refused("the host's name leads to what is no address", host) from error
            if not may_reach(ip, loopback=self._loopback):
                raise Refused(f"leads to {ip}, which is no address of the public internet", host)
        return answers


class _Proxy:
    """The user's proxy. It is told the address that was checked, never the name, which it would look up for itself."""

    def __init__(self, written: str, trust: ssl.SSLContext) -> None:
        self._trust = trust
        split = urlsplit(written if "://" in written else f"http://{written}")
        if split.scheme not in ("http", "https") or not split.hostname:
            raise UsageError("the proxy is no http or https address", advice="as in http://proxy.example.org:3128")
        self._host = split.hostname
        self._port = split.port or (443 if split.scheme == "https" else 80)
        self._encrypted = split.scheme == "https"
        self._login = b""
        if split.username is not None:
            words = f"{unquote(split.username)}:{unquote(split.password or '')}"
            self._login = b"Proxy-Authorization: Basic " + base64.b64encode(words.encode()) + b"\r\n"

    async def tunnel(self, sockets: httpcore2.AnyIOBackend, ip: str, port: int) -> httpcore2.AsyncNetworkStream:
        stream = await sockets.connect_tcp(self._host, self._port)
        try:
            if self._encrypted:
                stream = await stream.start_tls(self._trust, self._host)
            place = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
            await stream.write(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n".encode() + self._login + b"\r\n")
            head = await _head(stream)
        except BaseException:  # one who is cancelled leaves no connection open either
            await stream.aclose()
            raise
        status = re.match(rb"HTTP/1\.\d (\d{3}) ", head)
        if not status or not status[1].startswith(b"2"):
            await stream.aclose()
            raise httpcore2.ConnectError(f"the proxy answered {status[1].decode() if status else 'no HTTP'}")
        return stream


async def _head(stream: httpcore2.AsyncNetworkStream) -> bytes:
    """The head of the proxy's answer, and not a byte more: what follows is the server's own."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < _LONGEST_HEAD:
        piece = await stream.read(1)
        if not piece:
            break
        head += piece
    return head
