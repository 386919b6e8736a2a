"""Gunzip of whole, damaged and hostile files."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.containers.gunzip import Gunzipped, gunzip

BIG = 1 << 30
PLAIN = bytes(range(256)) * 40 + b"abc" * 3000
PACKED = gzip.compress(PLAIN)


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, 1 << 20])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PACKED, Gunzipped(PLAIN)),
        (PACKED + PACKED, Gunzipped(PLAIN + PLAIN)),
        (PACKED + b"\0" * 50 + PACKED + b"\0" * 60, Gunzipped(PLAIN + PLAIN)),
        (PACKED + b"junk", Gunzipped(PLAIN, "trailing-bytes")),
        (PACKED + b"j", Gunzipped(PLAIN, "trailing-bytes")),
        (PACKED[:-3], Gunzipped(PLAIN, "truncated-gzip")),
        (PACKED[:4], Gunzipped(b"", "truncated-gzip")),
        (b"\x1f\x8b\x08\xff\xff\xff\xff", Gunzipped(b"", "corrupt-gzip")),
        (b"", Gunzipped(b"", "truncated-gzip")),
    ],
)
def test_members_are_joined_and_damage_is_said(data, expected, size):
    """All members are read, however the bytes arrive, and what is wrong is said."""
    assert gunzip(pieces(data, size), BIG) == expected


@pytest.mark.parametrize("size", [3, 1 << 20])
def test_all_before_a_break_is_read(size):
    """A wrong checksum costs next to nothing of what stands before it."""
    broken = PACKED[:-6] + bytes([PACKED[-6] ^ 1]) + PACKED[-5:]
    found = gunzip(pieces(broken, size), BIG)
    assert found.damage == "corrupt-gzip"
    assert PLAIN.startswith(found.data)
    assert len(found.data) >= len(PLAIN) - 1


@pytest.mark.parametrize("length", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 21) + 77])
def test_nothing_stays_behind_in_zlib(length):
    """A text that ends where a piece ends is read to its end."""
    plain = b"\0" * length
    assert gunzip([gzip.compress(plain)], BIG) == Gunzipped(plain)


def test_the_cap_holds_against_a_bomb():
    """What is beyond the cap is not unpacked, and that there is more is said."""
    bomb = gzip.compress(b"\0" * (20 << 20))
    assert gunzip(pieces(bomb, 4096), 1000) == Gunzipped(b"\0" * 1000, capped=True)
    assert gunzip([bomb], 20 << 20) == Gunzipped(b"\0" * (20 << 20))


@given(st.binary(max_size=500), st.integers(1, 50))
def test_any_bytes_after_the_magic_number_are_survived(data, size):
    """Gunzip is total."""
    gunzip(pieces(b"\x1f\x8b\x08" + data, size), 10_000)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5), st.integers(1, 100), st.data())
def test_a_cut_anywhere_leaves_a_beginning(members, size, data):
    """Whatever byte a file is cut at, what is read is the beginning of the whole."""
    packed = b"".join(map(gzip.compress, members))
    cut = data.draw(st.integers(3, len(packed)))
    assert b"".join(members).startswith(gunzip(pieces(packed[:cut], size), BIG).data)


def test_a_member_without_a_gzip_header_is_none():
    """Bare zlib data is not taken for gzip."""
    assert gunzip([zlib.compress(PLAIN)], BIG).damage == "corrupt-gzip"
