"""Signed URLs say until when they hold, and what they are without their signature."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.signed import MAX_PARAMETERS, expires, unsigned

AT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
NOW = 1_700_000_000
HEX = f"{NOW:x}"
MD5 = "0123456789abcdef0123456789abcdef"
SHA = MD5 + MD5
PLAY = "https://r1.googlevideo.com/videoplayback"
GV = "https://m.googlevideo.com/api/manifest/hls"
V = "https://cdn.example.com/v/x.mp4"


def b64(value: object) -> str:
    """JSON in unpadded base64url, as in a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def policy(value: object) -> str:
    """JSON in CloudFront's base64."""
    return base64.b64encode(json.dumps(value).encode()).decode().translate(str.maketrans("+=/", "-_~"))


JWT = f"{b64({'alg': 'HS256'})}.{b64({'sub': 'abc123', 'exp': NOW})}.c2lnbmF0dXJl"
JWT_BARE = f"{b64({'alg': 'HS256'})}.{b64({'iat': 1, 'user': 'x'})}.c2lnbmF0dXJl"
CUSTOM = policy({"Statement": [{"Resource": "https://x/*", "Condition": {"DateLessThan": {"AWS:EpochTime": NOW}}}]})
FASTLY = base64.b64encode(f"{HEX}_{SHA}".encode()).decode().replace("=", "%3D")
AMZ = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K%2F20231114%2Fs3&X-Amz-Date=20231114T211320Z"
FB = f"_nc_cat=1&ccb=1-7&_nc_sid=5e9851&efg=e30&_nc_ohc=abc&oh=00_AfA{MD5}&oe={HEX.upper()}&_nc_rid=1"

