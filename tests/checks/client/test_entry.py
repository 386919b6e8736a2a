"""The one door: a manifest in, the manifest with what was seen out."""

import asyncio
import math
import signal
import threading

import httpx
import pytest
import respx

from harvester.checks.client.entry import Stop, check, plan, run_check
from harvester.checks.client.options import CheckPolicy
from harvester.errors import InputError, OutputError, SettingsError
from harvester.model import Basis, Item, Location

POLICY = CheckPolicy(rate_per_s=math.inf, robots="ignore", look="head")


def manifest(*urls):
    location = {"role": "media", "confidence": "declared"}
    return {
        "manifest": 1,
        "items": [{"key": url, "kind": "video", "locations": [{"url": url, **location}]} for url in urls],
    }


@pytest.fixture(autouse=True)
def web():
    """The real client with its headers and guards; only its transport is replaced."""
    with respx.mock(using="httpx", assert_all_called=False) as router:
        yield router


def test_a_manifest_gets_its_observations(web):
    """Items have an availability, the outcome its counts, and the request names us."""
    route = web.head("http://a.example/x.mp4").respond(
        200, headers={"content-type": "video/mp4", "content-length": "9"}
    )
    web.route(host="a.example").respond(404)
    whole = manifest("http://a.example/x.mp4", "http://a.example/y.mp4")
    policy = CheckPolicy(rate_per_s=math.inf, robots="ignore", look="head", contact="me@example.org")
    outcome = run_check(whole, policy)
    assert outcome.counts == {"head-only": 1, "not-found": 1}
    assert outcome.exit == 0
    assert [item["availability"]["state"] for item in whole["items"]] == ["available", "unavailable"]
    assert whole["totals"]["by_state"] == {"available": 1, "unavailable": 1}
    headers = route.calls[0].request.headers
    assert headers["user-agent"].startswith("harvester/")
    assert "me@example.org" in headers["user-agent"]
    assert headers["from"] == "me@example.org"


def test_a_second_check_asks_only_what_is_left(web, tmp_path):
    """With a journal, what was seen is not asked again, and the manifest is the same."""
    route = web.route(host="a.example").respond(404)
    first, second = manifest("http://a.example/x.mp4"), manifest("http://a.example/x.mp4")
    run_check(first, POLICY, journal=tmp_path / "j")
    count = route.call_count
    outcome = run_check(second, POLICY, journal=tmp_path / "j")
    assert route.call_count == count
    assert outcome.requests == 0
    assert first == second


def test_a_budget_ends_in_part(web):
    """Exit 4 and a problem that says how to go on."""
    web.route().respond(404)
    whole = manifest(*(f"http://h{number}.example/x.mp4" for number in range(9)))
    outcome = run_check(whole, CheckPolicy(robots="ignore", max_requests=3))
    assert outcome.exit == 4
    assert outcome.problems[0].code == "check-stopped"
    assert outcome.problems[0].hint
    assert whole["problems"][0]["stage"] == "check"


def test_stopping_before_it_began_asks_nothing(web):
    """All is said to be not checked, and nothing was sent."""
    stop = Stop()
    stop.set()
    route = web.route().respond(404)
    outcome = run_check(manifest("http://a.example/x"), POLICY, stop=stop)
    assert outcome.counts == {"not-checked": 1}
    assert outcome.exit == 4
    assert route.call_count == 0


@pytest.mark.parametrize("how", ["signal", "thread"])
def test_a_signal_or_a_thread_can_stop_it(web, how):
    """The check ends at once, although its loop was waiting for a host's next turn."""
    stop = Stop()
    before = signal.signal(signal.SIGUSR1, lambda *_: stop.set())

    def answer(request):
        if how == "signal":
            signal.raise_signal(signal.SIGUSR1)
        else:
            threading.Thread(target=stop.set).start()
        return httpx.Response(404)

    web.route().mock(side_effect=answer)
    try:
        whole = manifest(*(f"http://a.example/{number}.mp4" for number in range(50)))
        outcome = run_check(whole, CheckPolicy(rate_per_s=0.01, robots="ignore"), stop=stop)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert outcome.requests == 1
    assert outcome.exit == 4


def test_what_is_no_manifest_is_refused():
    """Items that are none are the user's mistake, not a bug."""
    for items in ([{"locations": []}], [5], {"a": 1}, [{"key": "k", "locations": [3]}]):
        with pytest.raises(InputError):
            run_check({"manifest": 1, "items": items}, POLICY)
        with pytest.raises(InputError):
            plan({"manifest": 1, "items": items}, POLICY)


def test_what_the_user_named_wrongly_is_said(tmp_path):
    """A journal in no folder, an address that is none, numbers and archives that can't be."""
    with pytest.raises(OutputError):
        run_check(manifest(), POLICY, journal=tmp_path / "no" / "j")
    with pytest.raises(SettingsError):
        run_check(manifest(), CheckPolicy(allow_addresses=("everything",)))
    for wrong in ({"rate_per_s": 0}, {"rate_per_s": math.nan}, {"max_wait_s": -1}, {"connect_s": 0}, {"in_flight": 0}):
        with pytest.raises(SettingsError):
            CheckPolicy(**wrong)
    with pytest.raises(SettingsError):
        CheckPolicy(archive_templates=("https://archive.example/",))


def test_a_plan_asks_nothing(web):
    """What would be asked is told without any request."""
    route = web.route().respond(404)
    made = plan(manifest("http://a.example/x.mp4", "http://a.example/y.mp4"), CheckPolicy())
    assert (made.urls, made.requests) == (2, 6)
    assert route.call_count == 0


def test_items_are_checked_one_by_one(web):
    """The programs' door yields observations of items as they come."""
    web.route().respond(404)
    location = Location(
        raw="x",
        url="http://a.example/x.mp4",
        role="media",
        delivery="file",
        basis=Basis(rule="declared"),
        confidence="declared",
    )

    async def all_of_it():
        return [one async for one in check([Item(key="k", kind="video", locations=(location,))], POLICY)]

    (seen,) = asyncio.run(all_of_it())
    assert seen.reason == "not-found"


def test_settings_that_change_results_have_their_own_scope():
    """What was seen under one set of rules is not reused under another; the pace changes nothing."""
    assert CheckPolicy(robots="ignore").scope != CheckPolicy().scope
    assert CheckPolicy(archives=True).scope != CheckPolicy().scope
    assert CheckPolicy(rate_per_s=3, max_requests=9, all_locations=True).scope == CheckPolicy().scope
