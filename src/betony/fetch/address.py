"""What may be asked for: an http or https address, taken apart once, so that what is checked is what is connected to."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from betony.fetch.errors import Refused

PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=[^.])[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "%/:@!$&'()*+,;=~-._?[]"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the form in which it is asked for."""

    scheme: str
    host: str
    """ASCII, lower case, without a final dot; of an IPv6 address without its brackets."""
    port: int
    target: str
    """Path and query, as the request line holds them; without dot segments or a fragment."""

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own, as the `Host` header holds them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what one robots.txt is for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def robots(self) -> str:
        """The address of the robots.txt that this address is under."""
        return f"{self.origin}/robots.txt"

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"


def parse(written: str) -> Address:
    """The address that was written; Refused where it is none that may be fetched."""
    url = written.strip()
    if _FORBIDDEN.search(url):
        raise Refused("the address holds a space, a control character or a backslash", shown(url))
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise Refused("the address cannot be read", shown(url)) from error
    scheme = split.scheme.lower()
    if scheme not in PORTS:
        raise Refused("only http and https addresses are fetched", shown(url))
    if split.username is not None or split.password is not None:
        raise Refused("the address holds a user name or password", shown(url))
    return Address(scheme, _host(split, url), port or PORTS[scheme], _target(split))


def join(base: Address, location: str) -> Address:
    """Where a redirect leads to; Refused where nobody may go there."""
    return parse(urljoin(str(base), location.strip()))


def shown(url: str) -> str:
    """An address as it may be printed or logged: without user name and password, on one line."""
    bare = re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*:)?(//)[^/?#]*@", r"\1\2", url)
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in bare)[:500]


def _host(split: SplitResult, url: str) -> str:
    host = (split.hostname or "").removesuffix(".")
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise Refused("the address has no host that can be named", shown(url)) from error
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise Refused("the address has no host that can be named", shown(url)) from error
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise Refused("the address has no host that can be named", shown(url))
    return host


def _target(split: SplitResult) -> str:
    path = _without_dots(_plain(quote(split.path, safe=_SAFE))) or "/"
    query = _plain(quote(split.query, safe=_SAFE))
    return f"{path}?{query}" if query else path


def _plain(text: str) -> str:
    """Escapes of characters that need none are written out, so that `%2e%2e` is seen for what it is."""

    def unescaped(match: re.Match[str]) -> str:
        sign = chr(int(match[1], 16))
        return sign if sign in _UNRESERVED else match[0].upper()

    return re.sub(r"%(?![0-9a-fA-F]{2})", "%25", _ESCAPE.sub(unescaped, text))


def _without_dots(path: str) -> str:
    """The path without `.` and `..` segments (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
