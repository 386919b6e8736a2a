"""Asks archives about what is not to be had any more."""

from __future__ import annotations

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.errand import Errand
from harvester.checks.policy.archives import Archive, LookUp, look_up, look_up_id
from harvester.checks.policy.target import Target, expected
from harvester.model.item import Memento


async def search(
    errand: Errand, archives: tuple[Archive, ...], candidates: Candidates
) -> tuple[tuple[Memento, ...], bool]:
    """The captures nearest to the document's date that archives have of an item's locations, the surest first.

    Each archive is asked about one location after the other until it has one.

    Returns:
        The captures, and whether all archives have answered; if not, nothing follows from there being none.
    """
    found: list[Memento] = []
    settled = True
    for archive in archives:
        mementos, answered = await _of_archive(errand, archive, candidates)
        found += mementos
        settled = settled and answered
    return tuple(dict.fromkeys(found)), settled


async def _of_archive(errand: Errand, archive: Archive, candidates: Candidates) -> tuple[tuple[Memento, ...], bool]:
    when = candidates.page.captured_at
    settled = True
    for place in range(len(candidates)):
        target = candidates.target(place)
        if target is None or errand.desk.refusal(target.url) is not None:
            continue
        seen = LookUp()
        if archive.cdx is not None or archive.timegate is not None:
            seen = await errand.drive(look_up(archive, target.url, when, expected(target)))
        if seen.mementos:
            return seen.mementos, True
        settled = settled and seen.settled
    families = expected(Target(url="", kind=candidates.kind))
    schemes = {scheme for scheme, _ in archive.ids}
    for id_ in candidates.ids:
        if id_.scheme in schemes:
            seen = await errand.drive(look_up_id(archive, id_.scheme, id_.value, when, families))
            if seen.mementos:
                return seen.mementos, True
            settled = settled and seen.settled
    return (), settled
