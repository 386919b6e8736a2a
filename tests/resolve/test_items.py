"""One item from each finding."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harvester.model import Decoded, Id, ListPosition, Reference

SNAPSHOT = "https://web.archive.org/web/20161215204820/http://site.example/a/b.html"


def _poster(raw):
    return Reference(raw=raw, role="poster", path=None)


def test_an_item_says_what_its_finding_says(finding, concluded):
    """Facts go over as they are, a published time becomes aware UTC, and the sighting stays with the item."""
    record = finding(
        "https://cdn.example/v/a.mp4",
        title="A title",
        kind="video",
        published="2016-12-15T20:48:20+03:30",
        duration_s=61.5,
        reads={"title": "/title"},
        fields={"title": "A title"},
    )
    (item,), problems = concluded(record)
    assert (item.key, item.title, item.kind, item.duration_s) == (
        "url://cdn.example/v/a.mp4",
        "A title",
        "video",
        61.5,
    )
    assert item.published_at == datetime(2016, 12, 15, 17, 18, 20, tzinfo=UTC)
    assert item.sightings[0].fields == {"title": "A title"}
    assert problems == []


def test_records_that_are_alike_are_concluded_alike(finding, concluded):
    """A list that stands twice gives the same conclusions, each with its own sighting."""
    records = [finding("/v/a.mp4", fields={"a": 1}) for _ in range(2)]
    first, second = concluded(*records)[0]
    assert first.locations == second.locations
    assert first.sightings[0].spans != second.sightings[0].spans


@pytest.mark.parametrize("change", [{"modified": "2020-01-01"}, {"fields": {"sort": 2}}, {"creators": ("B",)}])
def test_records_that_differ_in_anything_are_concluded_apart(finding, concluded, change):
    """No fact of one record is taken for that of another that refers to the same media."""
    plain, other = finding("/v/a.mp4", fields={"sort": 1}), finding("/v/a.mp4", **{"fields": {"sort": 1}, **change})
    together, alone = concluded(plain, other)[0][1], concluded(other)[0][0]
    assert (together.dates, together.creators, together.sightings[0].fields) == (
        alone.dates,
        alone.creators,
        alone.sightings[0].fields,
    )


def test_dates_come_from_the_first_medium_and_the_first_poster(finding, concluded):
    """One name of each role is read; further renditions say the same again."""
    record = finding(
        "https://a.example/2016/12/15/a_720p.mp4",
        "https://a.example/2017/01/01/a_360p.mp4",
        _poster("https://a.example/2016/12/14/a.jpg"),
    )
    (item,), _ = concluded(record)
    assert [one.value for one in item.dates] == ["2016-12-15", "2016-12-14"]


def test_a_local_id_that_a_scheme_has_is_left_out(finding, concluded):
    """One value under a platform's scheme and as a local id is one id."""
    (item,), _ = concluded(finding("/a.mp4", ids=(Id(scheme="local", value="AbC"), Id(scheme="youtube", value="AbC"))))
    assert item.ids == (Id(scheme="youtube", value="AbC"),)
    assert item.id == "AbC"


def test_www_makes_no_other_key(finding, concluded):
    """What is unique on a site only has one key with and without www."""
    record = finding(ids=(Id(scheme="local", value="1897891"),))
    keys = {concluded(record, base=f"https://{host}/a")[0][0].key for host in ("site.example", "www.site.example")}
    assert keys == {"local:site.example/1897891"}


def test_an_archived_page_gives_the_keys_of_the_live_one(finding, concluded):
    """The same record in a memento of the page has the key and the URL that it has there."""
    record = finding("/v/a.mp4", ids=(Id(scheme="local", value="1897891"),))
    (live,), _ = concluded(record, base="http://site.example/a/b.html")
    (archived,), _ = concluded(record, base=SNAPSHOT)
    assert (archived.key, archived.aliases) == (live.key, live.aliases)
    assert archived.locations[0].url == "http://site.example/v/a.mp4"


def test_an_archives_own_files_are_interface(finding, concluded):
    """What an archive puts on every page is no medium of the page."""
    own, toolbar = concluded(finding("/v/a.mp4"), finding("/_static/intro.mp4"), base=SNAPSHOT)[0]
    assert (own.relation, toolbar.relation) == ("unknown", "interface")


def test_an_image_among_videos_suggests_its_video(finding, concluded):
    """In one list, an image named as its siblings' videos are gets their ending as a guess, unless guesses are off."""
    decoded = Decoded(value=[], layers=())

    def at(position, raw, kind):
        place = ListPosition(pointer="", position=position, length=2)
        return finding(raw, kind=kind, list=place, decoded=decoded, path=(position,))

    records = [at(0, "/v/a_17.mp4", "video"), at(1, "/v/a_18.jpg", "image")]
    image = concluded(*records)[0][1]
    assert [(one.url, one.confidence) for one in image.locations][1:] == [
        ("https://site.example/v/a_18.mp4", "guessed")
    ]
    assert len(concluded(*records, guess=False)[0][1].locations) == 1


def test_a_playlist_is_of_a_video(finding, concluded):
    """What is delivered as HLS is a video where nothing says its kind."""
    hls = Reference(raw="/a/master.m3u8", role="media", path=None, delivery="hls")
    assert concluded(finding(hls))[0][0].kind == "video"


def test_a_problem_names_its_source_and_place(finding, concluded, document):
    """What goes wrong with a record is said with the record's span."""
    page = document()
    _, problems = concluded(finding("blob:x"), document=page)
    assert [(one.code, one.source, one.spans) for one in problems] == [("refused-blob", page.id, ((0, 2),))]
