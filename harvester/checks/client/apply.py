"""Puts observations into a manifest's JSON, whatever else stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from harvester.checks.client.candidates import Candidates, Page, probe_of
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.records import Record, item_of_record, observation_of_record
from harvester.checks.client.redirects import asked_url
from harvester.checks.policy.candidates import availability
from harvester.checks.policy.kinds import judged_for
from harvester.checks.policy.platform import ask
from harvester.checks.policy.target import Target
from harvester.checks.policy.verdict import Verdict
from harvester.manifest.serial import plain
from harvester.model.observation import Observation
from harvester.model.problem import Problem
from harvester.model.vocabulary import STATES


def candidates_of(manifest: Record, policy: CheckPolicy) -> Iterable[Candidates]:
    """What is asked for each item, in the order of the manifest."""
    pages = {source["id"]: _page(source) for source in manifest.get("sources", ())}
    for item in manifest.get("items", ()):
        source = next((sighting["source"] for sighting in item.get("sightings", ()) if "source" in sighting), "")
        yield Candidates(
            item, pages.get(source, Page()), all_locations=policy.all_locations, platforms=policy.platforms
        )


def earlier_of(manifest: Record) -> dict[str, Record]:
    """URL → the newest observation of it that the manifest has."""
    return {record["url"]: record for record in manifest.get("observations", ()) if record.get("url")}


def apply(
    manifest: Record, observations: Iterable[Observation], policy: CheckPolicy, problems: Iterable[Problem] = ()
) -> None:
    """Adds observations to the manifest: to its list, to the locations, and to what is concluded of each item.

    Older observations stay, since evidence is only added to; an item's availability is by the newest of each URL.
    Problems of an earlier check are replaced.
    """
    kept = manifest.setdefault("observations", [])
    present = {record.get("id") for record in kept}
    newest = earlier_of(manifest)
    fresh: dict[str, Observation] = {}
    for observation in observations:
        record = plain(observation)
        newest[observation.url] = record
        fresh[observation.url] = observation
        if observation.id not in present:
            present.add(observation.id)
            kept.append(record)
    for item in manifest.get("items", ()):
        _refer(item, newest)
        _conclude(item, newest, fresh, policy)
    _count(manifest, problems)


def _page(source: Record) -> Page:
    captured_at = source.get("captured_at")
    return Page(url=source.get("url"), captured_at=datetime.fromisoformat(captured_at) if captured_at else None)


def _refer(item: Record, newest: Mapping[str, Record]) -> None:
    """Names in each location the newest observation of its URL."""
    for location in item.get("locations", ()):
        record = newest.get(asked_url(location.get("url") or ""))
        if record is not None:
            ids = location.setdefault("observations", [])
            if record["id"] not in ids:
                ids.append(record["id"])


def _conclude(
    item: Record, newest: Mapping[str, Record], fresh: Mapping[str, Observation], policy: CheckPolicy
) -> None:
    whole = item_of_record(item)
    seen = {
        position: fresh.get(url) or observation_of_record(newest[url])
        for position, location in enumerate(whole.locations)
        if (url := asked_url(location.url or "")) in newest
    }
    probe = probe_of(whole, policy.platforms)
    by_id = newest.get(ask(*probe).url) if probe else None
    concluded = availability(
        whole,
        {
            position: judged_for(_verdict(observation), target)
            for position, observation in seen.items()
            if (target := Target.of(whole, whole.locations[position])) is not None
        },
        tuple(dict.fromkeys(memento for observation in seen.values() for memento in observation.mementos)),
        _verdict(observation_of_record(by_id)) if by_id else None,
    )
    if concluded is None:
        item["availability"] = {"state": "unchecked", "reason": "not-checked", "location": None, "mementos": []}
    else:
        item["availability"] = plain(concluded)


def _verdict(observation: Observation) -> Verdict:
    return Verdict(
        reason=observation.reason,
        transient=observation.transient,
        basis=observation.basis,
        facts=observation.facts,
    )


def _count(manifest: Record, problems: Iterable[Problem]) -> None:
    kept = [problem for problem in manifest.get("problems", ()) if problem.get("stage") != "check"]
    manifest["problems"] = [*kept, *plain(tuple(problems))]
    states = Counter(item["availability"]["state"] for item in manifest.get("items", ()))
    totals = manifest.setdefault("totals", {})
    totals["by_state"] = {state: states[state] for state in STATES if states[state]}
    totals["problems"] = len(manifest["problems"])
