"""Which IP addresses are public, with those looked through that carry another one inside."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

OWN_NETWORK: Final = frozenset({"loopback", "private", "unique-local", "shared"})
"""Kinds that one's own network has. Link-local is not among them: cloud machines hand out their keys there."""

_V4: Final = tuple(
    (IPv4Network(block), kind)
    for block, kind in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "reserved"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
"""IANA's special-purpose registry for IPv4 (RFC 6890) with multicast (RFC 5771) and the reserved rest."""

_V6: Final = tuple(
    (IPv6Network(block), kind)
    for block, kind in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("fc00::/7", "unique-local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("64:ff9b:1::/48", "reserved"),  # RFC 8215: where the IPv4 address stands in it is the operator's choice
        ("2001:db8::/32", "documentation"),
        ("2001:2::/48", "benchmarking"),
        ("2001::/23", "reserved"),  # RFC 2928; Teredo too
        ("3fff::/20", "documentation"),  # RFC 9637
    )
)
"""IANA's special-purpose registry for IPv6."""

_GLOBAL: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_TEREDO: Final = IPv6Network("2001::/32")
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})
_LOW: Final = 0xFFFFFFFF


@lru_cache(maxsize=4096)
def parse(text: str) -> Address | None:
    """An address as it stands in a socket's or resolver's answer, None where it is none; its zone is left out.

    A mapped one (`::ffff:a.b.c.d`, RFC 4291) is the IPv4 address that is dialled.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


@lru_cache(maxsize=4096)
def kind_of(address: Address) -> str | None:
    """Why an address is not public, such as `private`; None where it is.

    An address that carries an IPv4 address inside is only as public as that one: it is where the packets end up.
    """
    if isinstance(address, IPv4Address):
        return next((kind for block, kind in _V4 if address in block), None)
    if address.ipv4_mapped is not None:
        return kind_of(address.ipv4_mapped)
    for inner in _embedded(address):
        if (kind := kind_of(inner)) is not None:
            return f"carrier of a {kind}" if address not in _NAT64 else f"translated {kind}"
    if address in _NAT64:
        return None
    if (kind := next((kind for block, kind in _V6 if address in block), None)) is not None:
        return kind
    return None if address in _GLOBAL else "reserved"


def _embedded(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses in an IPv6 one: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214).

    Compatible ones (`::a.b.c.d`) need no look: that whole block is reserved.
    """
    number = int(address)
    found = []
    if address in _NAT64:
        found.append(IPv4Address(number & _LOW))
    if address in _SIX_TO_FOUR:
        found.append(IPv4Address(number >> 80 & _LOW))
    if address in _TEREDO:
        found += [IPv4Address(number >> 64 & _LOW), IPv4Address(number & _LOW ^ _LOW)]
    if number >> 32 & _LOW in _ISATAP:
        found.append(IPv4Address(number & _LOW))
    return found
