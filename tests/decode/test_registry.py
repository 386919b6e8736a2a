"""What holds for every decoder, whatever the form."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.decode.registry import DECODERS
from harvester.locate.forms import NAMES
from harvester.model import Excerpt, Limits

LIMITS = Limits(depth=40, values=5000, broken_json_bytes=2000)
VALID = (
    b'{"title":"Pier","mp4":"/v/pier.mp4","list":[1,{"a":"{\\"b\\":2}"}]}',
    b"{title:'Pier',mp4:`/v/pier.mp4`,/* note */ live:!1,}",
    b'[["Reactive",1],{"title":2,"mp4":3},"Pier","/v/pier.mp4"]',
    b'(function(a,b){b.c=a;return {title:a,more:b}}("Pier",{}))',
    b'<div data-a=\'{"mp4":"/v/pier.mp4"}\' :b="&quot;x&quot;"><source src=a.mp4></div>',
    b'<div itemscope itemtype="https://schema.org/VideoObject"><b itemprop="name">Pier</b></div>',
    b'<meta property="og:video" content="a.mp4"><meta property="og:video:type" content="video/mp4">',
    b'<a class="h-entry"><b class="p-name">x</b><video class="u-video" src=a.mp4></video></a>',
    b'<rss><channel><item><title>x</title><enclosure url="a.mp3" type="audio/mpeg"/></item></channel></rss>',
    b"#EXTM3U\n#EXTINF:12,Pier\na.mp3\n",
    b'array(1) { ["file"]=> string(11) "/v/pier.mp4" }',
    b"https:\\/\\/example.org\\/a.mp4",
    b"eyJ0aXRsZSI6ICJQaWVyIiwgIm1wNCI6ICIvdi9waWVyLm1wNCJ9",
    b"%7B%22title%22%3A%22Pier%22%2C%22mp4%22%3A%22a.mp4%22%7D",
)
PIECES = st.sampled_from(VALID) | st.binary(max_size=12) | st.text(alphabet="{}[]()<>&;\"'\\/=:, \n").map(str.encode)
HINTS = {"returned": "25", "arguments": "45", "call": "f", "variable": "v"}


@st.composite
def texts(draw):
    """Valid texts, damaged ones and any bytes."""
    text = bytearray(b"".join(draw(st.lists(PIECES, min_size=1, max_size=3))))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text[at : at + draw(st.integers(0, 6))] = draw(PIECES)[:8]
    return bytes(text) or b" "


def paths_of(value, path=()):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from paths_of(one, (*path, step))


def test_each_form_has_a_decoder():
    """Whatever a locator can give is read by something."""
    assert set(DECODERS) == NAMES


@pytest.mark.parametrize("form", sorted(NAMES))
@settings(max_examples=30)
@given(text=texts())
def test_any_bytes_are_decoded_or_not(form, text):
    """No bytes raise; values are of JSON's shape, and places and problems lie inside the text."""
    decoding = DECODERS[form](Excerpt(form=form, text=text, spans=((0, len(text)),), hints=HINTS), LIMITS)
    for decoded in decoding.values:
        json.dumps(decoded.value)
        paths = list(paths_of(decoded.value))[:50]
        for start, end in decoded.places.spans(paths).values():
            assert 0 <= start <= end <= len(text)
    for problem in decoding.problems:
        assert all(0 <= start <= end <= len(text) + 1 for start, end in problem.spans)


@pytest.mark.parametrize("form", sorted(NAMES))
@pytest.mark.parametrize(
    "unit", [b"[", b'{"a":', b"<div>", b'<div itemscope itemprop="a">', b"array(1) { [0]=> ", b"a:1:{i:0;"]
)
def test_no_nesting_exhausts_the_stack(form, unit):
    """Nesting far deeper than Python's stack is read to the cap, or not at all."""
    text = unit * 20_000
    DECODERS[form](Excerpt(form=form, text=text, spans=((0, len(text)),), hints=HINTS), Limits())
