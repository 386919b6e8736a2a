"""What a host gives to every name."""

from dataclasses import replace
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.control import compare, control, control_key, control_url, same
from harvester.checks.policy.ladder import probe
from harvester.checks.policy.target import Target
from harvester.checks.policy.verdict import Fingerprint

ROOT = "http://media.example/v/"
TOKEN = "qx7k2m9z"


def both(host, target):
    """The verdict on a URL, before and after the control probe."""
    verdict = host.drive(probe(target, join=urljoin))
    given_to_all = host.drive(control(target.url, TOKEN))
    return verdict.reason, compare(verdict, target, given_to_all).reason


@pytest.mark.parametrize(
    ("url", "sibling"),
    [
        ("http://a.example/v/clip.mp4?sig=1#t", "http://a.example/v/qx7k2m9z.mp4"),
        ("http://a.example/2016/12/clip.tar.gz", "http://a.example/2016/12/qx7k2m9z.gz"),
        ("http://a.example/20161215/clip.mp4", "http://a.example/20161215/qx7k2m9z.mp4"),
        ("http://a.example/v/81372/clip.mp4", "http://a.example/v/qx7k2m9z/qx7k2m9z.mp4"),
        ("http://a.example/v/9f8e7d6c5b4a/720.mp4", "http://a.example/v/qx7k2m9z/qx7k2m9z.mp4"),
        ("http://a.example:81/watch", "http://a.example:81/qx7k2m9z"),
        ("http://a.example/", None),
        ("http://[", None),
        ("clip.mp4", None),
    ],
)
def test_a_control_is_a_sibling_that_can_not_exist(url, sibling):
    """Folder and extension stay, name and query go, and a folder that is an id of its own goes too."""
    assert control_url(url, TOKEN) == sibling


def test_one_control_stands_for_a_host_and_an_extension():
    """Ports and extensions are kept apart, users are not."""
    assert control_key("http://u@A.example:81/x.MP4") == ("a.example:81", "mp4")


def test_an_honest_host_changes_nothing(host, reply, make_movie):
    """A 404 for what can't exist makes the video credible."""
    host.replies[ROOT + "clip.mp4"] = reply(make_movie(), "video/mp4")
    assert both(host, Target(url=ROOT + "clip.mp4", kind="video")) == ("ok", "ok")
    assert host.asked[-1].purpose == "control"


def test_a_placeholder_for_every_name_is_a_soft_404(host, reply, make_movie):
    """A video that every name gets is none."""
    host.default = reply(make_movie(), "video/mp4")
    assert both(host, Target(url=ROOT + "clip.mp4", kind="video")) == ("ok", "soft-404")


def test_a_page_for_every_name_is_a_soft_404(host, reply):
    """A page that said nothing by itself is settled by the control probe."""
    host.default = reply(b"<html><title>Portal</title>" + b"news " * 300, "text/html")
    assert both(host, Target(url=ROOT + "clip", kind="video")) == ("unknown", "soft-404")


def test_one_front_page_for_every_name_is_a_soft_404(host, reply):
    """Pages with a token of their own are the same where both redirects lead to one address."""
    seen = Fingerprint(status=200, url="http://a.example/home", redirected=True, prefix_sha256="1", html=True)
    assert same(seen, replace(seen, prefix_sha256="2"))
    assert not same(seen, replace(seen, prefix_sha256="2", url="http://a.example/other"))


@pytest.mark.parametrize(
    "body", [b"<title>Just a moment...</title>", b"<script>location.reload()</script>", b"<title>Access denied</title>"]
)
def test_a_wall_for_every_name_is_no_soft_404(host, reply, body):
    """A wall gives its page to every name, and what is behind it may well be there."""
    host.default = reply(body, "text/html")
    before, after = both(host, Target(url=ROOT + "clip", kind="video"))
    assert before == after != "soft-404"


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_control_that_is_refused_tells_nothing(host, reply, make_movie, status):
    """No conclusion follows from a control probe that was not answered."""
    host.replies[ROOT + "clip.mp4"] = reply(make_movie(), "video/mp4")
    host.default = reply(b"", None, status)
    assert both(host, Target(url=ROOT + "clip.mp4", kind="video")) == ("ok", "ok")


def test_a_length_that_the_document_declares_speaks_for_the_medium(host, reply, make_movie):
    """A host that ignores names but has the very file is not called empty."""
    host.default = reply(make_movie(), "video/mp4")
    target = Target(url=ROOT + "clip.mp4", kind="video", size_bytes=len(make_movie()))
    assert both(host, target) == ("ok", "ok")


def test_one_length_without_bytes_is_no_proof():
    """Two HEADs of one length are the same only with one ETag."""
    seen = Fingerprint(status=200, url=ROOT, size_bytes=9)
    assert not same(seen, seen)
    assert same(replace(seen, etag='"1"'), replace(seen, etag='"1"'))


def test_other_verdicts_are_left_alone(host, reply):
    """What is restricted stays so, whatever the control probe got."""
    host.default = reply(b"", None, 403)
    verdict = host.drive(probe(Target(url=ROOT + "a.mp4"), join=urljoin))
    assert compare(verdict, Target(url=ROOT), Fingerprint(status=200, url=ROOT)) is verdict


@given(st.text(max_size=60))
def test_any_text_has_a_sibling_or_none(url):
    """Whatever a URL is, asking for its sibling is possible or not, and never an error."""
    for text in (url, "http://a.example/" + url):
        assert control_url(text, TOKEN) != text
        control_key(text)
