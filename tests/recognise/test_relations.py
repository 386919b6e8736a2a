"""What a medium is to its page."""

from __future__ import annotations

import pytest

from harvester import extract
from harvester.recognise.relations import relation_by_file, relation_by_names, words_of


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/assets/sounds/alarm.mp3", "interface"),
        ("https://a.example/wp-content/plugins/steps/audio/ready.mp3", "interface"),
        ("https://a.example/wp-content/uploads/2024/ready.mp3", "unknown"),
        ("https://a.example/wp-content/themes/sea/waves.mp4", "unknown"),
        ("https://site.example/a/beep-01.wav?v=2", "interface"),
        ("/ads/preroll_30s.mp4", "advertising"),
        ("/v/hover/preview.mp4", "preview"),
        ("/v/alarming-news.mp4", "unknown"),
        ("/v/talk.mp3", "unknown"),
    ],
)
def test_files_tell_what_they_are_for(raw, expected):
    """A file's name tells sounds of the interface, advertising and previews from media of the page."""
    assert relation_by_file(raw) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["state", "relatedVideos", "items"], "related"),
        (["page", "preRoll", "sources"], "advertising"),
        (["page", "mainVideo"], "main"),
        (["timer", "sound_file"], "interface"),
        (["bumperURL"], "interface"),
        (["hover", "clip"], "preview"),
        (["props", "download"], "unknown"),
        (['page({"slots":["ad1","ad2"]})', "children"], "unknown"),
        (['relatedClips({"first":3})', "edges"], "related"),
    ],
)
def test_keys_tell_what_a_record_is(names, expected):
    """The keys that lead to a record tell what it is to its page, word by word and not letter by letter."""
    assert relation_by_names(names) == expected


def test_names_are_split_into_words():
    """Camel case and separators part words; neighbours are also read together."""
    assert words_of(["preRollAds"]) == {"pre", "roll", "ads", "preroll", "rollads"}


@pytest.mark.parametrize(
    ("names", "alone", "expected"),
    [
        (["areas", "main", "children", "items", "model"], True, "unknown"),
        (["page", "hero", "clip"], True, "main"),
        (["body", "leadMedia"], False, "unknown"),
    ],
)
def test_words_for_the_main_one_count_near_a_lone_record(names, alone, expected):
    """A page's `main` column holds all that it shows, and of several none is the lead."""
    assert relation_by_names(names, alone=alone) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<video autoplay muted loop src="https://a.test/f.mp4"></video>', ["preview"]),
        ('<video autoplay muted loop><source src="https://a.test/f.mp4"></video>', ["preview"]),
        ('<video autoplay muted loop controls src="https://a.test/f.mp4"></video>', ["unknown"]),
        ('<script>x = {"soundUrl": "https://a.test/f.mp3"}</script>', ["interface"]),
        ('<script>x = {"soundUrl": "https://a.test/f.mp3", "title": "A long talk"}</script>', ["unknown"]),
        ('<script>x = {"trailer": {"url": "https://a.test/f.mp4", "duration": 90}}</script>', ["unknown"]),
        ('<script>x = {"trailer": {"url": "https://a.test/f.mp4"}}</script>', ["preview"]),
        ('<embed src="/p.swf" flashvars="playerID=1&soundFile=https://a.test/f.mp3">', ["unknown"]),
        (('<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="name" content="A clip">'
         '<meta itemprop="contentUrl" content="https://a.test/f.mp4"></div>'), ["main"]),
        (('<script type="application/ld+json">{"@type": "Article", "video": [{"@type": "VideoObject", "name": "First",'
         ' "contentUrl": "https://a.test/1/f.mp4"}, {"@type": "VideoObject", "name": "Second",'
         ' "contentUrl": "https://a.test/2/g.mp4"}]}</script>'), ["main", "main"]),
        (('<script type="application/ld+json">[{"@type": "Article"}, {"@type": "VideoObject", "name": "First",'
         ' "contentUrl": "https://a.test/1/f.mp4"}, {"@type": "WebPage"}]</script>'), ["main"]),
        (('<script type="application/ld+json">{"itemListElement": [{"@type": "VideoObject", "name": "First",'
         ' "contentUrl": "https://a.test/1/f.mp4"}, {"@type": "VideoObject", "name": "Second",'
         ' "contentUrl": "https://a.test/2/g.mp4"}]}</script>'), ["related", "related"]),
        (('<script>x = {"clips": [{"title": "One of them", "url": "https://a.test/1/f.mp4"},'
         ' {"title": "Two of them", "url": "https://a.test/2/g.mp4"}]}</script>'), ["related", "related"]),
    ],
)  # fmt: skip
def test_forms_and_lists_tell_what_a_medium_is(page, expected):
    """What a page declares of itself is its own; a list of media is of others; silent loops decorate."""
    assert [item.relation for item in extract(page.encode(), url="https://a.test/")] == expected


def test_one_entry_of_a_list_of_texts_is_not_related():
    """A film among paragraphs belongs to the text."""
    film = '{"title": "A clip", "url": "https://a.test/f.mp4"}'
    page = f'<script>x = {{"body": [{{"text": "a"}}, {film}, {{"text": "b"}}]}}</script>'
    assert [item.relation for item in extract(page.encode(), url="https://a.test/")] == ["unknown"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/player/plusErrorMsg.flv", "interface"),
        ("/v/video-unavailable.mp4", "interface"),
        ("/v/comedy-of-errors.mp4", "unknown"),
        ("/img/black.mp4", "interface"),
        ("/img/loading.mp4", "interface"),
        ("/v/black-forest.mp4", "unknown"),
    ],
)
def test_empty_films_are_of_the_interface(raw, expected):
    """Films by which a page tries whether it may play, or which show that it loads, are none of its media."""
    assert relation_by_file(raw) == expected


@pytest.mark.parametrize(
    "name", ["HEADER", "LOADER_DATA", "UPLOADED", "BUILD", "GUIDE", "__PRELOADED_STATE__", "__NEXT_DATA__"]
)
def test_capitals_are_no_initials(name):
    """A word in capitals is not split into letters that make other words, and a framework's own name says nothing."""
    assert relation_by_names([name]) == "unknown"


@pytest.mark.parametrize("name", ["AD_TAG", "preRollAds", "adTag", "videoAd", "VAST"])
def test_advertising_is_told_however_it_is_written(name):
    """Words for advertising count in capitals and in compounds."""
    assert relation_by_names([name]) == "advertising"


def test_a_players_playlist_relates_only_what_is_one_of_several():
    """The only entry of a player's playlist may be the page's own medium."""
    assert relation_by_names(["setup", "playlist"], alone=True) == "unknown"
    assert relation_by_names(["setup", "playlist"], alone=False) == "related"


@pytest.mark.parametrize(
    ("classes", "expected"),
    [("hero bg-video", "preview"), ("w-background-video", "preview"), ("has-background video", "main")],
)
def test_a_video_in_the_background_is_no_medium_of_the_page(classes, expected):
    """What a class calls a background moves behind the page's text, and doesn't go by the page's title."""
    page = f"<title>Foxes at dusk</title><div class='{classes}' data-src='/v/a.mp4'></div>"
    (item,) = extract(page.encode(), url="https://site.example/a")
    assert (item.relation, item.title) == (expected, "Foxes at dusk" if expected == "main" else None)
