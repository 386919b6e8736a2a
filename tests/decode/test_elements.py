"""Elements as records."""

import pytest

from harvester.decode.elements import decode_element
from harvester.decode.markup import read_markup
from harvester.model import Excerpt, Limits

LIMITS = Limits()


def decoded(text):
    (value,) = decode_element(Excerpt(form="media-element", text=text, spans=((0, len(text)),)), LIMITS).values
    return value


def test_attributes_and_children_are_members():
    """Attributes stand by name, media children in lists, and text where an element has it."""
    record = decoded(
        b'<video src=a.mp4 title="A &amp; B"><source src=b.webm><track src=c.vtt kind=captions></video>'
    ).value
    assert record["element"] == "video"
    assert record["title"] == "A & B"
    assert [one["src"] for one in record["sources"]] == ["b.webm"]
    assert record["tracks"][0]["kind"] == "captions"
    assert decoded(b"<a href=a.mp3><b>Sunday</b>\n sermon</a>").value["text"] == "Sunday sermon"


@pytest.mark.parametrize(
    "attribute",
    [
        b"""data-a='{"mp4":"/v/a.mp4"}'""",
        b"""data-a="{&quot;mp4&quot;:&quot;/v/a.mp4&quot;}\"""",
        b'data-a="%7B%22mp4%22%3A%22%2Fv%2Fa.mp4%22%7D"',
        b'data-a="{mp4:&#39;/v/a.mp4&#39;}"',
        b'data-a="eyJtcDQiOiIvdi9hLm1wNCJ9"',
    ],
)
def test_data_in_an_attribute_is_decoded_with_its_place(attribute):
    """JSON in any wrapping is a value; its span is the data inside of the attribute, or the attribute's value."""
    text = b"<div " + attribute + b"></div>"
    value = decoded(text)
    assert value.value["data-a"] == {"mp4": "/v/a.mp4"}
    ((start, end),) = value.places.spans([("data-a",)]).values()
    assert text[start - 1 : end + 1] in attribute


def test_the_element_itself_is_the_place_of_its_record():
    """The record's span is the whole element, an attribute's its value."""
    text = b'<video src="a.mp4"></video>'
    spans = decoded(text).places.spans([(), ("src",)])
    assert text[slice(*spans[()])] == text
    assert text[slice(*spans[("src",)])] == b"a.mp4"


def test_a_player_and_what_is_round_it_are_one_record():
    """What an element says of its medium comes before what the player in it says, and the player is what it is."""
    wrapper = b'<div data-video-id="77123" title="Dew" data-duration="65">'
    text = wrapper + b'<video title="x" poster="a.jpg"><source src="a.mp4"></video>'
    spans = ((0, len(wrapper)), (len(wrapper) + 9, len(text) + 9))
    hints = {"player": str(len(wrapper))}
    (value,) = decode_element(Excerpt(form="data-attribute", text=text, spans=spans, hints=hints), LIMITS).values
    assert value.value == {
        "element": "video",
        "data-video-id": "77123",
        "title": "Dew",
        "data-duration": "65",
        "poster": "a.jpg",
        "sources": [{"element": "source", "src": "a.mp4"}],
    }
    assert [text[slice(*span)] for span in value.places.spans([("title",), ("poster",)]).values()] == [b"Dew", b"a.jpg"]


def test_markup_in_a_string_gives_its_media():
    """Media elements in a text of markup are records; a text without them gives none."""
    assert [one["src"] for one in read_markup("<p>x</p><video src='a.mp4'></video><iframe src=b>", LIMITS)] == [
        "a.mp4",
        "b",
    ]
    assert read_markup("<p>nothing</p>", LIMITS) is None


def test_what_is_no_element_gives_nothing():
    """A text that begins with no tag is not read."""
    assert decode_element(Excerpt(form="embed", text=b"x", spans=((0, 1),)), LIMITS).values == ()


def test_a_link_to_a_picture_shows_the_still_of_what_it_plays():
    """Where a link leads to a picture, that is the poster of the medium in another attribute."""
    value = decoded(b'<a href="/p/a.jpg?x=1" data-video="/v/a.mp4"></a>')
    assert value.value["poster"] == "/p/a.jpg?x=1"
    assert value.places.spans([("poster",)])[("poster",)] == (9, 21)
    assert "poster" not in decoded(b'<a href="/v/a.mp4"></a>').value


@pytest.mark.parametrize("image", [b'src="/p/a.svg"', b'src="/p/Press_Logo.png"', b'src="/p/a.png" alt="Our logo"'])
def test_a_logo_is_no_picture_of_a_medium(image):
    """A picture that shows whose a link is says nothing of what it leads to."""
    assert "img" not in decoded(b'<a href="https://tube.example/watch?v=1"><img ' + image + b"></a>").value


def test_a_quoted_post_is_called_by_its_own_text():
    """Of a post the first paragraph is what it says; who shared it is not."""
    assert (
        decoded(b"<blockquote><a>@a</a><p>Soup &amp; bread</p>&mdash; Ann</blockquote>").value["text"] == "Soup & bread"
    )
    assert "text" not in decoded(b"<blockquote><p>A post shared by Ann</p></blockquote>").value


def test_the_name_for_saving_a_links_file_is_no_address():
    """A link's file may be saved under a name that its site chose; of other elements the attribute may be a URL."""
    link = decoded(b"<a href=/f/8d7 download='Foxes at dusk.mp3'>Save</a>").value
    assert (link["filename"], "download" in link) == ("Foxes at dusk.mp3", False)
    assert decoded(b"<audio-player download=a.mp3></audio-player>").value["download"] == "a.mp3"
