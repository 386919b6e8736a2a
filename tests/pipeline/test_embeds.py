"""Players that pages show in unusual places."""

from base64 import b64encode
from urllib.parse import quote

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


_FILE, _STILL = "https://c.example/heron.mp4", "https://c.example/h.jpg"
_SAID = f"image={_STILL}&title=A+heron&duration=95"
_PACKED, _PACKED_PLAYER = (
    b64encode(one.encode()).decode() for one in (_FILE, f"https://b.example/p.html?videoUrl={_FILE}&{_SAID}")
)


@pytest.mark.parametrize(
    "address",
    [
        f"https://b.example/p.html?file={quote(_FILE, safe='')}&amp;{_SAID}",
        f"https://b.example/p.html?u={_PACKED}&amp;{_SAID}",
        f"https://b.example/x.html?url={_PACKED_PLAYER}",
        f"/p/#source={_FILE}&amp;{_SAID}",
    ],
    ids=["query", "base64", "player in a player", "fragment"],
)
def test_a_players_address_tells_what_it_plays(address):
    """What a frame's address says of a file is read, however it is encoded; the player's page is not the file."""
    (item,) = extract(f'<iframe src="{address}" title="Player"></iframe>'.encode(), url="https://a.example/b")
    assert (item.title, item.duration_s) == ("A heron", 95)
    assert {one.role: one.url for one in item.locations} == {"media": _FILE, "poster": _STILL}


def test_a_frame_whose_address_names_a_videos_id_is_a_player():
    """The id of a medium in a frame's query or fragment tells that it is a player, whatever it is called."""
    page = '<iframe src="//b.example/t3n/#volume=0&amp;videoId=h3r0n-{}"></iframe>'
    found = extract((page.format(1) + page.format(2)).encode(), url="https://a.example/b")
    assert [[one.value for one in item.ids] for item in found] == [["h3r0n-1"], ["h3r0n-2"]]


def test_a_file_behind_a_script_is_listed_once():
    """Of a link to a script that fetches a file, the file is listed, under what the link says."""
    page = b'<a href="/get.php?id=5&amp;url=https://c.example/x/heron.mp3">The heron speaks</a>'
    (item,) = extract(page, url="https://a.example/b")
    assert (item.title, [one.url for one in item.locations]) == ("The heron speaks", ["https://c.example/x/heron.mp3"])


@pytest.mark.parametrize("name", ["span", "button", "em"])
def test_the_text_of_what_bears_a_file_is_its_title(name):
    """A file in an attribute of a part of the text is called what that part says, if it says more than `Play`."""
    page = f"<p>He said <{name} data-url='/x/heron.mp3'>I fish &amp; wait</{name}> and went.</p>"
    (item,) = extract(page.encode(), url="https://a.example/b")
    assert item.title == "I fish & wait"
    (item,) = extract(page.replace("I fish &amp; wait", "Play").encode(), url="https://a.example/b")
    assert item.title is None


@pytest.mark.parametrize("names", ['id="wistia_h3r0nh3r0n"', 'class="wistia_embed wistia_async_h3r0nh3r0n"'])
def test_the_element_round_an_item_names_its_medium(names):
    """Of a player's element that holds nothing but a described medium, the id is that medium's."""
    page = f"""<div {names}><div itemscope itemtype="https://schema.org/VideoObject">
        <meta itemprop="name" content="A heron"/><meta itemprop="contentURL" content="https://b.example/x/77"/></div></div>"""
    (item,) = extract(page.encode(), url="https://a.example/b")
    assert (item.title, [(one.scheme, one.value) for one in item.ids]) == ("A heron", [("wistia", "h3r0nh3r0n")])


def test_hidden_fields_side_by_side_are_a_record():
    """A page without scripts keeps what its player needs in hidden fields, a member in each."""
    fields = {"media_id": "37609208", "file_name": "/v/a.mp4", "media_title": "Monuments", "file_duration": "137"}
    inputs = " ".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    page = f'<input type="hidden" name="token" value="1"><p></p>{inputs}<p></p><input name="q" value="2">'
    (item,) = extract(page.encode(), url="https://a.example/b")
    assert (item.title, item.duration_s) == ("Monuments", 137)
    assert [one.value for one in item.ids] == ["37609208"]
    assert "token" not in item.sightings[0].fields


def test_data_in_any_attribute_of_a_player_describe_its_medium():
    """Whatever the attribute is called, a video element's data are about what it plays."""
    page = b"""<video src="/v/a.mp4" data-plyr-config='{"title": "A heron, fishing", "duration": "0:42"}'></video>"""
    (item,) = extract(page, url="https://a.example/b")
    assert (item.title, item.duration_s) == ("A heron, fishing", 42)
