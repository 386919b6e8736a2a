"""Platform ids in URLs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model.finding import Id
from harvester.resolve.profiles import Profiles
from harvester.resolve.profiles.urlids import MAX_URL_CHARS, host_keys, parameter
from harvester.resolve.profiles.validate import parse
from harvester.sources.profiles import SHIPPED

YT = "M7lc1UVf-VE"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
HEX = "6b9e68b07dfee8cc2d116e4c51d6a957"

KNOWN = [
    (f"https://www.youtube.com/watch?v={YT}", f"youtube:{YT}"),
    (f"http://youtube.com/watch?v={YT}", f"youtube:{YT}"),
    (f"https://m.youtube.com/watch?v={YT}&list=PLx&index=2", f"youtube:{YT}"),
    (f"https://music.youtube.com/watch?v={YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com/watch?list=PLx&v={YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com/watch?list=PLx&amp;v={YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com/watch/?v={YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com/watch?v={YT}#t=30", f"youtube:{YT}"),
    (f"https://www.youtube.com/embed/{YT}", f"youtube:{YT}"),
    (f"//www.youtube.com/embed/{YT}?rel=0", f"youtube:{YT}"),
    (f"HTTPS://WWW.YOUTUBE.COM/embed/{YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com./embed/{YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com:443/embed/{YT}", f"youtube:{YT}"),
    (f"  https://www.youtube.com/embed/{YT}  ", f"youtube:{YT}"),
    (f"https:\\\\www.youtube.com\\embed\\{YT}", f"youtube:{YT}"),
    (f"https://someone@www.youtube.com/embed/{YT}", f"youtube:{YT}"),
    (f"https://www.youtube.com/v/{YT}&hl=en&fs=1", f"youtube:{YT}"),
    (f"https://www.youtube.com/shorts/{YT}?feature=share", f"youtube:{YT}"),
    (f"https://www.youtube.com/live/{YT}", f"youtube:{YT}"),
    (f"https://youtu.be/{YT}", f"youtube:{YT}"),
    (f"https://youtu.be/{YT}?si=abc", f"youtube:{YT}"),
    (f"https://www.youtube-nocookie.com/embed/{YT}", f"youtube:{YT}"),
    (f"https://i.ytimg.com/vi/{YT}/maxresdefault.jpg", f"youtube:{YT}"),
    (f"https://i1.ytimg.com/vi_webp/{YT}/hqdefault.webp", f"youtube:{YT}"),
    (f"https://img.youtube.com/vi/{YT}/0.jpg", f"youtube:{YT}"),
    (f"https://www.youtube.com/oembed?url=https%3A%2F%2Fyoutu.be%2F{YT}&format=json", f"youtube:{YT}"),
    ("https://vimeo.com/19339941", "vimeo:19339941"),
    ("https://www.vimeo.com/19339941?share=copy", "vimeo:19339941"),
    ("https://vimeo.com/groups/animation/videos/19339941", "vimeo:19339941"),
    ("https://vimeo.com/showcase/123/video/19339941", "vimeo:19339941"),
    ("https://player.vimeo.com/video/19339941?h=abcdef0123&badge=0", "vimeo:19339941"),
    ("https://vimeo.com/moogaloop.swf?clip_id=19339941&amp;server=vimeo.com", "vimeo:19339941"),
    ("https://player.vimeo.com/progressive_redirect/playback/19339941/rendition/1080p", "vimeo:19339941"),
    ("https://vimeo.com/api/oembed.json?url=https%3A//vimeo.com/19339941", "vimeo:19339941"),
    ("https://www.dailymotion.com/video/x7tgad0", "dailymotion:x7tgad0"),
    ("https://www.dailymotion.com/fr/video/x7tgad0", "dailymotion:x7tgad0"),
    ("//www.dailymotion.com/embed/video/x7tgad0?queue-enable=false", "dailymotion:x7tgad0"),
    ("https://geo.dailymotion.com/player.html?video=x7tgad0&mute=true", "dailymotion:x7tgad0"),
    ("http://www.dailymotion.com/swf/x7tgad0", "dailymotion:x7tgad0"),
    ("http://dai.ly/x7tgad0", "dailymotion:x7tgad0"),
    ("https://www.dailymotion.com/thumbnail/320x240/video/x7tgad0", "dailymotion:x7tgad0"),
    ("https://cdn.jwplayer.com/manifests/pbQRWilr.m3u8", "jwplayer:pbQRWilr"),
    ("https://cdn.jwplayer.com/manifests/pbQRWilr.mpd", "jwplayer:pbQRWilr"),
    ("https://content.jwplatform.com/videos/Qg61oDHZ-Q3wTDLV2.mp4", "jwplayer:Qg61oDHZ"),
    ("https://content.jwplatform.com/videos/Qg61oDHZ.mp4", "jwplayer:Qg61oDHZ"),
    ("https://cdn.jwplayer.com/previews/Qg61oDHZ", "jwplayer:Qg61oDHZ"),
    ("https://cdn.jwplayer.com/players/Qg61oDHZ-BY292heq.html", "jwplayer:Qg61oDHZ"),
    ("https://cdn.jwplayer.com/v2/media/Qg61oDHZ?format=json", "jwplayer:Qg61oDHZ"),
    ("https://cdn.jwplayer.com/strips/Qg61oDHZ-120.vtt", "jwplayer:Qg61oDHZ"),
    (
        "https://players.brightcove.net/1752604059001/default_default/index.html?videoId=4883184247001",
        "brightcove:1752604059001:4883184247001",
    ),
    (
        "//players.brightcove.net/1752604059001/HJyMlHiuZ_default/index.html?videoId=ref:abc-1",
        "brightcove:1752604059001:ref:abc-1",
    ),
    (
        "https://edge.api.brightcove.com/playback/v1/accounts/1752604059001/videos/4883184247001?x=1",
        "brightcove:1752604059001:4883184247001",
    ),
    (
        "https://cdnapisec.kaltura.com/p/931901/sp/93190100/thumbnail/entry_id/0_ru73xaxm/width/640",
        "kaltura:931901:0_ru73xaxm",
    ),
    (
        "https://media.example.edu/p/931901/sp/93190100/playManifest/entryId/0_ru73xaxm/format/url/protocol/https",
        "kaltura:931901:0_ru73xaxm",
    ),
    ("https://archive.org/embed/Popeye_forPresident", "internet-archive:Popeye_forPresident"),
    ("https://www.archive.org/details/Popeye_forPresident", "internet-archive:Popeye_forPresident"),
    ("https://archive.org/download/a_b/c%20d.mp3", "internet-archive-file:a_b/c%20d.mp3"),
    ("https://upload.wikimedia.org/wikipedia/commons/a/a9/Example.jpg", "wikimedia:commons:Example.jpg"),
    ("https://upload.wikimedia.org/wikipedia/en/b/b4/Clip.OGG", "wikimedia:en:Clip.OGG"),
    ("https://commons.m.wikimedia.org/wiki/File:Example.ogv", "wikimedia:commons:Example.ogv"),
    (f"https://framatube.org/videos/watch/{UUID}", f"peertube:{UUID}"),
    (f"https://any.host.example/videos/embed/{UUID}?autoplay=1", f"peertube:{UUID}"),
    (f"https://any.host.example/static/webseed/{UUID}-720.mp4", f"peertube:{UUID}"),
    (f"https://any.host.example/static/streaming-playlists/hls/{UUID}/master.m3u8", f"peertube:{UUID}"),
    ("https://any.host.example/w/kkGMgK9ZtnKfYAgnEtQxbv", "peertube-short:kkGMgK9ZtnKfYAgnEtQxbv"),
    ("https://m.facebook.com/watch/?v=647537299265662", "facebook:647537299265662"),
    ("https://www.facebook.com/video.php?v=647537299265662", "facebook:647537299265662"),
    ("https://www.facebook.com/page/videos/a-title/647537299265662/", "facebook:647537299265662"),
    ("https://www.facebook.com/reel/647537299265662", "facebook:647537299265662"),
    ("https://www.facebook.com/video/embed?video_id=647537299265662", "facebook:647537299265662"),
    (
        "https://www.facebook.com/v3.2/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D647537299265662",
        "facebook:647537299265662",
    ),
    ("https://instagram.com/p/fA9uwTtkSN", "instagram:fA9uwTtkSN"),
    ("https://www.instagram.com/someone/reel/CUbHfhpswxt/", "instagram:CUbHfhpswxt"),
    ("https://www.instagram.com/p/fA9uwTtkSN/embed/captioned/", "instagram:fA9uwTtkSN"),
    ("https://www.tiktok.com/embed/6718335390845095173", "tiktok:6718335390845095173"),
    ("https://www.tiktok.com/player/v1/6718335390845095173?music_info=1", "tiktok:6718335390845095173"),
    ("https://m.tiktok.com/v/6718335390845095173.html", "tiktok:6718335390845095173"),
    ("https://twitter.com/someone/status/643211948184596480?s=20", "x:643211948184596480"),
    ("https://mobile.twitter.com/someone/statuses/643211948184596480", "x:643211948184596480"),
    ("https://x.com/i/status/643211948184596480/video/1", "x:643211948184596480"),
    ("https://platform.twitter.com/embed/Tweet.html?dnt=true&id=643211948184596480", "x:643211948184596480"),
    ("https://pbs.twimg.com/ext_tw_video_thumb/643211948184596480/pu/img/x.jpg", "x-media:643211948184596480"),
    ("https://w.soundcloud.com/player?url=https%3A//api.soundcloud.com/tracks/1848538", "soundcloud:1848538"),
    (
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/soundcloud%253Atracks%253A1848538",
        "soundcloud:1848538",
    ),
    (
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/forss/flickermood",
        "soundcloud-page:forss/flickermood",
    ),
    ("https://m.soundcloud.com/forss/flickermood", "soundcloud-page:forss/flickermood"),
    ("https://open.spotify.com/intl-de/track/4Z7GAJ50bgctf6uclHlWKo?si=x", "spotify:track:4Z7GAJ50bgctf6uclHlWKo"),
    ("https://open.spotify.com/embed/show/4Z7GAJ50bgctf6uclHlWKo", "spotify:show:4Z7GAJ50bgctf6uclHlWKo"),
    ("https://podcasts.apple.com/de/podcast/id1135137367?i=1000482637777", "apple-podcasts:1000482637777"),
    ("https://player.twitch.tv/?autoplay=false&video=6528877", "twitch:6528877"),
    ("https://www.twitch.tv/nasa/clip/FaintLightGullWholeWheat-abc_1", "twitch-clip:FaintLightGullWholeWheat-abc_1"),
    ("https://rumble.com/embed/v5pv5f/", "rumble:v5pv5f"),
    ("https://rumble.com/v5pv5f-title.html?mref=1", "rumble-page:v5pv5f"),
    (f"https://odysee.com/$/embed/a-name/{'0123456789' * 4}?r=1", "odysee:" + "0123456789" * 4),
    (f"https://odysee.com/%24/embed/a-name/{'0123456789' * 4}", "odysee:" + "0123456789" * 4),
    ("https://odysee.com/$/embed/@channel:1/a-name:2", "odysee-page:@channel:1/a-name:2"),
    ("https://fast.wistia.net/embed/iframe/b0767e8ebb", "wistia:b0767e8ebb"),
    ("https://fast.wistia.com/embed/medias/b0767e8ebb.m3u8", "wistia:b0767e8ebb"),
    ("https://home.wistia.com/medias/b0767e8ebb", "wistia:b0767e8ebb"),
    ("https://streamable.com/o/dnd1", "streamable:dnd1"),
    ("https://www.bitchute.com/video/UGlrF9o9b-Q/", "bitchute:UGlrF9o9b-Q"),
    ("https://vk.com/video-77521_162222515?list=x", "vk:-77521:162222515"),
    ("https://m.vk.com/clip-77521_162222515", "vk:-77521:162222515"),
    ("https://m.ok.ru/video/20079905452", "ok-ru:20079905452"),
    ("https://rutube.ru/shorts/3eac3b4561676c17df9132a9a1e62e3e/", "rutube:3eac3b4561676c17df9132a9a1e62e3e"),
    ("https://www.bilibili.com/video/BV13x41117TL?p=1", "bilibili:BV13x41117TL"),
    ("https://player.bilibili.com/player.html?aid=1074402", "bilibili-av:1074402"),
    ("https://www.nicovideo.jp/watch/sm22312215?ref=x", "niconico:sm22312215"),
    ("https://ext.nicovideo.jp/thumb/sm22312215", "niconico:sm22312215"),
    ("https://www.aparat.com/v/wP8On/a-title", "aparat:wP8On"),
    ("https://t.me/s/telegram/83", "telegram:telegram:83"),
    (f"https://www.loom.com/share/{HEX}?sid=1", f"loom:{HEX}"),
    ("https://share.vidyard.com/watch/spSpXNLpBoHyx8Uqn4YzBn", "vidyard:spSpXNLpBoHyx8Uqn4YzBn"),
    (f"https://iframe.videodelivery.net/{HEX}", f"cloudflare-stream:{HEX}"),
    (f"https://videodelivery.net/{HEX}/thumbnails/thumbnail.jpg?time=2s", f"cloudflare-stream:{HEX}"),
    ("https://video.glomex.com/news/v-cb24uwg77hgh-title", "glomex:v-cb24uwg77hgh"),
    ("http://link.theplatform.com/s/dJ5BDC/media/e9I_cZgTgIPd?manifest=m3u", "theplatform:dJ5BDC:e9I_cZgTgIPd"),
    ("https://www.mixcloud.com/dholbach/cryptkeeper/", "mixcloud:dholbach/cryptkeeper"),
    ("https://bandcamp.com/EmbeddedPlayer/track=1812978515/", "bandcamp:1812978515"),
    ("https://playlist.megaphone.fm/?e=GLT9749789991&light=true", "megaphone:GLT9749789991"),
    (f"https://traffic.omny.fm/d/clips/{UUID}/{UUID}/{UUID}/audio.mp3?utm=1", f"omny:{UUID}"),
    (f"https://player.simplecast.com/{UUID}", f"simplecast:{UUID}"),
    (f"https://art19.com/shows/a-show/episodes/{UUID}", f"art19:{UUID}"),
    ("//html5-player.libsyn.com/embed/episode/id/6385796/height/90", "libsyn:6385796"),
    ("https://www.podbean.com/media/player/k23n7-a5ad8e-pb?from=yiiadmin", "podbean:k23n7-a5ad8e"),
    ("https://api.spreaker.com/v2/episodes/60269615/play.mp3", "spreaker:60269615"),
    ("https://share.transistor.fm/s/0a1b2c3d", "transistor:0a1b2c3d"),
    ("https://www.buzzsprout.com/1234567/7654321", "buzzsprout:7654321"),
    ("https://audioboom.com/posts/7398103-title.mp3", "audioboom:7398103"),
    ("https://i.imgur.com/crGpqCV.gifv", "imgur:crGpqCV"),
]

UNKNOWN = [
    "",
    " ",
    "//",
    "https://",
    "not a url",
    YT,
    f"/embed/{YT}",
    f"embed/{YT}",
    f"www.youtube.com/embed/{YT}",
    f"https://youtube.com.evil.example/embed/{YT}",
    f"https://notyoutube.com/embed/{YT}",
    f"https://www-youtube.com/embed/{YT}",
    f"https://evil.example/www.youtube.com/embed/{YT}",
    f"https://evil.example/?u=https://www.youtube.com/embed/{YT}",
    f"https://www.youtube.com@evil.example/embed/{YT}",
    f"https://www.youtube.com:pw@evil.example/embed/{YT}",
    f"https://evil.example\\@www.youtube.com/embed/{YT}",
    f"https://evil.example#@www.youtube.com/embed/{YT}",
    f"https://evil.example?@www.youtube.com/embed/{YT}",
    f"ftp://www.youtube.com/embed/{YT}",
    f"javascript:location='https://www.youtube.com/embed/{YT}'",
    f"data:text/html,//www.youtube.com/embed/{YT}",
    f"https://www.youtube.com/embed/{YT}x",
    f"https://www.youtube.com/embed/{YT[:-1]}",
    f"https://www.youtube.com/embed/{YT}.html",
    "https://www.youtube.com/embed/videoseries?list=PLx",
    "https://www.youtube.com/playlist?list=PLx",
    f"https://www.youtube.com/watch?vv={YT}",
    f"https://www.youtube.com/watching?v={YT}",
    "https://img.youtube.com/vi/shorts/hqdefault.jpg",
    f"https://youtu.be/{YT}x",
    "https://vimeo.com/19339941x",
    "https://notvimeo.com/19339941",
    "https://vimeo.com/channels/staffpicks",
    "https://player.vimeo.com/api/player.js",
    "https://www.dailymotion.com/",
    "https://dailymotion.com.example/video/x7tgad0",
    "https://cdn.jwplayer.com/libraries/BY292heq.js",
    "https://content.jwplatform.com/videos/Qg61oDHZx.mp4",
    "https://fakejwplayer.com/manifests/pbQRWilr.m3u8",
    "https://players.brightcove.net/1752604059001/default_default/index.html",
    "https://archive.org/details/",
    "https://notarchive.org/details/Popeye_forPresident",
    "https://upload.wikimedia.org/wikipedia/commons/x/xx/Example.jpg",
    f"https://any.host.example/videos/embed/{UUID[:-1]}",
    "https://any.host.example/w/kkGMgK9ZtnKfYAgnEtQxbv0",
    "https://any.host.example/w/index",
    "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fevil.example%2Fvideos%2F647537299265662",
    "https://www.facebook.com/tr?id=647537299265662",
    "https://www.instagram.com/accounts/login/",
    "https://www.instagram.com/p/",
    "https://www.tiktok.com/@scout2015",
    "https://x.com/someone/status/",
    "https://x.com/home",
    "https://box.com/someone/status/643211948184596480",
    "https://w.soundcloud.com/player/?url=https%3A//evil.example/tracks/1848538",
    "https://soundcloud.com/discover/sets",
    "https://open.spotify.com/track/4Z7GAJ50bgctf6uclHlWKoX",
    "https://streamable.com/terms",
    "https://ok.ru/profile/20079905452",
    "https://vk.com/id77521",
    "https://imgur.com/a/crGpqCV",
]


def _text(url):
    found = SHIPPED.ids_in_url(url)
    return f"{found.id.scheme}:{found.id.value}" if found else None


@pytest.mark.parametrize(("url", "expected"), KNOWN)
def test_a_platforms_url_gives_its_id(url, expected):
    """Each shape in which a platform's URLs hold an id gives scheme and id."""
    assert _text(url) == expected


