"""Paths become the URLs that a browser would ask for, or a reason why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.urls import (
    DocumentUrl,
    Joined,
    document_url,
    host_of,
    host_url,
    is_plain_url,
    join,
    looks_like_host,
    own_url,
)

PAGE = "http://www.example.com/news/2016/page.html?id=7#top"
SECURE = "https://example.org/"
FOLDER = "https://example.net/a/b/c/"
PORT = "http://example.com:8080/x/y"

# The shapes are those of the URL Standard's test data: relative forms, slashes, dots, backslashes, white space,
# ports, hosts, percent-encoding, queries. Every expectation was worked out by the standard's rules.
RELATIVE = [
    ("video.mp4", "http://www.example.com/news/2016/video.mp4"),
    ("./video.mp4", "http://www.example.com/news/2016/video.mp4"),
    ("././video.mp4", "http://www.example.com/news/2016/video.mp4"),
    ("../video.mp4", "http://www.example.com/news/video.mp4"),
    ("../../video.mp4", "http://www.example.com/video.mp4"),
    ("../../../video.mp4", "http://www.example.com/video.mp4"),
    ("../../../../../../video.mp4", "http://www.example.com/video.mp4"),
    ("..", "http://www.example.com/news/"),
    (".", "http://www.example.com/news/2016/"),
    ("./", "http://www.example.com/news/2016/"),
    ("../", "http://www.example.com/news/"),
    ("...", "http://www.example.com/news/2016/..."),
    (".../x", "http://www.example.com/news/2016/.../x"),
    ("..video", "http://www.example.com/news/2016/..video"),
    ("a/../b.mp4", "http://www.example.com/news/2016/b.mp4"),
    ("a/./b.mp4", "http://www.example.com/news/2016/a/b.mp4"),
    ("a/b/..", "http://www.example.com/news/2016/a/"),
    ("a/b/.", "http://www.example.com/news/2016/a/b/"),
    ("%2e%2e/b.mp4", "http://www.example.com/news/b.mp4"),
    ("%2E./b.mp4", "http://www.example.com/news/b.mp4"),
    (".%2e/b.mp4", "http://www.example.com/news/b.mp4"),
    ("%2e/b.mp4", "http://www.example.com/news/2016/b.mp4"),
    ("%2e%2e%2fb.mp4", "http://www.example.com/news/2016/%2e%2e%2fb.mp4"),
    ("/video.mp4", "http://www.example.com/video.mp4"),
    ("/", "http://www.example.com/"),
    ("/..", "http://www.example.com/"),
    ("/../../v.mp4", "http://www.example.com/v.mp4"),
    ("/a/../../v.mp4", "http://www.example.com/v.mp4"),
    ("/a//b.mp4", "http://www.example.com/a//b.mp4"),
    ("/a///b.mp4", "http://www.example.com/a///b.mp4"),
    ("a//b.mp4", "http://www.example.com/news/2016/a//b.mp4"),
    ("/a//../b.mp4", "http://www.example.com/a/b.mp4"),
    ("/news/image/original//2016/12/15/x.jpg", "http://www.example.com/news/image/original//2016/12/15/x.jpg"),
    ("/.//v.mp4", "http://www.example.com//v.mp4"),
    ("?id=8", "http://www.example.com/news/2016/page.html?id=8"),
    ("?", "http://www.example.com/news/2016/page.html?"),
    ("?a=1&b=2#c", "http://www.example.com/news/2016/page.html?a=1&b=2#c"),
    ("v.mp4?x=/../y", "http://www.example.com/news/2016/v.mp4?x=/../y"),
    ("v.mp4#t=10,20", "http://www.example.com/news/2016/v.mp4#t=10,20"),
    ("v.mp4#/../x", "http://www.example.com/news/2016/v.mp4#/../x"),
    ("v.mp4?", "http://www.example.com/news/2016/v.mp4?"),
    ("v.mp4#", "http://www.example.com/news/2016/v.mp4#"),
    (":8080/v.mp4", "http://www.example.com/news/2016/:8080/v.mp4"),
    ("::", "http://www.example.com/news/2016/::"),
    ("a/b:c.mp4", "http://www.example.com/news/2016/a/b:c.mp4"),
    ("./b:c.mp4", "http://www.example.com/news/2016/b:c.mp4"),
    ("1:2.mp4", "http://www.example.com/news/2016/1:2.mp4"),
    ("-a:b", "http://www.example.com/news/2016/-a:b"),
    ("@x/v.mp4", "http://www.example.com/news/2016/@x/v.mp4"),
    ("user@host/v.mp4", "http://www.example.com/news/2016/user@host/v.mp4"),
    ("v;a=1.mp4", "http://www.example.com/news/2016/v;a=1.mp4"),
    ("*.mp4", "http://www.example.com/news/2016/*.mp4"),
    ("v(1).mp4", "http://www.example.com/news/2016/v(1).mp4"),
    ("v,1,2.mp4", "http://www.example.com/news/2016/v,1,2.mp4"),
    ("~me/v.mp4", "http://www.example.com/news/2016/~me/v.mp4"),
    ("v+1.mp4", "http://www.example.com/news/2016/v+1.mp4"),
    ("v&1.mp4", "http://www.example.com/news/2016/v&1.mp4"),
    ("v=1.mp4", "http://www.example.com/news/2016/v=1.mp4"),
    ("v'1.mp4", "http://www.example.com/news/2016/v'1.mp4"),
    ("http:video.mp4", "http://www.example.com/news/2016/video.mp4"),
    ("http:/video.mp4", "http://www.example.com/video.mp4"),
    ("HTTP:?q", "http://www.example.com/news/2016/page.html?q"),
    ("https:video.mp4", "https://video.mp4/"),
    ("https:/host.example/v.mp4", "https://host.example/v.mp4"),
]
ENCODED = [
    ("a b.mp4", "http://www.example.com/news/2016/a%20b.mp4"),
    (" a.mp4 ", "http://www.example.com/news/2016/a.mp4"),
    ("\ta.mp4\n", "http://www.example.com/news/2016/a.mp4"),
    ("\x00a.mp4\x1f", "http://www.example.com/news/2016/a.mp4"),
    ("a\nb.mp4", "http://www.example.com/news/2016/ab.mp4"),
    ("a\r\n b.mp4", "http://www.example.com/news/2016/a%20b.mp4"),
    ("a\tb.mp4", "http://www.example.com/news/2016/ab.mp4"),
    (".\t./b.mp4", "http://www.example.com/news/b.mp4"),
    ("a\x00b.mp4", "http://www.example.com/news/2016/a%00b.mp4"),
    ("a\x7fb.mp4", "http://www.example.com/news/2016/a%7Fb.mp4"),
    ('a"b.mp4', "http://www.example.com/news/2016/a%22b.mp4"),
    ("a<b>.mp4", "http://www.example.com/news/2016/a%3Cb%3E.mp4"),
    ("a`b.mp4", "http://www.example.com/news/2016/a%60b.mp4"),
    ("a{b}.mp4", "http://www.example.com/news/2016/a%7Bb%7D.mp4"),
    ("a^b.mp4", "http://www.example.com/news/2016/a%5Eb.mp4"),
    ("a|b.mp4", "http://www.example.com/news/2016/a|b.mp4"),
    ("a[b].mp4", "http://www.example.com/news/2016/a[b].mp4"),
    ("é.mp4", "http://www.example.com/news/2016/%C3%A9.mp4"),
    ("e\u0301.mp4", "http://www.example.com/news/2016/e%CC%81.mp4"),
    ("فيديو.mp4", "http://www.example.com/news/2016/%D9%81%D9%8A%D8%AF%D9%8A%D9%88.mp4"),
    ("\U0001f600.mp4", "http://www.example.com/news/2016/%F0%9F%98%80.mp4"),
    ("\ud83d\ude00.mp4", "http://www.example.com/news/2016/%F0%9F%98%80.mp4"),
    ("\ud83d.mp4", "http://www.example.com/news/2016/%EF%BF%BD.mp4"),
    ("\xa0a.mp4", "http://www.example.com/news/2016/%C2%A0a.mp4"),
    ("\ufeffa.mp4", "http://www.example.com/news/2016/%EF%BB%BFa.mp4"),
    ("%41.mp4", "http://www.example.com/news/2016/%41.mp4"),
    ("%7Ea.mp4", "http://www.example.com/news/2016/%7Ea.mp4"),
    ("%c3%a9.mp4", "http://www.example.com/news/2016/%c3%a9.mp4"),
    ("a%2Fb.mp4", "http://www.example.com/news/2016/a%2Fb.mp4"),
    ("a%20b.mp4", "http://www.example.com/news/2016/a%20b.mp4"),
    ("a%2520b.mp4", "http://www.example.com/news/2016/a%2520b.mp4"),
    ("a%.mp4", "http://www.example.com/news/2016/a%.mp4"),
    ("a%zz.mp4", "http://www.example.com/news/2016/a%zz.mp4"),
    ("a%00.mp4", "http://www.example.com/news/2016/a%00.mp4"),
    ("?q=a b", "http://www.example.com/news/2016/page.html?q=a%20b"),
    ("?q=é", "http://www.example.com/news/2016/page.html?q=%C3%A9"),
    ("?q='x'", "http://www.example.com/news/2016/page.html?q=%27x%27"),
    ('?q="x"', "http://www.example.com/news/2016/page.html?q=%22x%22"),
    ("?q={x}", "http://www.example.com/news/2016/page.html?q={x}"),
    ("?q=a|b^c`d", "http://www.example.com/news/2016/page.html?q=a|b^c`d"),
    ("?q=<x>", "http://www.example.com/news/2016/page.html?q=%3Cx%3E"),
    ("?q=a\\b", "http://www.example.com/news/2016/page.html?q=a\\b"),
    ("?u=http://x/y?z", "http://www.example.com/news/2016/page.html?u=http://x/y?z"),
    ("v.mp4#a b", "http://www.example.com/news/2016/v.mp4#a%20b"),
    ("v.mp4#é", "http://www.example.com/news/2016/v.mp4#%C3%A9"),
    ("v.mp4#a`b", "http://www.example.com/news/2016/v.mp4#a%60b"),
]
BACKSLASHES = [
    ("\\video.mp4", "http://www.example.com/video.mp4"),
    ("..\\video.mp4", "http://www.example.com/news/video.mp4"),
    ("a\\b\\c.mp4", "http://www.example.com/news/2016/a/b/c.mp4"),
    ("a\\..\\b.mp4", "http://www.example.com/news/2016/b.mp4"),
    ("\\\\host.example\\v.mp4", "http://host.example/v.mp4"),
    ("/\\host.example/v.mp4", "http://host.example/v.mp4"),
    ("\\/host.example/v.mp4", "http://host.example/v.mp4"),
    ("https:\\\\host.example\\v.mp4", "https://host.example/v.mp4"),
    ("https://host.example\\v.mp4", "https://host.example/v.mp4"),
    ("/a\\b", "http://www.example.com/a/b"),
    ("v.mp4#a\\b", "http://www.example.com/news/2016/v.mp4#a\\b"),
]
HOSTS = [
    ("//cdn.example.org/v.mp4", "http://cdn.example.org/v.mp4"),
    ("///cdn.example.org/v.mp4", "http://cdn.example.org/v.mp4"),
    ("////cdn.example.org/v.mp4", "http://cdn.example.org/v.mp4"),
    ("//cdn.example.org", "http://cdn.example.org/"),
    ("//cdn.example.org?x", "http://cdn.example.org/?x"),
    ("//cdn.example.org#x", "http://cdn.example.org/#x"),
    ("//cdn.example.org//a//b", "http://cdn.example.org//a//b"),
    ("//CDN.Example.ORG/V.mp4", "http://cdn.example.org/V.mp4"),
    ("//cdn.example.org:80/v", "http://cdn.example.org/v"),
    ("//cdn.example.org:443/v", "http://cdn.example.org:443/v"),
    ("//cdn.example.org:/v", "http://cdn.example.org/v"),
    ("//cdn.example.org:00080/v", "http://cdn.example.org/v"),
    ("//cdn.example.org:8080/v", "http://cdn.example.org:8080/v"),
    ("//cdn.example.org./v", "http://cdn.example.org./v"),
    ("https://cdn.example.org/v", "https://cdn.example.org/v"),
    ("https://cdn.example.org", "https://cdn.example.org/"),
    ("https:///cdn.example.org/v", "https://cdn.example.org/v"),
    ("https:////cdn.example.org/v", "https://cdn.example.org/v"),
    ("HTTPS://CDN.EXAMPLE.ORG/V", "https://cdn.example.org/V"),
    ("https://cdn.example.org:443/v", "https://cdn.example.org/v"),
    ("https://cdn.example.org:80/v", "https://cdn.example.org:80/v"),
    ("https://cdn.example.org:0/v", "https://cdn.example.org:0/v"),
    ("https://cdn.example.org:65535/v", "https://cdn.example.org:65535/v"),
    ("http://%63dn.example.org/v", "http://cdn.example.org/v"),
    ("http://cdn\t.example\n.org/v", "http://cdn.example.org/v"),
    ("http://пример.рф/v.mp4", "http://xn--e1afmkfd.xn--p1ai/v.mp4"),
    ("http://münchen.de/v.mp4", "http://xn--mnchen-3ya.de/v.mp4"),
    ("http://MÜNCHEN.de/v.mp4", "http://xn--mnchen-3ya.de/v.mp4"),
    ("http://faß.de/", "http://xn--fa-hia.de/"),
    ("http://例え.jp/v", "http://xn--r8jz45g.jp/v"),
    ("http://xn--mnchen-3ya.de/v", "http://xn--mnchen-3ya.de/v"),
    ("http://ｃｄｎ．example.org/v", "http://cdn.example.org/v"),
    ("http://xn--a.example.org/v", "http://xn--a.example.org/v"),
    ("http://cdn。example.org/v", "http://cdn.example.org/v"),
    ("http://ex\u00adample.org/v", "http://example.org/v"),
    ("http://192.0.2.1/v", "http://192.0.2.1/v"),
    ("http://192.0.2.1:8080/v", "http://192.0.2.1:8080/v"),
    ("http://0xC0.0.2.1/v", "http://192.0.2.1/v"),
    ("http://0300.0.2.1/v", "http://192.0.2.1/v"),
    ("http://3221225985/v", "http://192.0.2.1/v"),
    ("http://192.0.513/v", "http://192.0.2.1/v"),
    ("http://[2001:DB8::1]/v", "http://[2001:db8::1]/v"),
    ("http://[2001:db8:0:0:0:0:0:1]:8080/v", "http://[2001:db8::1]:8080/v"),
    ("http://[::ffff:192.0.2.1]/v", "http://[::ffff:c000:201]/v"),
    ("http://a_b.example.org/v", "http://a_b.example.org/v"),
    ("http://@cdn.example.org/v", "http://cdn.example.org/v"),
    ("ftp://ftp.example.org/v.avi", "ftp://ftp.example.org/v.avi"),
    ("ftp://ftp.example.org:21/v.avi", "ftp://ftp.example.org/v.avi"),
    (" https://cdn.example.org/v.mp4\n", "https://cdn.example.org/v.mp4"),
    ("https://cdn.example.org/a/./b/../c//d.mp4", "https://cdn.example.org/a/c//d.mp4"),
    ("https://cdn.example.org?a=1", "https://cdn.example.org/?a=1"),
    ("https://cdn.example.org/v.mp4?sig=a%2Bb%3D", "https://cdn.example.org/v.mp4?sig=a%2Bb%3D"),
    ("https://cdn.example.org/a@b:c/v", "https://cdn.example.org/a@b:c/v"),
]
OTHER_BASES = [
    (SECURE, "v.mp4", "https://example.org/v.mp4"),
    (SECURE, "..", "https://example.org/"),
    (SECURE, "//cdn.example.org/v", "https://cdn.example.org/v"),
    (SECURE, "https:v.mp4", "https://example.org/v.mp4"),
    (SECURE, "?q", "https://example.org/?q"),
    (FOLDER, "v.mp4", "https://example.net/a/b/c/v.mp4"),
    (FOLDER, "../v.mp4", "https://example.net/a/b/v.mp4"),
    (FOLDER, "..", "https://example.net/a/b/"),
    (FOLDER, ".", "https://example.net/a/b/c/"),
    (FOLDER, "/v.mp4", "https://example.net/v.mp4"),
    (FOLDER, "../../../../v.mp4", "https://example.net/v.mp4"),
    (PORT, "v.mp4", "http://example.com:8080/x/v.mp4"),
    (PORT, "/v.mp4", "http://example.com:8080/v.mp4"),
    (PORT, "//example.com/v.mp4", "http://example.com/v.mp4"),
    ("http://example.com", "v.mp4", "http://example.com/v.mp4"),
    ("http://example.com?q", "v.mp4", "http://example.com/v.mp4"),
    ("http://example.com/a//b/", "../v.mp4", "http://example.com/a//v.mp4"),
    ("http://example.com/a//b", "../v.mp4", "http://example.com/a/v.mp4"),
    ("http://example.com/a/b;c", "v.mp4", "http://example.com/a/v.mp4"),
    ("http://EXAMPLE.com:80/a", "v.mp4", "http://example.com/v.mp4"),
    ("//example.com/a/", "v.mp4", "https://example.com/a/v.mp4"),
    ("http://me:secret@example.com/a/", "v.mp4", "http://example.com/a/v.mp4"),
    (" http://example.com/a/ ", "v.mp4", "http://example.com/a/v.mp4"),
]
REFUSED = [
    (PAGE, "", "empty"),
    (PAGE, " \t\n", "empty"),
    (PAGE, "#", "fragment-only"),
    (PAGE, "#player", "fragment-only"),
    (PAGE, "data:video/mp4;base64,AAAA", "inline-data"),
    (PAGE, " DATA:text/plain,x", "inline-data"),
    (PAGE, "blob:https://example.com/1c2d", "blob"),
    (PAGE, "filesystem:https://example.com/x", "blob"),
    (PAGE, "javascript:void(0)", "script"),
    (PAGE, "java\nscript:void(0)", "script"),
    (PAGE, "vbscript:x", "script"),
    (PAGE, "file:///etc/passwd", "local-file"),
    (PAGE, "file://host/share/v.mp4", "local-file"),
    (PAGE, "FILE:v.mp4", "local-file"),
    (PAGE, "C:\\videos\\v.mp4", "local-file"),
    (PAGE, "c:/videos/v.mp4", "local-file"),
    (PAGE, "about:blank", "other-scheme"),
    (PAGE, "mailto:a@example.com", "other-scheme"),
    (PAGE, "tel:+1", "other-scheme"),
    (PAGE, "magnet:?xt=urn:btih:1", "other-scheme"),
    (PAGE, "ws://example.com/x", "other-scheme"),
    (PAGE, "cid:part1", "other-scheme"),
    (PAGE, "http://me:secret@example.com/v.mp4", "credentials"),
    (PAGE, "//me@example.com/v.mp4", "credentials"),
    (PAGE, "https://example.com@evil.example/v.mp4", "credentials"),
    (PAGE, "rtmp://me:secret@example.com/app/v", "credentials"),
    (PAGE, "http://", "invalid"),
    (PAGE, "//", "invalid"),
    (PAGE, "http://?q", "invalid"),
    (PAGE, "http://exa mple.com/", "invalid"),
    (PAGE, "http://example.com:99999/", "invalid"),
    (PAGE, "http://example.com:8o/", "invalid"),
    (PAGE, "http://[::1/", "invalid"),
    (PAGE, "http://[x]/", "invalid"),
    (PAGE, "http://a<b/", "invalid"),
    (PAGE, "http://a%2Fb/", "invalid"),
    (PAGE, "http://1.2.3.256/", "invalid"),
    (PAGE, "https://{host}/v.mp4", "invalid-host"),
    (PAGE, "https://$cdn/v.mp4", "invalid-host"),
    (PAGE, "https://.../v.mp4", "invalid-host"),
    (PAGE, "https://" + "a" * 254 + "/v.mp4", "invalid-host"),
    (PAGE, "/" + "a" * 8192, "too-long"),
    (PAGE, "/" + "é" * 2000, "too-long"),
    (PAGE, "data:x," + "a" * 9000, "inline-data"),
    (None, "v.mp4", "no-base"),
    (None, "/v.mp4", "no-base"),
    (None, "../v.mp4", "no-base"),
    (None, "?q", "no-base"),
    (None, "\\v.mp4", "no-base"),
    ("file:///home/me/page.html", "v.mp4", "no-base"),
    ("about:blank", "/v.mp4", "no-base"),
    ("data:text/html,x", "v.mp4", "no-base"),
    ("page.html", "v.mp4", "no-base"),
    ("http://[", "v.mp4", "no-base"),
]
CASES = [(PAGE, raw, url) for raw, url in RELATIVE + ENCODED + BACKSLASHES + HOSTS] + OTHER_BASES


def test_the_table_is_as_long_as_promised():
    """The table covers at least two hundred pairs of path and base."""
    assert len({(base, raw) for base, raw, _ in CASES + REFUSED}) >= 200


@pytest.mark.parametrize(("base", "raw", "url"), CASES)
def test_join_resolves_as_a_browser(base, raw, url):
    """A path is resolved against a base by the rules of the URL Standard."""
    joined = join(raw, base)
    assert (joined.url, joined.reason) == (url, None)


@pytest.mark.parametrize(("base", "raw", "reason"), REFUSED)
def test_join_refuses_with_a_reason(base, raw, reason):
    """What no server delivers, or nothing resolves, gives no URL and says why."""
    joined = join(raw, base)
    assert (joined.url, joined.reason) == (None, reason)


@pytest.mark.parametrize(("_base", "raw", "url"), [case for case in CASES if case[1].startswith(("http://", "ftp://"))])
def test_absolute_urls_need_no_base(_base, raw, url):
    """An absolute URL comes out the same without a base."""
    assert join(raw, None).url == url


@pytest.mark.parametrize(
    ("raw", "notes"),
    [
        ("//cdn.example.org/v.mp4", ("scheme-assumed",)),
        ("\\\\cdn.example.org\\v.mp4", ("scheme-assumed", "backslashes")),
        ("https://cdn.example.org/a\nb", ("line-breaks-removed",)),
        ("https://cdn.example.org/\ud800", ("surrogates-replaced",)),
        ("https://cdn.example.org/?a\\b", ()),
        ("https://localhost/v.mp4", ("single-label-host",)),
        ("https://undefined/v.mp4", ("single-label-host",)),
        ("https://[::1]/v.mp4", ()),
        ("https://xn--pypal-4ve.com/", ("mixed-script-host",)),
        ("https://p\u0430ypal.com/", ("mixed-script-host",)),
        ("https://\u0440\u0430\u0443\u0440\u0430\u04cf.com/", ("look-alike-host",)),
        ("https://\u0440\u0430\u0443.\u0440\u0444/", ()),
        ("https://пример.com/", ()),
        ("https://münchen.de/", ()),
        ("https://xn--8i7caa.com/", ("bogus-punycode-host",)),
        ("https://日本語テスト.jp/", ()),
        ("rtmp://cdn.example.org/app/mp4:v", ("streaming-scheme",)),
    ],
)
def test_join_notes_what_it_assumed_or_found_odd(raw, notes):
    """A URL that was mended, assumed or looks like another one says so."""
    joined = join(raw, None)
    assert joined.url
    assert joined.notes == notes


@pytest.mark.parametrize(
    "raw",
    [
        "rtmp://cdn.example.org/app playpath=mp4:v swfUrl=http://x/p.swf",
        "rtmps://cdn.example.org:443/app/mp4:Videos/V.mp4",
        "rtsp://192.0.2.1:554/v.mp4",
        "mms://Media.Example.org/v.wmv",
    ],
)
def test_streaming_urls_stay_as_written(raw):
    """A URL of a streaming protocol keeps its form, since players read more into it than browsers."""
    assert join(f" {raw}\n", PAGE).url == raw


@pytest.mark.parametrize(
    ("raw", "is_host"),
    [
        ("cdn.example.com/v/x.mp4", True),
        ("www.example.co.uk/v", True),
        ("EXAMPLE.TV/x", True),
        ("cdn.example.com:8080/v", True),
        ("a-b.example.media/x", True),
        ("cdn.example.com", False),
        ("clip.mov/playlist.m3u8", False),
        ("clip.mp4/playlist.m3u8", False),
        ("clip.ism/manifest", False),
        ("index.php/video/1", False),
        ("page.html/x", False),
        ("v1.2/x", False),
        ("videos/x.mp4", False),
        (".com/x", False),
        ("-.com/x", False),
        ("a b.com/x", False),
        ("../example.com/x", False),
        ("", False),
    ],
)
def test_looks_like_host(raw, is_host):
    """A first segment under a known top-level domain is probably a host, one with a file extension is not."""
    assert looks_like_host(raw) is is_host


def test_a_host_without_scheme_has_two_readings():
    """A browser reads it as a path, with a note; the other reading is https and says that it was assumed."""
    raw = "cdn.example.com/v/x.mp4"
    assert join(raw, SECURE).url == "https://example.org/cdn.example.com/v/x.mp4"
    assert join(raw, SECURE).notes == ("looks-like-host",)
    assert join(raw, None).reason == "no-base"
    assert host_url(raw).url == "https://cdn.example.com/v/x.mp4"
    assert host_url(raw).notes == ("host-assumed", "scheme-assumed")
    assert host_url("videos/x.mp4").url is None
    assert join("cdn.example.com:8080/v", SECURE) == join("cdn.example.com:8080/v", None)
    assert host_url("cdn.example.com:8080/v").url == "https://cdn.example.com:8080/v"


@pytest.mark.parametrize(
    ("known", "result"),
    [
        (("http://a.example/p/q", None, None, None, None), ("http://a.example/p/q", "option")),
        (("http://a.example/p/q", "../r/", None, None, None), ("http://a.example/r/", "base-tag")),
        (("http://a.example/p", "//b.example/", "http://c.example/", None, None), ("http://b.example/", "base-tag")),
        ((None, "https://b.example/x/", None, None, None), ("https://b.example/x/", "base-tag")),
        ((None, "/x/", "http://c.example/y", None, None), ("http://c.example/x/", "base-tag")),
        ((None, "/x/", None, None, None), (None, None)),
        ((None, "file:///x/", "http://c.example/y", None, None), ("http://c.example/y", "container")),
        ((None, "javascript:1", None, "http://d.example/", None), ("http://d.example/", "canonical")),
        ((None, None, "http://c.example/y", "http://d.example/", None), ("http://c.example/y", "container")),
        ((None, None, None, "//d.example/z", "http://e.example/"), ("https://d.example/z", "canonical")),
        ((None, None, None, "/z", "http://e.example/"), ("http://e.example/", "og-url")),
        ((None, None, None, "", "http://e.example/"), ("http://e.example/", "og-url")),
        (("file:///home/me/p.html", None, None, None, None), (None, None)),
        (("p.html", None, None, None, None), (None, None)),
        (("http://me:secret@a.example/p", None, None, None, None), ("http://a.example/p", "option")),
        ((None, None, None, None, None), (None, None)),
    ],
)
def test_document_url_ladder(known, result):
    """`<base>` wins and is resolved; then what was stated, the container, canonical, og:url; never a file."""
    assert document_url(*known) == DocumentUrl(*result)


def test_own_url_ignores_the_base_tag():
    """The document's own URL is not where its `<base>` points."""
    assert own_url("http://a.example/p", None, None, None) == ("http://a.example/p", "option")