SIGNED = [
    ("aws-v2", f"{V}?AWSAccessKeyId=AKIA&Expires={NOW}&Signature=a%2Bb%3D", V),
    ("aws-v2", f"{V}?id=7&GoogleAccessId=x%40y&Expires={NOW}&Signature=ab%2Fc", f"{V}?id=7"),
    ("aws-v2", f"{V}?OSSAccessKeyId=L&Expires={NOW}&Signature=ab", V),
    ("aws-v4", f"{V}?{AMZ}&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature={SHA}", V),
    ("aws-v4", f"{V}?a=1&{AMZ.lower()}&x-amz-expires=3600&x-amz-signature={SHA}&b=2", f"{V}?a=1&b=2"),
    ("gcs-v4", f"{V}?X-Goog-Date=20231114T221310Z&X-Goog-Expires=10&X-Goog-Signature={SHA}", V),
    ("vendor-v4", f"{V}?X-Tos-Date=20231114T221310Z&X-Tos-Expires=10&X-Tos-Signature={SHA}", V),
    ("vendor-v4", f"{V}?x-oss-date=20231114T221310Z&x-oss-expires=10&x-oss-signature={SHA}", V),
    ("azure-sas", f"{V}?sv=2020-08-04&st=2023-11-14T00%3A00%3A00Z&se=2023-11-14T22%3A13%3A20Z&sr=b&sp=r&sig=a%2Fb", V),
    ("azure-sas", f"{V}?sv=2020&se=2023-11-14T23:13:20%2B01:00&sig=ab", V),
    ("cloudfront", f"{V}?Expires={NOW}&Signature=ab-c~d_&Key-Pair-Id=APKA", V),
    ("cloudfront", f"{V}?Policy={CUSTOM}&Signature=ab&Key-Pair-Id=APKA&id=7", f"{V}?id=7"),
    ("akamai-token", f"{V}?hdnts=st=1699990000~exp={NOW}~acl=/*~hmac={SHA}", V),
    ("akamai-token", f"{V}?hdnea=exp={NOW}~acl=%2F*~hmac={SHA}&id=7", f"{V}?id=7"),
    ("akamai-token", f"{V}?__token__=exp%3D{NOW}~acl%3D%2Fv%2F*~hmac%3D{SHA}", V),
    ("akamai-token", f"https://c.example/hdntl=exp={NOW}~acl=/*~data=hdntl~hmac={SHA}/v/x.m3u8", "https://c.example/v/x.m3u8"),
    ("akamai-token", f"https://v.example/exp={NOW}~acl=%2F9%2F%2A~hmac={SHA}/9/x.mp4", "https://v.example/9/x.mp4"),
    ("akamai-token", f"https://v.example/p/exp={NOW}~acl=/9/*~hmac={SHA}/9/x.mp4", "https://v.example/p/9/x.mp4"),
    ("time-digest", f"{V}?__gda__={NOW}_{MD5}", V),
    ("time-digest", f"{V}?token={NOW}_{MD5}{MD5[:8]}", V),
    ("time-digest", f"{V}?secure=abcdefghijklmnopqrstuv==,{NOW}", V),
    ("jwt", f"{V}?token={JWT}", V),
    ("jwt", f"{V}?id=7&jwt={JWT}#t=1", f"{V}?id=7#t=1"),
    ("jwt", f"https://c.example/{JWT}/manifest/video.m3u8", "https://c.example/abc123/manifest/video.m3u8"),
    ("fastly-token", f"https://m.example/hls/x.m3u8?fastly_token={FASTLY}", "https://m.example/hls/x.m3u8"),
    ("facebook", f"https://scontent.example/v/t16/1_n.mp4?{FB}", "https://scontent.example/v/t16/1_n.mp4"),
    ("googlevideo", f"{PLAY}?expire={NOW}&ei=x&ip=192.0.2.1&id=o-A&itag=22&sig=ab", f"{PLAY}?id=o-A&itag=22"),
    ("googlevideo", f"{GV}/expire/{NOW}/ei/x/id/a.1/itag/9/sig/b/file/i.m3u8", f"{GV}/id/a.1/itag/9/file/i.m3u8"),
    ("tiktok", f"{V}?a=1988&x-expires={NOW}&x-signature=ab%3D", f"{V}?a=1988"),
    ("tencent-cos", f"{V}?q-sign-algorithm=sha1&q-ak=x&q-sign-time=1699990000;{NOW}&q-key-time=1;2&q-signature=ab", V),
    ("tencent-live", f"{V}?txSecret={MD5}&txTime={HEX.upper()}", V),
    ("tencent-vod", f"{V}?t={HEX}&us=r&sign={MD5}", V),
    ("wangsu", f"{V}?wsSecret={MD5}&wsTime={HEX}", V),
    ("wowza", f"{V}?wowzatokenstarttime=1&wowzatokenendtime={NOW}&wowzatokenhash=ab%3D", V),
    ("wowza", f"{V}?myprefixendtime={NOW}&myprefixhash=ab&id=7", f"{V}?id=7"),
    ("nva", f"{V}?nvb=20231114000000&nva=20231114221320&hash={MD5}", V),
    ("bunny-token", f"https://b.example/bcdn_token=ab-c_&expires={NOW}&token_path=%2Fv%2F/v/x.m3u8", "https://b.example/v/x.m3u8"),
    ("generic", f"{V}?token=AbCdEfGhIj1234567&expires={NOW}&token_path=%2Fv", V),
    ("generic", f"{V}?md5=AbCdEfGhIjKlMnOp0123==&expires={NOW}", V),
    ("generic", f"{V}?st=AbCdEfGhIjKlMnOp0123&e={NOW}", V),
    ("generic", f"{V}?h={MD5}&e={NOW}&ip=192.0.2.1", V),
    ("generic", f"https://c.example/manifests/A5.m3u8?exp={NOW}&sig={MD5}", "https://c.example/manifests/A5.m3u8"),
    ("generic", f"{V}?exp={NOW}", V),
    ("generic", f"{V}?expire={NOW}000", V),
    ("generic", f"{V}?id=7&Expires={NOW}", f"{V}?id=7"),
    ("cdn77", f"https://c.example/AbCdEfGhIjKlMnOpQrStUv==,{NOW}/v/x.mp4", "https://c.example/v/x.mp4"),
]  # fmt: skip
TIMELESS = [
    ("digest", f"https://p.example/external/1.hd.mp4?s={MD5}{MD5[:8]}&profile_id=174", "https://p.example/external/1.hd.mp4?profile_id=174"),
    ("digest", f"https://p.example/external/1.m3u8?s={SHA}&oauth2_token_id=1198999172", "https://p.example/external/1.m3u8"),
    ("digest", f"{V}?signature=Ab0123456789", V),
    ("kvs", f"https://k.example/get_file/1/{MD5}/12000/12345/12345.mp4/?br=1", "https://k.example/get_file/1/12000/12345/12345.mp4/?br=1"),
    ("secdownload", f"https://t.example/{MD5}/{HEX}/video/tos/maliva/abc/", "https://t.example/video/tos/maliva/abc/"),
    ("time-digest", f"{V}?auth_key={NOW}-0-0-{MD5}", V),
    ("time-digest", f"{V}?verify={NOW}-AbCdEfGhIjKlMnOpQrStUvWxYz%3D", V),
    ("jwt", f"{V}?token={JWT_BARE}", V),
    ("aws-v2", f"{V}?AWSAccessKeyId=A&Expires=99999999999999&Signature=a", V),
    ("cloudfront", f"{V}?Policy=!!!&Signature=ab&Key-Pair-Id=APKA", V),
    ("azure-sas", f"{V}?sv=2020&si=policy&sr=b&sig=ab", V),
    ("azure-sas", f"{V}?sv=2020&se=tomorrow&sig=ab", V),
    ("generic", f"{V}?expires=never&sig={MD5}", V),
    ("aws-v4", f"{V}?X-Amz-Date=20231399T000000Z&X-Amz-Expires=10&X-Amz-Signature={SHA}", V),
    ("aws-v4", f"{V}?X-Amz-Date=20231114T000000Z&X-Amz-Expires=x&X-Amz-Signature={SHA}", V),
]  # fmt: skip
UNSIGNED = [
    "",
    "nonsense",
    V,
    f"{V}?id=7",
    f"{V}?e=7&t=20",
    f"{V}?t={NOW}",
    f"{V}?v={NOW}",
    f"{V}?_={NOW}",
    f"{V}?exp=7",
    f"{V}?token=abc",
    f"https://e.example/get.php?hash={MD5}",
    f"https://e.example/watch?s={MD5}",
    f"https://e.example/{MD5}/x.mp4",
    f"https://e.example/{MD5}/{HEX}/x.mp4",
    f"https://e.example/expire/{NOW}/x.mp4",
    f"https://e.example/{NOW}/x.mp4",
    f"https://e.example/exp={NOW}/x.mp4",
    f"https://e.example/{JWT_BARE}/x.mp4",
    "https://e.example/watch?v=dQw4w9WgXcQ&sig",
    f"{V}?" + "&".join(f"a{n}=1" for n in range(MAX_PARAMETERS + 5)) + f"&exp={NOW}",
]


