"""Puts observations into a manifest's JSON, whatever else stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.records import Record
from harvester.checks.policy.verdict import precedence
from harvester.manifest.serial import plain
from harvester.model.observation import Observation
from harvester.model.problem import Problem
from harvester.model.vocabulary import STATES


def page_of(manifest: Record) -> dict[str, str]:
    """Source id → URL of the document, which is the page to name when asking for what it embeds."""
    return {source["id"]: source["url"] for source in manifest.get("sources", ()) if source.get("url")}


def candidates_of(manifest: Record, *, all_locations: bool = False) -> Iterable[Candidates]:
    """What is asked for each item, in the order of the manifest."""
    pages = page_of(manifest)
    for item in manifest.get("items", ()):
        source = next((sighting["source"] for sighting in item.get("sightings", ()) if "source" in sighting), "")
        yield Candidates(item, pages.get(source), all_locations=all_locations)


def earlier_of(manifest: Record) -> dict[str, Record]:
    """URL → the newest observation of it that the manifest has."""
    return {record["url"]: record for record in manifest.get("observations", ()) if record.get("url")}


def apply(manifest: Record, observations: Iterable[Observation], problems: Iterable[Problem] = ()) -> None:
    """Adds observations to the manifest: to its list, to the locations, and to what is concluded of each item.

    Older observations stay, since evidence is only added to; an item's availability is by the newest of each URL.
    Problems of an earlier check are replaced.
    """
    kept = manifest.setdefault("observations", [])
    present = {record.get("id") for record in kept}
    newest: dict[str, Record] = earlier_of(manifest)
    for observation in observations:
        record = plain(observation)
        newest[observation.url] = record
        if observation.id not in present:
            present.add(observation.id)
            kept.append(record)
    for item in manifest.get("items", ()):
        _conclude(item, newest)
    _count(manifest, problems)


def _conclude(item: Record, newest: Mapping[str, Record]) -> None:
    for location in item.get("locations", ()):
        record = newest.get(location.get("url") or "")
        if record is not None:
            ids = location.setdefault("observations", [])
            if record["id"] not in ids:
                ids.append(record["id"])
    candidates = Candidates(item)
    seen = [
        (precedence(record["reason"]), place, record)
        for place in range(candidates.deciding)
        if (record := newest.get(candidates.url(place))) is not None
    ]
    if not seen:
        item["availability"] = {"state": "unchecked", "reason": "not-checked", "location": None, "mementos": []}
        return
    _, place, best = min(seen, key=lambda one: one[:2])
    item["availability"] = {
        "state": best["state"],
        "reason": best["reason"],
        "location": candidates.order[place],
        "mementos": [memento for _, _, record in seen for memento in record.get("mementos", ())],
    }


def _count(manifest: Record, problems: Iterable[Problem]) -> None:
    kept = [problem for problem in manifest.get("problems", ()) if problem.get("stage") != "check"]
    manifest["problems"] = [*kept, *(plain(problem) for problem in problems)]
    states = Counter(item["availability"]["state"] for item in manifest.get("items", ()))
    totals = manifest.setdefault("totals", {})
    totals["by_state"] = {state: states[state] for state in STATES if states[state]}
    totals["problems"] = len(manifest["problems"])
