"""The variables of Flash players."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.flashvars import read_flashvars, split_movie
from harvester.model import DEFAULT


def test_variables_are_unquoted_once() -> None:
    """Names and values of a query string are read, what is percent-encoded resolved once."""
    text = "file=http%3A%2F%2Fm.example%2Fa%2520b.mp4&amp;image=/a.jpg&title=A+film"
    assert read_flashvars(text, DEFAULT) == {
        "file": "http://m.example/a%20b.mp4",
        "image": "/a.jpg",
        "title": "A film",
    }


def test_a_variable_may_begin_with_a_sign() -> None:
    """`@videoPlayer=…` is a variable as well, also where its sign is percent-encoded."""
    assert read_flashvars("@videoPlayer=2385&amp;playerID=1", DEFAULT) == {"@videoPlayer": "2385", "playerID": "1"}
    assert read_flashvars("%40videoPlayer=2385", DEFAULT) == {"@videoPlayer": "2385"}


def test_data_in_a_variable_is_decoded() -> None:
    """A whole configuration in one variable is read as data."""
    text = "config={'clip':{'url':'http://m.example/a.flv'}}"
    assert read_flashvars(text, DEFAULT) == {"config": {"clip": {"url": "http://m.example/a.flv"}}}


def test_what_is_no_query_has_no_variables() -> None:
    """Words, URLs and more variables than any player has give nothing."""
    assert read_flashvars("hello world", DEFAULT) is None
    assert read_flashvars("", DEFAULT) is None
    assert read_flashvars("&".join(f"a{i}=1" for i in range(500)), DEFAULT) is None


def test_a_movie_is_split_from_its_variables() -> None:
    """Only a .swf with something behind it is split."""
    assert split_movie("/p/player.swf?file=a.mp4&image=b.jpg") == ("/p/player.swf", "file=a.mp4&image=b.jpg")
    assert split_movie("/p/player.swf") is None
    assert split_movie("/p/video.mp4?file=a") is None


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text raises."""
    read_flashvars(text, DEFAULT)
    split_movie(text)
