"""From what a record says to URLs, with role and confidence."""

from __future__ import annotations

import pytest

from harvester import extract
from harvester.model import Basis, Decoded, Location, Reference
from harvester.resolve.alike import unique
from harvester.resolve.locations import Bases, is_toolbar, locations_of
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


def test_a_template_that_begins_like_a_host_is_filled_in_both_readings(finding):
    """Neither reading of a path without a scheme keeps its placeholders."""
    reference = Reference(raw="ic.cdn.com/$recipe/a.jpg", role="poster", path=None)
    found, _ = locations_of(finding(reference), SITE, Ladder(), guess=True)
    assert {one.url for one in found} == {
        "https://ic.cdn.com/1280x720/a.jpg",
        "https://site.example/a/ic.cdn.com/1280x720/a.jpg",
    }
    assert {one.template for one in found} == {reference.raw}


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://cdn.example/__WIDTH__x0/a.jpg", "https://cdn.example/1280x0/a.jpg"),
        ("https://cdn.example/a_${size}.jpg", "https://cdn.example/a_1280x720.jpg"),
        ("https://cdn.example/a.%%format%%", "https://cdn.example/a.jpg"),
        ("https://cdn.example/ic/$recipe/a.jpg", "https://cdn.example/ic/1280x720/a.jpg"),
        ("https://cdn.example/a~_v-%%FORMAT%%.jpg", None),
        ("https://cdn.example/{crop}/a.jpg", None),
    ],
)
def test_a_placeholder_is_filled_or_leaves_a_template(finding, raw, url):
    """What is known to stand for a size or an ending is filled; else no URL is made up, and the template stays."""
    found, _ = locations_of(finding(Reference(raw=raw, role="poster", path=None)), SITE, Ladder(), guess=True)
    assert [(one.url, one.template) for one in found] == [(url, raw)]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("v/2024/a.mp4", False),
        ("/v/2024/a.mp4", False),
        ("a.mp4", False),
        ("p7,v/2024/a.mp4", False),
        ("/w/2024/a.mp4", True),
        ("v/2023/a.mp4", True),
        ("v/2024/b.mp4", True),
    ],
)
def test_a_path_in_which_a_full_url_ends_is_none_of_the_page(finding, raw, kept):
    """A record that gives the whole URL too tells what its path is relative to: not the page."""
    for scheme in ("https:", ""):
        urls = [url for url, _ in _urls(finding(raw, scheme + "//cdn.example/i/v/2024/a.mp4"))]
        assert urls[-1] == "https://cdn.example/i/v/2024/a.mp4"
        assert len(urls) == 1 + kept


def test_spellings_of_one_url_are_one_location(finding):
    """Scheme and cache busters tell no locations apart, and what is said of any of them holds for the one."""
    record = finding(
        "http://cdn.example/a.mp4",
        Reference(raw="https://cdn.example/a.mp4?_=1", role="media", path=None, width=640, media_type="video/mp4"),
        "https://cdn.example/a.mp4?id=2",
    )
    found, _ = locations_of(record, SITE, Ladder(), guess=True)
    assert [(one.url, one.width, one.media_type) for one in found] == [
        ("http://cdn.example/a.mp4", 640, "video/mp4"),
        ("https://cdn.example/a.mp4?id=2", None, None),
    ]


def test_what_is_said_of_a_size_beats_a_name(finding):
    """A size in a file's name gives way to one that the data states, in the same record or another one."""
    name = "https://cdn.example/480x270_a.mp4"
    upright = Reference(raw=name, role="media", path=None, width=270, height=480)
    half = Reference(raw=name, role="media", path=None, height=480)
    for references in ((upright,), (name, upright)):
        found, _ = locations_of(finding(*references), SITE, Ladder(), guess=True)
        assert [(one.width, one.height) for one in found] == [(270, 480)]
    found, _ = locations_of(finding(half), SITE, Ladder(), guess=True)
    assert [(one.width, one.height) for one in found] == [(None, 480)]


def test_two_letters_are_a_language_among_others(finding):
    """At the end of a film's name they are one where its files differ in them, of a caption's always."""
    alone = finding("https://a.example/clip.mn.mp4", "https://a.example/clip.hq.mp4")
    dubbed = finding("https://a.example/clip.de.mp4", "https://a.example/clip.fr.mp4")
    caption = finding(Reference(raw="https://a.example/clip.de.vtt", role="caption", path=None))
    found = [locations_of(one, SITE, Ladder(), guess=True)[0] for one in (alone, dubbed, caption)]
    assert [[one.language for one in each] for each in found] == [[None, None], ["de", "fr"], ["de"]]


@pytest.mark.parametrize(("role", "delivery"), [("poster", "file"), ("caption", "file"), ("media", "unknown")])
def test_what_goes_with_a_medium_is_a_file(finding, role, delivery):
    """Posters and captions are files, whoever names them; a medium's delivery is only known by what says it."""
    found, _ = locations_of(
        finding(Reference(raw="https://a.example/x", role=role, path=None)), SITE, Ladder(), guess=True
    )
    assert found[0].delivery == delivery


def test_refused_urls_are_one_kind_of_problem(finding):
    """What is wrong is said without the URL, so that a page full of them has one problem."""
    _, problems = locations_of(finding("akamai://a/1.mp4", "akamai://b/2.mp4"), SITE, Ladder(), guess=True)
    assert len(problems) == 2
    assert len({one.message for one in problems}) == 1
