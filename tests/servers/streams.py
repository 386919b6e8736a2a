"""HLS and DASH, whole and broken; robots.txt by address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import media
from wire import Reply, Request, Wire, add, behaviour, constant, file_reply

HLS = "application/vnd.apple.mpegurl"
DASH = "application/dash+xml"


def _playlist(*lines: str, ended: bool = True, target: int = 2, first: int = 0) -> bytes:
    head = ["#EXTM3U", "#EXT-X-VERSION:6", f"#EXT-X-TARGETDURATION:{target}", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    return "\n".join([*head, *lines, *(["#EXT-X-ENDLIST"] if ended else []), ""]).encode()


def _segments(*names: str) -> list[str]:
    return [line for name in names for line in ("#EXTINF:2.0,", name)]


def _master(*children: str) -> bytes:
    lines = ["#EXTM3U"]
    for number, child in enumerate(children, 1):
        lines += [f'#EXT-X-STREAM-INF:BANDWIDTH={number * 400_000},RESOLUTION=320x180,CODECS="avc1.42c00d"', child]
    return ("\n".join(lines) + "\n").encode()


def _hls(name: str, description: str, body: bytes) -> None:
    add(f"/hls/{name}.m3u8", description, lambda request, _wire: file_reply(request, body, HLS))


def _served(path: str, description: str, body: bytes, media_type: str) -> None:
    add(path, description, lambda request, _wire: file_reply(request, body, media_type))


_served("/hls/seg/", "any segment: MPEG transport stream", media.transport_stream(), "video/mp2t")
_served("/hls/key.bin", "an AES key", bytes(range(16)), "application/octet-stream")
_served("/hls/init.mp4", "an initialisation segment", media.mp4_init(), "video/mp4")
_served("/hls/part/", "any segment: fragment of an MP4", media.mp4_fragment(), "video/iso.segment")
constant("/hls/missing/", "404 for any segment", Reply(404))

_hls("master", "HLS with two variants, all there", _master("low.m3u8", "high.m3u8"))
_hls(
    "low",
    "HLS media playlist with three segments, all there",
    _playlist(*_segments("seg/1.ts", "seg/2.ts", "seg/3.ts")),
)
_hls(
    "high",
    "HLS media playlist with three segments, all there",
    _playlist(*_segments("seg/4.ts", "seg/5.ts", "seg/6.ts")),
)
_hls("last-missing", "HLS whose last segment is 404", _playlist(*_segments("seg/1.ts", "missing/2.ts")))
_hls("first-missing", "HLS whose first segment is 404", _playlist(*_segments("missing/1.ts", "seg/2.ts")))
_hls("all-missing", "HLS whose segments are all 404", _playlist(*_segments("missing/1.ts", "missing/2.ts")))
_hls("master-missing", "HLS whose variants are all 404", _master("missing/low.m3u8", "missing/high.m3u8"))
_hls(
    "encrypted",
    "HLS with AES-128, key and segments there",
    _playlist('#EXT-X-KEY:METHOD=AES-128,URI="key.bin"', *_segments("seg/1.ts")),
)
_hls(
    "key-missing",
    "HLS with AES-128 whose key is 404",
    _playlist('#EXT-X-KEY:METHOD=AES-128,URI="missing/key.bin"', *_segments("seg/1.ts")),
)
_hls(
    "map",
    "HLS of MP4 fragments with an initialisation map",
    _playlist('#EXT-X-MAP:URI="init.mp4"', *_segments("part/1.m4s", "part/2.m4s")),
)
_hls(
    "map-missing",
    "HLS of MP4 fragments whose initialisation map is 404",
    _playlist('#EXT-X-MAP:URI="missing/init.mp4"', *_segments("part/1.m4s")),
)
_hls(
    "byterange",
    "HLS whose segments are ranges of one file",
    _playlist("#EXT-X-BYTERANGE:188@0", *_segments("seg/1.ts"), "#EXT-X-BYTERANGE:188@188", *_segments("seg/1.ts")),
)
_hls("live", "HLS without an end: live", _playlist(*_segments("seg/7.ts", "seg/8.ts"), ended=False, first=7))
_hls(
    "live-ended",
    "HLS without an end whose segments are all 404",
    _playlist(*_segments("missing/7.ts"), ended=False, first=7),
)
_hls("empty", "HLS without a segment", _playlist())
_hls(
    "drm-widevine",
    "HLS with SAMPLE-AES and a Widevine key",
    _playlist(
        '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:text/plain;base64,AAAA",KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"',
        *_segments("seg/1.ts"),
    ),
)
_hls(
    "drm-fairplay",
    "HLS with SAMPLE-AES and a FairPlay key",
    _playlist(
        '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://key",KEYFORMAT="com.apple.streamingkeydelivery"',
        *_segments("seg/1.ts"),
    ),
)
_hls("private", "HLS whose segment stands on a private address", _playlist(*_segments("http://10.0.0.1/seg/1.ts")))
_hls("metadata", "HLS master whose variant stands on a link-local address", _master("http://169.254.169.254/low.m3u8"))
_hls("file", "HLS whose segment is a file: URL", _playlist(*_segments("file:///etc/passwd")))
_hls("itself", "HLS master that names itself", _master("itself.m3u8"))
constant(
    "/hls/html.m3u8",
    "a web page where a playlist was",
    Reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Home</title>"),
)
constant(
    "/hls/textual.m3u8",
    "HLS called text/plain",
    Reply(200, {"Content-Type": "text/plain"}, _playlist(*_segments("seg/1.ts"))),
)


@behaviour("/hls/huge.m3u8")
def _huge(_request: Request, _wire: Wire) -> Reply:
    """HLS with a hundred thousand segments."""
    return Reply(200, {"Content-Type": HLS}, _playlist(*_segments(*(f"seg/{n}.ts" for n in range(100_000)))))


def _mpd(
    template: str = "seg-$Number$.m4s", *, kind: str = "static", protection: str = "", init: str = "init.mp4"
) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="{kind}"
 mediaPresentationDuration="PT4S" minBufferTime="PT2S"><Period>
<AdaptationSet mimeType="video/mp4" segmentAlignment="true">{protection}
<SegmentTemplate timescale="1000" duration="2000" startNumber="1" initialization="{init}" media="{template}"/>
<Representation id="v" bandwidth="400000" width="320" height="180" codecs="avc1.42c00d"/>
</AdaptationSet></Period></MPD>""".encode()


