"""What a page declares without a file, and the player that shows it."""

import pytest

from harvester import extract

DECLARED = (
    '<script type="application/ld+json">{"@type":"VideoObject","name":"Herons at dawn","duration":"PT3M",'
    '"thumbnailUrl":"https://a.example/t.jpg"}</script>'
)
PLAYER = '<iframe src="https://www.youtube.com/embed/HdGxWS8v60g"></iframe>'


def test_a_lone_player_shows_what_is_declared():
    """The only declared medium without a file and the only player without a title are one."""
    (item,) = extract((DECLARED + PLAYER).encode(), url="https://a.example/")
    assert (item.key, item.title, item.duration_s) == ("youtube:HdGxWS8v60g", "Herons at dawn", 180)
    assert [sighting.form for sighting in item.sightings] == ["json-ld", "embed"]


def test_what_stands_beside_a_player_is_no_other_title():
    """A heading over the player that speaks of what is declared keeps them together, and the declared title stays."""
    page = DECLARED + f"<div><h3>Watch the herons</h3>{PLAYER}</div>"
    (item,) = extract(page.encode(), url="https://a.example/")
    assert item.title == "Herons at dawn"


@pytest.mark.parametrize(
    "page",
    [
        DECLARED + PLAYER + PLAYER.replace("HdG", "XyZ"),
        DECLARED + DECLARED.replace("Herons", "Storks") + PLAYER,
        DECLARED + PLAYER.replace("<iframe", '<iframe title="Another film altogether"'),
        DECLARED + f"<aside><h3>Traffic on the bridge</h3>{PLAYER}</aside>",
        DECLARED.replace('"duration"', '"contentUrl":"https://a.example/v.mp4","duration"') + PLAYER,
    ],
)
def test_otherwise_nothing_is_joined(page):
    """Where there are several, or where each says which medium it is, they stay apart."""
    items = extract(page.encode(), url="https://a.example/")
    assert not any({"json-ld", "embed"} <= {sighting.form for sighting in item.sightings} for item in items)


HEAD = (
    '<meta property="og:video" content="https://a.example/play/7"><meta property="og:video:type" content="text/html">'
)
WITH_PAGE = DECLARED.replace('"duration"', '"embedUrl":"https://a.example/embed/7","duration"')
FILE = '<video src="https://b.example/77.mp4"></video>'


def test_what_the_head_names_is_the_only_declared_medium():
    """A player page of the same site is that of the only declared medium, however its address is spelt."""
    (item,) = extract((HEAD + WITH_PAGE).encode(), url="https://a.example/")
    assert item.title == "Herons at dawn"
    embeds = {one.url for one in item.locations if one.role == "embed"}
    assert embeds == {"https://a.example/play/7", "https://a.example/embed/7"}


def test_the_only_file_is_that_of_what_is_declared_with_a_page_alone():
    """A declared medium whose player is a page of the site's own is in the only file that nothing describes."""
    (item,) = extract((WITH_PAGE + FILE).encode(), url="https://a.example/")
    assert item.title == "Herons at dawn"
    assert {one.role for one in item.locations} == {"media", "embed", "poster"}


@pytest.mark.parametrize(
    "page",
    [
        HEAD.replace("a.example", "c.example") + WITH_PAGE,
        HEAD + WITH_PAGE + WITH_PAGE.replace("Herons", "Storks").replace("embed/7", "embed/8"),
        WITH_PAGE.replace("https://a.example/embed/7", "https://www.youtube.com/embed/HdGxWS8v60g") + FILE,
    ],
)
def test_another_site_another_medium_or_a_platforms_video_is_not_joined(page):
    """A page of another site, one of two declared media and a file beside a platform's video may be of anything."""
    items = extract(page.encode(), url="https://a.example/")
    assert len(items) == len({item.key for item in items}) > 1


SHOWN = '<video id="v" poster="https://a.example/t-640x360.jpg" src="https://a.example/v.mp4"></video>'
SET_UP = '<script>jwplayer("v").setup({{file: "{file}", image: "https://a.example/{still}"{more}}});</script>'


@pytest.mark.parametrize("more", ["", ', title: "Herons at dawn"'])
def test_two_that_have_one_picture_are_one_medium(more):
    """A player without a title and the one other that has its picture are one; sizes of a picture are one picture."""
    stream = SET_UP.format(file="https://b.example/9f/master.m3u8", still="t-1280x720.jpg", more=more)
    (item,) = extract((SHOWN + stream).encode(), url="https://a.example/")
    assert sorted(one.delivery for one in item.locations if one.role == "media") == ["file", "hls"]


def test_a_player_that_has_an_id_alone_is_joined_by_its_picture():
    """The element has the id, the data have the files, and both have the same still."""
    element = '<div class="player" data-video-id="712345600123"><img src="https://a.example/t-640x360.jpg"></div>'
    data = '{"headline":"Herons at dawn","image":"https://a.example/t-640x360.jpg","streamUrl":"https://b.example/7/a.m3u8"}'
    page = f'{element}<script type="application/json">{{"items":[{data}]}}</script>'
    (item,) = extract(page.encode(), url="https://a.example/")
    assert (item.title, [one.value for one in item.ids]) == ("Herons at dawn", ["712345600123"])


@pytest.mark.parametrize(
    "page",
    [
        SHOWN + SET_UP.format(file="https://b.example/w.mp4", still="t-640x360.jpg", more=""),
        SHOWN + SET_UP.format(file="https://b.example/9f/master.m3u8", still="u-640x360.jpg", more=""),
        SHOWN
        + SET_UP.format(file="https://b.example/9f/master.m3u8", still="t.jpg", more="")
        + SET_UP.format(file="https://b.example/8e/manifest.mpd", still="t.jpg", more=""),
        SHOWN.replace("<video", '<video title="Storks at noon"')
        + SET_UP.format(file="https://b.example/9f/master.m3u8", still="t.jpg", more=', title: "Herons at dawn"'),
    ],
)
def test_a_picture_that_others_have_too_tells_nothing(page):
    """Two files, three players of one picture, two pictures, and two titles, are of several media."""
    assert len(extract(page.encode(), url="https://a.example/")) > 1
