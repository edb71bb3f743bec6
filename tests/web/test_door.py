"""One request and its limits: bombs, drips, cut transfers, certificates, the proxy."""

from __future__ import annotations

import asyncio
import gzip
import logging
import random
import re
import ssl
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from betony import settings
from betony.errors import UsageError
from betony.fetch import Answer, Cut, Door, FetchError, Limits, Trouble, parse
from tests.conftest import ROOT
from tests.web.server import Reply, Request, page, serving

LIMITS = Limits(seconds=2)


async def get(url: str, **options: Any) -> Answer:
    async with Door(loopback=True, **{"limits": LIMITS, **options}) as door:
        return await door.get(parse(url))


def fetch(url: str, **options: Any) -> Answer:
    return asyncio.run(get(url, **options))


def raw(*pieces: bytes, every: float = 0) -> Callable[[Request], Awaitable[None]]:
    """A server that sends these bytes and no others, and hangs up."""

    async def answer(request: Request) -> None:
        for piece in pieces:
            request.writer.write(piece)
            await request.writer.drain()
            if every:
                await asyncio.sleep(every)

    return answer


def test_a_whole_page_comes_as_it_was_sent() -> None:
    packed = gzip.compress(page())

    async def answer(request: Request) -> Reply:
        return Reply(packed, headers={"Content-Encoding": "gzip", "Content-Type": "text/html", "ETag": '"1"'})

    with serving(answer) as server:
        got = fetch(server.url("/a?b=c"), contact="someone@example.org")
    assert (got.status, got.body, got.cut, got.header("etag")) == (200, page(), None, '"1"')
    asked = server.log[0]
    assert asked.path == "/a?b=c"
    assert re.fullmatch(r"betony/[\d.]+ \(\+someone@example\.org\)", asked.headers["user-agent"])
    assert (asked.headers["accept-encoding"], asked.headers["from"]) == ("gzip", "someone@example.org")


@pytest.mark.parametrize("contact", [None, "", "nobody", "a@b.c\r\nX: y", "someone@example.org (me)"])
def test_nobody_fetches_without_saying_who_asks(contact: str | None) -> None:
    with pytest.raises(UsageError, match="contact"):
        Door(contact=contact)


