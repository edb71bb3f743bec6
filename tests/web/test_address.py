"""Where betony goes and where it does not."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest

from betony.fetch import Door, FetchError, Refused, Trouble, join, parse, shown
from betony.fetch.reach import is_public
from tests.web.server import Reply, Request, page, serving

PRIVATE = """
0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.0.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 64:ff9c::1 100::1 2001::1 2001:10::1
2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1
"""
PUBLIC = "1.1.1.1 8.8.8.8 100.63.255.255 172.15.0.1 172.32.0.1 192.0.1.1 223.255.255.255 2606:4700::1111 2a00:1450::1"

# Forty-one ways to name this machine, its network, or what is no host at all.
SPELLINGS = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0x7F.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://127.0.0.2:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://ⓛocalhost:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://user:word@127.0.0.1:{port}/",
    "http://www.example.org@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@www.example.org/",
    "http://www.example.org\t@127.0.0.1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE.split())
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


async def welcome(_: Request) -> Reply:
    return Reply(page())


def reach(url: str, **options: object) -> FetchError | None:
    async def go() -> None:
        async with Door(contact="someone@example.org", **options) as door:  # type: ignore[arg-type]
            await door.get(parse(url))

    try:
        asyncio.run(go())
    except FetchError as error:
        return error
    return None


def test_41_spellings_of_private_places_are_refused_before_a_byte_is_sent() -> None:
    assert len(SPELLINGS) == 41
    with serving(welcome, ("127.0.0.1", "127.0.0.2")) as server:
        for spelling in SPELLINGS:
            error = reach(spelling.format(port=server.port))
            assert error is not None, spelling
            assert error.trouble in (Trouble.REFUSED, Trouble.NAME), spelling
        assert server.connections == 0


def test_the_switch_for_tests_opens_loopback_and_nothing_else() -> None:
    with serving(welcome) as server:
        assert reach(server.url(), loopback=True) is None
        assert isinstance(reach("http://169.254.169.254/", loopback=True), Refused)
        assert isinstance(reach("http://10.0.0.1/", loopback=True), Refused)


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    async def mixed(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "127.0.0.1"]

    with serving(welcome) as server:
        assert isinstance(reach(f"http://www.example.org:{server.port}/", resolve=mixed), Refused)
        assert server.connections == 0


def test_a_name_that_changes_its_address_after_the_check_gains_nothing() -> None:
    answers = [["127.0.0.9"], ["127.0.0.1"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    with serving(welcome) as server:
        url = f"http://www.example.org:{server.port}/"
        error = reach(url, resolve=rebinding, loopback=True)  # loopback stands for the public here, .9 is closed
        assert error is not None
        assert error.trouble is Trouble.CONNECTION
        assert (server.connections, answers) == (0, [["127.0.0.1"]])  # never looked up again
        assert isinstance(reach(url, resolve=rebinding), Refused)


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("/b", "http://example.org/b"),
        ("https://EXAMPLE.org:443/a/../b#part", "https://example.org/b"),
        ("//other.org", "http://other.org/"),
        ("?q=ä b".replace(" ", "+"), "http://example.org/a/?q=%C3%A4+b"),
        ("http://bücher.example/%2e%2e/x", "http://xn--bcher-kva.example/x"),
    ],
)
def test_redirects_are_read_like_addresses(location: str, where: str) -> None:
    assert str(join(parse("http://example.org/a/"), location)) == where


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://u:p@h/", "javascript:1", "http://h:99999/"])
def test_redirects_to_what_is_no_address_are_refused(location: str) -> None:
    with pytest.raises(Refused):
        join(parse("http://example.org/"), location)


def test_a_password_in_an_address_is_never_shown() -> None:
    with pytest.raises(Refused) as caught:
        parse("https://someone:secret@example.org/")
    assert "secret" not in str(caught.value)
    assert shown("https://someone:secret@example.org/a\nb") == "https://example.org/a\ufffdb"
