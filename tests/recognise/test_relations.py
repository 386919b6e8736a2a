"""What a medium is to its page."""

from __future__ import annotations

import pytest

from harvester.recognise.relations import relation_by_file, relation_by_names, words_of


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/assets/sounds/alarm.mp3", "interface"),
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
        (["hover", "clip"], "preview"),
        (["props", "download"], "unknown"),
    ],
)
def test_keys_tell_what_a_record_is(names, expected):
    """The keys that lead to a record tell what it is to its page, word by word and not letter by letter."""
    assert relation_by_names(names) == expected


def test_names_are_split_into_words():
    """Camel case and separators part words; neighbours are also read together."""
    assert words_of(["preRollAds"]) == {"pre", "roll", "ads", "preroll", "rollads"}
