"""The spacing towards one host."""

import itertools
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


def test_late_timers_do_not_add_up():
    """A little lateness is taken back from the next distance; the rate over several requests is never exceeded."""
    pace = Pace(10)
    pace.started(100)
    times = [100.0]
    for late_s in (0.001, 0.003, 0.002, 0.5, 0.0, 0.004):
        times.append(pace.next_at + late_s)
        pace.started(times[-1])
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) >= 0.1 - 0.002 - 1e-9
    for first, last in itertools.combinations(range(len(times)), 2):
        assert times[last] - times[first] >= (last - first) * 0.1 - 0.002 - 1e-9
    assert times[3] - times[0] < 0.3 + 0.005


def test_a_busy_loop_costs_no_more_than_once():
    """Steady lateness within a twentieth of the distance is made up for each time; waiting for work is none."""
    pace = Pace(10)
    at = 0.0
    pace.started(at)
    for _ in range(100):
        at = pace.next_at + 0.005
        pace.started(at)
    assert 10 <= at < 10 + 0.006
    pace.started(at + 5)
    assert pace.next_at == at + 5 + 0.1


def test_a_hold_outlasts_a_request_under_way():
    """A request that starts after the host asked to wait doesn't shorten the wait."""
    pace = Pace(10)
    pace.hold(0, 30, 60)
    pace.started(1)
    assert pace.next_at == 30


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
