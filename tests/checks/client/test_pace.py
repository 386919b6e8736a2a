"""The spacing towards one host."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.client.pace import Pace, parse_rate
from harvester.errors import SettingsError


@pytest.mark.parametrize(
    ("text", "per_s"),
    [("1", 1), ("0.2", 0.2), ("30/m", 0.5), ("5/s", 5), ("100/h", 100 / 3600), (" .5 ", 0.5), ("unlimited", math.inf)],
)
def test_a_rate_is_read_in_requests_a_second(text, per_s):
    """Numbers, fractions and a unit are understood."""
    assert parse_rate(text) == pytest.approx(per_s)


@pytest.mark.parametrize("text", ["", "0", "-1", "fast", "1/d", "inf", "nan", "1e400", "9" * 400, "1/", "٣"])
def test_what_is_no_rate_is_refused_with_a_hint(text):
    """Zero, negative and unreadable rates name what a rate looks like."""
    with pytest.raises(SettingsError) as caught:
        parse_rate(text)
    assert caught.value.hint


def test_requests_are_evenly_spaced():
    """After a request the next one is an interval later, however long nothing was sent before."""
    pace = Pace(2)
    pace.started(100)
    assert pace.next_at == 100.5
    pace.started(300)
    assert pace.next_at == 300.5


def test_the_second_request_counts_from_the_firsts_end():
    """Making the connection takes time that the second request doesn't need."""
    pace = Pace(1)
    pace.started(10)
    pace.ended(10.4)
    assert pace.next_at == 11.4
    pace.started(11.4)
    pace.ended(12)
    assert pace.next_at == 12.4


def test_no_limit_means_no_interval():
    """An unlimited rate leaves no distance, until the host groans."""
    pace = Pace(math.inf)
    pace.started(1)
    assert pace.next_at == 1
    pace.slower()
    assert pace.interval_s > 0


@given(st.lists(st.sampled_from(["slower", "good"])), st.floats(0.01, 100), st.floats(0, 100))
def test_the_pace_is_never_faster_than_said(events, rate, crawl_delay):
    """Whatever happens, the interval stays at least the user's and the host's own."""
    pace = Pace(rate)
    pace.at_least(crawl_delay)
    for event in events:
        getattr(pace, event)()
        assert pace.interval_s >= max(1 / rate, crawl_delay)


def test_a_groaning_host_is_slowed_and_slowly_trusted_again():
    """Each groan doubles the interval; ten good answers halve it, down to the old one."""
    pace = Pace(1)
    pace.slower()
    pace.slower()
    assert pace.interval_s == 4
    for _ in range(10):
        pace.good()
    assert pace.interval_s == 2
    for _ in range(50):
        pace.good()
    assert pace.interval_s == 1


def test_a_crawl_delay_counts_from_the_request_that_told_of_it():
    """The request after robots.txt keeps the distance too."""
    pace = Pace(10)
    pace.started(100)
    pace.at_least(5)
    assert pace.next_at == 105


def test_waiting_for_a_host_is_counted_in_all():
    """Holds add up, overlapping ones count once, and what is beyond the limit changes nothing."""
    pace = Pace(1)
    assert pace.hold(0, 30, 60)
    assert pace.hold(10, 10, 60)
    assert pace.waited_s == 30
    assert pace.hold(30, 30, 60)
    assert not pace.hold(60, 1, 60)
    assert pace.next_at == 60


def test_a_long_hold_is_refused_at_once():
    """A Retry-After beyond the limit is not waited for at all."""
    pace = Pace(1)
    assert not pace.hold(0, 3600, 60)
    assert pace.waited_s == 0
