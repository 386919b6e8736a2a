"""Pages in place of media."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy import page as pages
from harvester.checks.policy.ladder import probe
from harvester.checks.policy.target import Target

VIDEO = Target(url="http://media.example/2016/clip.mp4", kind="video")


def page(title="", text="", extra=""):
    return f"<!doctype html><html><head><title>{title}</title>{extra}</head><body>{text}</body></html>".encode()


def check(host, reply_to_url, target):
    host.replies[target.url] = reply_to_url
    return host.drive(probe(target, join=urljoin))


INSTEAD = [
    (page("Home"), "soft-404"),
    (page("404 - Page not found", "<h1>Oops</h1>"), "soft-404"),
    (page("Seite nicht gefunden"), "soft-404"),
    (page("الصفحة غير موجودة"), "soft-404"),
    (page("Just a moment...", "Checking your browser"), "bot-challenge"),
    (page("x", "", "<script>window._cf_chl_opt={}</script>"), "bot-challenge"),
    (page("Making sure you're not a bot!"), "bot-challenge"),
    (page("x", "<p>Welcome to our site, dear reader.</p><div class='h-captcha'></div>"), "bot-challenge"),
    (page("Log in"), "login"),
    (page("x", "<form><input type=password></form>"), "login"),
    (page("Before you continue"), "login"),
    (page("Subscribe to read on"), "payment"),
    (page("Video", "This video is not available in your country."), "geo-blocked"),
    (page("Unavailable for legal reasons"), "legal"),
    (page("Access denied"), "forbidden"),
    (page("Down for maintenance"), "server-error"),
    (page("x", "Please try again later."), "server-error"),
    (page("Too many requests"), "rate-limited"),
    (page("", "", "<meta http-equiv='refresh' content='0;url=/x'>"), "unknown"),
    (page("", "<script>document.cookie='a=1';location.reload()</script>"), "unknown"),
    (page("Clip of the day", "<video src='other.mp4'></video>"), "unknown"),
]


@pytest.mark.parametrize(("body", "reason"), INSTEAD)
def test_a_page_in_place_of_a_video_is_read(host, reply, body, reason):
    """Whatever holds something back is told before anything is called gone."""
    assert check(host, reply(body, "text/html"), VIDEO).reason == reason


def test_a_page_for_a_url_that_names_no_file_is_not_gone(host, reply):
    """Where no file was named, the URL may have been a page's all along."""
    target = Target(url="http://media.example/watch?v=1", kind="video")
    assert check(host, reply(page("Home"), "text/html"), target).reason == "unknown"


@pytest.mark.parametrize(
    ("final", "reason"),
    [
        ("http://media.example/", "soft-404"),
        ("http://www.media.example/en/", "soft-404"),
        ("http://media.example/2016/", "soft-404"),
        ("http://parking.test/", "unknown"),
        ("http://media.example/accounts/login?next=x", "login"),
        ("http://consent.media.example/x", "login"),
        ("http://media.example/geo-blocked", "geo-blocked"),
        ("http://media.example/sorry/index", "bot-challenge"),
    ],
)
def test_where_a_redirect_leads_counts(host, reply, final, reason):
    """The front page of the same site is a soft 404; a gate is a gate; another site says nothing."""
    host.replies[final] = reply(page("Welcome", "word " * 200), "text/html")
    assert check(host, reply(status=302, location=final), VIDEO).reason == reason


MARKUP = st.lists(
    st.sampled_from(
        [
            "<h1>",
            "</h1>",
            "<title>",
            "<script>",
            "</script",
            "<style",
            "</style>",
            "<",
            ">",
            "404",
            " ",
            "x",
            "charset=gb18030",
        ]
    )
).map("".join)


@given(st.binary(max_size=300) | MARKUP.map(str.encode), st.text(max_size=30))
def test_reading_takes_any_page(body, content_type):
    """Whatever a page is made of, it can be read and asked what it says."""
    page = pages.read(body, content_type)
    assert pages.refusal(page) != "ok"
    assert pages.walled(page) in (None, "bot-challenge", "geo-blocked", "legal")
    pages.busy(page)
    pages.absent(page)


@pytest.mark.parametrize("scrap", ["<", "<script", "<h1>", "<title>", "<h1 ", "<style></style>", "<!--", "&"])
def test_a_page_is_read_in_one_pass(scrap):
    """Elements that are never closed are not searched for again and again."""
    assert pages.read((scrap * 70_000).encode()).text_chars <= 70_000
