from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.dates.fields import dated_by, dates_in_field

CAPTURE = datetime(2020, 1, 1, tzinfo=UTC)


def read(key, value, before=CAPTURE):
    return [
        (each.value, each.precision, each.zone, each.decoder, each.likelihood)
        for each in dates_in_field(key, value, before=before)
    ]


@pytest.mark.parametrize(
    ("key", "of"),
    [
        ("datePublished", "published"),
        ("pubDate", "published"),
        ("published_at", "published"),
        ("uploadDate", "published"),
        ("video:upload_date", "published"),
        ("PUBLISH_TIME", "published"),
        ("createdAt", "published"),
        ("created_on", "published"),
        ("date", "published"),
        ("itemDate", "published"),
        ("timestamp", "published"),
        ("airDate", "published"),
        ("تاریخ", "published"),
        ("дата_публикации", "published"),
        ("发布时间", "published"),
        ("dateModified", "modified"),
        ("updated", "modified"),
        ("lastmod", "modified"),
        ("expires_at", "expires"),
        ("validUntil", "expires"),
        ("capturedAt", "captured"),
        ("title", None),
        ("creator_id", None),
        ("candidate", None),
        ("duration", None),
        ("timezone", None),
        ("uploadedBy", None),
        ("view_count", None),
        ("time_format", None),
        ("", None),
        ("123", None),
    ],
)
def test_the_words_of_a_key_say_what_it_dates(key, of):
    """A key is split into its words, and these tell publication, change, expiry and capture apart."""
    assert dated_by(key) == of


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("date", "2016-12-15T20:48:20Z", ("2016-12-15T20:48:20Z", "s", "utc", "iso-8601", "certain")),
        ("date", "2016-12-15 20:48:20", ("2016-12-15T20:48:20", "s", "unknown", "iso-8601", "certain")),
        ("date", "2016-12-15T20:48", ("2016-12-15T20:48", "min", "unknown", "iso-8601", "certain")),
        ("date", "2016-12-15 20:48:20 +0330", ("2016-12-15T20:48:20+03:30", "s", "+03:30", "iso-8601", "certain")),
        (
            "date",
            "2016-12-15T20:48:20.5-05:00",
            ("2016-12-15T20:48:20.500-05:00", "ms", "-05:00", "iso-8601", "certain"),
        ),
        ("date", "2016-12-15", ("2016-12-15", "day", "unknown", "iso-8601", "certain")),
        ("date", "2016-12", ("2016-12", "month", "unknown", "iso-8601", "probable")),
        ("date", "15 December 2016", ("2016-12-15", "day", "unknown", "rfc-5322", "certain")),
        ("date", "15.12.2016", ("2016-12-15", "day", "unknown", "day-month-year", "probable")),
        ("date", "12/15/2016", ("2016-12-15", "day", "unknown", "month-day-year", "probable")),
        ("ts", 1481834900, ("2016-12-15T20:48:20Z", "s", "utc", "unix-s", "probable")),
        ("ts", "1481834900123", ("2016-12-15T20:48:20.123Z", "ms", "utc", "unix-ms", "probable")),
        ("date", "۱۳۹۵/۰۹/۲۵", ("2016-12-15", "day", "unknown", "jalali", "certain")),
        ("تاریخ", "1395-09-25", ("2016-12-15", "day", "unknown", "jalali", "certain")),
        ("date", "1395/09/25", ("2016-12-15", "day", "unknown", "jalali", "probable")),
        ("date", "25 آذر 1395", ("2016-12-15", "day", "unknown", "jalali", "certain")),
        ("date", "٢٥ آذر ١٣٩٥", ("2016-12-15", "day", "unknown", "jalali", "certain")),
        ("date", "5 دي 1395", ("2016-12-25", "day", "unknown", "jalali", "certain")),
        (
            "date",
            "پنجشنبه ۲۵ آذر ۱۳۹۵ ساعت ۱۴:۳۰",
            ("2016-12-15T14:30", "min", "unknown", "jalali", "certain"),
        ),
        ("date", "پنج‌شنبه، ۲۵ آذر ۱۳۹۵ - ۱۴:۳۰", ("2016-12-15T14:30", "min", "unknown", "jalali", "certain")),
    ],
)
def test_declared_dates_of_all_kinds(key, value, expected):
    """A date is given as precise and as zoned as it stands, with how it was read."""
    assert read(key, value) == [expected]


def test_day_and_month_that_can_not_be_told_apart_give_both():
    """05/06/2016 is the fifth of June or the sixth of May, and neither is more than possible."""
    assert [(each[0], each[4]) for each in read("date", "05/06/2016")] == [
        ("2016-06-05", "possible"),
        ("2016-05-06", "possible"),
    ]


def test_the_window_ends_with_the_capture():
    """What was captured in 2016 holds no date of 2017, except one on which something expires."""
    before = datetime(2016, 12, 16, tzinfo=UTC)
    assert read("date", "2017-12-15", before) == []
    assert read("date", "1994-12-31", before) == []
    assert len(read("expires", "2017-12-15", before)) == 1
    assert len(read("date", "2016-12-17T00:00:00", before)) == 1, "local time may be ahead of UTC"


def test_keys_that_do_not_speak_of_dates_give_nothing():
    """A number under any other key is no date, whatever it could be read as."""
    assert read("id", "1481834900") == []
    assert read("title", "2016-12-15") == []
    assert read("creator_id", 1481834900) == []


@given(st.text(), st.one_of(st.text(), st.integers()))
def test_total_on_any_field(key, value):
    """Any key and value give evidence or nothing."""
    for evidence in dates_in_field(key, value, before=None):
        assert evidence.raw == str(value)
