"""Observations from their JSON, the way they stand in a manifest and in the journal."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeAlias

from harvester.model.item import Memento
from harvester.model.observation import Attempt, Hop, Observation

Record: TypeAlias = dict[str, Any]


def attempt_of_record(record: Record) -> Attempt:
    """An attempt as `harvester.manifest.serial` writes it; unknown keys are left out.

    Raises:
        KeyError, TypeError, ValueError: Where it is none.
    """
    known = _known(Attempt, record)
    known["started_at"] = datetime.fromisoformat(record["started_at"])
    known["hops"] = tuple(Hop(**_known(Hop, hop)) for hop in record.get("hops", ()))
    known["error"] = tuple(record.get("error", ()))
    return Attempt(**known)


def observation_of_record(record: Record) -> Observation:
    """An observation as `harvester.manifest.serial` writes it; unknown keys are left out.

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
