"""Signatures that stand in the path of a URL."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from harvester.resolve.signed_values import JWT, Cut, from_epoch, from_jwt, subject_of_jwt

_TOKEN_EXPIRES = re.compile(r"(?:\A|[=~;])exp=(\d{9,13})")
_HMAC = re.compile(r"(?:hmac|hash|sig)=[0-9A-Za-z_-]+")
_ANY_NAME = re.compile(r"[\w-]+")
_BUNNY = re.compile(r"/(bcdn_token=[^/]*)(?=/)")
_BUNNY_EXPIRES = re.compile(r"expires=(\d{9,11})")
_GOOGLE_EXPIRES = re.compile(r"/expire/(\d{10})(?=/)")
_GOOGLE_KEPT: Final = frozenset({"id", "itag", "source", "playlist", "file", "videoplayback", "api", "manifest"})
_GET_FILE = re.compile(r"(/get_file/\d{1,4})/([0-9a-f]{32,64})(?=/\d+/)")
_COMMA = re.compile(r"/([A-Za-z0-9_=-]{20,}),(\d{10})(?=/)")
_DOWNLOAD = re.compile(r"/([0-9a-f]{32}/[0-9a-f]{8})(?=/[^/]+/[^/]+/[^/]+)")


def cut_path(address: str) -> Cut | None:
    """The first signature in what stands before the query, and the address without it."""
    for reader in _READERS:
        cut = reader(address)
        if cut:
            return cut
    return None


def _token(address: str) -> Cut | None:
    """Akamai's and Vimeo's `…exp=<time>~acl=<path>~hmac=<digest>` as a segment; its `acl` may hold slashes."""
    found = _TOKEN_EXPIRES.search(address) or re.search(r"/exp=(\d{9,13})(?=~)", address)
    if not found:
        return None
    start = address.rfind("/", 0, found.start() + 1)
    digest = _HMAC.search(address, found.end())
    if start < 0 or not digest:
        return None
    end = address.find("/", digest.end())
    end = len(address) if end < 0 else end
    name = _ANY_NAME.match(address, start + 1)
    rest = address[:start] + address[end:]
    return Cut("akamai-token", (name[0] if name else "exp",), from_epoch(found[1]), rest=rest)


def _bunny(address: str) -> Cut | None:
    """Bunny's token authentication for folders: `/bcdn_token=…&expires=…&token_path=…/`."""
    found = _BUNNY.search(address)
    if not found:
        return None
    time = _BUNNY_EXPIRES.search(found[1])
    return Cut("bunny-token", ("bcdn_token",), from_epoch(time[1]) if time else None, rest=_without(address, found))


def _google(address: str) -> Cut | None:
    """Googlevideo's manifests: names and values as alternating segments after `/expire/`, all volatile but a few."""
    found = _GOOGLE_EXPIRES.search(address)
    if not found or "googlevideo.com/" not in address[: found.start() + 1]:
        return None
    segments = address[found.start() + 1 :].split("/")
    names = segments[0 : len(segments) - 1 : 2]
    kept = [f"{name}/{value}" for name, value in zip(names, segments[1::2], strict=False) if name in _GOOGLE_KEPT]
    tail = segments[-1:] if len(segments) % 2 else []
    rest = address[: found.start()] + "".join("/" + part for part in kept + tail)
    return Cut(
        "googlevideo", tuple(name for name in names if name not in _GOOGLE_KEPT), from_epoch(found[1]), rest=rest
    )


def _get_file(address: str) -> Cut | None:
    """Kernel Video Sharing's `/get_file/<server>/<digest>/<folder>/<id>/<name>`: the digest is for one visitor."""
    found = _GET_FILE.search(address)
    return Cut("kvs", ("get_file",), rest=address[: found.end(1)] + address[found.end() :]) if found else None


def _comma(address: str) -> Cut | None:
    """CDN77's secure token in the path: `/<digest>,<time>/`."""
    found = _COMMA.search(address)
    return Cut("cdn77", (found[1],), from_epoch(found[2]), rest=_without(address, found)) if found else None


def _download(address: str) -> Cut | None:
    """The mod_secdownload of lighttpd, also TikTok's: `/<md5>/<hex time>/`. Some count from that time, some to it."""
    found = _DOWNLOAD.search(address)
    return Cut("secdownload", (found[1],), rest=_without(address, found)) if found else None


def _jwt(address: str) -> Cut | None:
    """A JSON Web Token in place of the id that it is about, as Cloudflare Stream has it: `sub` is the id."""
    start = address.find("/eyJ")
    if start < 0:
        return None
    end = address.find("/", start + 1)
    token = address[start + 1 : end if end > 0 else len(address)]
    subject = subject_of_jwt(token) if JWT.match(token) else None
    if not subject:
        return None
    rest = f"{address[: start + 1]}{subject}{address[start + 1 + len(token) :]}"
    return Cut("jwt", (unquote(subject),), from_jwt(token), rest=rest)


def _without(address: str, found: re.Match[str]) -> str:
    return address[: found.start()] + address[found.end() :]


_READERS: Final[tuple[Callable[[str], Cut | None], ...]] = (_token, _bunny, _google, _get_file, _comma, _download, _jwt)
