"""The one door to the network: one request, one answer, within limits of time and size."""

from __future__ import annotations

import asyncio
import io
import logging
import re
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

import httpcore2
import truststore

from betony.errors import UsageError
from betony.fetch import decoding
from betony.fetch.address import Address
from betony.fetch.errors import FetchError, Trouble
from betony.fetch.network import Network, Resolve, look_up

logging.getLogger("httpcore2").setLevel(logging.WARNING)  # below that it writes every header, keys among them

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_EVIDENCE = 1 << 20
"""Of a body past the limit of size so much is kept."""
_CONTACT = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|https?://[^\s<>()]+")


class Cut(StrEnum):
    """Why a body is not whole, in the words of WARC-Truncated."""

    LENGTH = "length"
    """It was longer than betony takes."""
    TIME = "time"
    """It had not ended when the time was up."""
    DISCONNECT = "disconnect"
    """The connection ended before the body did, or the packed stream has no end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take."""

    seconds: float = 60
    """From the look-up of the name to the last byte."""
    wire_bytes: int = 50_000_000
    """As sent."""
    decoded_bytes: int = 50_000_000
    """As unpacked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent back."""

    address: Address
    status: int
    headers: tuple[tuple[str, str], ...]
    """As they came, in order."""
    body: bytes
    """Without transfer and content encoding."""
    cut: Cut | None
    """None where the body is whole."""
    seconds: float

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Door:
    """Requests, one at a time or many at once; an async context manager.

    UsageError where `contact` is missing or unfit: who fetches from a site must be reachable by its owner. Only the
    addresses of this machine, which `loopback` opens for tests, may be asked without one.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        limits: Limits | None = None,
        proxy: str | None = None,
        no_proxy: str | None = None,
        ca_bundle: str | None = None,
        loopback: bool = False,
        resolve: Resolve = look_up,
        connections: int = 64,
    ) -> None:
        self._loopback = loopback
        self._limits = limits or Limits()
        self._identity = _identity(contact, needed=not loopback)
        trust = _trust(ca_bundle)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trust,
            max_connections=connections,
            keepalive_expiry=10,
            network_backend=Network(trust, loopback=loopback, proxy=proxy, no_proxy=no_proxy, resolve=resolve),
        )

    @property
    def limits(self) -> Limits:
        return self._limits

    @property
    def loopback(self) -> bool:
        """Whether this machine's own addresses are open."""
        return self._loopback

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.__aexit__(kind, error, trace)

    async def get(self, address: Address, headers: Mapping[str, str] | None = None) -> Answer:
        """One GET, without following a redirect. FetchError where no answer began; else the answer says how it ended."""
        return await self._send(b"GET", address, headers or {}, None)

    async def post(self, address: Address, body: bytes) -> Answer:
        """One POST of JSON, as to a webhook; otherwise as `get`."""
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        return await self._send(b"POST", address, headers, body)

    async def _send(self, method: bytes, address: Address, headers: Mapping[str, str], body: bytes | None) -> Answer:
        url, given = self._request(address, headers)
        began = time.monotonic()
        answer: _Arriving | None = None
        try:
            async with asyncio.timeout(self._limits.seconds):
                async with self._pool.stream(method, url, headers=given, content=body) as response:
                    answer = _Arriving(address, response.status, _readable(response.headers), self._limits)
                    await answer.take(response.aiter_stream())
        except TimeoutError as error:
            if answer is None:
                raise FetchError(f"no answer in {self._limits.seconds:g} s", str(address), Trouble.TIME) from error
            answer.cut = answer.cut or Cut.TIME
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException) as error:
            if answer is None:
                raise _explained(error, address) from error
            answer.cut = answer.cut or Cut.DISCONNECT
        return answer.ended(time.monotonic() - began)

    def _request(self, address: Address, headers: Mapping[str, str]) -> tuple[httpcore2.URL, list[tuple[bytes, bytes]]]:
        given = {"Host": address.authority, **self._identity, "Accept": _ACCEPT}
        given |= {"Accept-Encoding": decoding.OFFERED, **headers}
        url = httpcore2.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        return url, [(name.encode(), value.encode("latin-1")) for name, value in given.items()]


