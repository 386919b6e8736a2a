"""When to ask again, and how often."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from harvester.http import RetryBudget, RetryPolicy, send_with_retry, worth_retrying
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.vocabulary import STATE_OF

ASK = Ask(url="http://a.example/")


def answer(outcome: int | str, duration_s: float = 0.0) -> Answer:
    """A status, or a failure's reason."""
    failure = None if isinstance(outcome, int) else Failure(reason=outcome, transient=True, errors=())
    status = outcome if isinstance(outcome, int) else None
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Answer(ask=ASK, url=ASK.url, status=status, started_at=now, duration_s=duration_s, failure=failure)


def tried(outcomes, *, policy=None, budget=None, share=1.0, duration_s=0.0):
    """The outcomes seen, and the waits between them."""
    left, waits = list(outcomes), []

    async def send(ask: Ask) -> Answer:
        assert ask is ASK
        return answer(left.pop(0), duration_s)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    answers = asyncio.run(
        send_with_retry(
            send,
            ASK,
            policy=policy or RetryPolicy(),
            sleep=sleep,
            random=lambda: share,
            budget=budget or RetryBudget(100),
        )
    )
    return [each.status or each.failure.reason for each in answers], waits


RETRIED = [408, 500, 502, 504, 520, 522, 599, "timeout", "connection-failed", "dns-temporary"]


@pytest.mark.parametrize("outcome", RETRIED)
def test_what_may_be_better_in_a_moment_is_asked_again(outcome):
    """Until it is, and every answer is kept."""
    assert tried([outcome, 200, 404])[0] == [outcome, 200]


@pytest.mark.parametrize("outcome", [200, 206, 304, 301, 400, 401, 403, 404, 410, 416, 429, 451, 501, 503, 505])
def test_what_a_host_has_decided_is_not_asked_again(outcome):
    """429 and 503 above all: when to come back is the host's to say."""
    assert tried([outcome, 200]) == ([outcome], [])


@pytest.mark.parametrize("reason", sorted(set(STATE_OF) - set(RETRIED)))
def test_other_failures_are_not_asked_again(reason):
    """A name that doesn't exist, a wrong certificate, a refusal."""
    assert not worth_retrying(answer(reason))


def test_there_are_three_retries_with_growing_waits():
    """Four attempts in all; the bound of the wait doubles."""
    assert tried([500] * 9) == ([500] * 4, [1.0, 2.0, 4.0])


def test_a_wait_is_a_random_share_of_its_bound():
    """Full jitter: many clients don't come back together."""
    assert tried([500] * 9, share=0.25)[1] == [0.25, 0.5, 1.0]


def test_a_wait_has_a_bound():
    """However often it doubled."""
    assert tried([500] * 9, policy=RetryPolicy(retries=6))[1] == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


def test_no_attempt_starts_after_the_time_of_a_url_is_up():
    """Attempts and waits of one URL share a minute."""
    assert tried(["timeout"] * 9, duration_s=20) == (["timeout"] * 3, [1.0, 2.0])
    assert tried(["timeout"] * 9, duration_s=60) == (["timeout"], [])


def test_retries_of_a_run_have_a_budget():
    """When everything fails, only so many are asked again; what never failed costs nothing."""
    budget = RetryBudget(4)
    assert [len(tried([500] * 9, budget=budget)[0]) for _ in range(3)] == [4, 2, 1]
    assert budget.left == 0
    assert tried([200], budget=budget)[0] == [200]


def test_an_error_that_is_no_answer_passes():
    """A bug is not retried, and cancellation neither."""

    async def send(ask: Ask) -> Answer:
        raise ZeroDivisionError(ask.url)

    async def sleep(seconds: float) -> None:
        raise AssertionError(seconds)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(
            send_with_retry(send, ASK, policy=RetryPolicy(), sleep=sleep, random=lambda: 1.0, budget=RetryBudget(1))
        )


def test_a_host_that_recovers_is_seen_to(loopback, send):
    """Against a server that fails twice."""
    ask = Ask(url=loopback.url("/flaky/500.mp4?key=retry"))

    async def once(asked: Ask) -> Answer:
        return (await asyncio.to_thread(send, asked))[0]

    async def sleep(seconds: float) -> None:
        del seconds

    answers = asyncio.run(
        send_with_retry(once, ask, policy=RetryPolicy(), sleep=sleep, random=lambda: 1.0, budget=RetryBudget(9))
    )
    assert [each.status for each in answers] == [500, 500, 200]
