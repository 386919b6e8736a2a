"""Calls with variables in them."""

import pytest


def texts(locate, script):
    """The pieces of each call that variables were found for."""
    page = b"<script>" + script + b"</script>"
    return [[page[slice(*span)] for span in one.spans] for one in locate(page) if "literal" in one.hints]


def test_a_call_has_the_variables_that_stand_in_it(locate):
    """What a name was given last before the call, and what was pushed to it since, stand in front of the call."""
    script = b"""
        var files = [{file: "/v/old.mp4"}];
        var files = [];
        files.push({file: "/v/a.mp4"}); files.push({file: "/v/b.mp4"});
        var still = '/p/a.jpg', length = 12;
        jwplayer("p").setup({sources: files, image: still, duration: length, title: "Heron"});"""
    assert texts(locate, script) == [
        [
            b"files = []",
            b'files.push({file: "/v/a.mp4"}',
            b'files.push({file: "/v/b.mp4"}',
            b"still = '/p/a.jpg'",
            b"length = 12",
            b'{sources: files, image: still, duration: length, title: "Heron"}',
        ]
    ]


@pytest.mark.parametrize(
    "script",
    [
        b"""var file = "/v/a.mp4"; play({url: file, title: "Heron"})""",
        b"""var file = {src: "/v/a.mp4"}; play({title: "Heron", files: [file]})""",
        b"""var file = "/v/a.mp4"; play({file, title: "Heron"})""",
    ],
)
def test_a_call_is_found_by_a_variable_alone(locate, script):
    """A call in which nothing else shows a medium is looked for from the variable that holds one."""
    ((variable, call),) = texts(locate, script)
    assert variable.startswith(b"file = ")
    assert call.startswith(b"{")


@pytest.mark.parametrize(
    "script",
    [
        b"""file = "/v/a.mp4"; function play(file) { jwplayer("p").setup({file: file, title: "Heron"}) }""",
        b"""file = "/v/a.mp4"; play = (file) => jwplayer("p").setup({file: file, title: "Heron"})""",
        b"""file = "/v/a.mp4"; file = next(); jwplayer("p").setup({file: file, title: "Heron"})""",
        b"""file = "/v/a.mp4" + query; jwplayer("p").setup({file: file, title: "Heron"})""",
        b"""it.file = "/v/a.mp4"; jwplayer("p").setup({file: file, title: "Heron"})""",
        b"""var a = "/v/a.mp4"; play({url: a, title: "Heron"})""",
    ],
)
def test_what_a_name_stands_for_must_be_plain(locate, script):
    """A parameter, a result, a member of something, a short name and what is joined may be anything."""
    assert not texts(locate, script)
