from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.dates.calendars import from_jalali
from harvester.resolve.dates.names import dates_in_name

TICKS_OF_1970 = 621_355_968_000_000_000
days = st.dates(date(1996, 1, 1), date(2037, 12, 31))
seconds = st.integers(1_000_000_000, 2_140_000_000)


def read(name, before=None, **more):
    return [
        (each.value, each.of, each.decoder, each.raw, each.likelihood)
        for each in dates_in_name(name, before=before, **more)
    ]


def values(name, before=None):
    return [each[0] for each in read(name, before)]


def test_ticks_beside_the_folders_of_their_day():
    """.NET ticks are certain where the folders name the same day, and the zone stays unknown."""
    found = dates_in_name(
        "/2016/12/15/alalam_636174317002207171_25f_4x3.mp4", before=datetime(2016, 12, 16, tzinfo=UTC)
    )
    ticks = found[-1]
    assert (ticks.value, ticks.precision, ticks.zone) == ("2016-12-15T20:48:20.220717", "100ns", "unknown")
    assert (ticks.of, ticks.decoder, ticks.raw) == ("name", "dotnet-ticks", "636174317002207171")
    assert ticks.likelihood == "certain"
    assert read("/2016/12/15/alalam_636174317002207171_25f_4x3.mp4")[0] == (
        "2016-12-15",
        "path",
        "directory",
        "2016/12/15",
        "certain",
    )


def test_ticks_alone_are_less_sure():
    """Ticks in a name are probable; where they are the whole name, they are a number like any other."""
    assert read("alalam_636174317002207171_25f.mp4")[0][4] == "probable"
    assert read("636174317002207171.mp4")[0][4] == "possible"


def test_readings_that_contradict_are_lowered():
    """Ticks of another year than the folders' leave both less sure."""
    found = read("/2019/03/07/clip_636174317002207171_25f.mp4")
    assert [each[4] for each in found] == ["possible", "possible"]


def test_a_month_and_a_day_in_it_agree():
    """A folder of the month makes the day in the name certain, and a folder of another one does not."""
    assert [each[4] for each in read("/uploads/2016/12/VID-20161215-WA0001.mp4")] == ["certain", "certain"]
    assert [each[4] for each in read("/uploads/2014/12/VID-20161215-WA0001.mp4")] == ["possible", "possible"]


def test_impossible_times_leave_the_day():
    """Digits after a day that no clock shows are not a time."""
    assert values("clip_2016-12-15T99-99-99.mp4") == ["2016-12-15"]
    assert values("clip_20161215_996199.mp4") == ["2016-12-15"]
    assert values("clip_2016-02-30_20-48-20.mp4") == []
    assert values("/2016/02/30/clip.mp4") == []
    assert values("/201612/clip.mp4") == ["2016-12"]
    assert values("/201613/clip.mp4") == []
    assert values("clip-31-31-2016.mp4") == []
    assert values("clip-12-12-2016.mp4") == ["2016-12-12"]
    assert values("20169915204820.mp4") == []
    assert values("13950925142030.mp4") == ["2016-12-15T14:20:30"]


def test_unix_seconds_in_front_of_a_name_need_the_folders():
    """Ten digits at the front of eighteen count only where folders confirm them."""
    assert read("/uploads/855x495/2021/05/06/162031165324759100.jpg") == [
        ("2021-05-06", "path", "directory", "2021/05/06", "certain"),
        ("2021-05-06T14:34:13Z", "name", "unix-s", "1620311653", "probable"),
    ]
    assert read("/uploads/855x495/162031165324759100.jpg") == []
    assert values("/uploads/2001/05/06/162031165324759100.jpg") == ["2001-05-06"]


