"""Which locations are asked for, and which one speaks."""

import pytest
from msgspec.structs import replace

from harvester.checks.policy.candidates import availability, enough, order, wants_archives
from harvester.checks.policy.verdict import TRANSIENT, best, conclude, precedence
from harvester.model.item import Basis, Item, Location
from harvester.model.vocabulary import STATE_OF


def location(role="media", confidence="declared", url="http://a.example/x"):
    return Location(raw="x", url=url, role=role, delivery="file", basis=Basis(rule="declared"), confidence=confidence)


def verdicts(*reasons):
    return [conclude(reason, "none") for reason in reasons]


def test_media_are_asked_for_by_confidence():
    """Declared comes before guessed, and equals stay in their order."""
    item = Item(key="k", locations=(location("poster"), location(confidence="guessed"), location(), location("page")))
    assert order(item) == (2, 1)
    assert order(item, all_locations=True) == (2, 1, 3, 0)


def test_locations_without_a_url_are_not_asked_for():
    """What nothing resolves can't be asked for."""
    assert order(Item(key="k", locations=(location(url=None),))) == ()


def test_an_image_is_asked_for_by_its_poster():
    """The poster of an image is the image."""
    item = Item(key="k", kind="image", locations=(location("page"), location("poster")))
    assert order(item) == (1,)


def test_only_available_is_enough():
    """A restricted or degraded candidate leaves the others worth asking."""
    assert [enough(verdict) for verdict in verdicts("head-only", "truncated", "forbidden")] == [True, False, False]


@pytest.mark.parametrize(
    ("reasons", "position"),
    [
        (("not-found", "ok"), 1),
        (("head-only", "ok"), 1),
        (("moved-temporary", "head-only"), 0),
        (("not-found", "timeout"), 1),
        (("timeout", "forbidden"), 1),
        (("forbidden", "truncated"), 1),
        (("not-found", "not-checked"), 1),
        (("invalid-url", "not-found"), 1),
        (("gone", "gone"), 0),
        ((), None),
    ],
)
def test_the_best_verdict_speaks(reasons, position):
    """As long as one location may hold the medium, another one that is gone does not speak."""
    assert best(verdicts(*reasons)) == position


def test_every_reason_has_its_place():
    """No reason is left out of the order, and none stands in the transient ones by mistake."""
    assert sorted(map(precedence, STATE_OF)) == list(range(len(STATE_OF)))
    assert STATE_OF.keys() >= TRANSIENT
    assert precedence("no such word") == len(STATE_OF)


def test_a_poster_does_not_speak_for_a_video():
    """A picture that outlives its video makes nothing available."""
    item = Item(key="k", kind="video", locations=(location("poster"), location()))
    found = availability(item, dict(enumerate(verdicts("ok", "not-found"))))
    assert (found.state, found.reason, found.location) == ("unavailable", "not-found", 1)


def test_a_video_with_nothing_but_a_poster_is_not_asked_for():
    """Whatever the poster answers, nothing follows for the video; with all locations it is asked, and still mute."""
    item = Item(key="k", kind="video", locations=(location("poster"), location("caption")))
    assert order(item) == ()
    assert order(item, all_locations=True) == (0, 1)
    assert availability(item, dict(enumerate(verdicts("ok", "ok")))) is None
    assert availability(item, dict(enumerate(verdicts("not-found", "ok")))) is None


@pytest.mark.parametrize("reason", ["not-found", "gone", "soft-404", "wrong-type", "dns-nxdomain"])
def test_a_guess_that_fails_says_nothing_of_the_medium(reason):
    """An item is gone where what it says itself is gone, and not where we guessed wrong."""
    guesses = Item(key="k", locations=(location(confidence="guessed"), location(confidence="guessed")))
    found = availability(guesses, dict(enumerate(verdicts(reason, "not-found"))))
    assert (found.state, found.reason) == ("undetermined", "unknown")
    assert availability(guesses, dict(enumerate(verdicts(reason, "ok")))).reason == "ok"
    beside = Item(key="k", locations=(location(confidence="guessed"), location(url=None)))
    assert availability(beside, {0: verdicts(reason)[0]}).reason == "unknown"
    surer = Item(key="k", locations=(location(confidence="guessed"), location()))
    found = availability(surer, dict(enumerate(verdicts(reason, "gone"))))
    assert (found.reason, found.location) == ("gone", 1)


def test_an_item_with_an_unresolved_location_is_not_gone():
    """The path that nothing resolves may be the one that holds it; a `blob:` of a browser's memory is none."""
    unresolved, blob = location(url=None), replace(location(url=None), raw="blob:https://a.example/1")
    item = Item(key="k", locations=(location(), unresolved))
    assert availability(item, dict(enumerate(verdicts("gone")))).state == "undetermined"
    item = Item(key="k", locations=(location(), blob))
    assert availability(item, dict(enumerate(verdicts("gone")))).reason == "gone"


def test_the_platform_knows_better_than_a_guess():
    """What a platform says of an id outvotes an address that we made up."""
    item = Item(key="k", locations=(location(confidence="guessed"),))
    ok = conclude("ok", "platform")
    assert availability(item, {0: verdicts("not-found")[0]}, platform=ok).reason == "ok"


def test_the_platform_knows_better_than_its_page():
    """A page that answers 200 to every id is outvoted; the medium itself is not."""
    removed = conclude("platform-removed", "platform")
    embed = Item(key="k", locations=(location("embed"),))
    assert availability(embed, {0: conclude("head-only", "head")}, platform=removed).reason == "platform-removed"
    media = Item(key="k", locations=(location("media"),))
    assert availability(media, {0: conclude("ok", "bytes")}, platform=removed).reason == "ok"


def test_without_any_verdict_there_is_no_availability():
    """Nothing asked, nothing known."""
    assert availability(Item(key="k"), {}) is None


def test_archives_are_asked_for_what_is_not_plainly_available():
    """Degraded, restricted, gone and unclear items are looked for in archives."""
    item = Item(key="k", locations=(location(),))
    states = [
        availability(item, {0: verdict}) for verdict in verdicts("ok", "truncated", "forbidden", "gone", "timeout")
    ]
    assert [wants_archives(found) for found in states] == [False, True, True, True, True]
