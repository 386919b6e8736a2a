"""Markup that scripts write."""

import pytest


def written(locate, script):
    return [one for one in locate(b"<script>" + script + b"</script>") if one.layers == ("js-string",)]


@pytest.mark.parametrize(
    "script",
    [
        b"""document.write('<video src="/v/a.mp4"></video>')""",
        b"""document.write("<video src=\\"/v/a.mp4\\"><\\/video>")""",
        b"""box.innerHTML = `<p>x</p><video src="/v/a.mp4"></video>`""",
        b"""$("#box").html('<div>' + '<video src="/v/a.mp4">' + '</video></div>')""",
        b"""document.write('<video '); document.write('src="/v/a.mp4">'); document.write('</video>');""",
        b"""h = '<div>'; h += '<video src="/v/a.mp4">'; h += '</video></div>';""",
        b"""h.push('<video src="/v/a.mp4">'); h.push('</video>');""",
    ],
)
def test_an_element_in_strings_is_an_excerpt(locate, script):
    """However the strings are written and joined, the element in them is read as one in the page is."""
    (excerpt,) = written(locate, script)
    assert excerpt.form == "media-element"
    assert excerpt.text == b'<video src="/v/a.mp4"></video>'


def test_spans_are_of_the_strings(locate):
    """An element that several strings make has a span in each of them, also where escapes stand in them."""
    script = b"""document.write('<p>\\'</p><video '); document.write('src="/v/a.mp4"><\\/video>!');"""
    (excerpt,) = written(locate, script)
    page = b"<script>" + script + b"</script>"
    assert [page[slice(*span)] for span in excerpt.spans] == [b"<video ", b'src="/v/a.mp4"><\\/video>']


@pytest.mark.parametrize(
    "script",
    [
        b"""h = '<video src="/v/' + name + '.mp4"></video>'""",
        b"""h = `<video src="/v/${name}.mp4"></video>`""",
        b"""h = '<video src="<%= base %>/v/a.mp4"></video>'""",
    ],
)
def test_a_value_that_is_not_known_is_empty(locate, script):
    """What a variable or a template fills in is no part of an address."""
    assert [one.text for one in written(locate, script)] == [b'<video src=""></video>']


@pytest.mark.parametrize(
    "script",
    [
        b"""play('/v/a.mp4')""",
        b"""if (a < b) play('/v/a.mp4')""",
        b"""h = '<p>/v/a.mp4</p>'""",
        b"""h = '<video src="/v/a.mp4""",
    ],
)
def test_other_strings_are_left_alone(locate, script):
    """A string without an element, or without an end, is none of this."""
    assert not written(locate, script)
