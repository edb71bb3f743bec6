"""An HTTP server that does what a test says, right or wrong, and writes down every request."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(eq=False)
class Request:
    """One request as the server saw it."""

    host: str
    """The address of this machine that it came to."""
    path: str
    headers: dict[str, str]
    started: float
    ended: float = 0.0
    status: int = 0
    writer: asyncio.StreamWriter = field(repr=False, kw_only=True)


@dataclass(frozen=True)
class Reply:
    """A well-formed answer."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


Handler = Callable[[Request], Awaitable[Reply | None]]
"""Answers a request, or writes to its connection as it likes and returns None."""


class Server:
    """A server in a thread of its own; `log` holds the requests in order of arrival."""

    def __init__(
        self, handler: Handler, hosts: tuple[str, ...] = ("127.0.0.1",), tls: ssl.SSLContext | None = None
    ) -> None:
        self.log: list[Request] = []
        self.connections = 0
        self.port = 0
        self._handler = handler
        self._hosts = hosts
        self._tls = tls
        self._listening: list[asyncio.Server] = []
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{'https' if self._tls else 'http'}://{host or self._hosts[0]}:{self.port}{path}"

    def asked(self, prefix: str = "/") -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [one.path for one in self.log if one.path.startswith(prefix) and one.path != "/robots.txt"]

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        for host in self._hosts:
            listening = asyncio.start_server(self._serve, host, self.port, ssl=self._tls, backlog=512)
            started = self._loop.run_until_complete(listening)
            self.port = started.sockets[0].getsockname()[1]
            self._listening.append(started)
        self._ready.set()
        self._loop.run_forever()
        for started in self._listening:
            started.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            while await self._one(reader, writer):
                pass
        with suppress(ConnectionError, ssl.SSLError):
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in rest if ": " in line)
        path = first.split(" ")[1]
        request = Request(writer.get_extra_info("sockname")[0], path, headers, time.monotonic(), writer=writer)
        self.log.append(request)
        try:
            reply = await self._handler(request)
            if reply is None:
                return False
            request.status = reply.status
            head = {"Content-Length": str(len(reply.body)), **reply.headers}
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            writer.write(f"HTTP/1.1 {reply.status} Whatever\r\n{lines}\r\n".encode("latin-1") + reply.body)
            await writer.drain()
            return True
        finally:
            request.ended = time.monotonic()


@contextmanager
def serving(
    handler: Handler, hosts: tuple[str, ...] = ("127.0.0.1",), tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    server = Server(handler, hosts, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def page(words: str = "Page", links: tuple[str, ...] = ()) -> bytes:
    """A small page, made up."""
    anchors = "".join(f'<p><a href="{link}">{link}</a></p>' for link in links)
    return (
        f"<!doctype html><html lang=en><head><title>{words}</title></head><body><main><h1>{words}</h1>"
        f"<h2>Recommendations</h2><p>Offer {words} to adults.</p>{anchors}</main></body></html>"
    ).encode()