class _Arriving:
    """A body on its way, and what has become of it."""

    def __init__(self, address: Address, status: int, headers: tuple[tuple[str, str], ...], limits: Limits) -> None:
        self.cut: Cut | None = None
        self._address = address
        self._status = status
        self._headers = headers
        self._limits = limits
        self._body = io.BytesIO()
        self._wire = 0

    async def take(self, stream: AsyncIterator[bytes]) -> None:
        unpacker = self._unpacker()
        async for chunk in stream:
            self._wire += len(chunk)
            if self._wire > self._limits.wire_bytes:
                self.cut = Cut.LENGTH
            elif unpacker is None:
                self._add(chunk)
            else:
                try:
                    for piece in unpacker.feed(chunk):
                        self._add(piece)
                        if self.cut:
                            break
                except zlib.error:
                    self.cut = Cut.DISCONNECT
            if self.cut:
                return
        if unpacker and not unpacker.whole:
            self.cut = Cut.DISCONNECT

    def ended(self, seconds: float) -> Answer:
        if self.cut is Cut.LENGTH:
            self._body.truncate(min(_EVIDENCE, self._limits.decoded_bytes))
        return Answer(self._address, self._status, self._headers, self._body.getvalue(), self.cut, seconds)

    def _add(self, piece: bytes) -> None:
        if self._body.tell() + len(piece) > self._limits.decoded_bytes:
            self.cut = Cut.LENGTH
        else:
            self._body.write(piece)

    def _unpacker(self) -> decoding.Unpacker | None:
        stated = ",".join(value for name, value in self._headers if name.lower() == "content-encoding")
        encodings = [word for word in stated.lower().replace(" ", "").split(",") if word not in ("", "identity")]
        if not encodings:
            return None
        if len(encodings) > 1 or encodings[0] not in decoding.KNOWN:
            what = f"the answer is packed as {' and '.join(encodings)[:100]!r}, which was not asked for"
            raise FetchError(what, str(self._address), Trouble.PROTOCOL)
        return decoding.Unpacker(encodings[0])


def _readable(headers: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers)


def _identity(contact: str | None, *, needed: bool) -> dict[str, str]:
    """The headers that say who asks."""
    from betony import __version__  # noqa: PLC0415 - the package itself imports nothing at its start

    if contact is None:
        if needed:
            raise UsageError(
                "no contact is set, and nobody fetches from a site without saying who asks",
                advice='set contact = "you@example.org" in betony.toml, or BETONY_CONTACT: a mail or web address',
            )
        return {"User-Agent": f"betony/{__version__}"}
    if not _CONTACT.fullmatch(contact) or not contact.isascii() or not contact.isprintable():
        raise UsageError("the contact is neither a mail address nor a web address", advice="as in you@example.org")
    sender = {} if contact.startswith(("http:", "https:")) else {"From": contact}
    return {"User-Agent": f"betony/{__version__} (+{contact})", **sender}


def _trust(ca_bundle: str | None) -> ssl.SSLContext:
    """Certificates are checked always: against the system's authorities, or against those of the user's bundle."""
    if ca_bundle is None:
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        try:
            context = ssl.create_default_context(cafile=ca_bundle)
        except (OSError, ssl.SSLError) as error:
            raise UsageError("the CA bundle cannot be read", document=ca_bundle, advice="name a file of PEM") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _explained(error: Exception, address: Address) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            what = f"the server could not prove that it is {address.host}: {cause.verify_message}"
            return FetchError(what, str(address), Trouble.CERTIFICATE)
        if isinstance(cause, ssl.SSLError):
            what = f"no safe connection could be agreed on: {(cause.reason or 'TLS failed').replace('_', ' ').lower()}"
            return FetchError(what, str(address), Trouble.CERTIFICATE)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore2.ProtocolError):
        return FetchError(f"the answer is no HTTP: {str(error)[:200]}", str(address), Trouble.PROTOCOL)
    return FetchError(f"no connection: {str(error)[:200] or 'it broke'}", str(address), Trouble.CONNECTION)
