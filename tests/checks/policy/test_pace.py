"""What hosts say about their pace."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.pace import delay_s, http_date, policy_rate, retry_after_s, retryable
from harvester.model.exchange import Answer, Ask, Failure

SUNDAY = "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.mark.parametrize("text", [SUNDAY, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
def test_all_three_forms_of_a_date_are_read(text):
    """RFC 9110 wants the two old forms understood as well."""
    assert http_date(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "tomorrow", "Sun, 31 Feb 2020 00:00:00 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT"])
def test_what_is_no_date_is_none(text):
    """No guess is made."""
    assert http_date(text) is None


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"retry-after": "120"}, 120),
        (503, {"retry-after": "0"}, 0),
        (200, {"retry-after": "120"}, None),
        (503, {"retry-after": "Sun, 06 Nov 1994 08:51:37 GMT", "date": SUNDAY}, 120),
        (503, {"retry-after": SUNDAY, "date": "Sun, 06 Nov 1994 09:00:00 GMT"}, 0),
        (429, {"retry-after": "Sun, 01 Mar 2026 12:01:00 GMT"}, 60),
        (429, {"retry-after": "soon"}, None),
        (429, {"retry-after": "-5"}, None),
        (429, {"retry-after": "999999999"}, 366 * 86400),
        (200, {"ratelimit": '"default";r=0;t=30'}, 30),
        (200, {"ratelimit": '"default";r=5;t=30'}, None),
        (429, {"ratelimit": '"default";r=5;t=30'}, 30),
        (200, {"ratelimit": "limit=100, remaining=0, reset=7"}, 7),
        (200, {"ratelimit-remaining": "0", "ratelimit-reset": "9"}, 9),
        (200, {"ratelimit-remaining": "1", "ratelimit-reset": "9"}, None),
        (429, {"x-ratelimit-reset": "11"}, 11),
        (429, {"x-ratelimit-reset": "784111837", "date": SUNDAY}, 366 * 86400),
        (429, {"x-ratelimit-reset": "1772366430"}, 30),
        (429, {"x-ratelimit-reset": "1772366430000"}, 30),
        (429, {"x-rate-limit-reset": "Sun, 01 Mar 2026 12:00:10 GMT"}, 10),
        (429, {"retry-after": "5", "x-ratelimit-reset": "11"}, 11),
        (429, {}, None),
    ],
)
def test_a_delay_is_read_from_whatever_field_has_it(answered, status, headers, seconds):
    """Seconds, dates by the host's own clock and times since 1970 all become seconds to wait."""
    assert delay_s(answered(status, headers=headers)) == seconds


@pytest.mark.parametrize(
    ("policy", "rate"),
    [('"a";q=100;w=50, "b";q=1000;w=10000', 0.1), ("100;w=50", 2), ("100", None), ("", None), ("q=0;w=1", None)],
)
def test_a_policy_gives_the_strictest_rate(policy, rate):
    """Of several windows the slowest one holds."""
    assert policy_rate({"ratelimit-policy": policy}) == rate


@pytest.mark.parametrize(
    ("status", "again"),
    [(500, True), (502, True), (408, True), (501, False), (505, False), (429, False), (503, False), (404, False)],
)
def test_which_statuses_are_worth_another_try(answered, status, again):
    """408 and 5xx are, but for those that won't change and those that are the host's own affair."""
    assert retryable(answered(status)) is again


@pytest.mark.parametrize(
    ("reason", "transient", "again"),
    [
        ("timeout", True, True),
        ("connection-failed", True, True),
        ("tls-failure", True, False),
        ("timeout", False, False),
    ],
)
def test_which_failures_are_worth_another_try(answered, reason, transient, again):
    """Resets and timeouts are, unless their failure says that they last."""
    assert retryable(answered(None, failure=Failure(reason=reason, transient=transient, errors=()))) is again


FIELDS = (
    "retry-after",
    "ratelimit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-reset",
    "date",
    "ratelimit-policy",
)


@pytest.mark.parametrize("reset", ["253402300800", "999999999999"])
def test_a_reset_later_than_any_date_is_the_longest_delay(reset):
    """Some hosts send a number so large that no calendar has it."""
    ask = Ask(url="http://a.example/")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    headers = {"ratelimit-reset": reset}
    answer = Answer(ask=ask, url=ask.url, status=429, started_at=now, duration_s=0, headers=headers)
    assert delay_s(answer) == 366 * 86400


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(max_size=40), st.integers().map(str))),
    st.sampled_from([200, 429, 503]),
)
def test_any_fields_give_a_delay_within_a_year_or_none(headers, status):
    """Whatever stands in the fields, a delay is a number of seconds from zero to a year."""
    ask = Ask(url="http://a.example/")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    answer = Answer(ask=ask, url=ask.url, status=status, started_at=now, duration_s=0, headers=headers)
    for seconds in (delay_s(answer), retry_after_s(answer)):
        assert seconds is None or 0 <= seconds <= 366 * 86400
    policy_rate(headers)