def test_host_of():
    """The host comes without port, an IPv6 address with its brackets."""
    assert host_of("https://[2001:db8::1]:8080/v") == "[2001:db8::1]"
    assert host_of("https://a.example:8080/v@w") == "a.example"
    assert host_of("nonsense") == ""


PATHS = ["/", "//", "\\", "..", ".", ":", "?", "#", "@", "%2e", "%", "é", "{", "1", "x.mp4"]
PLACES = [
    "http:",
    "https://",
    "rtmp://",
    "data:",
    "file:",
    "a.com",
    "[::1]",
    "xn--",
    "//h.example",
    "www.",
    ".tv/",
    "0x",
]
ODD = ["\ud800", "\t", "\n", "\x00", " "]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PATHS + PLACES + ODD)).map("".join))


@given(TEXTS, st.one_of(st.none(), st.just(PAGE), TEXTS))
def test_join_is_total_and_idempotent(raw, base):
    """Any text gives a URL or a reason, and a URL that was joined is joined to itself."""
    joined = join(raw, base)
    assert (joined.url is None) != (joined.reason is None)
    if joined.url:
        assert not joined.url.lower().startswith(("file:", "data:", "javascript:", "blob:"))
        assert join(joined.url, None).url == joined.url
        assert join(joined.url, PAGE).url == joined.url


