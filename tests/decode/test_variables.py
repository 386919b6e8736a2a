"""Scalars that a script assigns, as records."""

from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.variables import decode_variables
from harvester.model import DEFAULT, Excerpt


def decoded(text):
    return decode_variables(Excerpt(form="js-variables", text=text, spans=((0, len(text)),)), DEFAULT).values


def test_names_and_scalars_are_a_record():
    """Each name has its scalar, the last part of a name counts, and what is empty is left out."""
    text = b"""var a = "x\\u0041", b = -1.5; conf.c = 'it\\'s'; d = true; e = ""; f = null;"""
    (one,) = decoded(text)
    assert one.value == {"a": "xA", "b": -1.5, "c": "it's", "d": True}
    spans = one.places.spans([(), ("a",), ("c",)])
    assert text[slice(*spans[("a",)])] == b'"x\\u0041"'
    assert text[slice(*spans[("c",)])] == b"'it\\'s'"
    assert text[slice(*spans[()])] == text[4 : text.index(b"true") + 4]


def test_a_name_that_comes_again_begins_another_record():
    """One run can say of several media what it says of one; each record has its place."""
    text = b"url='/1.mp4';title='One';url='/2.mp4';title='Two';"
    (one,) = decoded(text)
    assert one.value == [{"url": "/1.mp4", "title": "One"}, {"url": "/2.mp4", "title": "Two"}]
    spans = one.places.spans([(1,), (1, "title"), (0, "url")])
    assert text[slice(*spans[(1,)])] == b"url='/2.mp4';title='Two'"
    assert text[slice(*spans[(1, "title")])] == b"'Two'"
    assert text[slice(*spans[(0, "url")])] == b"'/1.mp4'"


@given(
    st.lists(st.sampled_from([b"a=", b"b='", b"'", b'"', b";", b"1", b"\\", b"//", b"\n"]), max_size=30).map(b"".join)
)
def test_any_bytes_can_be_read(text):
    """Nothing raises."""
    for one in decoded(text):
        one.places.spans([(), (0,), ("a",), (1, "b")])
