from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.dates.names import dates_in_id, dates_in_name

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

millis = st.integers(820_454_400_000, 2_145_916_800_000)  # 1996 to 2037
recent_millis = st.integers(1_500_000_000_000, 2_000_000_000_000)


def stamp(ms):
    return (EPOCH + timedelta(milliseconds=ms)).strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03}Z"


def sole(evidence):
    assert len(evidence) == 1
    return evidence[0]


@given(millis, st.integers(0, 2**64 - 1))
def test_object_id_round_trip(ms, rest):
    """An ObjectId of known origin gives the second of its making."""
    text = f"{ms // 1000:08x}{rest:016x}"
    if text.isdecimal():
        return
    found = sole(dates_in_id("$oid", text, before=None))
    assert (found.value, found.zone, found.precision) == (stamp(ms)[:19] + "Z", "utc", "s")
    assert (found.decoder, found.likelihood) == ("mongo-objectid", "probable")
    assert sole(dates_in_id(None, text, before=None)).likelihood == "possible"


def gregorian_ticks(ms):
    return (ms + 12_219_292_800_000) * 10_000


@given(millis, st.integers(0, 2**62 - 1), st.booleans())
def test_uuid_round_trip(ms, rest, upper):
    """UUIDs of versions 1, 6 and 7 give their time, in either case."""
    ticks = gregorian_ticks(ms) + 7
    tail = (0b10 << 62) | rest
    version_1 = (
        ((ticks & 0xFFFFFFFF) << 96) | (((ticks >> 32) & 0xFFFF) << 80) | (1 << 76) | ((ticks >> 48) << 64) | tail
    )
    version_6 = ((ticks >> 12) << 80) | (6 << 76) | ((ticks & 0xFFF) << 64) | tail
    version_7 = (ms << 80) | (7 << 76) | ((rest & 0xFFF) << 64) | tail
    for number, decoder, precision in (
        (version_1, "uuid-v1", "100ns"),
        (version_6, "uuid-v6", "100ns"),
        (version_7, "uuid-v7", "ms"),
    ):
        text = str(uuid.UUID(int=number))
        found = sole(dates_in_id(None, text.upper() if upper else text, before=None))
        assert found.value[:23] == stamp(ms)[:23]
        assert (found.decoder, found.precision, found.zone, found.likelihood) == (decoder, precision, "utc", "probable")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("C232AB00-9414-11EC-B3C8-9F6BDECED846", "2022-02-22T19:22:22.000000Z"),
        ("1EC9414C-232A-6B00-B3C8-9F6BDECED846", "2022-02-22T19:22:22.000000Z"),
        ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "2022-02-22T19:22:22.000Z"),
    ],
)
def test_the_uuids_of_the_standard(text, value):
    """The test vectors of RFC 9562, appendix A, are read as it says."""
    assert sole(dates_in_id(None, text, before=None)).value == value


@given(st.uuids(version=4))
def test_a_random_uuid_is_no_date(value):
    """A UUID of version 4 has no time, and neither have its groups of digits."""
    assert dates_in_id(None, str(value), before=None) == []
    assert dates_in_name(f"/media/{value}.mp4", before=None) == []


@given(millis, st.integers(1, 2**80 - 1), st.booleans())
def test_ulid_round_trip(ms, rest, lower):
    """A ULID gives the millisecond of its making."""
    number = (ms << 80) | rest
    text = "".join(CROCKFORD[(number >> (5 * place)) & 31] for place in range(25, -1, -1))
    if text.isdecimal():
        return
    found = sole(dates_in_id(None, text.lower() if lower else text, before=None))
    assert (found.value, found.decoder, found.likelihood) == (stamp(ms), "ulid", "probable")


