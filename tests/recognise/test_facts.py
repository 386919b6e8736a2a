"""What a record says of its medium, and what only looks as if it did."""

from __future__ import annotations

import pytest

from harvester.recognise.facts import Facts, read_facts


@pytest.mark.parametrize(
    "record",
    [
        {"title": "YouTube video player"},
        {"title": "Video Player"},
        {"title": "Twitter Tweet"},
        {"title": "Audio Download"},
        {"title": "Play in new window"},
        {"text": "Download Today's Podcast"},
        {"text": "Listen to this episode (12:34)"},
        {"text": "Download MP3 (24.5 MB)"},
        {"title": "mp3"},
        {"alt": "Screenshot"},
        {"name": "Video JS"},
        {"label": "Video abspielen"},
        {"title": "Lecteur vidéo"},
        {"title": "Reproductor de vídeo"},
        {"title": "Видеоплеер"},
        {"text": {"start_timer": "Click to Start Timer"}},
        {"text": {"replay": "Watch it again tonight"}},
        {"caption": "Play Harbour News Video"},
        {"name": "Standard"},
        {"title": "clip_1080p.mp4"},
        {"text": "Peel the roots, cut them into thin slices and leave them in cold water for five minutes; " * 2},
    ],
)
def test_what_is_no_title(record: dict) -> None:
    """Labels of players and buttons, names of files and long prose name no medium."""
    assert read_facts(record).title is None


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ({"title": "A film"}, "A film"),
        ({"title": "Play Episode 12"}, "Play Episode 12"),
        ({"element": "button", "title": "Replay A film", "data-asset-title": "A film"}, "A film"),
        ({"element": "button", "title": "A film", "data-label": "Another"}, "A film"),
        ({"title": "Video: How bridges are built"}, "Video: How bridges are built"),
        ({"title": {"de-DE": "Wie Brücken entstehen"}}, "Wie Brücken entstehen"),
        ({"headlines": {"basic": "How bridges are built"}}, "How bridges are built"),
        ({"caption": "A bridge at night", "title": "How bridges are built"}, "How bridges are built"),
        ({"title": "Play Harbour News Video"}, "Play Harbour News Video"),
        ({"title": "<b>How bridges are built</b> <a href='/b'>View post</a>"}, "How bridges are built"),
        ({"title": "<a href='/b'>How bridges are built</a>"}, "How bridges are built"),
        ({"text": "Trailer", "entry-caption": "How bridges are built"}, "How bridges are built"),
        ({"text": "The bridge", "entry-caption": "How bridges are built"}, "The bridge"),
        ({"caption": "Watch how the video is made"}, "Watch how the video is made"),
        ({"title": "bridges final cut.mov", "headline": "How bridges are built"}, "How bridges are built"),
        ({"title": "bridges final cut.mov"}, "bridges final cut.mov"),
        ({"@type": "VideoObject", "headline": "The article", "name": "The film"}, "The film"),
        ({"assetTitle": "bridges"}, "bridges"),
        ({"text": "How bridges are built (MP3 format)"}, "How bridges are built"),
        ({"text": "How bridges are built [video, 12.5 MB]"}, "How bridges are built"),
        ({"title": "How bridges are built (Video)"}, "How bridges are built (Video)"),
        ({"text": "How bridges are built (again)"}, "How bridges are built (again)"),
        ({"name": "bridges.mp4", "alternativeText": "How bridges are built"}, "How bridges are built"),
    ],
)
def test_what_is_the_title(record: dict, title: str) -> None:
    """A title's own names come before captions, labels and names of files, which count where nothing else stands."""
    assert read_facts(record).title == title


def test_a_better_title_replaces_a_weak_one() -> None:
    """What a record calls a caption gives way to the title in an object that describes it."""
    facts = read_facts({"caption": "A bridge at night"})
    facts.fill(read_facts({"title": "How bridges are built", "duration": 46}), ("content",))
    assert (facts.title, facts.reads["title"], facts.duration_s) == (
        "How bridges are built",
        ("content", "title"),
        46.0,
    )


def test_a_title_stays_where_the_other_is_weak() -> None:
    """A caption replaces nothing."""
    facts = read_facts({"title": "How bridges are built"})
    facts.fill(read_facts({"caption": "A bridge at night"}), ("content",))
    assert (facts.title, facts.weak_title) == ("How bridges are built", False)
    empty = Facts()
    empty.fill(read_facts({"caption": "A bridge at night"}))
    assert (empty.title, empty.weak_title) == ("A bridge at night", True)


@pytest.mark.parametrize("record", [{"provider": "jwplayer"}, {"author": "YouTube"}, {"source": "syndicated"}])
def test_a_player_creates_nothing(record: dict) -> None:
    """A player's name and a machine's word for a source are no creators."""
    assert read_facts(record).creators == ()


def test_who_creates() -> None:
    """Persons and agencies are."""
    assert read_facts({"source": "Reuters"}).creators == ("Reuters",)
    assert read_facts({"authorName": "Ann Example"}).creators == ("Ann Example",)


def test_a_live_stream_may_be_long() -> None:
    """Thousands of seconds are a stream's length in seconds, anything else's in milliseconds."""
    assert read_facts({"duration": 14_400, "liveStatus": "ended"}).duration_s == 14_400.0
    assert read_facts({"duration": 14_400}).duration_s == 14.4


def test_a_time_that_is_named_after_its_zone() -> None:
    """`date_gmt` says that the time it gives is UTC."""
    assert read_facts({"date_gmt": "2018-10-30T15:13:22", "date": "2018-10-30T10:13:22"}).published == (
        "2018-10-30T15:13:22Z"
    )


def test_prose_under_text_describes() -> None:
    """A long text that is no title is the description."""
    facts = read_facts({"name": "Step one", "text": "Peel the roots and cut them into thin slices. " * 4})
    assert facts.title == "Step one"
    assert facts.description is not None


def test_a_bare_container_id_is_none() -> None:
    """An id made of the medium's is a box's, and JSON in Base64 is a place in a server's graph."""
    assert [one.value for one in read_facts({"videoId": "848726", "id": "848726_3700095"}).ids] == ["848726"]
    assert read_facts({"id": "WyJtb2R1bGVzIiwxNDgyNTA5XQ=="}).ids == ()


def test_an_elements_id_that_its_files_have() -> None:
    """An element's id is its medium's where the URLs in its attributes have it too."""
    element = {"element": "x-media", "id": "6729d3ede87b2469", "data-files": [{"src": "/v/6729d3ede87b2469/a.mp4"}]}
    assert [one.value for one in read_facts(element).ids] == ["6729d3ede87b2469"]
    assert read_facts({**element, "id": "player-1234"}).ids == ()


def test_any_key_may_name_the_owner() -> None:
    """A key that ends as keys of owners do and holds nothing but a player's name says whose the id is."""
    one, *_ = read_facts({"videoId": "6163576772001", "clipOrigin": "brightcove"}).ids
    assert (one.scheme, one.value) == ("brightcove", "6163576772001")
    (other,) = read_facts({"videoId": "6163576772001", "clipOrigin": "made by brightcove fans"}).ids
    assert other.scheme == "local"


@pytest.mark.parametrize("key", ["id_video", "idMedia", "videoContentId", "mediaGuid"])
def test_words_of_an_id_in_any_order(key: str) -> None:
    """The words that make a name one of media ids stand in either order."""
    assert read_facts({key: "20241015123452615"}).media_ids == frozenset(("20241015123452615",))
