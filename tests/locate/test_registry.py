"""What holds for all locators together."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harvester.locate.forms import FORMS, NAMES

PIECES = st.sampled_from(
    [
        b"<script>",
        b"</script>",
        b'<script type="application/ld+json">',
        b'<script id="__NEXT_DATA__" type="application/json">',
        b'{"mp4":"/v/a.mp4"}',
        b"a = {b: '/v/a.mp4'};",
        b"f([",
        b"'/v/a.mp4'",
        b"])",
        b"function(a){return ",
        b"}(1)",
        b"<video src=a.mp4>",
        b"</video>",
        b"<div data-a='",
        b"'>",
        b'<a href="a.mp3">',
        b"</a>",
        b'<meta property="og:video" content="a">',
        b'<div itemscope itemtype="https://schema.org/VideoObject">',
        b'<div class="h-entry">',
        b'<video class="u-video" src=a.mp4>',
        b"</div>",
        b'self.__next_f.push([1,"1:[\\"a.mp4\\"]\\n"])',
        b"window.__NUXT__=(",
        b'<iframe src="https://www.youtube.com/embed/aaaaaaaaaaa">',
        b"https://a.example/b.mp4",
        b'array(1) { ["a"]=> string(5) "a.mp4" }',
        b'"',
        b"\\",
        b"`",
        b"/*",
        b"<!--",
        b"\xff",
    ]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.binary(max_size=6), max_size=12).map(b"".join))
def test_any_bytes_have_excerpts_that_slice_back(locate, text):
    """No bytes raise; an excerpt's form is known, and its text is what its spans hold unless pieces were unescaped."""
    for excerpt in locate(text):
        assert excerpt.form in NAMES
        assert excerpt.spans
        assert all(0 <= start < end <= len(text) for start, end in excerpt.spans)
        if not excerpt.layers:
            assert excerpt.text == b"".join(text[slice(*span)] for span in excerpt.spans)


def test_forms_are_told_apart_by_name():
    """No two forms have one name, and each says what it is and shows it."""
    assert len(NAMES) == len(FORMS)
    assert all(form.title and form.example for form in FORMS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (b'<script>jwplayer("p").setup({file:"a.mp4"})</script>', "player-setup"),
        (b'<script>p.setup({file:"a.mp4"})</script>', "player-setup"),
        (b'<script>go({file:"/a.mp4"})</script>', "js-call"),
        (b'<script>var a = {file:"/a.mp4"}</script>', "js-assignment"),
        (b'<script>a = JSON.parse(\'{"file":"/a.mp4"}\')</script>', "json-parse"),
        (b'<script type="application/json">{"file":"/a.mp4"}</script>', "json-script"),
        (b'<script type="application/ld+json">{"file":"/a.mp4"}</script>', "json-ld"),
        (b'<SCRIPT ID="__NEXT_DATA__" TYPE="application/json">{"file":"/a.mp4"}</SCRIPT>', "next-data"),
        (b'<script>__NUXT__=(function(a){return {b:a}}("/a.mp4"))</script>', "nuxt-state"),
        (b'<script>self.__next_f.push([1,"0:[\\"/a.mp4\\"]\\n"])</script>', "next-flight"),
        (b'<div data-v=\'{"file":"/a.mp4"}\'>', "data-attribute"),
        (b'<div data-v="/a.mp4">', "data-attribute"),
        (b"<video src=a.mp4></video>", "media-element"),
        (b"<a href=a.mp4>x</a>", "media-link"),
        (b"<iframe src=//www.youtube.com/embed/aaaaaaaaaaa>", "embed"),
        (b'<meta property="og:video" content="a.mp4">', "open-graph"),
        (b'{"file":"/a.mp4"}', "json"),
        (b'as said: {"file":"/a.mp4"}', "json"),
    ],
)
def test_each_form_is_told(locate, text, form):
    """Where a medium stands tells the form of its excerpt."""
    assert [excerpt.form for excerpt in locate(text)] == [form]


def test_a_template_script_is_markup(locate):
    """What stands in a script of a template's type is read as elements."""
    assert [one.form for one in locate(b'<script type="text/template"><video src="a.mp4"></video></script>')] == [
        "media-element"
    ]


def test_pages_without_media_have_no_excerpts(locate):
    """Nothing is given where nothing shows a medium."""
    assert locate(b"<html><script>var a = {b: 1}</script><img src=a.jpg><a href=b.html>c</a></html>") == []


def test_rows_that_are_cut_are_joined(locate):
    """A row that was pushed in pieces is one excerpt with a span in each piece."""
    text = (
        b'<script>self.__next_f.push([1,"0:[\\"/v/a."])</script><script>self.__next_f.push([1,"mp4\\"]\\n"])</script>'
    )
    (excerpt,) = locate(text)
    assert excerpt.text == b'["/v/a.mp4"]'
    assert [text[slice(*span)] for span in excerpt.spans] == [b'[\\"/v/a.', b'mp4\\"]']


WRAPPER = b'<div data-video-id="77123" data-title="Dew">%s</div>'


def test_a_player_is_joined_to_what_tells_of_its_medium(locate):
    """The only player in an element that names a medium is one excerpt with the element's start tag."""
    player = b"<video><source src=/v/a.mp4></video>"
    text = WRAPPER % (b"<p>x</p>" + player) + b"<p>y</p>"
    (excerpt,) = locate(text)
    assert excerpt.form == "data-attribute"
    assert [text[slice(*span)] for span in excerpt.spans] == [text[: text.find(b"<p>")], player]
    assert excerpt.text == b"".join(text[slice(*span)] for span in excerpt.spans)


@pytest.mark.parametrize(
    "text",
    [
        WRAPPER % b"<video src=/v/a.mp4></video><video src=/v/b.mp4></video>",
        WRAPPER % b"<p>x</p>" + b"<video src=/v/a.mp4></video>",
        WRAPPER % (b" " * 5000 + b"<video src=/v/a.mp4></video>"),
        WRAPPER % b"<video src=/v/a.mp4></div></video>",
        WRAPPER.replace(b"</div>", b"") % b"<video src=/v/a.mp4></video>",
    ],
)
def test_a_player_that_may_be_of_something_else_is_left_alone(locate, text):
    """One of two, one behind, one far off, and one that does not end with the element are excerpts of their own."""
    assert len(locate(text)) > 1
    assert all(len(excerpt.spans) == 1 for excerpt in locate(text))