@pytest.mark.parametrize(
    ("scheme", "host", "layout", "path", "likelihood"),
    [
        ("x", "video.twimg.com", (22, 1_288_834_974_657, 1), "/ext_tw_video/{}/pu/vid/a.mp4", "certain"),
        ("twitter", "twitter.com", (22, 1_288_834_974_657, 1), "/someone/status/{}", "certain"),
        (
            "discord",
            "cdn.discordapp.com",
            (22, 1_420_070_400_000, 1),
            "/attachments/81384788765712384/{}/a.mp4",
            "certain",
        ),
        ("tiktok", "www.tiktok.com", (32, 0, 1000), "/@someone/video/{}", "probable"),
        ("linkedin", "www.linkedin.com", (22, 0, 1), "/feed/update/urn:li:activity:{}", "probable"),
    ],
)
@given(ms=recent_millis, low=st.integers(0, 2**16 - 1))
def test_snowflake_round_trip(scheme, host, layout, path, likelihood, ms, low):
    """A platform's id gives its time, named by scheme, by URL and by host alike."""
    shift, epoch, unit = layout
    ms -= ms % unit
    text = str(((ms // unit - epoch) << shift) | low)
    expected = stamp(ms) if unit == 1 else stamp(ms)[:19] + "Z"
    by_scheme = sole(dates_in_id(scheme, text, before=None))
    assert (by_scheme.value, by_scheme.of, by_scheme.likelihood) == (expected, "id", likelihood)
    assert sole(dates_in_id(None, text, before=None, host=host)).value == expected
    by_url = sole(dates_in_name(f"https://{host}{path.format(text)}", before=None))
    assert (by_url.value, by_url.raw, by_url.likelihood) == (expected, text, likelihood)
    assert sole(dates_in_name(path.format(text), before=None, host=host)).value == expected


@given(millis.filter(lambda ms: ms << 16 >= 1 << 56), st.integers(0, 2**16 - 1))
def test_mastodon_round_trip(ms, low):
    """Mastodon's ids give their time, also where a server's folders hold them three digits at a time."""
    text = str((ms << 16) | low)
    assert sole(dates_in_id("mastodon:example.social", text, before=None)).value == stamp(ms)
    if len(text) == 18:
        folders = "/".join(text[at : at + 3] for at in range(0, 18, 3))
        found = sole(
            dates_in_name(f"https://files.example.social/media_attachments/files/{folders}/original/a.mp4", before=None)
        )
        assert (found.value, found.of, found.likelihood) == (stamp(ms), "path", "certain")


@given(recent_millis, st.integers(0, 2**23 - 1))
def test_instagram_round_trip(ms, low):
    """A media id, the same with its owner's, and the shortcode made of it give one time."""
    number = ((ms - 1_314_220_021_721) << 23) | low
    digits = "".join(BASE64URL[(number >> (6 * place)) & 63] for place in range(10, -1, -1))
    shortcode = digits.lstrip("A")
    for text in (str(number), f"{number}_12345678", shortcode):
        assert sole(dates_in_id("instagram", text, before=None)).value == stamp(ms)
    found = sole(dates_in_name(f"https://www.instagram.com/reel/{shortcode}/", before=None))
    assert (found.value, found.decoder) == (stamp(ms), "snowflake-instagram")


def test_a_dated_post_agrees_with_its_media_id():
    """Two Instagram ids whose time of posting is known give just these seconds."""
    for number, second in (
        ("2384288897814875714", "2020-08-26T13:43:27"),
        ("2383568809444681765", "2020-08-25T13:52:46"),
    ):
        assert sole(dates_in_id("instagram", number, before=None)).value.startswith(second)


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("youtube", "1481834900a"),
        ("brightcove:4221396001", "1409183350001"),
        ("isbn", "20161215"),
        ("x", "12345"),
        ("x", "not-a-number"),
        ("tiktok", "1481834900"),
        ("instagram", "CEWz2k1hO!i"),
        ("discord", "12345678901234567890123"),
        ("$oid", "507f1f77bcf86cd79943901"),
        (None, "5d41402abc4b2a76b9719d911017c592"),
        (None, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
        (None, "2016121520161215201612152016121520161215"),
        (None, "x" * 100_000),
        (None, ""),
    ],
)
def test_ids_without_a_time(scheme, value):
    """Ids of platforms that carry no time, of the wrong shape, and hashes give nothing."""
    assert dates_in_id(scheme, value, before=None) == []


def test_bare_numbers_as_ids_are_possible_at_most():
    """Nothing tells Unix time, ticks or a day from any other number of that many digits."""
    for value in ("1481834900", "1481834900123", "1481834900123456", "636174317002207171", "20161215"):
        assert [each.likelihood for each in dates_in_id(None, value, before=None)] == ["possible"]


def test_ids_that_are_urls_or_names_are_read_as_such():
    """A feed's guid may be a URL, and an id may be a name with ticks in it."""
    assert sole(dates_in_id("local", "http://example.org/2016/12/15/story", before=None)).value == "2016-12-15"
    found = sole(dates_in_id("local", "clip_636174317002207171", before=None))
    assert (found.of, found.likelihood) == ("id", "probable")


def test_ids_of_before_or_after_the_window_are_no_dates():
    """An id that would have been made after the capture is not read as a time."""
    before = datetime(2019, 1, 1, tzinfo=UTC)
    assert dates_in_id("x", "1212092628029698048", before=before) == []
    assert dates_in_id(None, "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", before=before) == []
    assert dates_in_id("$oid", "ffffffffbcf86cd799439011", before=None) == []


@given(
    st.one_of(st.none(), st.sampled_from(["x", "tiktok", "instagram", "$oid", "local", "mastodon:a"]), st.text()),
    st.text(),
    st.one_of(st.none(), st.sampled_from(["x.com", "instagram.com", "farsi.ir"]), st.text()),
)
def test_total_on_any_id(scheme, value, host):
    """Any scheme, value and host give evidence or nothing."""
    for evidence in dates_in_id(scheme, value, before=None, host=host):
        assert evidence.raw
