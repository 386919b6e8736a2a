"""Observations and items from their JSON, the way they stand in a manifest and in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, TypeAlias

import msgspec

from harvester.model.finding import Id
from harvester.model.item import Basis, Item, Location, Memento
from harvester.model.observation import Attempt, Hop, Observation
from harvester.model.vocabulary import CONFIDENCES, KINDS

Record: TypeAlias = dict[str, Any]

_NO_BASIS: Final = Basis(rule="unknown")


def shallow(observation: Observation) -> dict[str, object]:
    """The fields of an observation by name, as they are."""
    return {name: getattr(observation, name) for name in Observation.__struct_fields__}


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


def item_of_record(record: Record) -> Item:
    """What a check needs of an item: kind, ids and locations. Words of a later version count as the least sure ones.

    Raises:
        KeyError, TypeError, ValueError: Where it is none.
    """
    return Item(
        key=record["key"],
        kind=record["kind"] if record.get("kind") in KINDS else "unknown",
        live=record.get("live"),
        ids=tuple(Id(**_known(Id, id_)) for id_ in record.get("ids", ())),
        locations=tuple(_location(location) for location in record.get("locations", ())),
    )


def _location(record: Record) -> Location:
    expires_at = record.get("expires_at")
    return Location(
        raw=record.get("raw", ""),
        url=record.get("url"),
        role=record.get("role", "media"),
        delivery=record.get("delivery", "unknown"),
        basis=_NO_BASIS,
        confidence=record["confidence"] if record.get("confidence") in CONFIDENCES else "guessed",
        size_bytes=record.get("size_bytes"),
        expires_at=datetime.fromisoformat(expires_at) if expires_at else None,
        referer=record.get("referer"),
    )


def _known(kind: type[msgspec.Struct], record: Record) -> Record:
    names = kind.__struct_fields__
    return {key: value for key, value in record.items() if key in names}
