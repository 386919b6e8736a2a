"""Scalars that a script assigns one after the other."""

import pytest


def located(locate, script):
    return [one for one in locate(b"<script>" + script + b"</script>") if one.form == "js-variables"]


@pytest.mark.parametrize(
    "script",
    [
        b"""var url = "/v/a.mp4"; var title = "Heron";""",
        b"""let url='/v/a.mp4',title='Heron'""",
        b"""title = "Heron"\n// its file\nurl = "/v/a.mp4"\n/* and\nits length */ length = 12\n""",
        b"""conf.title = "Heron"; var w, h; conf.url = "/v/a.mp4";""",
        b"""play(function(){ url = '/v/a.mp4'; live = false })""",
        b"""title = 'Heron'; videoId = 'a1b2c3';""",
    ],
)
def test_statements_that_follow_one_another_are_one_excerpt(locate, script):
    """Keywords, comments and declarations without a value may stand between; the first and last statement end it."""
    (excerpt,) = located(locate, script)
    assert excerpt.text.count(b"=") == script.count(b"=")
    assert b"(" not in excerpt.text


@pytest.mark.parametrize(
    "script",
    [
        b"""var url = "/v/a.mp4";""",
        b"""var url = base + "/v/a.mp4"; var title = "Heron";""",
        b"""var url = "/v/a.mp4" + query; var title = "Heron";""",
        b"""if (url == "/v/a.mp4") title = "Heron";""",
        b"""play("/v/a.mp4"); var title = "Heron"; var length = 3;""",
        b"""// var url = "/v/a.mp4";\nvar title = "Heron";""",
        b"""var url = "/v/a.mp4"; play(url); var title = "Heron";""",
        b"""write('<a href="/v/a.mp4" title="Heron">');""",
    ],
)
def test_other_code_is_no_run_of_scalars(locate, script):
    """What is alone, joined, compared, a comment's or an attribute's is left to other means."""
    assert not located(locate, script)


def test_each_run_is_given_once(locate):
    """Several media in one run are one excerpt, and a statement of another sort begins a new run."""
    script = b"a='/v/1.mp4';b='/v/2.mp4';play(a);c='/v/3.mp4';d='/v/4.mp4';"
    assert [one.text[:1] for one in located(locate, script)] == [b"a", b"c"]
