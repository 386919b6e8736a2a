"""A web archive (CDX, timegate, captures, look-up by id), a platform that answers about ids, and a host's own signs."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from files import MP4
from media import mp4
from wire import CHANGES, Reply, Request, Wire, behaviour, constant, file_reply

JSON = {"Content-Type": "application/json"}
STAMP = "20161216010203"
MEMENTO = {"Memento-Datetime": "Fri, 16 Dec 2016 01:02:03 GMT"}


@behaviour("/archive/cdx")
def _cdx(request: Request, _wire: Wire) -> Reply:
    """CDX rows for ?url=: a page, an error and a video; after ?none, ?429, ?503 or ?nonsense in it, that instead."""
    url = request.query("url", "")
    said = {
        "none": Reply(200, JSON, b"[]"),
        "429": Reply(429, {"Retry-After": "1"}),
        "503": Reply(503),
        "nonsense": Reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Busy</title>"),
    }.get(urlsplit(url).query)
    if said is not None:
        return said
    rows = [
        ["timestamp", "original", "mimetype", "statuscode", "digest", "length"],
        ["20161215200000", url, "text/html", "200", "AAA", "100"],
        ["20161215210000", url, "video/mp4", "404", "BBB", "100"],
        [STAMP, url, "video/mp4", "200", "CCC", str(len(MP4))],
        ["20200101000000", url, "video/mp4", "200", "DDD", str(len(MP4))],
    ]
    return Reply(200, JSON, json.dumps(rows).encode())


@behaviour("/archive/gate/")
def _gate(request: Request, _wire: Wire) -> Reply:
    """Redirects to the capture nearest to Accept-Datetime; 404 where the URL ends in ?none, 503 where in ?503."""
    url = request.target.partition("/archive/gate/")[2]
    status = {"none": 404, "503": 503}.get(urlsplit(url).query)
    if status is not None:
        return Reply(status)
    return Reply(302, {"Location": f"/archive/web/{STAMP}id_/{url}", "Vary": "accept-datetime"})


@behaviour("/archive/web/")
def _capture(request: Request, _wire: Wire) -> Reply:
    """A capture with its time; of a page where the URL ends in .html; 503 where it says broken."""
    if "broken" in request.path:
        return Reply(503)
    reply = file_reply(request, MP4, "text/html" if request.path.endswith(".html") else "video/mp4")
    return Reply(reply.status, reply.headers | MEMENTO, reply.body)


@behaviour("/archive/id/")
def _by_id(request: Request, _wire: Wire) -> Reply:
    """Redirects to the capture of an id; 404 for the id none."""
    name = request.path.rsplit("/", 1)[1]
    return Reply(404) if name == "none" else Reply(302, {"Location": f"/archive/web/{STAMP}id_/{name}.mp4"})


@behaviour("/platform/oembed")
def _oembed(request: Request, _wire: Wire) -> Reply:
    """What a platform says of ?id=: removed 404, private 401, limited 429, dark by a word, else it is there."""
    status = {"removed": 404, "private": 401, "limited": 429}.get(request.query("id", ""), 200)
    body = {"title": "x", "dark": request.query("id", "") == "dark", "account": request.query("account", "")}
    return Reply(status, JSON, json.dumps(body).encode() if status == 200 else b"")


constant(
    "/platform/watch",
    "a player's page that answers 200 to every id",
    Reply(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Watch</title><video></video>"),
)
constant(
    "/sign/away.mp4",
    "redirected to the video that stands for removed ones",
    Reply(302, {"Location": "/removed/clip.mp4"}),
)


@behaviour("/removed/")
def _removed(request: Request, _wire: Wire) -> Reply:
    """The video that a host shows in place of removed ones; names it does not know are 404."""
    return file_reply(request, MP4, "video/mp4") if request.path.endswith("/clip.mp4") else Reply(404)


@behaviour("/changing.mp4")
def _changing(request: Request, _wire: Wire) -> Reply:
    """Another video after each request for /__change__."""
    return file_reply(request, mp4(seed=CHANGES.count), "video/mp4")
