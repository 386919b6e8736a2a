"""What several readings of one name or item say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from harvester.model import DateEvidence
from harvester.model.vocabulary import Likelihood

_DAY: Final = timedelta(days=1)
_STEPS: Final[tuple[Likelihood, ...]] = ("possible", "probable", "certain")


class Reading(msgspec.Struct, frozen=True, gc=False):
    """Evidence with where in the name it stood.

    Attributes:
        start: First character of what was read.
        end: Past its last character.
        dependent: Whether it counts only where another reading agrees.
    """

    start: int
    end: int
    evidence: DateEvidence
    dependent: bool = False

    def apart(self, other: Reading) -> bool:
        """Tell whether the two rest on different characters."""
        return self.end <= other.start or other.end <= self.start


def weigh(readings: Sequence[Reading]) -> list[DateEvidence]:
    """Raise readings of one name that agree, lower those that others of the same standing contradict.

    Of several readings of the same digits, those that nothing agrees with go where another one is confirmed.
    Two readings by the same decoder do not confirm each other: neighbouring numbers of one series lie close.
    """
    if len(readings) == 1:
        return [] if readings[0].dependent else [readings[0].evidence]
    agreed = [reading for reading in readings if _confirmed(reading, readings)]
    kept: list[Reading] = []
    for reading in readings:
        if reading in agreed:
            kept.append(_moved(reading, +1))
        elif not reading.dependent and all(reading.apart(other) for other in agreed):
            kept.append(_moved(reading, -1) if _contradicted(reading, readings) else reading)
    if len(kept) > 1:
        kept.sort(key=lambda each: (each.start, each.end))
    return [reading.evidence for reading in kept]


def corroborate(groups: Iterable[Sequence[DateEvidence]]) -> tuple[DateEvidence, ...]:
    """Put together what an item's names, ids and fields say, each group read on its own before.

    Evidence that another group confirms is raised one step. Nothing is lowered: a file may well be older than
    the page that shows it. The same evidence twice is given once.
    """
    parts = [tuple(dict.fromkeys(group)) if len(group) > 1 else tuple(group) for group in groups]
    if not parts:
        return ()
    given: dict[tuple[str, str, str], DateEvidence] = {}
    for at, group in enumerate(parts):
        if len(group) == len(parts) == 1:
            return group
        others = [each for index, other in enumerate(parts) if index != at for each in other]
        for evidence in group:
            confirmed = any(
                other.decoder != evidence.decoder and other.raw != evidence.raw and _agree(other, evidence)
                for other in others
            )
            raised = _step(evidence, +1) if confirmed else evidence
            key = (evidence.of, evidence.decoder, evidence.raw)
            if key not in given or _STEPS.index(given[key].likelihood) < _STEPS.index(raised.likelihood):
                given[key] = raised
    return tuple(given.values())


def _confirmed(reading: Reading, readings: Sequence[Reading]) -> bool:
    evidence = reading.evidence
    for other in readings:
        if (
            other.evidence.decoder != evidence.decoder
            and not (other.dependent and reading.dependent)
            and other.apart(reading)
            and _agree(other.evidence, evidence)
        ):
            return True
    return False


def _contradicted(reading: Reading, readings: Sequence[Reading]) -> bool:
    standing = _STEPS.index(reading.evidence.likelihood)
    for other in readings:
        if (
            not other.dependent
            and other is not reading
            and _STEPS.index(other.evidence.likelihood) >= standing
            and other.apart(reading)
            and not _agree(other.evidence, reading.evidence)
        ):
            return True
    return False


def _moved(reading: Reading, by: int) -> Reading:
    return Reading(reading.start, reading.end, _step(reading.evidence, by), reading.dependent)


def _step(evidence: DateEvidence, by: int) -> DateEvidence:
    at = min(max(_STEPS.index(evidence.likelihood) + by, 0), len(_STEPS) - 1)
    return evidence if evidence.likelihood == _STEPS[at] else replace(evidence, likelihood=_STEPS[at])


def _agree(one: DateEvidence, other: DateEvidence) -> bool:
    if one.value == other.value:
        return True
    # Zones that are not known put two readings of one moment up to a day apart.
    first, last = _days(one)
    start, end = _days(other)
    return first - _DAY <= end and start - _DAY <= last


def _days(evidence: DateEvidence) -> tuple[date, date]:
    if evidence.precision == "month":
        year, month = int(evidence.value[:4]), int(evidence.value[5:7])
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - _DAY
    day = date.fromisoformat(evidence.value[:10])
    return day, day
