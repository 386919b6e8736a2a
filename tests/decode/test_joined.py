"""Literals with names in them."""

from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.joined import read_joined
from harvester.model import DEFAULT, Excerpt


def read(pieces, literal):
    text = b"".join(pieces) + literal
    hints = {"literal": str(len(text) - len(literal))}
    return text, read_joined(Excerpt(form="player-setup", text=text, spans=((0, len(text)),), hints=hints), DEFAULT)


def test_names_stand_for_what_they_were_given():
    """Scalars, objects and lists, with what was pushed to them, stand where their names do."""
    pieces = [b"files = []", b"files.push({a: 1}", b"files.push('b'", b"still='c'", b"length =12", b"more={d:[2]}"]
    text, decoded = read(pieces, b"{sources: files, image: still, duration: length, more, other: unknown, title: 'e'}")
    assert decoded.value == {
        "sources": [{"a": 1}, "b"],
        "image": "c",
        "duration": 12,
        "more": {"d": [2]},
        "other": None,
        "title": "e",
    }
    spans = decoded.places.spans([(), ("title",)])
    assert text[slice(*spans[("title",)])] == b"'e'"
    assert text[slice(*spans[()])].startswith(b"{sources")


@given(st.lists(st.binary(max_size=8) | st.sampled_from([b"a=", b"b=[", b"b.push(", b"1", b"'x'"]), max_size=8))
def test_any_bytes_can_be_read(pieces):
    """Nothing raises."""
    _, decoded = read(pieces, b"{a: a, b: [b]}")
    if decoded:
        decoded.places.spans([(), ("a",), ("b", 0)])
