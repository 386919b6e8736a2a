"""Slow servers, torn connections and answers that are no HTTP."""

from __future__ import annotations

import asyncio

from files import MP4
from wire import Reply, Request, Wire, behaviour, file_reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n"


@behaviour("/slow/first-byte.mp4")
async def _slow_first_byte(request: Request, _wire: Wire) -> Reply:
    """Says nothing for ?s=30 seconds, then gives the file."""
    await asyncio.sleep(float(request.query("s", "30")))
    return file_reply(request, MP4, "video/mp4")


@behaviour("/slow/headers.mp4")
async def _slow_headers(request: Request, wire: Wire) -> None:
    """Sends its headers a byte every ?s=1 seconds."""
    for byte in HEAD + b"Content-Length: 0\r\n\r\n":
        await wire.send(bytes((byte,)))
        await asyncio.sleep(float(request.query("s", "1")))
    wire.close()


@behaviour("/slow/drip.mp4")
async def _slow_drip(request: Request, wire: Wire) -> None:
    """Sends its body a byte every ?s=1 seconds; HEAD is fine."""
    await wire.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(MP4))
    for byte in MP4 if request.method == "GET" else b"":
        await wire.send(bytes((byte,)))
        await asyncio.sleep(float(request.query("s", "1")))


@behaviour("/slow/stalls.mp4")
async def _slow_stalls(request: Request, wire: Wire) -> None:
    """Sends the first 1000 bytes of the body and no more; HEAD is fine."""
    await wire.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(MP4))
    if request.method == "GET":
        await wire.send(MP4[:1000])
        await asyncio.sleep(600)


@behaviour("/slow/no-body.mp4")
async def _slow_no_body(request: Request, wire: Wire) -> None:
    """Sends headers with status ?status=200 and then nothing of the body; HEAD is fine."""
    await wire.send(b"HTTP/1.1 %s X\r\nContent-Length: 100\r\n\r\n" % request.query("status", "200").encode())
    if request.method == "GET":
        await asyncio.sleep(600)


@behaviour("/fault/hang.mp4")
async def _hang(_request: Request, _wire: Wire) -> None:
    """Takes the request and never answers."""
    await asyncio.sleep(600)


@behaviour("/fault/reset.mp4")
async def _reset(_request: Request, wire: Wire) -> None:
    """Resets the connection instead of answering."""
    wire.reset()


@behaviour("/fault/close.mp4")
async def _close(_request: Request, wire: Wire) -> None:
    """Closes the connection instead of answering."""
    wire.close()


@behaviour("/fault/close-in-headers.mp4")
async def _close_in_headers(_request: Request, wire: Wire) -> None:
    """Closes in the middle of the headers."""
    await wire.send(HEAD)
    wire.close()


@behaviour("/fault/reset-body.mp4")
async def _reset_body(request: Request, wire: Wire) -> None:
    """Resets the connection after 1000 bytes of the body; HEAD is fine."""
    await wire.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(MP4))
    if request.method == "GET":
        await wire.send(MP4[:1000])
        await asyncio.sleep(0.05)
        wire.reset()


@behaviour("/fault/short-body.mp4")
async def _short_body(request: Request, wire: Wire) -> None:
    """Promises the whole file and closes after 1000 bytes; HEAD is fine."""
    await wire.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(MP4))
    if request.method == "GET":
        await wire.send(MP4[:1000])
        wire.close()


@behaviour("/fault/unended.mp4")
async def _unended(request: Request, wire: Wire) -> None:
    """Says no length; the end of the connection is the end of the body."""
    await wire.send(HEAD + b"Connection: close\r\n\r\n" + (MP4 if request.method == "GET" else b""))
    wire.close()


@behaviour("/fault/garbage.mp4")
async def _garbage(_request: Request, wire: Wire) -> None:
    """Answers with something that is no HTTP."""
    await wire.send(b"\x00\x01\x02 SSH-2.0-nonsense\r\n\r\n")
    wire.close()


@behaviour("/fault/status-line.mp4")
async def _status_line(_request: Request, wire: Wire) -> None:
    """Answers with a status that is no number."""
    await wire.send(b"HTTP/1.1 OK fine\r\nContent-Length: 0\r\n\r\n")
    wire.close()


@behaviour("/fault/http09.mp4")
async def _http09(_request: Request, wire: Wire) -> None:
    """Sends the file without any headers."""
    await wire.send(MP4)
    wire.close()


@behaviour("/fault/huge-header.mp4")
async def _huge_header(_request: Request, wire: Wire) -> None:
    """Sends one header of a megabyte."""
    await wire.send(HEAD + b"X-Huge: " + b"x" * 1_000_000 + b"\r\nContent-Length: 0\r\n\r\n")


@behaviour("/fault/many-headers.mp4")
async def _many_headers(_request: Request, wire: Wire) -> None:
    """Sends ten thousand headers."""
    lines = b"".join(b"X-%d: y\r\n" % number for number in range(10_000))
    await wire.send(HEAD + lines + b"Content-Length: 0\r\n\r\n")


@behaviour("/fault/endless-headers.mp4")
async def _endless_headers(_request: Request, wire: Wire) -> None:
    """Sends headers without end."""
    await wire.send(HEAD)
    while not wire.transport.is_closing():
        await wire.send(b"X-More: " + b"y" * 1000 + b"\r\n")
        await asyncio.sleep(0)


@behaviour("/fault/endless-line.mp4")
async def _endless_line(_request: Request, wire: Wire) -> None:
    """Sends one header line without end."""
    await wire.send(HEAD + b"X-Line: ")
    while not wire.transport.is_closing():
        await wire.send(b"y" * 10_000)
        await asyncio.sleep(0)


@behaviour("/fault/endless-continue.mp4")
async def _endless_continue(_request: Request, wire: Wire) -> None:
    """Sends 100 Continue without end."""
    while not wire.transport.is_closing():
        await wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        await asyncio.sleep(0.01)


@behaviour("/fault/bad-chunks.mp4")
async def _bad_chunks(request: Request, wire: Wire) -> None:
    """Chunked, and then a chunk size that is no number; HEAD is fine."""
    await wire.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    if request.method == "GET":
        await wire.send(b"10\r\n" + MP4[:16] + b"\r\n")
        await asyncio.sleep(0.05)
        await wire.send(b"zz\r\nnonsense\r\n")
        wire.close()


@behaviour("/fault/cut-chunks.mp4")
async def _cut_chunks(request: Request, wire: Wire) -> None:
    """Chunked, and closed before the last chunk; HEAD is fine."""
    await wire.send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    if request.method == "GET":
        await wire.send(b"10\r\n" + MP4[:16] + b"\r\n")
        wire.close()


@behaviour("/fault/two-lengths.mp4")
async def _two_lengths(_request: Request, wire: Wire) -> None:
    """Gives two different Content-Lengths."""
    await wire.send(HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + MP4[:10])
    wire.close()


@behaviour("/fault/hints.mp4")
async def _hints(request: Request, wire: Wire) -> Reply:
    """Sends 103 Early Hints before the file."""
    await wire.send(b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n")
    return file_reply(request, MP4, "video/mp4")


@behaviour("/fault/upgrade.mp4")
async def _upgrade(_request: Request, wire: Wire) -> None:
    """Answers 101 to a request that asked for no other protocol."""
    await wire.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
    await asyncio.sleep(600)


@behaviour("/fault/close-after.mp4")
async def _close_after(request: Request, wire: Wire) -> None:
    """Answers well, promises to keep the connection, and closes it."""
    await wire.send(file_reply(request, MP4, "video/mp4").render(request.method))
    wire.close()