@pytest.mark.parametrize("url", UNKNOWN)
def test_a_look_alike_gives_nothing(url):
    """What only looks like a platform's URL, or leads elsewhere in a browser, gives no id."""
    assert _text(url) is None


def test_the_table_is_long_enough():
    """The tables cover what they promise to cover."""
    assert len(KNOWN) + len(UNKNOWN) >= 120


def test_an_id_says_by_what_it_was_read_and_what_its_url_is():
    """Profile, rule, role, delivery and kind come with the id, and what else the URL said."""
    found = SHIPPED.ids_in_url("https://content.jwplatform.com/players/Qg61oDHZ-BY292heq.js")
    assert found is not None
    assert (found.id, found.profile, found.rule) == (
        Id(scheme="jwplayer", value="Qg61oDHZ"),
        "jwplayer",
        "jwplayer#player",
    )
    assert (found.role, found.kind, found.groups["player"]) == ("embed", "video", "BY292heq")
    stream = SHIPPED.ids_in_url("https://cdn.jwplayer.com/manifests/pbQRWilr.m3u8")
    assert stream is not None
    assert (stream.role, stream.delivery) == ("media", "hls")


def test_a_url_of_a_mile_gives_nothing():
    """A URL longer than any real one is not looked at."""
    assert SHIPPED.ids_in_url(f"https://youtu.be/{YT}?x=" + "a" * MAX_URL_CHARS) is None


