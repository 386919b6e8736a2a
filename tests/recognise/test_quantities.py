"""Durations, sizes and rates in the spellings of data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.recognise.quantities import bits_per_second, integer, seconds, seconds_of_parts


@pytest.mark.parametrize(
    ("value", "key", "expected"),
    [
        (61, "duration", 61.0),
        (61.5, "duration", 61.5),
        ("61.5", "duration", 61.5),
        ("83", "", 83.0),
        (83_000, "durationms", 83.0),
        ("83000", "durationmillis", 83.0),
        (193_200, "duration", 193.2),
        ("PT3M5S", "", 185.0),
        ("pt3m5s", "", 185.0),
        ("PT1H2M3.5S", "", 3723.5),
        ("P0DT0H1M1S", "", 61.0),
        ("P1DT1H", "", 90_000.0),
        ("P3M", "", 180.0),
        ("T55S", "", 55.0),
        ("P5M9.49S", "", 309.49),
        ("PT00:03:25", "", 205.0),
        (28_330, "duration", 28.33),
        (9_999, "duration", 9_999.0),
        (20_000, "lengthseconds", 20_000.0),
        (26, "durationinminutes", 1560.0),
        ("3:05", "", 185.0),
        ("02:03 min", "", 123.0),
        ("Total: 1:02:03", "", 3723.0),
        ("3 minutes, 20 seconds", "", 200.0),
        ("3 Min. 20 Sek.", "", 200.0),
        ("3'20\"", "", 200.0),
        ("5 мин", "", 300.0),
        ("3分20秒", "", 200.0),
        ("10:30 - 11:00", "", None),
        ("in 3 days", "", None),
        ("1:02:03", "", 3723.0),
        ("00:03:10:12", "", 190.0),
        ("00:03:10;12", "", 190.0),
        ("00:03:05.500", "", 185.5),
        ("3 min 5 s", "", 185.0),
        ("1 hour 2 minutes", "", 3720.0),
        ("2m", "", 120.0),
        (-1, "", None),
        ("-1", "", None),
        (0, "", None),
        ("0", "", None),
        ("PT0S", "", None),
        (True, "", None),
        (None, "", None),
        ("", "", None),
        ("soon", "", None),
        ("x" * 50, "", None),
        ([], "", None),
        (10**12, "", None),
    ],
)
def test_durations(value, key, expected):
    """A duration is read in seconds; -1, 0 and what is none give None, and the key or the size tells milliseconds."""
    assert seconds(value, key) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(720, 720), ("720", 720), ("720p", 720), (" 640px ", 640), ("1080i", 1080), (0, None), (-5, None), ("", None),
     ("auto", None), (True, None), (None, None), (640.0, 640), ("640.0", 640), (1 << 60, None)],
)  # fmt: skip
def test_whole_numbers(value, expected):
    """A size is a whole number above zero, also with its unit behind it."""
    assert integer(value) == expected


@pytest.mark.parametrize(
    ("value", "key", "expected"),
    [(2500, "bitrate", 2_500_000), (2_500_000, "bandwidth", 2_500_000), ("2500k", "", 2_500_000),
     ("2.5M", "", 2_500_000),
     ("800 kbit/s", "", 800_000), ("1200kbps", "", 1_200_000), (90_000, "bitratekbps", 90_000_000), ("64", "", 64_000),
     (0, "", None), (-1, "", None), ("fast", "", None), (True, "", None), (None, "", None), (1e11, "", None)],
)  # fmt: skip
def test_rates(value, key, expected):
    """Rates come out in bits a second: bare numbers below 50,000 are kilobits, as players write them."""
    assert bits_per_second(value, key) == expected


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.none(), st.booleans()), st.text(max_size=12))
def test_nothing_fails_on_any_value(value, key):
    """Whatever stands there gives a plausible number or None."""
    length = seconds(value, key)
    assert length is None or 0 < length <= 172_800
    assert integer(value) is None or integer(value) > 0
    assert bits_per_second(value, key) is None or bits_per_second(value, key) >= 0


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"text": "3:20"}, 200.0),
        ({"label": "long", "seconds": 200}, 200.0),
        ({"totalSeconds": "200", "formatted": "3 min"}, 200.0),
        ({"hours": 0, "minutes": 3, "seconds": 20}, 200.0),
        ({"value": 3, "unit": "min"}, 180.0),
        ({"text": "soon"}, None),
        ({}, None),
    ],
)
def test_an_object_gives_its_clearest_length(parts, expected):
    """A length in an object of its own is read from its number, its parts or its text."""
    assert seconds_of_parts(parts) == expected
