"""Observations as JSON, the way they stand in a manifest and in the journal, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from harvester.model.item import Memento
from harvester.model.observation import Attempt, Hop, Observation

Record: TypeAlias = dict[str, Any]


def instant(moment: datetime) -> str:
    """Aware time as ISO 8601 in UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def record_of(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    """Dataclasses as objects with all their keys, times as text, tuples as lists."""
    if is_dataclass(value):
        return {field.name: record_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, tuple | list):
        return [record_of(one) for one in value]
    if isinstance(value, Mapping):
        return {key: record_of(one) for key, one in value.items()}
    return value


def attempt_of_record(record: Record) -> Attempt:
    """An attempt as `record_of` wrote it; unknown keys are left out.

    Raises:
        KeyError, TypeError, ValueError: Where it is none.
    """
    known = _known(Attempt, record)
    known["started_at"] = datetime.fromisoformat(record["started_at"])
    known["hops"] = tuple(Hop(**_known(Hop, hop)) for hop in record.get("hops", ()))
    known["error"] = tuple(record.get("error", ()))
    return Attempt(**known)


def observation_of_record(record: Record) -> Observation:
    """An observation as `record_of` wrote it; unknown keys are left out.

    Raises:
        KeyError, TypeError, ValueError: Where it is none.
    """
    known = _known(Observation, record)
    known["checked_at"] = datetime.fromisoformat(record["checked_at"])
    known["attempts"] = tuple(attempt_of_record(attempt) for attempt in record.get("attempts", ()))
    known["mementos"] = tuple(
        Memento(**{**_known(Memento, memento), "captured_at": datetime.fromisoformat(memento["captured_at"])})
        for memento in record.get("mementos", ())
    )
    return Observation(**known)


def _known(kind: type, record: Record) -> Record:
    names = {field.name for field in fields(kind)}
    return {key: value for key, value in record.items() if key in names}
