"""Players that pages show in unusual places."""

import pytest

from harvester import extract

PLAYER = "https://www.youtube.com/embed/HdGxWS8v60g"


@pytest.mark.parametrize(
    "page",
    [
        f'<iframe src="https://web.archive.org/web/20220721150811if_/{PLAYER}"></iframe>',
        f"<a href=\"#\" onclick=\"popUp('a','{PLAYER}?autoplay=1&amp;rel=0','Heron')\">x</a>",
        f'<div itemscope itemtype="https://schema.org/VideoObject"><iframe src="{PLAYER}"></iframe></div>',
    ],
)
def test_the_id_is_found(page):
    """A platform's id is read behind an archive's prefix, in an event handler and in a medium's scope."""
    (item,) = extract(page.encode(), url="https://a.example/b")
    assert [(one.scheme, one.value) for one in item.ids] == [("youtube", "HdGxWS8v60g")]


def test_a_handler_is_no_path():
    """A call with a file's URL is not taken for a path of the page."""
    page = b"<a href='#' onclick=\"return play('77','https://b.example/x/heron.mp3');\">Play</a>"
    (item,) = extract(page, url="https://a.example/b")
    assert [one.url for one in item.locations] == ["https://b.example/x/heron.mp3"]


def test_a_still_shows_its_video():
    """The address of a still tells the id of a video that a page shows in no other form, and its text the title."""
    page = b'<a href="/films/7"><img src="https://img.youtube.com/vi/HdGxWS8v60g/1.jpg" alt="A heron, fishing"></a>'
    (item,) = extract(page, url="https://a.example/b")
    assert [(one.scheme, one.value) for one in item.ids] == [("youtube", "HdGxWS8v60g")]
    assert item.title == "A heron, fishing"
    assert ("poster", "https://img.youtube.com/vi/HdGxWS8v60g/1.jpg") in [(one.role, one.url) for one in item.locations]


def test_a_still_beside_its_player_makes_no_item_of_its_own():
    """A still of a video that the page shows in another form is not listed once more, and does not name it."""
    still = '<img src="https://i.ytimg.com/vi/HdGxWS8v60g/hqdefault.jpg" alt="Play">'
    (item,) = extract(f"{still}<iframe src='{PLAYER}' title='A heron'></iframe>".encode(), url="https://a.example/b")
    assert item.title == "A heron"
