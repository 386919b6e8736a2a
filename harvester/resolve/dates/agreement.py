"""What several readings of one name or item say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from harvester.model import DateEvidence
from harvester.model.vocabulary import Likelihood

_STEPS: Final[tuple[Likelihood, ...]] = ("possible", "probable", "certain")


@dataclass(frozen=True, slots=True)
class Reading:
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
    agreed = [reading for reading in readings if _confirmed(reading, readings)]
    kept = []
    for reading in readings:
        if reading in agreed:
            kept.append(_moved(reading, +1))
        elif not reading.dependent and all(reading.apart(other) for other in agreed):
            kept.append(_moved(reading, -1) if _contradicted(reading, readings) else reading)
    return [reading.evidence for reading in sorted(kept, key=lambda each: (each.start, each.end))]


def corroborate(groups: Iterable[Sequence[DateEvidence]]) -> tuple[DateEvidence, ...]:
    """Put together what an item's names, ids and fields say, each group read on its own before.

    Evidence that another group confirms is raised one step. Nothing is lowered: a file may well be older than
    the page that shows it. The same evidence twice is given once.
    """
    parts = [tuple(dict.fromkeys(group)) for group in groups]
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
    return any(
        other.apart(reading)
        and not (other.dependent and reading.dependent)
        and other.evidence.decoder != reading.evidence.decoder
        and _agree(other.evidence, reading.evidence)
        for other in readings
    )


def _contradicted(reading: Reading, readings: Sequence[Reading]) -> bool:
    standing = _STEPS.index(reading.evidence.likelihood)
    return any(
        other.apart(reading)
        and not other.dependent
        and _STEPS.index(other.evidence.likelihood) >= standing
        and not _agree(other.evidence, reading.evidence)
        for other in readings
    )


def _moved(reading: Reading, by: int) -> Reading:
    return Reading(reading.start, reading.end, _step(reading.evidence, by), reading.dependent)


def _step(evidence: DateEvidence, by: int) -> DateEvidence:
    at = min(max(_STEPS.index(evidence.likelihood) + by, 0), len(_STEPS) - 1)
    return evidence if evidence.likelihood == _STEPS[at] else replace(evidence, likelihood=_STEPS[at])


def _agree(one: DateEvidence, other: DateEvidence) -> bool:
    # Zones that are not known put two readings of one moment up to a day apart.
    first, last = _days(one)
    start, end = _days(other)
    return first - timedelta(days=1) <= end and start - timedelta(days=1) <= last


def _days(evidence: DateEvidence) -> tuple[date, date]:
    if evidence.precision == "month":
        year, month = int(evidence.value[:4]), int(evidence.value[5:7])
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    day = date.fromisoformat(evidence.value[:10])
    return day, day
