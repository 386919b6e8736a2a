"""Reads the dates of one finding: of its media's names, its ids and its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from harvester.model import DateEvidence, Finding, Id
from harvester.resolve.dates.agreement import corroborate
from harvester.resolve.dates.names import dates_in_id, dates_in_name

_DATED_ROLES: Final = ("media", "poster")
"""Of what a record refers to, the first of each: other renditions have the same dates in their names."""


def dates_of(finding: Finding, ids: Iterable[Id], before: datetime | None) -> tuple[DateEvidence, ...]:
    """Give what the names, ids and fields of a finding say of its date.

    Args:
        finding: The record's media, fields and so on.
        ids: All ids of the item, those from profiles too.
        before: When the document was captured.
    """
    first: dict[str, str] = {}
    for one in finding.references:
        first.setdefault(one.role, one.raw)
    named = [first[role] for role in _DATED_ROLES if role in first]
    groups = [dates_in_name(raw.partition("?")[0], before=before) for raw in named if raw]
    groups += [dates_in_id(one.scheme, one.value, before=before) for one in ids if one.scheme != "local"]
    if finding.published or finding.modified:
        from harvester.resolve.dates.fields import dates_in_field  # noqa: PLC0415 - leaked records state no dates

        stated = (("published", finding.published), ("modified", finding.modified))
        groups += [dates_in_field(key, value, before=before) for key, value in stated if value]
    groups = [group for group in groups if group]
    return corroborate(groups) if groups else ()


def likely_time(dated: Sequence[DateEvidence]) -> datetime | None:
    """Give the first time that is more than possible, by which layouts of a site are chosen."""
    for one in dated:
        if one.likelihood != "possible":
            try:
                return datetime.fromisoformat(one.value)
            except ValueError:
                continue
    return None