@cache
def _bomb(encoding: str) -> bytes:
    """A quarter of a gigabyte of nothing, in a quarter of a megabyte."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    block = b"\0" * (1 << 24)
    return b"".join(packer.compress(block) for _ in range(16)) + packer.flush()


@cache
def endings() -> dict[str, Callable[[Request], Awaitable[None]]]:
    """Answers without a good end, by name."""

    async def endless(request: Request) -> None:
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            request.writer.write(b"x" * 65536)
            await request.writer.drain()

    async def hang(request: Request) -> None:
        await asyncio.sleep(30)

    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nConnection: close\r\n\r\n"
    return {
        "gzip bomb": raw(head % b"gzip", _bomb("gzip")),
        "deflate bomb": raw(head % b"deflate", _bomb("deflate")),
        "brotli": raw(head % b"br", b"\x1b" * 100),
        "zstd": raw(head % b"zstd", b"\x28\xb5\x2f\xfd" * 100),
        "gzip in gzip": raw(head % b"gzip, gzip", gzip.compress(_bomb("gzip"))),
        "endless": endless,
        "drip body": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[b"x"] * 100, every=0.2),
        "drip header": raw(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 100, every=0.2),
        "hang": hang,
    }


async def how_it_ended(url: str) -> tuple[Trouble | Cut | None, float]:
    """What became of the request, and after how many seconds."""
    async with Door(loopback=True, limits=LIMITS) as door:
        began = time.monotonic()
        try:
            got = await door.get(parse(url))
        except FetchError as error:
            return error.trouble, time.monotonic() - began
        assert len(got.body) <= (1 << 20 if got.cut is Cut.LENGTH else LIMITS.decoded_bytes)
        return got.cut, time.monotonic() - began


@pytest.mark.parametrize("name", list(endings()))
def test_what_does_not_end_is_ended(name: str, request: pytest.FixtureRequest) -> None:
    late = 1 if request.config.getoption("--long") else 5  # a busy machine is slow to notice that the time is up
    with serving(endings()[name]) as server:
        tracemalloc.start()  # what was held at once, whatever the allocator keeps of what other tests left
        try:
            how, seconds = asyncio.run(how_it_ended(server.url()))
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert how in (Trouble.TIME, Trouble.PROTOCOL, Cut.LENGTH, Cut.TIME)
        assert seconds < LIMITS.seconds + late
        assert most < 64 << 20


def cuts(number: int) -> list[tuple[str, bytes]]:
    """As many ways to end before the end: a short length, a cut chunk, a cut gzip whose lengths agree."""
    chance = random.Random(5)  # noqa: S311 - no secret
    body = page("x" * 3000)
    packed = gzip.compress(body)
    found = []
    for i in range(number):
        kind = ("short length", "cut chunk", "cut gzip")[i % 3]
        if kind == "short length":
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            found.append((kind, head + body[: chance.randrange(len(body))]))
        elif kind == "cut chunk":
            head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n".encode()
            whole = body + b"\r\n0\r\n\r\n"
            found.append((kind, head + whole[: chance.randrange(len(whole) - 1)]))
        else:
            part = packed[: chance.randrange(1, len(packed))]
            sizes = f"Content-Encoding: gzip\r\nContent-Length: {len(part)}"
            found.append((kind, f"HTTP/1.1 200 OK\r\n{sizes}\r\nConnection: close\r\n\r\n".encode() + part))
    return found


def test_cut_transfers_are_never_taken_for_whole(request: pytest.FixtureRequest) -> None:
    answers = cuts(300 if request.config.getoption("--long") else 60)

    async def answer(asked: Request) -> None:
        asked.writer.write(answers[int(asked.path[1:])][1])
        await asked.writer.drain()

    async def all_of_them(port: int) -> list[Answer]:
        async with Door(loopback=True, limits=LIMITS) as door:
            return [await door.get(parse(f"http://127.0.0.1:{port}/{i}")) for i in range(len(answers))]

    with serving(answer) as server:
        got = asyncio.run(all_of_them(server.port))
    marked = sum(one.cut is Cut.DISCONNECT for one in got)
    assert marked == len(answers), [answers[i] for i, one in enumerate(got) if one.cut is None][:3]


@pytest.mark.parametrize("at", [1, 17, -1])
def test_a_gzip_stream_of_several_members_is_whole_however_it_arrives(at: int) -> None:
    first = gzip.compress(b"one " * 50_000)
    packed = first + gzip.compress(b"two " * 50_000)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    cut = len(first) + at
    with serving(raw(head + packed[:cut], packed[cut:], every=0.05)) as server:
        got = fetch(server.url())
    assert (got.cut, got.body) == (None, b"one " * 50_000 + b"two " * 50_000)


def test_deflate_without_its_wrapper_is_read() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(page()) + packer.flush()
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    with serving(raw(head + packed)) as server:
        assert fetch(server.url()).body == page()


# Certificates


def certificates(folder: Path) -> dict[str, ssl.SSLContext]:
    """Four servers that nobody should believe."""
    trustme = pytest.importorskip("trustme")
    ours, others = trustme.CA(), trustme.CA()
    ours.cert_pem.write_to_path(folder / "ca.pem")
    past = datetime.now(UTC) - timedelta(days=30)
    issued = {
        "good": ours.issue_cert("127.0.0.1"),
        "expired": ours.issue_cert("127.0.0.1", not_before=past, not_after=past + timedelta(days=1)),
        "self-signed": others.issue_cert("127.0.0.1"),
        "wrong host": ours.issue_cert("www.example.org"),
        "TLS 1.0": ours.issue_cert("127.0.0.1"),
    }
    contexts = {}
    for name, certificate in issued.items():
        contexts[name] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(contexts[name])
    old = contexts["TLS 1.0"]
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.maximum_version = ssl.TLSVersion.TLSv1
    return contexts


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_server_that_cannot_prove_its_name_is_not_believed(tmp_path: Path) -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page())

    for name, context in certificates(tmp_path).items():
        with serving(answer, tls=context) as server:
            if name == "good":
                assert fetch(server.url(), ca_bundle=str(tmp_path / "ca.pem")).body == page()
                continue
            with pytest.raises(FetchError) as caught:
                fetch(server.url(), ca_bundle=str(tmp_path / "ca.pem"))
            assert caught.value.trouble is Trouble.CERTIFICATE, name
            assert not caught.value.passes
            assert server.connections <= 1, name  # no second try
            assert server.log == []


def test_nothing_in_the_package_turns_certificates_off() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert not re.search(r"verify\s*=\s*False|CERT_NONE|check_hostname\s*=\s*False|_create_unverified", source)


# The proxy


def test_the_proxy_is_told_the_checked_address_and_checked_all_the_same() -> None:
    told: list[str] = []

    async def proxy(request: Request) -> None:
        told.append(request.path)
        told.append(request.headers.get("proxy-authorization", ""))
        host, port = request.path.rsplit(":", 1)
        upstream_in, upstream_out = await asyncio.open_connection(host, int(port))
        request.writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        upstream_out.write(b"GET /through HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        request.writer.write(await upstream_in.readuntil(b"</html>"))
        await request.writer.drain()

    async def answer(request: Request) -> Reply:
        return Reply(page())

    async def public(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with serving(answer) as server, serving(proxy) as between:
        address = f"http://user:word@127.0.0.1:{between.port}"
        got = fetch(f"http://www.example.org:{server.port}/", proxy=address, resolve=public)
        assert got.body == page()
        assert told == [f"127.0.0.1:{server.port}", "basic dxnlcjp3b3jk"]  # the test's server lowers the case
        with pytest.raises(FetchError) as caught:
            fetch("http://10.0.0.1/", proxy=address)
        assert caught.value.trouble is Trouble.REFUSED
        assert len(told) == 2


def test_hosts_that_the_user_named_are_asked_without_the_proxy() -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page())

    async def proxy(request: Request) -> Reply:
        return Reply(b"", status=502)

    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with serving(answer) as server, serving(proxy) as between:
        options: dict[str, Any] = {"proxy": f"http://127.0.0.1:{between.port}", "resolve": here}
        address = f"http://www.example.org:{server.port}/"
        assert fetch(address, no_proxy="example.org,.example.net", **options).body == page()
        assert between.asked() == []
        with pytest.raises(FetchError):
            fetch(address, no_proxy="example.net", **options)
        assert fetch(server.url(), **options).body == page()  # this machine, whatever is said


def test_the_environment_s_usual_variables_are_the_weakest_of_all_places(tmp_path: Path) -> None:
    usual = {"https_proxy": "http://proxy.example:3128", "NO_PROXY": "example.org"}
    chosen = settings.load(environ=usual, folder=tmp_path)
    assert (chosen.proxy, chosen.no_proxy) == ("http://proxy.example:3128", "example.org")
    (tmp_path / "betony.toml").write_text('proxy = "http://other.example:8080"')
    assert settings.load(environ=usual, folder=tmp_path).proxy == "http://other.example:8080"
    assert settings.load(environ={}, folder=tmp_path / "nowhere").proxy is None


def test_neither_keys_nor_passwords_reach_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page())

    async def go(port: int) -> None:
        async with Door(loopback=True, limits=LIMITS) as door:
            await door.get(parse(f"http://127.0.0.1:{port}/?token=marker-1"), {"API-Key": "marker-2"})

    with caplog.at_level(logging.DEBUG), serving(answer) as server:
        asyncio.run(go(server.port))
    assert server.log[0].headers["api-key"] == "marker-2"
    assert "marker" not in caplog.text


def test_the_client_is_imported_only_where_something_is_fetched() -> None:
    code = "import betony.cli, sys; print([name for name in sys.modules if 'httpcore2' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
