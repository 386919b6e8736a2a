"""From what a record says to URLs, with role and confidence."""

from __future__ import annotations

import pytest

from harvester import extract
from harvester.model import Basis, Decoded, Location, Reference
from harvester.resolve.locations import Bases, is_toolbar, locations_of, unique
from harvester.resolve.profiles import Ladder

SITE = Bases(base="https://site.example/a/b.html", page="https://site.example/a/b.html")
SNAPSHOT = "https://web.archive.org/web/20161215204820/http://site.example/a/b.html"


def _urls(finding, bases=SITE, guess=True):
    found, _ = locations_of(finding, bases, Ladder(), guess=guess)
    return [(one.url, one.confidence) for one in found]


@pytest.mark.parametrize(
    ("raw", "url", "confidence"),
    [
        ("https://cdn.example/v/a.mp4", "https://cdn.example/v/a.mp4", "declared"),
        ("/v/a.mp4", "https://site.example/v/a.mp4", "inferred"),
        ("a.mp4", "https://site.example/a/a.mp4", "inferred"),
        ("//cdn.example/a.mp4", "https://cdn.example/a.mp4", "inferred"),
        ("https://cdn.example/a.jpg?q=80&amp;w=8", "https://cdn.example/a.jpg?q=80&w=8", "declared"),
        ("https://cdn.example/&#97;&#x62;.mp4", "https://cdn.example/ab.mp4", "declared"),
        ("https://cdn.example/a.mp4?a=1&copy=2&lt", "https://cdn.example/a.mp4?a=1&copy=2&lt", "declared"),
        ("https://cdn.example/{width}/a.jpg", "https://cdn.example/1280/a.jpg", "inferred"),
    ],
)
def test_a_path_becomes_the_url_that_a_browser_would_ask_for(finding, raw, url, confidence):
    """Paths go against the base, character references are undone, placeholders filled; the raw text stays."""
    found, problems = locations_of(finding(raw), SITE, Ladder(), guess=True)
    assert [(one.raw, one.url, one.confidence) for one in found] == [(raw, url, confidence)]
    assert problems == []


def test_a_template_stays_beside_its_filled_form(finding):
    """The URL as it stands, with its placeholders, is kept as the template."""
    found, _ = locations_of(finding("https://cdn.example/{w}x{h}.jpg"), SITE, Ladder(), guess=True)
    assert (found[0].template, found[0].url) == ("https://cdn.example/{w}x{h}.jpg", "https://cdn.example/1280x720.jpg")


def test_without_a_base_a_path_stays_listed(finding):
    """A path that nothing resolves has no URL and is a guess."""
    assert _urls(finding("/v/a.mp4"), Bases(base=None, page=None)) == [(None, "guessed")]


@pytest.mark.parametrize(("raw", "kept"), [("blob:https://a.example/1", 0), ("https://u:p@a.example/a.mp4", 1)])
def test_what_is_refused_is_a_problem(finding, raw, kept):
    """What no server delivers is said as a problem; it stays listed where it still names a medium."""
    found, problems = locations_of(finding(raw), SITE, Ladder(), guess=True)
    assert len(found) == kept
    assert problems[0].code.startswith("refused-")


@pytest.mark.parametrize(
    "decoded",
    [
        Decoded(value={}, layers=(), complete=False),
        Decoded(value={}, layers=(), repairs=("closed-string",)),
    ],
)
def test_a_damaged_record_declares_nothing(finding, decoded):
    """Of a record that was cut or mended a full URL is inferred at most."""
    assert _urls(finding("https://cdn.example/a.mp4", decoded=decoded)) == [("https://cdn.example/a.mp4", "inferred")]


def test_notes_on_what_was_left_out_take_nothing_from_the_rest(finding):
    """A record that was read past code that is no data declares what it says."""
    decoded = Decoded(value={}, layers=(), repairs=("skipped-code",))
    assert _urls(finding("https://cdn.example/a.mp4", decoded=decoded))[0][1] == "declared"


def test_a_packed_playlist_suggests_its_file(finding):
    """A playlist named behind a file's name gives the file too, as a guess that can be left out."""
    record = finding("https://cdn.example/v/a.mp4/playlist.m3u8")
    assert _urls(record)[1] == ("https://cdn.example/v/a.mp4", "guessed")
    assert len(_urls(record, guess=False)) == 1


@pytest.mark.parametrize(
    ("raw", "url", "memento"),
    [
        ("/v/a.mp4", "http://site.example/v/a.mp4", None),
        ("../c.mp4", "http://site.example/c.mp4", None),
        (
            "/web/20161215204820im_/http://cdn.example/a.mp4",
            "http://cdn.example/a.mp4",
            "https://web.archive.org/web/20161215204820im_/http://cdn.example/a.mp4",
        ),
        ("/_static/a.mp4", "https://web.archive.org/_static/a.mp4", None),
    ],
)
def test_in_an_archived_page_paths_are_the_originals(finding, raw, url, memento):
    """What the archive rewrote leads to its original and memento, its own files to itself, all else to the site."""
    bases = Bases(base=SNAPSHOT, page=SNAPSHOT).original()
    found, _ = locations_of(finding(raw), bases, Ladder(), guess=True)
    assert [(one.url, one.archived) for one in found] == [(url, memento)]


def test_bases_of_a_live_page_stay():
    """A page that no archive has rewritten keeps its bases."""
    assert SITE.original() is SITE


@pytest.mark.parametrize(
    ("raw", "is_archives"),
    [
        ("/_static/js/a.js", True),
        ("https://web.archive.org/_static/images/a.png", True),
        ("https://site.example/_static/a.png", False),
        ("/static/a.png", False),
    ],
)
def test_an_archives_own_files_are_told_by_their_folder(raw, is_archives):
    """Only the archive's folder, on its host or without one, holds its interface."""
    assert is_toolbar(raw) is is_archives


def test_a_name_says_what_the_record_does_not(finding):
    """Size and rate come from the file's name where the record has none."""
    record = finding(
        "https://a.example/clip_1280x720_25fps.mp4", Reference(raw="/b_720p.mp4", role="media", path=None, height=360)
    )
    found, _ = locations_of(record, SITE, Ladder(), guess=True)
    assert (found[0].width, found[0].height, found[0].frame_rate) == (1280, 720, 25)
    assert found[1].height == 360


def test_of_one_url_the_most_confident_stays():
    """One URL in one role is one location, at the place of the first and as sure as the surest."""

    def one(confidence, role="media"):
        basis = Basis(rule=confidence)
        return Location(
            raw="a", url="https://a.example/a", role=role, delivery="file", basis=basis, confidence=confidence
        )

    found = unique([one("guessed"), one("inferred", "page"), one("declared")])
    assert [(place.role, place.confidence) for place in found] == [("media", "declared"), ("page", "inferred")]


def test_a_path_that_begins_like_a_host_is_read_both_ways():
    """Where a scheme may have been left out, both readings are listed, and both are guesses."""
    page = b"<p>see cdn.host.com/a/talk.mp3 there</p>"
    (item,) = extract(page, url="https://site.example/p/")
    assert [(one.url, one.confidence) for one in item.locations] == [
        ("https://cdn.host.com/a/talk.mp3", "guessed"),
        ("https://site.example/p/cdn.host.com/a/talk.mp3", "guessed"),
    ]
