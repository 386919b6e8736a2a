"""Templates never leave their scheme, host and root."""

from __future__ import annotations

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.profiles.template import UnfitError, UnsafeError, parse_template

ROOT = "http://media.example.ir/news/image/original/"
HOSTILE = [
    "/../../etc/passwd",
    "/2016/../../x.jpg",
    "..",
    "../x.jpg",
    "/..",
    "/./x.jpg",
    "/2016/.",
    "/%2e%2e/x.jpg",
    "/%2E%2E/x.jpg",
    "/.%2e/x.jpg",
    "/%2e./x.jpg",
    "/%252e%252e/x.jpg",
    "/..%2f..%2fx.jpg",
    "/..%5c..%5cx.jpg",
    "//evil.example/x.jpg",
    "///evil.example/x.jpg",
    "//evil.example",
    "/%2fevil.example/x.jpg",
    "/\\evil.example/x.jpg",
    "\\\\evil.example\\x.jpg",
    "/2016\\..\\x.jpg",
    "/%5cevil.example/x.jpg",
    "@evil.example/x.jpg",
    "user:pw@evil.example/x.jpg",
    "%40evil.example/x.jpg",
    "/2016/x.jpg\n/y.jpg",
    "/2016/x.jpg\r\nHost: evil.example",
    "/2016/x\x00.jpg",
    "/2016/x\x1f.jpg",
    "/2016/x\x7f.jpg",
    "/2016/x\x85.jpg",
    "/2016/x\u2028.jpg",
    "/2016/x\ud800.jpg",
    "/2016/x%00.jpg",
    "/2016/x%0d%0aHost: evil.example",
    "/2016/x%0a.jpg",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "C:\\x.jpg",
    "/" + "x" * 3000,
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_is_refused(path):
    """A path that a browser, proxy or server could read as another scheme, host or root is refused."""
    with pytest.raises(UnsafeError):
        parse_template(ROOT + "{path}").fill({"path": path})


@pytest.mark.parametrize("path", ["@evil.example/x", ".evil.example/x", ":8080/x", "evil.example/x", "x.jpg"])
def test_a_path_right_behind_the_host_begins_with_a_slash(path):
    """Where nothing stands between host and path, a path without a slash would become a part of the host."""
    with pytest.raises(UnsafeError):
        parse_template("https://media.example.ir{path}").fill({"path": path})


@pytest.mark.parametrize(
    ("path", "tail"),
    [
        ("/2016/12/15/a_25f.jpg", "/2016/12/15/a_25f.jpg"),
        ("2016/a.jpg", "2016/a.jpg"),
        (" /2016/a.jpg ", "/2016/a.jpg"),
        ("/2016//a.jpg", "/2016//a.jpg"),
        ("/2016/a b.jpg", "/2016/a%20b.jpg"),
        ("/2016/a%20b.jpg", "/2016/a%20b.jpg"),
        ("/2016/ä.jpg", "/2016/%C3%A4.jpg"),
        ("/2016/فيديو.jpg", "/2016/%D9%81%D9%8A%D8%AF%D9%8A%D9%88.jpg"),
        ("/2016/@home/a.jpg", "/2016/@home/a.jpg"),
        ("/2016/a.jpg?v=2&w=3", "/2016/a.jpg?v=2&w=3"),
        ("/2016/a.jpg?u=//evil.example", "/2016/a.jpg?u=//evil.example"),
        ("/2016/a.jpg#t=3", "/2016/a.jpg"),
        ("/2016/a<b>\"'{}.jpg", "/2016/a%3Cb%3E%22'%7B%7D.jpg"),
        ("/2016/...jpg", "/2016/...jpg"),
        ("/2016/..a/b.jpg", "/2016/..a/b.jpg"),
    ],
)
def test_a_path_is_kept_as_it_was(path, tail):
    """What is safe is kept, double slashes and escapes too; what no URL may hold is percent-encoded."""
    assert parse_template(ROOT + "{path}").fill({"path": path}) == ROOT + tail


@pytest.mark.parametrize("raw", ["http://elsewhere.example/x.jpg", "HTTPS://elsewhere.example/x.jpg"])
def test_a_full_url_does_not_fit(raw):
    """A full URL is no path, which is no offence."""
    with pytest.raises(UnfitError):
        parse_template(ROOT + "{path}").fill({"path": raw})


def test_a_missing_value_does_not_fit():
    """A placeholder without a value makes the rule not fit."""
    with pytest.raises(UnfitError, match=r"no value for \{player\}"):
        parse_template("https://x.example/{id}-{player}").fill({"id": "1"})


def test_ids_are_encoded_for_where_they_stand():
    """An id in a path keeps its slashes, one in a query is encoded whole."""
    template = parse_template("https://x.example/{id}?u=https%3A%2F%2Fx.example%2F{id}")
    assert (
        template.fill({"id": "a/b c?&#"})
        == "https://x.example/a/b%20c%3F&%23?u=https%3A%2F%2Fx.example%2Fa%2Fb%20c%3F%26%23"
    )


def test_a_control_character_in_a_query_is_refused():
    """A query value with a control character is refused as one in a path is."""
    with pytest.raises(UnsafeError):
        parse_template("https://x.example/?u={id}").fill({"id": "a\nb"})


@pytest.mark.parametrize(
    ("text", "values", "url"),
    [
        ("https://x.example/{path|replace_ext:jpg}", {"path": "/a/b.mp4"}, "https://x.example//a/b.jpg"),
        ("https://x.example/{path|no_slash}", {"path": "/a/b.mp4"}, "https://x.example/a/b.mp4"),
        ("https://x.example/{id|lower}", {"id": "AbC"}, "https://x.example/abc"),
        ("https://{code}.x.example/{id}", {"code": "c-1", "id": "2"}, "https://c-1.x.example/2"),
        ("https://{host}/w/{id}", {"host": "tube.example:9000", "id": "2"}, "https://tube.example:9000/w/2"),
    ],
)
def test_filters_and_hosts_are_filled_in(text, values, url):
    """Filters change a value before it is put in; a host's parts may be placeholders."""
    assert parse_template(text).fill(values) == url


def test_a_path_without_extension_gets_no_other():
    """Replacing an extension that is not there does not fit."""
    with pytest.raises(UnfitError):
        parse_template("https://x.example/{path|replace_ext:jpg}").fill({"path": "/a/b"})


@pytest.mark.parametrize("value", ["evil.example/", "a.b", "a@b", "-a", "", "a b", "a:80", "x" * 64, "ä"])
def test_a_part_of_a_host_is_one_label(value):
    """What fills a part of a host is one label of letters, digits and hyphens."""
    with pytest.raises((UnsafeError, UnfitError)):
        parse_template("https://{code}.x.example/").fill({"code": value})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ftp://x.example/{id}", "begins with http"),
        ("//x.example/{id}", "begins with http"),
        ("https://{id}", "ends in a name that is written out"),
        ("https://{a}.{b}/x", "ends in a name that is written out"),
        ("https://{path}", "ends in a name that is written out"),
        ("https:///x", "ends in a name that is written out"),
        ("https://user@x.example/{id}", "ends in a name that is written out"),
        ("https://x.example\\{id}", "ends in a name that is written out"),
        ("https://x.example/{id", "brace without its partner at character 19"),
        ("https://x.example/id}", "brace without its partner at character 21"),
        ("https://x.example/{}", "is no placeholder"),
        ("https://x.example/{ID}", "is no placeholder"),
        ("https://x.example/{id|shout}", "unknown filter shout at character 19"),
    ],
)
def test_a_bad_template_says_where(text, message):
    """A template that is none says what is wrong, and at which character where it stands at one."""
    with pytest.raises(ValueError, match=message.replace("(", "\\(")):
        parse_template(text)