def _dash(name: str, description: str, body: bytes) -> None:
    add(f"/dash/{name}.mpd", description, lambda request, _wire: file_reply(request, body, DASH))


_WIDEVINE = '<ContentProtection schemeIdUri="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"/>'
_served("/dash/init.mp4", "an initialisation segment", media.mp4_init(), "video/mp4")
for _number in (1, 2):
    _served(f"/dash/seg-{_number}.m4s", "a segment", media.mp4_fragment(_number), "video/iso.segment")
_dash("ok", "DASH with a template of two segments, all there", _mpd())
_dash("segment-missing", "DASH whose segments are 404", _mpd("missing-$Number$.m4s"))
_dash("init-missing", "DASH whose initialisation segment is 404", _mpd(init="missing.mp4"))
_dash("live", "DASH that is live", _mpd(kind="dynamic"))
_dash("drm", "DASH with Widevine", _mpd(protection=_WIDEVINE))
_dash("private", "DASH whose segments stand on a private address", _mpd("http://10.0.0.1/$Number$.m4s"))
_dash("broken", "DASH that is no XML", _mpd()[:200])
_dash(
    "entities",
    "DASH that tries to read a local file by an XML entity",
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><MPD>&e;</MPD>',
)

# robots.txt, by the last number of the address

TEXT = {"Content-Type": "text/plain"}
ROBOTS: dict[int, tuple[str, Callable[[Request, Wire], Reply | object]]] = {}


def _robots(octet: int, name: str, reply: Reply) -> None:
    ROBOTS[octet] = (name, lambda _request, _wire: reply)


_robots(11, "allow", Reply(200, TEXT, b"User-agent: *\nAllow: /\n"))
_robots(12, "disallow", Reply(200, TEXT, b"User-agent: *\nDisallow: /\n"))
_robots(13, "not-found", Reply(404))
_robots(14, "server-error", Reply(500))
_robots(15, "redirect", Reply(301, {"Location": "/robots-moved.txt"}))
_robots(
    16, "huge", Reply(200, TEXT, b"User-agent: *\nDisallow: /private/\n" + b"# padding\n" * 100_000 + b"Disallow: /\n")
)
_robots(18, "forbidden", Reply(403))
_robots(19, "crawl-delay", Reply(200, TEXT, b"User-agent: *\nCrawl-delay: 2\nDisallow: /private/\n"))
_robots(20, "html", Reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Home</title>"))
_robots(21, "agent", Reply(200, TEXT, b"User-agent: harvest\nDisallow: /\n\nUser-agent: *\nAllow: /\n"))
_robots(22, "unavailable", Reply(503, {"Retry-After": "2"}))
_robots(23, "loop", Reply(302, {"Location": "/robots.txt"}))
_robots(24, "limited", Reply(429, {"Retry-After": "2"}))
_robots(
    25, "bytes", Reply(200, TEXT, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\xff\xfe\r\n\x00Disallow: /private/\r\n")
)


async def _slow(_request: Request, _wire: Wire) -> Reply:
    await asyncio.sleep(30)
    return Reply(200, TEXT, b"")


async def _reset(_request: Request, wire: Wire) -> None:
    wire.reset()


ROBOTS[17] = ("slow", _slow)
ROBOTS[26] = ("reset", _reset)
constant(
    "/robots-moved.txt", "where robots.txt of 127.0.0.15 is", Reply(200, TEXT, b"User-agent: *\nDisallow: /private/\n")
)


@behaviour("/robots.txt")
def _robots_txt(request: Request, wire: Wire) -> Reply:
    """By the last number of the address: 11 allow … 26 reset (see ROBOTS); all others 404."""
    if found := ROBOTS.get(int(request.local.rpartition(".")[2])):
        return found[1](request, wire)  # type: ignore[return-value]
    return Reply(404)
