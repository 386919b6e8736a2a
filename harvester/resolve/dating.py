"""Reads the dates of one finding: of its media's names, its ids and its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from harvester.model import DateEvidence, Finding, Id
from harvester.resolve import dates

_DATED_ROLES: Final = ("media", "poster")
"""Of what a record refers to, the first of each: other renditions have the same dates in their names."""


def dates_of(finding: Finding, ids: Iterable[Id], before: datetime | None) -> tuple[DateEvidence, ...]:
    """Give what the names, ids and fields of a finding say of its date.

    Args:
        finding: The record's media, fields and so on.
        ids: All ids of the item, those from profiles too.
        before: When the document was captured.
    """
    groups: list[list[DateEvidence]] = []
    for role in _DATED_ROLES:
        raw = next((one.raw for one in finding.references if one.role == role), None)
        if raw:
            groups.append(dates.dates_in_name(raw.partition("?")[0], before=before))
    groups += [dates.dates_in_id(one.scheme, one.value, before=before) for one in ids if one.scheme != "local"]
    if finding.published:
        groups.append(dates.dates_in_field("published", finding.published, before=before))
    if finding.modified:
        groups.append(dates.dates_in_field("modified", finding.modified, before=before))
    groups = [group for group in groups if group]
    return dates.corroborate(groups) if groups else ()


def likely_time(dated: Sequence[DateEvidence]) -> datetime | None:
    """Give the first time that is more than possible, by which layouts of a site are chosen."""
    for one in dated:
        if one.likelihood != "possible":
            try:
                return datetime.fromisoformat(one.value)
            except ValueError:
                continue
    return None
