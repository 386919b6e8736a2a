"""One medium has one key, two media never share one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model.finding import Id
from harvester.resolve.identity import MAX_KEY_CHARS, canonical, media_key, path_hash

V = "//cdn.example.com/v/x.mp4"
MD5 = "0123456789abcdef0123456789abcdef"
SEED = "/2016/12/15/alalam_636174317002207171_25f_4x3.mp4"

SAME = [
    "https://cdn.example.com/v/x.mp4",
    "http://cdn.example.com/v/x.mp4",
    "//cdn.example.com/v/x.mp4",
    " HTTP://CDN.Example.COM:80/v/x.mp4\n",
    "https://cdn.example.com:443/v/x.mp4#t=10",
    "https://cdn.example.com./v/x.mp4",
    "https://cdn1.example.com/v/x.mp4",
    "https://cdn-02.example.com/v/x.mp4",
    "https://www.cdn.example.com/v/x.mp4",
    "https://cdn.example.com/v/./y/../x.mp4",
    "https://cdn.example.com/v/%78.mp4",
    "https://cdn.example.com/v/x.mp4?",
    "https://cdn.example.com/v/x.mp4/",
    "https://cdn.example.com/v/x.mp4?utm_source=a&utm_medium=b&fbclid=c",
    "https://cdn.example.com/v/x.mp4?_=1700000000",
    "https://cdn.example.com/v/x.mp4?v=3&cb=1",
    f"https://cdn.example.com/v/x.mp4?exp=1700000000&sig={MD5}",
    f"https://cdn.example.com/hdntl=exp=1700000000~acl=/*~hmac={MD5}/v/x.mp4",
    "https://web.archive.org/web/20161215204820id_/http://cdn.example.com/v/x.mp4",
    "https://cdn-example-com.cdn.ampproject.org/v/s/cdn.example.com/v/x.mp4",
]
FORMS = [
    ("https://example.com/watch?v=abc&utm_source=x&t=", "//example.com/watch?t=&v=abc"),
    ("https://example.com/get?b=2&a=1&b=1", "//example.com/get?a=1&b=2&b=1"),
    ("https://example.com/hls/playlist.m3u8?v=7", "//example.com/hls/playlist.m3u8?v=7"),
    ("https://example.com/a%2fb/%7euser/%C3%A9.mp4", "//example.com/a%2Fb/~user/%C3%A9.mp4"),
    ("http://example.com/news//2016/x.jpg", "//example.com/news//2016/x.jpg"),
    ("http://example.com:8080/x.mp4", "//example.com:8080/x.mp4"),
    ("http://example.com/X.MP4", "//example.com/X.MP4"),
    ("http://www.com/x.mp4", "//www.com/x.mp4"),
    ("http://stream2.example.com/x.mp4", "//stream2.example.com/x.mp4"),
    ("http://tv5.example.com/x.mp4", "//tv5.example.com/x.mp4"),
    ("http://cdn2.com/x.mp4", "//cdn2.com/x.mp4"),
    ("http://[2001:db8::1]:8080/x.mp4", "//[2001:db8::1]:8080/x.mp4"),
    ("ftp://example.com/x.avi", "ftp://example.com/x.avi"),
    ("rtmp://Example.com/app/mp4:X", "rtmp://example.com/app/mp4:X"),
    ("/v/x.mp4", "/v/x.mp4"),
    (" data:x ", "data:x"),
    ("", ""),
]


@pytest.mark.parametrize("url", SAME)
def test_spellings_of_one_url_are_one(url):
    """Scheme, case, port, farm number, signature, tracking, fragment and archive don't make another medium."""
    assert canonical(url) == V


@pytest.mark.parametrize(("url", "form"), FORMS)
def test_what_may_identify_stays(url, form):
    """Path, its case and double slashes, other ports and hosts, and the parameters that name a medium stay."""
    assert canonical(url) == form


PIECES = [
    "http://",
    "https://",
    "//",
    "www.",
    "cdn1.",
    "example.com",
    ":80",
    ":8080",
    "/",
    "x.mp4",
    "?",
    "&",
    "=",
    "v",
    "1",
]
ODD = [
    "#",
    "%7e",
    "%2F",
    "%",
    "exp=1700000000",
    f"sig={MD5}",
    "utm_x=1",
    "/web/20161215204820/",
    "https://web.archive.org",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES + ODD + ["..", "\ud800", "é", "\\", " "])).map("".join)))
def test_canonical_is_total_and_idempotent(url):
    """Any text has a form, and that form is its own."""
    assert canonical(canonical(url)) == canonical(url)


def test_path_hash_is_of_path_and_id():
    """The same path in other spellings has one hash; another path, or another id, another one."""
    known = path_hash(SEED, "1897891")
    assert known.startswith("path:sha256:")
    assert len(known) == len("path:sha256:") + 64
    assert path_hash(f" {SEED[1:]}#x", "1897891", "any") == known
    assert path_hash(SEED.replace("/", "\\"), "1897891") == known
    assert path_hash(SEED, "1897892") != known
    assert path_hash(SEED, None) != known
    assert path_hash("../x.mp4", None, "a") != path_hash("x.mp4", None, "a")