def test_urls_inside_urls_are_followed_twice_at_most():
    """A player's parameter may hold a URL that holds a URL; a third one is not followed."""
    plain = f"https://www.youtube.com/watch?v={YT}"
    once = "https://www.youtube.com/oembed?url=" + plain.replace(":", "%3A").replace("?", "%3F").replace("=", "%3D")
    twice = "https://www.youtube.com/oembed?url=" + once.replace("%", "%25").replace("?", "%3F").replace("=", "%3D")
    thrice = "https://www.youtube.com/oembed?url=" + twice.replace("%", "%25").replace("?", "%3F").replace("=", "%3D")
    assert [_text(url) for url in (once, twice, thrice)] == [f"youtube:{YT}", f"youtube:{YT}", None]


@given(
    st.text(max_size=200)
    | st.text("htps:/\\.?#@&=%youtbecmv_0-9 \n\t", max_size=80).map(lambda t: "https://www.youtube.com" + t)
)
def test_any_text_is_looked_at(text):
    """Whatever the text, the answer is an id of a known scheme or None."""
    found = SHIPPED.ids_in_url(text)
    assert found is None or (found.profile in SHIPPED and found.id.value)


@given(st.sampled_from([url for url, _ in KNOWN]), st.text("abcdefghijklmnopqrstuvwxyz-.", min_size=1, max_size=20))
def test_another_host_in_front_changes_the_answer(url, suffix):
    """A host that only begins with a platform's name is another host."""
    host = re.split(r"[/\\?#:]", re.sub(r"^\s*[a-zA-Z]*:?[/\\]{2}(?:[^/@]*@)?", "", url))[0]
    changed = url.replace(host, f"{host}.{suffix.strip('.-')}x.invalid", 1)
    found = SHIPPED.ids_in_url(changed)
    assert found is None or found.profile in {"peertube", "kaltura"}


