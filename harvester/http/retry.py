"""Asking again where the same question may get another answer a moment later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from harvester.model.exchange import Answer, Ask

RETRIED_REASONS: Final = frozenset({"timeout", "connection-failed", "dns-temporary"})
RETRIED_STATUSES: Final = frozenset({408, *range(500, 600)} - {501, 503, 505})
"""Of 5xx all but those that stay (501, 505); 429 and 503 are the host's, which has a say in when it is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often, and after how long.

    Attributes:
        retries: After the first attempt.
        base_s: Upper bound of the first wait; each further one doubles.
        most_s: Upper bound of any wait.
        total_s: For all attempts of one URL with the waits between them; none starts after that.
    """

    retries: int = 3
    base_s: float = 1.0
    most_s: float = 10.0
    total_s: float = 60.0

    def wait_s(self, retry: int, share: float) -> float:
        """How long to wait before a retry, counted from 1: full jitter, a random share (0 to 1) of the bound."""
        return share * min(self.most_s, self.base_s * 2.0 ** (retry - 1))


class RetryBudget:
    """How many retries a run may spend over all URLs: when everything fails, asking thrice helps nobody."""

    def __init__(self, retries: int) -> None:
        self.left = retries

    def spend(self) -> bool:
        """Takes one, if there is one."""
        if self.left <= 0:
            return False
        self.left -= 1
        return True


def worth_retrying(answer: Answer) -> bool:
    """Whether the same question may get another answer in a moment."""
    if answer.failure is not None:
        return answer.failure.reason in RETRIED_REASONS
    return answer.status in RETRIED_STATUSES


async def send_with_retry(
    send: Callable[[Ask], Awaitable[Answer]],
    ask: Ask,
    *,
    policy: RetryPolicy,
    sleep: Callable[[float], Awaitable[None]],
    random: Callable[[], float],
    budget: RetryBudget,
) -> tuple[Answer, ...]:
    """Asks, and asks again while that may help.

    Args:
        send: Asks once, at the host's pace.
        ask: What to ask, every time the same.
        policy: How often, and after how long.
        sleep: Waits for some seconds.
        random: Gives a number from 0 up to 1.
        budget: Of the whole run.

    Returns:
        All answers in order, at least one; the last one counts, the others are evidence.
    """
    answers: list[Answer] = []
    spent_s = 0.0

    async def attempt() -> Answer:
        nonlocal spent_s
        answer = await send(ask)
        spent_s += answer.duration_s
        answers.append(answer)
        return answer

    async def pause(seconds: float) -> None:
        nonlocal spent_s
        spent_s += seconds
        await sleep(seconds)

    def enough(state: RetryCallState) -> bool:
        waited_s = spent_s + state.upcoming_sleep
        return stop_after_attempt(policy.retries + 1)(state) or waited_s >= policy.total_s or not budget.spend()

    retrying = AsyncRetrying(
        sleep=pause,
        wait=lambda state: policy.wait_s(state.attempt_number, random()),
        stop=enough,
        retry=retry_if_result(worth_retrying),
        retry_error_callback=lambda _state: None,
    )
    await retrying(attempt)
    return tuple(answers)
