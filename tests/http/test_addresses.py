"""Which addresses are public."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.http.addresses import kind_of, parse

NOT_PUBLIC = {
    "0.1.2.3": "unspecified",
    "10.0.0.1": "private",
    "100.64.0.1": "shared",
    "100.127.255.255": "shared",
    "127.255.255.254": "loopback",
    "169.254.169.254": "link-local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.8": "reserved",
    "192.0.2.1": "documentation",
    "192.88.99.1": "reserved",
    "192.168.255.255": "private",
    "198.19.255.255": "benchmarking",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "255.255.255.255": "reserved",
    "::": "unspecified",
    "::1": "loopback",
    "fd00::1": "unique-local",
    "fe80::1": "link-local",
    "fec0::1": "link-local",
    "ff0e::1": "multicast",
    "::8.8.8.8": "reserved",
    "::ffff:0:8.8.8.8": "reserved",
    "64:ff9b:1::8.8.8.8": "reserved",
    "2001:db8::1": "documentation",
    "3fff:fff::1": "documentation",
    "2001:2::1": "benchmarking",
    "100::1": "reserved",
    "4000::1": "reserved",
    "64:ff9b::192.168.1.1": "translated private",
    "2002:c0a8:101::1": "carrier of a private",
}


@pytest.mark.parametrize(("text", "kind"), NOT_PUBLIC.items())
def test_an_address_that_is_not_public_has_a_kind(text, kind):
    """What IANA sets aside is named by what it is for."""
    assert kind_of(ip_address(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        *("1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.32.0.1", "192.0.1.1"),
        *("223.255.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8", "2002:808:808::1"),
    ],
)
def test_a_public_address_has_no_kind(text):
    """Neighbours of what is set aside, and carriers of public addresses, are public."""
    assert kind_of(ip_address(text)) is None


CARRIERS = {
    "mapped": lambda inner: 0xFFFF << 32 | inner,
    "compatible": lambda inner: inner,
    "translated": lambda inner: 0xFFFF << 48 | inner,
    "nat64": lambda inner: 0x64FF9B << 96 | inner,
    "local nat64": lambda inner: 0x64FF9B0001 << 80 | inner,
    "6to4": lambda inner: 0x2002 << 112 | inner << 80 | 1,
    "teredo client": lambda inner: 0x20010000 << 96 | 0x08080808 << 64 | inner ^ 0xFFFFFFFF,
    "teredo server": lambda inner: 0x20010000 << 96 | inner << 64 | 0x08080808 ^ 0xFFFFFFFF,
    "isatap": lambda inner: 0x26064700 << 96 | 0x5EFE << 32 | inner,
    "isatap, unique": lambda inner: 0x26064700 << 96 | 0x02005EFE << 32 | inner,
}


@pytest.mark.parametrize("carry", CARRIERS.values(), ids=CARRIERS)
@given(inner=st.sampled_from([text for text in NOT_PUBLIC if ":" not in text]))
def test_no_carrier_makes_an_address_public(carry, inner):
    """Whatever way an IPv4 address is put into an IPv6 one, it stays what it is."""
    assert kind_of(IPv6Address(carry(int(IPv4Address(inner))))) is not None


@given(st.ip_addresses(v=4))
def test_what_python_knows_as_not_global_is_not_public(address):
    """The table refuses at least what the standard library's does."""
    assert address.is_global or kind_of(address) is not None


@given(st.ip_addresses(v=6))
def test_what_is_public_is_global_unicast(address):
    """Whatever is not set aside by name lies in the one block that is given out, or carries a public address."""
    if kind_of(address) is None:
        assert address in IPv6Network("2000::/3") or address.ipv4_mapped or address in IPv6Network("64:ff9b::/96")


@given(st.text())
def test_reading_an_address_never_raises(text):
    """What is no address is None."""
    parse(text)


def test_a_mapped_address_is_read_as_what_is_dialled():
    """`::ffff:a.b.c.d` is an IPv4 address in other clothes."""
    assert parse("::ffff:127.0.0.1") == IPv4Address("127.0.0.1")


def test_a_zone_is_left_out():
    """A zone says which interface, not which address."""
    assert parse("fe80::1%eth0") == IPv6Address("fe80::1")
