"""Observations in a manifest."""

import copy
import json
from datetime import UTC, datetime

from harvester.checks.client.apply import apply as apply_with
from harvester.checks.client.apply import candidates_of, earlier_of
from harvester.checks.client.options import CheckPolicy
from harvester.model import Memento, Observation, Problem
from harvester.model.vocabulary import STATE_OF

AT = datetime(2026, 1, 1, tzinfo=UTC)


def apply(whole, observations, problems=()):
    apply_with(whole, observations, CheckPolicy(), problems)


def seen(url, reason, number="1", mementos=()):
    return Observation(
        id=number,
        url=url,
        state=STATE_OF[reason],
        reason=reason,
        transient=False,
        basis="bytes",
        checked_at=AT,
        mementos=mementos,
    )


def manifest():
    return {
        "manifest": 1,
        "added-later": {"kept": True},
        "sources": [{"id": "s1", "url": "http://page/"}],
        "items": [
            {
                "key": "k:1",
                "kind": "video",
                "locations": [
                    {"url": "http://a/1", "role": "media", "confidence": "guessed", "observations": []},
                    {"url": "http://a/2#t=5", "role": "media", "confidence": "declared", "observations": [], "new": 1},
                    {"url": "http://a/p", "role": "poster", "confidence": "declared", "observations": []},
                ],
                "sightings": [{"source": "s1"}],
                "availability": None,
            },
            {"key": "k:2", "locations": [], "sightings": [], "availability": None},
        ],
        "observations": [],
        "problems": [{"stage": "decode", "code": "x"}, {"stage": "check", "code": "old"}],
        "totals": {"sources": 1, "items": 2, "by_kind": {"video": 2}, "by_state": {}, "problems": 2},
    }


def test_an_item_is_what_its_best_location_is():
    """The best reason counts, with the position of its location, and each location names its observation."""
    whole = manifest()
    apply(whole, [seen("http://a/2", "not-found", "n"), seen("http://a/1", "ok", "o"), seen("http://a/p", "gone", "p")])
    first, second = whole["items"]
    assert first["availability"] == {"state": "available", "reason": "ok", "location": 0, "mementos": []}
    assert [location["observations"] for location in first["locations"]] == [["o"], ["n"], ["p"]]
    assert second["availability"]["reason"] == "not-checked"
    assert whole["totals"]["by_state"] == {"available": 1, "unchecked": 1}
    assert [record["id"] for record in whole["observations"]] == ["n", "o", "p"]


def test_a_poster_makes_no_video_available():
    """What decides is the medium's own locations."""
    whole = manifest()
    apply(whole, [seen("http://a/2", "not-found"), seen("http://a/1", "gone"), seen("http://a/p", "ok")])
    assert whole["items"][0]["availability"]["state"] == "unavailable"


def test_what_could_not_be_told_is_not_gone():
    """One location that timed out keeps an item from being called unavailable."""
    whole = manifest()
    apply(whole, [seen("http://a/2", "not-found"), seen("http://a/1", "timeout")])
    assert whole["items"][0]["availability"]["state"] == "undetermined"


def test_unknown_keys_stay():
    """What a later version added is kept as it is, and the result is still JSON."""
    whole = manifest()
    before = copy.deepcopy(whole)
    apply(whole, [seen("http://a/1", "ok")])
    assert whole["added-later"] == before["added-later"]
    assert whole["items"][0]["locations"][1]["new"] == 1
    assert json.loads(json.dumps(whole)) == whole


def test_evidence_is_only_added_to():
    """A second check keeps the first one's observations; the newest decides; the same one is not listed twice."""
    whole = manifest()
    apply(whole, [seen("http://a/2", "ok", "first")])
    apply(whole, [seen("http://a/2", "forbidden", "second")])
    apply(whole, [seen("http://a/2", "forbidden", "second")])
    assert [record["id"] for record in whole["observations"]] == ["first", "second"]
    assert whole["items"][0]["locations"][1]["observations"] == ["first", "second"]
    assert whole["items"][0]["availability"]["reason"] == "forbidden"
    assert earlier_of(whole)["http://a/2"]["id"] == "second"


def test_an_item_is_not_gone_before_all_of_it_was_asked():
    """Where a check ended early, a candidate that was not asked may hold the medium."""
    whole = manifest()
    apply(whole, [seen("http://a/2", "gone")])
    assert whole["items"][0]["availability"]["reason"] == "not-checked"


def test_problems_of_an_earlier_check_are_replaced():
    """Others stay, and the totals count both."""
    whole = manifest()
    new = Problem(stage="check", code="host-deferred", severity="warning", message="m")
    apply(whole, [], [new])
    assert [problem["code"] for problem in whole["problems"]] == ["x", "host-deferred"]
    assert whole["totals"]["problems"] == 2


def test_mementos_stand_with_the_item():
    """What archives have is listed with the item's availability."""
    whole = manifest()
    memento = Memento(url="http://web/1", captured_at=AT, archive="web", digest="d", delta_s=9)
    apply(whole, [seen("http://a/2", "not-found", mementos=(memento,))])
    assert whole["items"][0]["availability"]["mementos"][0]["captured_at"] == "2026-01-01T00:00:00Z"


def test_items_name_the_page_they_stood_in():
    """The URL of the first sighting's document is the referer."""
    first, second = candidates_of(manifest(), CheckPolicy())
    assert first.target(0).referer == "http://page/"
    assert len(second) == 0
