"""What the names of keys are evidence of."""

from __future__ import annotations

import pytest

from harvester.recognise.compounds import facts_of
from harvester.recognise.table import Keys, keys_of, normal


@pytest.mark.parametrize(
    ("fact", "keys"),
    [
        ("poster", "imageSmall webp_poster_url croppedPreviewImage thumbnail_640 videoThumbnail posterSrc heroImage"),
        ("poster", "originalImageUrl thumbnailPath images640x480 data-videoposter preview-img largeThumbnail"),
        ("duration", "durationText formattedDurationInMinutes durationISO8601 clip_duration_in_seconds totalRuntime"),
        ("published", "firstPublicationDate uploadedAt releaseDate originally-published-at broadcastedOnDateTime"),
        ("modified", "lastUpdateDate modified_gmt updatedOn"),
        ("title", "assetTitle contentTitle data-videotitle main_headline"),
        ("caption", "subtitleTracks vttFile closedCaptionUrl"),
        ("storyboard", "spriteUrl storyboardVtt thumbnailTrack"),
    ],
)
def test_a_name_made_of_known_words_is_evidence(fact: str, keys: str) -> None:
    """A name that no table lists tells a fact if it says that and where, how large or of what medium, no more."""
    assert {key: Keys({key: "x"}).of(fact) for key in keys.split()} == {key: [key] for key in keys.split()}


@pytest.mark.parametrize(
    "key",
    "authorImage logoImage channelThumbnail siteTitle adDuration imageWidth imageAlt imageCredit pageTitle seriesTitle"
    " publisher coverage thumbsUp imageId contentLength lastPublishedAt postId userAvatarImage".split(),
)
def test_a_name_with_another_word_is_evidence_of_nothing(key: str) -> None:
    """A word that isn't listed makes a name one of something else."""
    assert facts_of(normal(key)) == ()


def test_the_tables_own_names_come_first() -> None:
    """What the table lists is preferred to what is only made of known words."""
    assert Keys({"imageSmall": "s", "poster": "p", "originalImage": "o"}).of("poster") == [
        "poster",
        "imageSmall",
        "originalImage",
    ]


def test_a_vendors_prefix_is_looked_through() -> None:
    """A prefix that most keys of a record share says nothing of each."""
    keys = Keys({"xy_title": "A", "xy_video_id": "8487", "xy_screenshot": "/a.jpg", "xy_files": [], "id": 1})
    assert keys.of("title") == ["xy_title"]
    assert keys.of("poster") == ["xy_screenshot"]
    assert keys.names["videoid"] == "xy_video_id"


def test_an_elements_data_may_have_a_vendors_prefix() -> None:
    """Of an element only the data attributes have to share it."""
    record = {"element": "div", "class": "c", "style": "", "data-xy-title": "A", "data-xy-file": "/a.mp4"}
    assert Keys({**record, "data-xy-still": "/a.jpg", "data-xy-dur": "3"}).of("title") == ["data-xy-title"]


@pytest.mark.parametrize("prefix", ["video", "media", "youtube", "jw"])
def test_a_prefix_that_means_something_stays(prefix: str) -> None:
    """`video_id` is more than an id, and `youtube_id` is somebody's."""
    record = {f"{prefix}_id": "a", f"{prefix}_platform": "b", f"{prefix}_autoplay": "c", f"{prefix}_location": "d"}
    assert "id" not in Keys(record).names


def test_an_empty_value_does_not_take_a_name() -> None:
    """Of keys with one name the first that holds anything counts."""
    assert Keys({"title": "", "_title": "A film"}).names["title"] == "_title"


def test_records_with_the_same_keys_share_what_is_known_of_them() -> None:
    """Unless two of the keys have one name: then the values say which counts."""
    assert keys_of({"title": "A", "poster": "/a.jpg"}) is keys_of({"title": "B", "poster": "/b.jpg"})
    assert keys_of({"title": "", "_title": "A film"}).names["title"] == "_title"
    assert keys_of({"title": "A film", "_title": ""}).names["title"] == "title"
    assert keys_of({f"key{number}": "" for number in range(1000)}).names["key999"] == "key999"
