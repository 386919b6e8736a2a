"""Arguments of calls that start a player."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.calls import decode_call, handled
from harvester.model import DEFAULT, Excerpt


def excerpt(call: str, text: bytes) -> Excerpt:
    """The excerpt of a call's brackets."""
    return Excerpt(form="player-setup", text=text, spans=((0, len(text)),), hints={"call": call})


def test_plain_arguments_get_the_names_of_what_they_are() -> None:
    """A text at the place of the id stands under the id's name, the options' members beside it."""
    text = b"""('player', "xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2", {autoplay: true, title: 'A film'})"""
    (decoded,) = decode_call(excerpt("OO.Player.create", text), DEFAULT).values
    assert decoded.value == {
        "call": "OO.Player.create",
        "embedCode": "xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2",
        "autoplay": True,
        "title": "A film",
    }
    spans = decoded.places.spans([("embedCode",), ("title",)])
    assert text[slice(*spans[("embedCode",)])] == b'"xkeHBqMjE6O_gAXwXYqQ9ZaLcf0pT1s2"'
    assert text[slice(*spans[("title",)])] == b"'A film'"


def test_code_among_the_arguments_is_passed_over() -> None:
    """An element that is looked up, and functions in the options, stand in nobody's way."""
    text = b"(document.getElementById('p'), {video: 'x7tgad0', events: {ready: function(e){ go(1, 2); }}})"
    (decoded,) = decode_call(excerpt("DM.player", text), DEFAULT).values
    assert decoded.value == {"call": "DM.player", "video": "x7tgad0", "events": {"ready": None}}


def test_arguments_without_any_text_give_nothing() -> None:
    """A call with variables only says nothing."""
    assert decode_call(excerpt("Wistia.embed", b"(id, options)"), DEFAULT).values == ()


@given(st.binary(max_size=200), st.sampled_from(["OO.Player.create", "_wq.push", "other"]))
def test_any_bytes_can_be_read(body: bytes, call: str) -> None:
    """Nothing in the brackets raises."""
    for decoded in decode_call(excerpt(call, b"(" + body + b")"), DEFAULT).values:
        assert isinstance(decoded.value, dict)
        decoded.places.spans([(key,) for key in decoded.value])


def test_a_handler_gives_its_literals():
    """Of an event handler the texts, lists and objects are read that it calls something with."""
    code = b"return play('p1', \"https://a.example/b.mp4\", {'title': 'Heron', id: 7}); stop()"
    assert handled(code, DEFAULT) == ["p1", "https://a.example/b.mp4", {"title": "Heron", "id": 7}]
    assert handled(b"this.href = x", DEFAULT) is None
    assert handled(b"f(" + b"'a'," * 10_000 + b")", DEFAULT) is None


@given(st.binary(max_size=200))
def test_any_handler_can_be_read(code: bytes):
    """No handler raises."""
    handled(b"f(" + code + b")", DEFAULT)