def test_iranian_folders_and_names():
    """Years of the Iranian calendar are read, surer under an Iranian host or where two agree."""
    assert read("/Image/1395/09/25/1395092512183451_a.jpg") == [
        ("2016-12-15", "path", "jalali-directory", "1395/09/25", "probable"),
        ("2016-12-15", "name", "jalali-compact", "13950925", "probable"),
    ]
    assert read("https://cdn.example.ir/1395/09/25/a.mp4")[0][4] == "probable"
    assert read("https://cdn.example.com/1395/09/25/a.mp4")[0][4] == "possible"
    assert read("/1395/09/25/a.mp4", host="cdn.example.ir")[0][4] == "probable"
    assert values("clip-۱۳۹۵-۰۹-۲۵.mp4") == ["2016-12-15"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("/wp-content/uploads/2016/12/clip.mp4", ["2016-12"]),
        ("/world/2016/dec/15/clip", ["2016-12-15"]),
        ("/2016/1215/clip.mp4", ["2016-12-15"]),
        ("/2016-12-15/clip.mp4", ["2016-12-15"]),
        ("/2016-12/clip.mp4", ["2016-12"]),
        ("/20161215/clip.mp4", ["2016-12-15"]),
        ("/original//2016/12/15/clip.mp4", ["2016-12-15"]),
        ("//2016/12/15/clip.mp4", ["2016-12-15"]),
        ("https://example.org/2016/12/15", ["2016-12-15"]),
        ("VID-20161215-WA0001.mp4", ["2016-12-15"]),
        ("IMG20161215.mp4", ["2016-12-15"]),
        ("clip_20161215T204820Z.mp4", ["2016-12-15T20:48:20Z"]),
        ("clip_20161215T2048Z.mp4", ["2016-12-15T20:48Z"]),
        ("20161215_204820.mp4", ["2016-12-15T20:48:20"]),
        ("20161215204820.mp4", ["2016-12-15T20:48:20"]),
        ("20161215204820123.mp4", ["2016-12-15T20:48:20.123"]),
        ("2016-12-15T20-48-20.mp4", ["2016-12-15T20:48:20"]),
        ("2016-12-15T20:48:20+03:30.mp4", ["2016-12-15T20:48:20+03:30"]),
        ("2016-12-15%2020.48.20.mp4", ["2016-12-15T20:48:20"]),
        ("2016-12-15 20h48.mp4", ["2016-12-15T20:48"]),
        ("2016-12-15-1080p.mp4", ["2016-12-15"]),
        ("2016.12.15_clip.mp4", ["2016-12-15"]),
        ("clip-15-12-2016.mp4", ["2016-12-15"]),
        ("clip_12_15_2016.mp4", ["2016-12-15"]),
        ("clip-05-06-2016.mp4", ["2016-06-05", "2016-05-06"]),
        ("1481834900.mp4", ["2016-12-15T20:48:20Z"]),
        ("1481834900123.mp4", ["2016-12-15T20:48:20.123Z"]),
        ("507f1f77bcf86cd799439011.mp4", ["2012-10-17T21:13:27Z"]),
    ],
)
def test_dates_in_names(name, expected):
    """Folders, dashed, compact and counted dates in names are read as precise as they are."""
    assert values(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "clip.mp4",
        "/640x360/clip-1080p-2500k.mp4",
        "/2016/13/15/clip.mp4",
        "/1066/10/14/clip.mp4",
        "/20161315.mp4",
        "/2016/clip.mp4",
        "/16/12/15/clip.mp4",
        "/v/5d41402abc4b2a76b9719d911017c592.mp4",
        "/v/a20161215b.mp4",
        "/v/aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d/1.mp4",
        "/v/9781234567897.mp4",
        "/v/clip.mp4?Expires=1481834900&t=20161215",
        "/v/clip.mp4#2016-12-15",
        "data:video/mp4;base64,20161215AAAA",
        "https://2016-12-15.example.org/clip.mp4",
        "https://user20161215@example.org/clip.mp4",
    ],
)
def test_names_without_dates(name):
    """Sizes, hashes, queries, hosts and numbers outside the window are no dates."""
    assert read(name) == []


