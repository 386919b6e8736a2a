"""How fast one host may be asked: even spacing, never above what the user or the host said, slower when it groans."""

from __future__ import annotations

import math
import re
from typing import Final

from harvester.errors import SettingsError

_RATE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(?:/\s*(s|m|h))?", re.ASCII)
_UNIT_S: Final = {None: 1, "s": 1, "m": 60, "h": 3600}
_MOST_SLOWED: Final = 8.0
"""A host that wants less than this says so by Retry-After, and is deferred."""
_MOST_LATE_S: Final = 0.025
"""How late a timer of a busy loop may fire, for which the next distance makes up."""
_LATE_SHARE: Final = 0.05
"""The part of a distance by which it is shortened at most."""
_GOOD_BEFORE_FASTER: Final = 10
_SLOWED_FROM_S: Final = 0.1
"""The interval from which a host is slowed that had no limit at all."""


def parse_rate(text: str) -> float:
    """Requests a second from `2`, `0.2`, `30/m`, `5/s`, `100/h`, or `unlimited`.

    Raises:
        SettingsError: Where it is no rate, or zero.
    """
    if text.strip() == "unlimited":
        return math.inf
    matched = _RATE.fullmatch(text.strip())
    rate = float(matched[1]) / _UNIT_S[matched[2]] if matched else 0.0
    if not 0 < rate < math.inf:
        raise SettingsError(
            f"{text!r} is no rate", hint="requests a second for each host, such as 1, 0.2, 30/m, 100/h or unlimited"
        )
    return rate


class Pace:
    """The spacing of requests towards one host.

    Attributes:
        next_at: Monotonic time before which no request may start, in seconds.
        waited_s: How long the host's own limits have held us up so far.
    """

    __slots__ = ("_factor", "_floor_s", "_good", "_is_first", "_started_at", "next_at", "waited_s")

    def __init__(self, rate_per_s: float) -> None:
        self._floor_s = 1 / rate_per_s
        self._factor = 1.0
        self._good = 0
        self._is_first = True
        self._started_at = -math.inf
        self.next_at = -math.inf
        self.waited_s = 0.0

    @property
    def interval_s(self) -> float:
        """From the start of one request to the start of the next, in seconds."""
        if self._factor == 1:
            return self._floor_s
        return max(self._floor_s, _SLOWED_FROM_S) * self._factor

    def started(self, now_s: float) -> None:
        """A request has just been sent.

        Distances count from when it was due: timers fire late, never early, and what that costs is taken back from the
        next distance, by no more than 25 ms and a twentieth. As no more is taken back than was lost, the rate is not
        exceeded over several requests, and a long queue takes no longer for it. Who was not in a hurry lost nothing.
        """
        interval_s = self.interval_s
        late_s = now_s - self.next_at
        self._started_at = now_s
        back_s = min(late_s, _MOST_LATE_S, interval_s * _LATE_SHARE) if 0 <= late_s <= interval_s else 0.0
        self.next_at = max(self.next_at, now_s + interval_s - back_s)

    def ended(self, now_s: float) -> None:
        """A request is over. From the first one's end, not its start, the second one's distance is measured.

        Looking up the name and making the connection came before the first one, so that the host saw it later than we
        sent it, while the second one comes at once.
        """
        if self._is_first:
            self._is_first = False
            self.next_at = max(self.next_at, now_s + self.interval_s)

    def at_least(self, interval_s: float) -> None:
        """The host wants this much between two requests (Crawl-delay); it never makes the pace faster."""
        self._floor_s = max(self._floor_s, interval_s)
        self.next_at = max(self.next_at, self._started_at + self.interval_s)

    def slower(self) -> None:
        """The host groaned: half the pace."""
        self._factor = min(self._factor * 2, _MOST_SLOWED)
        self._good = 0

    def good(self) -> None:
        """A request went well; ten in a row undo one slowing, never more than was slowed."""
        if self._factor == 1:
            return
        self._good += 1
        if self._good >= _GOOD_BEFORE_FASTER:
            self._factor = max(1.0, self._factor / 2)
            self._good = 0

    def hold(self, now_s: float, seconds: float, most_s: float) -> bool:
        """Nothing before `seconds` from now, because the host said so.

        Returns:
            False where that is more waiting for this host than `most_s` in all; then nothing was changed.
        """
        until = now_s + seconds
        added = until - max(now_s, self.next_at)
        if added <= 0:
            return True
        if self.waited_s + added > most_s:
            return False
        self.waited_s += added
        self.next_at = until
        return True
