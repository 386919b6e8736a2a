"""Headers of pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.images import look

JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc0\0\x11\x08" + (480).to_bytes(2) + (640).to_bytes(2) + bytes(12)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4) + bytes(9)
SIZED = [
    (JPEG, "image/jpeg"),
    (PNG, "image/png"),
    (b"GIF89a" + (640).to_bytes(2, "little") + (480).to_bytes(2, "little"), "image/gif"),
    (b"RIFF\x40\0\0\0WEBPVP8X" + bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little"), "image/webp"),
    (b"RIFF\x40\0\0\0WEBPVP8L\0\0\0\0\x2f" + (639 | 479 << 14).to_bytes(4, "little"), "image/webp"),
    (
        b"RIFF\x40\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + (640).to_bytes(2, "little") + (480).to_bytes(2, "little"),
        "image/webp",
    ),
    (b"....ispe\0\0\0\0\0\0\0\x10\0\0\0\x10ispe\0\0\0\0" + (640).to_bytes(4) + (480).to_bytes(4), "image/avif"),
    (b"BM" + bytes(16) + (640).to_bytes(4, "little") + (-480).to_bytes(4, "little", signed=True), "image/bmp"),
]


@pytest.mark.parametrize(("data", "media_type"), SIZED)
def test_width_and_height_stand_in_the_header(data, media_type):
    """Each format's header is read in its own way."""
    picture = look(data, media_type, None)
    assert (picture.width, picture.height) == (640, 480)


@pytest.mark.parametrize(
    ("data", "media_type", "total", "truncated"),
    [
        (JPEG, "image/jpeg", len(JPEG), True),
        (JPEG + b"\xff\xd9", "image/jpeg", len(JPEG) + 2, False),
        (JPEG, "image/jpeg", 100_000, False),
        (JPEG, "image/jpeg", None, False),
        (PNG, "image/png", len(PNG), True),
        (PNG + b"\0\0\0\0IEND", "image/png", len(PNG) + 8, False),
        (SIZED[3][0], "image/webp", 30, True),
        (SIZED[3][0], "image/webp", 72, False),
    ],
)
def test_a_missing_end_is_told_where_the_end_was_seen(data, media_type, total, truncated):
    """Only a file that was read whole, or whose length contradicts its header, is called cut."""
    assert look(data, media_type, total).truncated is truncated


@given(st.sampled_from(SIZED), st.binary(max_size=200), st.integers(0, 60), st.integers(0, 500))
def test_looking_takes_any_bytes(case, tail, cut, total):
    """Headers that are cut or go on as anything do no harm."""
    look(case[0][:cut] + tail, case[1], total)