def test_a_path_that_could_stand_anywhere_is_bound_to_its_site():
    """`/videos/1.mp4` on two sites is two media; a path with a long number is itself everywhere."""
    assert path_hash("/videos/1.mp4", None, "a.example") != path_hash("/videos/1.mp4", None, "b.example")
    assert path_hash(SEED, "1", "a.example") == path_hash(SEED, "1", "b.example")


def test_the_best_id_is_the_key():
    """A profile's id comes first, then one with an account, then by name; local ids are none."""
    ids = [Id(scheme="youtube", value="abc"), Id(scheme="local", value="77777")]
    ids += [Id(scheme="brightcove:12", value="34"), Id(scheme="site", value="5")]
    for order in permutations(ids):
        found = media_key(order, url="https://cdn.example.com/v/x.mp4", profile="site")
        assert found.key == "site:5"
        assert found.aliases[:3] == ("brightcove:12:34", "youtube:abc", "url:" + V)
    assert media_key(ids).key == "brightcove:12:34"


def test_a_profile_added_later_keeps_the_old_key_as_alias():
    """What was known by its path and id is still known by them once a profile names the id's scheme."""
    before = media_key([Id(scheme="local", value="1897891")], raw=SEED, scope="doc")
    after = media_key([Id(scheme="alalam", value="1897891")], raw=SEED, scope="doc", profile="alalam")
    assert before.key == path_hash(SEED, "1897891")
    assert after.key == "alalam:1897891"
    assert before.key in after.aliases


def test_a_base_found_later_keeps_the_old_key_as_alias():
    """What was known by its path is known by it too once its URL is known."""
    before = media_key([], raw=SEED)
    after = media_key([], raw=SEED, url="https://media.example" + SEED)
    assert after.key == "url://media.example" + SEED
    assert before.key in after.aliases


def test_another_rendition_is_matched_by_alias():
    """Two pages with different renditions of one file share an alias."""
    low = media_key([], url="https://cdn.example.com/v/clip_360p.mp4?exp=1700000000")
    high = media_key([], url="https://cdn.example.com/v/clip_1080p.mp4")
    assert set(low.aliases) & set(high.aliases)
    other = media_key([], url="https://cdn.example.com/v/other_1080p.mp4")
    assert not {other.key, *other.aliases} & {low.key, *low.aliases}


def test_a_short_number_is_no_alias_on_other_sites():
    """Two shops may name two files by one product's number."""
    one = media_key([], url="https://a.example/m/4006381333931.mp4")
    two = media_key([], url="https://b.example/m/4006381333931.mp4")
    assert not {one.key, *one.aliases} & {two.key, *two.aliases}


def test_local_ids_are_never_alone():
    """An id that is unique on its site at best is a key with the site only, never a short one, never an alias."""
    ids = [Id(scheme="local", value="1897891")]
    assert media_key(ids, scope="a.example") == ("local:a.example/1897891", ())
    assert media_key(ids, scope="a.example").key != media_key(ids, scope="b.example").key
    assert media_key(ids).key.startswith("record:sha256:")
    short = media_key([Id(scheme="local", value="3")], scope="a.example", text="Title")
    assert short.key.startswith("record:sha256:")
    assert not any("1897891" in alias for alias in media_key(ids, url="https://a.example/x.mp4", scope="a").aliases)


def test_a_record_without_anything_has_a_key_of_its_text():
    """Title and scope make the last key, so that it stays from run to run."""
    assert media_key([], scope="a", text="T") == media_key([], scope="a", text="T")
    assert media_key([], scope="a", text="T") != media_key([], scope="a", text="U")
    assert media_key([], scope="a", text="T") != media_key([], scope="b", text="T")
    assert media_key([Id(scheme="x", value="")], text="T").key.startswith("record:")


def test_a_long_url_is_hashed():
    """A key stays short enough to print."""
    long = "https://cdn.example.com/" + "a" * 2000 + ".mp4"
    found = media_key([], url=long)
    assert found.key.startswith("url:sha256:")
    assert all(len(alias) <= MAX_KEY_CHARS for alias in found.aliases)


def test_an_absolute_raw_is_no_path():
    """A full URL has its URL's form and no path's."""
    assert media_key([], url="https://a.example/x.mp4", raw="https://a.example/x.mp4").key == "url://a.example/x.mp4"
    assert not any(
        alias.startswith("path:sha256:")
        for alias in media_key([], url="https://a.example/x.mp4", raw="//a.example/x.mp4").aliases
    )


IDS = st.lists(st.builds(Id, scheme=st.sampled_from(["local", "x", "y:1"]), value=st.text(max_size=4)), max_size=4)


@given(IDS, st.none() | st.text(), st.none() | st.text(), st.text(max_size=3), st.text(max_size=3))
def test_media_key_is_total(ids, url, raw, scope, text):
    """Anything has a key, which is none of its aliases and doesn't depend on the order of ids."""
    found = media_key(ids, url=url, raw=raw, scope=scope, text=text)
    assert found.key
    assert found.key not in found.aliases
    assert len(set(found.aliases)) == len(found.aliases)
