"""Which network addresses may be connected to: those of the public internet, and no other.

`ipaddress.is_global` is no measure of that: on Python 3.11.7 it passes addresses that embed private ones (NAT64, 6to4,
IPv4-compatible), site-local ones, and the metadata service of a large cloud. So IPv6 is held to what is given out for
unicast (2000::/3), less the blocks within it that are special; IPv4 to all but the blocks of the IANA special-purpose
registry, multicast, reserved space, and that one service.
"""

from __future__ import annotations

import ipaddress

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, and a cloud's metadata service (100.100.100.200)
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's platform service
        "169.254.0.0/16",  # link-local, and the metadata service of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, and a cloud's metadata service (192.0.0.192)
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_V6_UNICAST = ipaddress.IPv6Network("2000::/3")
_V6_SPECIAL = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)


def is_public(ip: IP) -> bool:
    """Whether it is an address of the public internet."""
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in block for block in _V4)
    return ip in _V6_UNICAST and not any(ip in block for block in _V6_SPECIAL)


def may_reach(ip: IP, *, loopback: bool) -> bool:
    """Whether it may be connected to; `loopback` lets this machine's own addresses pass, and nothing else."""
    return is_public(ip) or (loopback and ip.is_loopback)
