"""Media that is there, or nearly; and what servers do to ranges and HEAD."""

from __future__ import annotations

import asyncio
import gzip

import media
from wire import Handler, Reply, Request, Wire, add, behaviour, file_reply

MP4 = media.mp4()
MP4_LAST = media.mp4_moov_last()


def _file(path: str, description: str, body: bytes, media_type: str) -> None:
    add(path, description, lambda request, _wire: file_reply(request, body, media_type))


_file("/ok.mp4", "an MP4 with its index first; ranges, ETag, Last-Modified, 304", MP4, "video/mp4")
_file("/ok-end.mp4", "an MP4 of 300 kB with its index at the end", MP4_LAST, "video/mp4")
_file("/ok-fragmented.mp4", "a fragmented MP4", media.mp4_fragmented(), "video/mp4")
_file("/ok.mp3", "an MP3 with an ID3 tag", media.mp3(), "audio/mpeg")
_file("/ok.ogg", "an Ogg Vorbis page", media.ogg(), "audio/ogg")
_file("/ok.webm", "a WebM", media.webm(), "video/webm")
_file("/ok.ts", "an MPEG transport stream", media.transport_stream(), "video/mp2t")
_file("/ok.jpg", "a JPEG", media.jpg(), "image/jpeg")
_file("/ok.png", "a PNG", media.png(), "image/png")
_file("/ok.gif", "a GIF", media.gif(), "image/gif")
_file("/ok.webp", "a WebP", media.webp(), "image/webp")
_file("/ok.vtt", "a WebVTT caption", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "text/vtt")
_file("/many/", "the same MP4 under every name, for counting requests", MP4, "video/mp4")
_file("/truncated.mp4", "an MP4 that ends in the middle of its media data", MP4[: len(MP4) // 2], "video/mp4")
_file("/truncated-end.mp4", "an MP4 cut off before its index", MP4_LAST[:200_000], "video/mp4")
_file("/empty.mp4", "zero bytes", b"", "video/mp4")
_file("/video-as-text.mp4", "an MP4 called text/plain", MP4, "text/plain")
_file("/video-as-octets.mp4", "an MP4 called application/octet-stream", MP4, "application/octet-stream")
_file("/jpg.mp4", "a JPEG, and called one, where a video was", media.jpg(), "image/jpeg")
_file("/jpg-as-video.mp4", "a JPEG called video/mp4", media.jpg(), "video/mp4")
_file("/placeholder/", "one and the same MP4 for every name", media.mp4(5_000, seed=9), "video/mp4")


@behaviour("/untyped.mp4")
def _untyped(request: Request, _wire: Wire) -> Reply:
    """An MP4 without Content-Type."""
    reply = file_reply(request, MP4, "")
    del reply.headers["Content-Type"]
    return reply


@behaviour("/cookie.mp4")
def _cookie(request: Request, _wire: Wire) -> Reply:
    """An MP4 that sets two cookies."""
    reply = file_reply(request, MP4, "video/mp4")
    return Reply(reply.status, reply.headers | {"Set-Cookie": "a=1; Path=/", "set-cookie": "b=2; Path=/"}, reply.body)


@behaviour("/gzip-bomb.mp4")
def _gzip_bomb(_request: Request, _wire: Wire) -> Reply:
    """Gzip that unpacks to a thousand times its size, whatever was accepted."""
    body = gzip.compress(bytes(20_000_000))
    return Reply(200, {"Content-Type": "video/mp4", "Content-Encoding": "gzip"}, body)


# Ranges


@behaviour("/range/ignored.mp4")
def _range_ignored(_request: Request, _wire: Wire) -> Reply:
    """Answers every range with 200 and all of it."""
    return Reply(200, {"Content-Type": "video/mp4"}, MP4_LAST)


@behaviour("/range/endless.mp4")
async def _range_endless(request: Request, wire: Wire) -> None:
    """Answers every range with 200 and bytes without end."""
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n\r\n" + MP4)
    while request.method != "HEAD" and not wire.transport.is_closing():
        await wire.send(bytes(65_536))
        await asyncio.sleep(0)
    wire.close()


@behaviour("/range/416.mp4")
def _range_416(request: Request, _wire: Wire) -> Reply:
    """Refuses every range with 416; without one all is well."""
    if "range" in request.headers:
        return Reply(416, {"Content-Range": f"bytes */{len(MP4)}"})
    return file_reply(request, MP4, "video/mp4")


@behaviour("/range/wrong.mp4")
def _range_wrong(request: Request, _wire: Wire) -> Reply:
    """Answers 206 with the Content-Range of another part."""
    reply = file_reply(request, MP4, "video/mp4")
    if reply.status == 206:
        reply.headers["Content-Range"] = f"bytes 5000-{4999 + len(reply.body)}/{len(MP4)}"
    return reply


@behaviour("/range/unknown-size.mp4")
def _range_unknown_size(request: Request, _wire: Wire) -> Reply:
    """Answers 206 without saying the whole size."""
    reply = file_reply(request, MP4, "video/mp4")
    if reply.status == 206:
        reply.headers["Content-Range"] = reply.headers["Content-Range"].partition("/")[0] + "/*"
    return reply


@behaviour("/range/bare.mp4")
def _range_bare(request: Request, _wire: Wire) -> Reply:
    """Answers 206 without any Content-Range."""
    reply = file_reply(request, MP4, "video/mp4")
    reply.headers.pop("Content-Range", None)
    return reply


@behaviour("/range/multipart.mp4")
def _range_multipart(request: Request, _wire: Wire) -> Reply:
    """Answers a single range as multipart/byteranges."""
    reply = file_reply(request, MP4, "video/mp4")
    if reply.status != 206:
        return reply
    part = f"--B\r\nContent-Type: video/mp4\r\nContent-Range: {reply.headers['Content-Range']}\r\n\r\n".encode()
    return Reply(206, {"Content-Type": "multipart/byteranges; boundary=B"}, part + reply.body + b"\r\n--B--\r\n")


# HEAD


def _head(path: str, description: str, reply: Reply) -> None:
    """Give `reply` to HEAD and the file to GET."""

    def answer(request: Request, _wire: Wire) -> Reply:
        return reply if request.method == "HEAD" else file_reply(request, MP4, "video/mp4")

    add(path, description, answer)


for _status in (400, 401, 403, 404, 405, 429, 500, 501, 503):
    _head(f"/head/{_status}.mp4", f"HEAD is answered {_status}, GET is fine", Reply(_status))
_head("/head/empty.mp4", "HEAD says zero bytes, GET gives the file", Reply(200, {"Content-Type": "video/mp4"}))
_head("/head/wrong-type.mp4", "HEAD says text/html, GET gives the file", Reply(200, {"Content-Type": "text/html"}))
_head("/head/redirect.mp4", "HEAD is sent to the home page, GET is fine", Reply(302, {"Location": "/"}))
_head("/head/says-nothing.mp4", "HEAD answers 200 without type or length", Reply(200, {"Transfer-Encoding": "chunked"}))


@behaviour("/head/lies.mp4")
def _head_lies(request: Request, _wire: Wire) -> Reply:
    """HEAD says 200 video/mp4, GET says 404."""
    if request.method == "HEAD":
        return Reply(200, {"Content-Type": "video/mp4", "Content-Length": str(len(MP4))})
    return Reply(404, {"Content-Type": "text/html"}, b"<!doctype html><title>Not found</title>")


@behaviour("/head/lies-html.mp4")
def _head_lies_html(request: Request, _wire: Wire) -> Reply:
    """HEAD says 200 video/mp4, GET gives a web page."""
    if request.method == "HEAD":
        return Reply(200, {"Content-Type": "video/mp4", "Content-Length": str(len(MP4))})
    return Reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Home</title>")


@behaviour("/head/resets.mp4")
async def _head_resets(request: Request, wire: Wire) -> Reply | None:
    """HEAD is reset, GET is fine."""
    if request.method == "HEAD":
        wire.reset()
        return None
    return file_reply(request, MP4, "video/mp4")


@behaviour("/head/hangs.mp4")
async def _head_hangs(request: Request, _wire: Wire) -> Reply:
    """HEAD is never answered, GET is fine."""
    if request.method == "HEAD":
        await asyncio.sleep(600)
    return file_reply(request, MP4, "video/mp4")


@behaviour("/head/with-body.mp4")
async def _head_with_body(request: Request, wire: Wire) -> Reply | None:
    """HEAD is answered with a body, which no HEAD may have."""
    if request.method == "HEAD":
        await wire.send(Reply(200, {"Content-Type": "video/mp4"}, MP4, close=True).render("GET"))
        wire.close()
        return None
    return file_reply(request, MP4, "video/mp4")


@behaviour("/head/with-body-kept.mp4")
async def _head_with_body_kept(request: Request, wire: Wire) -> None:
    """HEAD is answered with a body and the connection kept, so that the body stands before the next answer."""
    reply = file_reply(request, MP4, "video/mp4")
    await wire.send(reply.render("GET"))


# Failing for a while


def _flaky(failure: Reply | None) -> Handler:
    async def answer(request: Request, wire: Wire) -> Reply | None:
        if request.ordinal >= int(request.query("n", "2")):
            return file_reply(request, MP4, "video/mp4")
        if failure is None:
            wire.reset()
        return failure

    return answer


add(
    "/flaky/reset.mp4",
    "resets the first ?n=2 requests of its very URL (add &key=… for your own), then is fine",
    _flaky(None),
)
for _status in (404, 408, 500, 502, 503):
    add(
        f"/flaky/{_status}.mp4",
        f"answers {_status} to the first ?n=2 requests of its very URL, then is fine",
        _flaky(Reply(_status)),
    )
add(
    "/flaky/429.mp4",
    "answers 429 with Retry-After: 1 to the first ?n=2 requests of its very URL, then is fine",
    _flaky(Reply(429, {"Retry-After": "1"})),
)