def test_a_platform_is_one_file():
    """A new platform is a profile and nothing else."""
    demo = parse(
        """
name = "demo"
title = "Demo"
hosts = [".video.example"]
[[id]]
scheme = "demo:{account}"
path = '/(?P<account>[a-z]+)/v'
query = { n = '(?P<id>[0-9]+)' }
fragment = '(?P<part>p[0-9])'
""",
        "demo",
    )
    found = Profiles([demo]).ids_in_url("https://www.video.example/abc/v?n=12#p3")
    assert found is not None
    assert found.id == Id(scheme="demo:abc", value="12")
    assert found.groups == {"account": "abc", "id": "12", "part": "p3", "host": "www.video.example"}
    assert Profiles([demo]).ids_in_url("https://www.video.example/abc/v?n=12") is None
    assert Profiles([demo]).ids_in_url("https://www.video.example/abc/v#p3") is None


def test_host_keys_go_from_the_host_to_its_top():
    """A host is looked up as itself, then with all its parents."""
    assert list(host_keys("a.b.c")) == ["a.b.c", ".a.b.c", ".b.c", ".c"]


@pytest.mark.parametrize(
    ("query", "value"),
    [("v=1", "1"), ("a=2&v=1", "1"), ("a=2&amp;v=1", "1"), ("v=%31%20+2", "1  2"), ("vv=1", ""), ("", ""), ("v", "")],
)
def test_a_parameter_is_decoded(query, value):
    """A parameter's value is decoded, also behind an ampersand that is still escaped."""
    assert parameter(query, "v") == value
