"""Which locations are asked, and in which order."""

from datetime import UTC, datetime

import pytest

from harvester.checks.client.candidates import Candidates, Page
from harvester.checks.policy.platform import PlatformProbe
from harvester.checks.policy.target import Target
from harvester.manifest.serial import plain
from harvester.model import Basis, Id, Item, Location


def at(url, role="media", confidence="declared", **more):
    return Location(
        raw="x", url=url, role=role, delivery="file", basis=Basis(rule="declared"), confidence=confidence, **more
    )


def item(*locations, **more):
    return Item(key="k:1", kind="video", locations=locations, **more)


def urls(candidates):
    return [candidates.url(place) for place in range(len(candidates))]


@pytest.fixture(params=[lambda one: one, plain], ids=["object", "json"])
def either(request):
    """An item as an object and as JSON."""
    return request.param


def test_the_surest_location_comes_first(either):
    """Candidates stand in order of confidence, equals in the document's order."""
    locations = [
        at(f"http://a/{sure}{number}", confidence=sure)
        for sure in ("guessed", "inferred", "declared")
        for number in (1, 2)
    ]
    candidates = Candidates(either(item(*locations)))
    assert urls(candidates) == [
        f"http://a/{sure}{number}" for sure in ("declared", "inferred", "guessed") for number in (1, 2)
    ]


def test_a_poster_does_not_speak_for_its_video(either):
    """Pages, posters and captions are not asked where the medium's own location is known."""
    both = either(
        item(at("http://a/p.jpg", "poster"), at("http://a/", "page"), at("http://a/v.mp4"), at("http://a/e", "embed"))
    )
    assert urls(Candidates(both)) == ["http://a/v.mp4"]
    assert urls(Candidates(both, all_locations=True)) == ["http://a/v.mp4", "http://a/e", "http://a/", "http://a/p.jpg"]


def test_a_page_speaks_where_nothing_else_is_known(either):
    """An item of which only its page is known is asked for there; one without a URL is not asked."""
    assert urls(Candidates(either(item(at("http://a/p.jpg", "poster"), at("http://a/", "page"))))) == ["http://a/"]
    assert urls(Candidates(either(item(at(None))))) == []


def test_the_platform_is_asked_in_place_of_its_page(either):
    """Where a probe for the id is known, the page of a deleted medium is not believed; a file is asked for itself."""
    probe = PlatformProbe(scheme="tube", url="http://tube/oembed?id={id}")
    ids = (Id(scheme="other", value="1"), Id(scheme="tube:account", value="a b"))
    embedded = Candidates(either(item(at("http://tube/e", "embed"), ids=ids)), platforms={"tube": probe})
    assert urls(embedded) == ["http://tube/oembed?id=a%20b"]
    assert embedded.platform(0) == (probe, "a b", "account")
    assert embedded.target(0) is None
    platforms = {"tube": probe}
    assert urls(Candidates(either(item(ids=ids)), platforms=platforms)) == ["http://tube/oembed?id=a%20b"]
    file = Candidates(either(item(at("http://a/v.mp4"), ids=ids)), platforms=platforms)
    assert urls(file) == ["http://a/v.mp4"]
    assert file.platform(0) is None
    assert urls(Candidates(either(item(at("http://tube/e", "embed"))), platforms=platforms)) == ["http://tube/e"]
    both = Candidates(either(item(at("http://tube/e", "embed"), ids=ids)), platforms=platforms, all_locations=True)
    assert urls(both) == ["http://tube/oembed?id=a%20b", "http://tube/e"]
    assert both.target(1).url == "http://tube/e"


def test_a_target_has_what_the_document_said(either):
    """Size, kind, role, end of the signature and the page to name go along."""
    ends = datetime(2026, 1, 1, tzinfo=UTC)
    candidates = Candidates(
        either(item(at("http://a/v.mp4", size_bytes=5, expires_at=ends), live="ended")), Page(url="http://page/")
    )
    assert candidates.target(0) == Target(
        url="http://a/v.mp4",
        kind="video",
        role="media",
        delivery="file",
        size_bytes=5,
        expires_at=ends,
        referer="http://page/",
        live="ended",
    )


def test_a_locations_own_referer_is_named_first(either):
    """The page's URL only serves where the location names none."""
    assert (
        Candidates(either(item(at("http://a/", referer="http://own/"))), Page(url="http://page/")).target(0).referer
        == "http://own/"
    )


def test_later_words_do_not_disturb():
    """A manifest of a later version may have roles and confidences that we don't know."""
    later = {
        "key": "k",
        "locations": [
            {"url": "http://a/", "role": "hologram", "confidence": "sworn"},
            {"url": "http://b/", "role": "media"},
        ],
    }
    assert urls(Candidates(later)) == ["http://b/"]
    assert urls(Candidates(later, all_locations=True)) == ["http://b/", "http://a/"]