@pytest.mark.parametrize(("scheme", "url", "rest"), SIGNED)
def test_a_signature_says_when_it_ends(scheme, url, rest):
    """Each documented form gives its end, and the URL without it."""
    expiry = expires(url)
    assert expiry is not None
    assert (expiry.scheme, expiry.at) == (scheme, AT)
    assert expiry.parameters
    assert unsigned(url) == rest


@pytest.mark.parametrize(("scheme", "url", "rest"), TIMELESS)
def test_a_signature_may_not_say_when_it_ends(scheme, url, rest):
    """What can't be read, or lies outside all reason, is no time; the signature is one still."""
    expiry = expires(url)
    assert expiry is not None
    assert (expiry.scheme, expiry.at) == (scheme, None)
    assert unsigned(url) == rest


@pytest.mark.parametrize("url", UNSIGNED)
def test_other_parameters_are_no_signature(url):
    """Ids, versions and numbers that only look like a time are left where they are."""
    assert expires(url) is None
    assert unsigned(url) == url


def test_of_several_times_the_earliest_counts():
    """A URL signed twice holds until the first of its signatures ends."""
    later = NOW + 60
    url = f"https://c.example/hdntl=exp={later}~acl=/*~hmac={SHA}/v.m3u8?hdnts=exp={NOW}~acl=/*~hmac={SHA}&id=7"
    expiry = expires(url)
    assert expiry is not None
    assert (expiry.at, expiry.parameters) == (AT, ("hdntl", "hdnts"))
    assert unsigned(url) == "https://c.example/v.m3u8?id=7"


def test_two_signings_of_one_file_are_one_url():
    """Signed an hour later, a URL is the same without its signature."""
    urls = [
        f"{V}?{AMZ.replace('2113', hour)}&X-Amz-Expires=60&X-Amz-Signature={digest}"
        for hour, digest in (("2113", SHA), ("2213", SHA[::-1]))
    ]
    assert len({unsigned(url) for url in urls}) == 1
    first, second = (found.at for url in urls if (found := expires(url)) and found.at)
    assert second - first == timedelta(hours=1)


SHORT = ["Expires", "exp", "e", "t", "sig", "Signature", "token", "Key-Pair-Id", "X-Amz-Date", "oe", "oh", "se", "sv"]
LONG = [
    "x-amz-signature",
    "hdnts",
    "q-signature",
    "q-sign-algorithm",
    "nva",
    "hash",
    "aendtime",
    "ahash",
    "Policy",
    "%65xp",
]
NAMES = st.sampled_from(SHORT + LONG)
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [str(NOW), HEX, MD5, JWT, f"exp={NOW}~hmac=ab", "9" * 13, "²" * 10, "٣" * 10, "20231114T221320Z", FASTLY]
    ),
)
PATHS = st.lists(
    st.sampled_from(
        ["a", MD5, HEX, "get_file", "1", f"exp={NOW}~acl=/*~hmac=ab", JWT, f"{'A' * 20},{NOW}", "expire", str(NOW)]
    )
    | st.text(max_size=10)
).map("/".join)


@given(
    st.one_of(
        st.text(),
        st.builds(
            "https://{}.googlevideo.com/{}?{}#{}".format,
            st.sampled_from(["a", "b.example"]),
            PATHS,
            st.lists(st.tuples(NAMES, VALUES).map("=".join)).map("&".join),
            st.text(max_size=5),
        ),
        st.builds(
            "https://c.example/{}?{}".format, PATHS, st.lists(st.tuples(NAMES, VALUES).map("=".join)).map("&".join)
        ),
    )
)
def test_unsigned_is_total_and_idempotent(url):
    """Any text can be asked; what was taken off once is off, and a time is within reason."""
    expiry = expires(url)
    rest = unsigned(url)
    assert unsigned(rest) == rest
    assert expires(rest) is None
    assert (expiry is None) == (rest == url)
    if expiry and expiry.at:
        assert 2001 <= expiry.at.year < 2100