_TEXTS = st.text(max_size=60) | st.text("/.\\@:%2eEfF5c?#\n\t ab", max_size=30)
_TEMPLATES = [
    ROOT + "{path}",
    "https://media.example.ir{path}",
    "https://media.example.ir/a/{id}/b/{path|no_slash}",
    "https://media.example.ir/a/{path|replace_ext:jpg}",
    "https://media.example.ir/?u={id}&v={path}",
    "https://{code}.media.example.ir/{id}",
]


@given(template=st.sampled_from(_TEMPLATES), path=_TEXTS, id_=_TEXTS, code=_TEXTS)
def test_no_text_leaves_host_and_root(template, path, id_, code):
    """Whatever fills a template: a browser finds its scheme, its host and its root in what comes of it."""
    parsed = parse_template(template)
    try:
        url = parsed.fill({"path": path, "id": id_, "code": code})
    except (UnfitError, UnsafeError):
        return
    seen = ada_url.URL(url)
    first = parsed.pieces[0]
    assert isinstance(first, str)
    assert seen.protocol == url.partition("//")[0]
    assert not seen.username
    assert not seen.password
    assert not seen.port
    assert not seen.hash
    if "{code}" in template:
        assert seen.hostname == f"{code.strip(' ').lower()}.media.example.ir"
    else:
        assert seen.hostname == "media.example.ir"
        assert seen.href.startswith(first)