@given(TEXTS)
def test_the_other_readings_are_total(raw):
    """Any text can be asked whether it begins with a host, and be read as one."""
    assert isinstance(looks_like_host(raw), bool)
    host_url(raw)
    document_url(raw, raw, None, raw, raw)


@pytest.mark.parametrize(
    "url",
    [
        "http://EXAMPLE.com/a",
        "http://example.com",
        "http://example.com:80/a",
        "http://u@example.com/a",
        "http://localhost/a",
        "http://1.2.3.4/a",
        "http://0x7f.1/a",
        "http://xn--a.example/a",
        "http://example.com/a/../b",
        "http://example.com/a/%2E%2e/b",
        "http://example.com/a b",
        "http://example.com/\u00e4",
        "http://example.com/a\\b",
        "http://example.com/a'b?c='",
        "http://example.com/a#b",
        "//example.com/a",
        " http://example.com/a",
        "http://example.com/a\n",
    ],
)
def test_what_a_parser_may_change_is_not_plain(url):
    """A URL that could come back as another one, or be refused, has to be parsed."""
    assert not is_plain_url(url)


_LABELS = st.lists(st.text("abz09-_.x", min_size=1, max_size=6), min_size=1, max_size=4).map(".".join)


@given(
    st.sampled_from(["http", "https"]),
    _LABELS,
    st.text("abZ09/.%2eEf~!$&'()*+,;=:@?-_^|\\", max_size=20),
    st.booleans(),
)
def test_plain_urls_are_what_parsing_gives(scheme, host, rest, with_base):
    """What is taken as it stands is what the parser would have given, and nothing is to be noted of it."""
    url = f"{scheme}://{host}/{rest}"
    if is_plain_url(url):
        # Outer space makes it go through the parser, which takes it off.
        assert join(f" {url} ", PAGE if with_base else None) == join(url, None) == Joined(url)