def test_the_window_ends_with_the_capture():
    """Nothing later than the capture is read as a date, with a day for clocks that are ahead."""
    before = datetime(2016, 12, 14, 12, 0, tzinfo=UTC)
    assert values("/2016/12/15/a.mp4", before) == ["2016-12-15"]
    assert values("/2016/12/16/a.mp4", before) == []
    assert values("/x_636184317002207171.mp4", before) == []


def test_two_numbers_of_one_series_do_not_confirm_each_other():
    """Neighbouring numbers lie within a day of each other for no reason of time."""
    assert [each[4] for each in read("/1481834900/1481834950.mp4")] == ["possible", "possible"]


def test_of_several_readings_of_one_number_the_confirmed_one_stays():
    """Sixteen digits that begin with a confirmed day are not microseconds too."""
    found = read("/2014/03/17/1395092512183451.jpg")
    assert [each[2] for each in found] == ["directory", "unix-us"]


@given(st.integers(TICKS_OF_1970 + 8 * 10**15, TICKS_OF_1970 + 21 * 10**15))
def test_ticks_round_trip(ticks):
    """Ticks give their time down to the microsecond."""
    expected = datetime(1, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    found = dates_in_name(f"/media/clip_{ticks}_25f.mp4", before=None)
    assert [each.value for each in found] == [expected.strftime("%Y-%m-%dT%H:%M:%S.%f")]


@given(seconds, st.integers(0, 999_999))
def test_unix_round_trip(second, micros):
    """Unix s, ms and us give their time, as `possible`, and as `probable` beside a date that agrees."""
    time = datetime.fromtimestamp(second, UTC) + timedelta(microseconds=micros)
    day = time.strftime("/%Y/%m/%d/")
    whole = second * 1_000_000 + micros
    for number, length in ((second, 19), (whole // 1000, 23), (whole, 26)):
        sole = dates_in_name(f"/media/clip_{number}.mp4", before=None)[0]
        assert (sole.value, sole.likelihood) == (time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:length] + "Z", "possible")
        assert dates_in_name(f"{day}clip_{number}.mp4", before=None)[-1].likelihood == "probable"


@given(days, st.times())
def test_calendar_round_trip(day, time):
    """Every way to write a day in a path gives that day, and with a time that second."""
    expected = day.isoformat()
    for form in ("/%Y/%m/%d/a.mp4", "/%Y-%m-%d/a.mp4", "clip_%Y%m%d.mp4", "clip.%Y.%m.%d.mp4", "/%Y/%b/%d/a.mp4"):
        assert values(day.strftime(form)) == [expected]
    moment = datetime.combine(day, time, UTC)
    for form in ("clip_%Y%m%dT%H%M%S.mp4", "%Y-%m-%d_%H-%M-%S.mp4", "%Y%m%d%H%M%S.mp4", "%Y%m%d-%H%M%S.mp4"):
        assert values(moment.strftime(form)) == [moment.strftime("%Y-%m-%dT%H:%M:%S")]


@given(st.integers(1375, 1415), st.integers(1, 12), st.integers(1, 29))
def test_iranian_round_trip(year, month, day):
    """A day of the Iranian calendar in folders is the day that the calendar says."""
    assert values(f"/{year}/{month:02}/{day:02}/a.mp4") == [str(from_jalali(year, month, day))]


@given(st.one_of(st.text(), st.from_regex(r"[/\d_T:.Z%a-f-]{1,80}", fullmatch=True)))
def test_total_on_any_name(name):
    """Any text gives evidence whose value is a date in the window."""
    for evidence in dates_in_name(name, before=None):
        assert "1995" <= evidence.value[:4] <= "2038"


@pytest.mark.parametrize(
    "piece", ["2016-12-15", "/2016/12/15", "1481834900_", "a.", "//", "%20", "12-", "0" * 17, "@:"]
)
def test_a_mile_of_length_is_cut(piece):
    """However long a name is, a bounded part of it is read, and a bounded number of dates given."""
    assert len(dates_in_name(piece * 100_000, before=None)) <= 16
