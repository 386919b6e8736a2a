"""Time as the client sees it, so that a test can bring its own."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the client reads the time and waits."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never steps back."""

    def now(self) -> datetime:
        """Aware UTC time."""

    async def sleep(self, seconds: float) -> None:
        """Waits at least `seconds`; zero lets others run."""


class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        """As `time.monotonic`."""
        return time.monotonic()

    def now(self) -> datetime:
        """As the machine's wall clock has it."""
        return datetime.fromtimestamp(time.time(), UTC)

    async def sleep(self, seconds: float) -> None:
        """As `asyncio.sleep`."""
        await asyncio.sleep(seconds)
