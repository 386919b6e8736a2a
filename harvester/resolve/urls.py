"""From a path as it stands in the data to a URL, by the rules that browsers follow.

The rules are those of the WHATWG URL Standard (https://url.spec.whatwg.org/), done by Ada through `ada_url`: the
binding that carries the current Ada. (`can_ada` joins three times as fast, but a cached join is not what a page
costs, and the Ada inside it is years older.) This module adds what a browser doesn't ask: is the result something
that a medium can be fetched from, and what was assumed on the way.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import ada_url
import msgspec

from harvester.model.vocabulary import UrlBasis
from harvester.resolve.hosts import ends_like_host, host_notes, is_sound_host

MAX_URL_CHARS: Final = 8192
"""What servers and browsers commonly accept; a longer one is a payload, not an address."""

Refusal = Literal[
    "empty",
    "fragment-only",
    "no-base",
    "too-long",
    "inline-data",
    "blob",
    "script",
    "local-file",
    "other-scheme",
    "credentials",
    "invalid-host",
    "invalid",
]
"""Why there is no URL."""

WEB_SCHEMES: Final = frozenset({"http", "https", "ftp"})
STREAMING_SCHEMES: Final = frozenset(
    {"rtmp", "rtmpe", "rtmps", "rtmpt", "rtmpte", "rtmpts", "rtsp", "rtsps", "rtspu", "mms", "mmsh", "mmst", "mmsu"}
)
"""Deliveries of their own: their URLs are kept as written, since the standard's rules are not made for them."""

_REFUSED: Final[dict[str, Refusal]] = {
    "data": "inline-data",
    "blob": "blob",
    "filesystem": "blob",
    "javascript": "script",
    "vbscript": "script",
    "file": "local-file",
    "res": "local-file",
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_AUTHORITY = re.compile(r"[^:/?#]*://([^/?#\\]*)")
_PLAIN = re.compile(
    r"https?://(?=[a-z0-9._-]{1,253}(?:/|\Z))(?:[a-z0-9_][a-z0-9_-]{0,62}\.)+[a-z]{2,63}/[A-Za-z0-9_~!$&()*+,;=:@%/.-]*"
    r"(?:\?[A-Za-z0-9_~!$&()*+,;=:@%/.?-]*)?\Z"
)
"""What most absolute URLs look like: the standard's parser gives them back as they are, unless dots lead elsewhere."""
_LINE_BREAKS: Final = str.maketrans("", "", "\t\n\r")
_OUTER: Final = "".join(map(chr, range(0x21)))
"""C0 controls and space, which the standard takes off both ends (§ 4.4, step 1)."""
_LONGEST_SCHEME: Final = 64


class Joined(msgspec.Struct, frozen=True, gc=False):
    """What a path comes to.

    Attributes:
        url: The absolute URL, as a browser would ask for it; None where there is none to be had.
        reason: Why there is no URL; None where there is one.
        notes: What was mended or assumed, or makes the URL look odd: `surrogates-replaced`, `line-breaks-removed`,
            `backslashes`, `scheme-assumed`, `looks-like-host`, `host-assumed`, `streaming-scheme`,
            `single-label-host`, `bogus-punycode-host`, `mixed-script-host`, `look-alike-host`.
    """

    url: str | None
    reason: Refusal | None = None
    notes: tuple[str, ...] = ()

    @property
    def scheme(self) -> str | None:
        """In lower case, without the colon."""
        return self.url.partition(":")[0].lower() if self.url else None


class DocumentUrl(NamedTuple):
    """Against what a document's paths are resolved, and where that was read."""

    url: str | None
    basis: UrlBasis | None


def join(raw: str, base: str | None) -> Joined:
    """The URL that `raw` means in a document whose base URL is `base`.

    Percent-encoding, double slashes within the path and the fragment stay as they are; `..`, backslashes,
    white space, `//host` and international hosts go as in a browser. A path without a base gives no URL, and
    neither does anything that no server delivers. Total on any text.
    """
    if len(raw) > MAX_URL_CHARS:
        return Joined(None, _refusal_of_long(raw))
    return Joined(raw) if is_plain_url(raw) else _join(raw, base)


@lru_cache(maxsize=2048)
def is_plain_url(text: str) -> bool:
    """Whether this is an absolute web URL that is in its normal form already, so that nothing has to be parsed.

    False says only that it has to be looked at: with dots that may be folders, upper case or digits in the host's
    end, a port, a fragment, or characters that are escaped in a URL.
    """
    return (
        _PLAIN.match(text) is not None
        and "/." not in text
        and "xn--" not in text
        and ("%" not in text or "%2e" not in text.lower())
    )


def host_url(raw: str) -> Joined:
    """The other reading of a path that `looks_like_host`: as an https URL whose scheme was left out.

    A browser never reads it so, therefore the result is a guess; its notes say `host-assumed`.
    """
    text = raw.strip(_OUTER).translate(_LINE_BREAKS)
    if not looks_like_host(text):
        return Joined(None, "no-base")
    joined = join("https://" + text, None)
    return Joined(joined.url, joined.reason, ("host-assumed", "scheme-assumed", *joined.notes))


def looks_like_host(raw: str) -> bool:
    """Whether a path without a scheme begins with what is probably a host: `cdn.example.com/v/x.mp4`.

    Its first segment must be followed by a slash and end in a known top-level domain that is no file extension
    (`clip.mov/playlist.m3u8` is a path).
    """
    host, slash, _ = raw[:300].lstrip(_OUTER).partition("/")
    return bool(slash) and ends_like_host(host)


def document_url(
    stated: str | None, base_tag: str | None, container: str | None, canonical: str | None, og_url: str | None
) -> DocumentUrl:
    """The base URL of a document, best knowledge first.

    `<base href>` wins, resolved against the document's own URL as in a browser; else what the user stated, what
    the container recorded, `<link rel=canonical>`, `og:url`. Only web addresses count: a document read from disk
    has no URL of its own, and a `file:` path is never made one.
    """
    own = own_url(stated, container, canonical, og_url)
    if base_tag:
        tagged = join(base_tag, own.url)
        if tagged.scheme in WEB_SCHEMES:
            return DocumentUrl(tagged.url, "base-tag")
    return own


def own_url(stated: str | None, container: str | None, canonical: str | None, og_url: str | None) -> DocumentUrl:
    """The URL of the document itself, whatever its `<base href>` says."""
    bases: tuple[tuple[UrlBasis, str | None], ...] = (
        ("option", stated),
        ("container", container),
        ("canonical", canonical),
        ("og-url", og_url),
    )
    for basis, text in bases:
        url = _base(text) if text and len(text) <= MAX_URL_CHARS else None
        if url:
            return DocumentUrl(url, basis)
    return DocumentUrl(None, None)


def authority(url: str) -> str:
    """What stands between `//` and the path of an absolute URL; empty where there is none."""
    found = _AUTHORITY.match(url)
    return found[1] if found else ""


def host_of(url: str) -> str:
    """The host of a URL that `join` gave, without port; an IPv6 address with its brackets."""
    place = authority(url).rpartition("@")[2]
    if place.startswith("["):
        return place.partition("]")[0] + "]"
    return place.partition(":")[0].lower()


@lru_cache(maxsize=1024)
def file_name(url: str) -> str:
    """Give the last step of a URL's path, as it is encoded there."""
    return url.partition("?")[0].rpartition("/")[2]


def _join(raw: str, base: str | None) -> Joined:
    notes: list[str] = []
    text = _cleaned(raw, notes)
    if not text:
        return Joined(None, "empty", tuple(notes))
    if text[0] == "#":
        return Joined(None, "fragment-only", tuple(notes))
    scheme = _SCHEME.match(text)
    if scheme:
        name = scheme[1].lower()
        if name in STREAMING_SCHEMES:
            return _streaming(text, notes)
        if name not in WEB_SCHEMES:
            return Joined(None, _refusal_of_scheme(name), _with_host_note(text, notes))
    else:
        _with_host_note(text, notes)
    return _web(text, _base(base) if base else None, notes, absolute=scheme is not None)


def _web(text: str, base: str | None, notes: list[str], *, absolute: bool) -> Joined:
    if not absolute and base is None:
        if text[:2].replace("\\", "/") != "//":
            return Joined(None, "no-base", tuple(notes))
        notes.append("scheme-assumed")
        text = "https:" + text
    try:
        url = ada_url.join_url(base, text) if base else ada_url.normalize_url(text)
    except ValueError:
        return Joined(None, "invalid", tuple(notes))
    return _judged(url, text, notes)


def _cleaned(raw: str, notes: list[str]) -> str:
    """What the standard's parser reads: scalar values, no outer controls or spaces, no tabs or line breaks."""
    text = raw.strip(_OUTER)
    if not text.isascii():
        mended = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if mended != text:
            notes.append("surrogates-replaced")
            text = mended
    if "\n" in text or "\t" in text or "\r" in text:
        notes.append("line-breaks-removed")
        text = text.translate(_LINE_BREAKS)
    return text


def _judged(url: str, text: str, notes: list[str]) -> Joined:
    """The URL, unless nothing can be fetched from it."""
    if "\\" in text and "\\" in re.split(r"[?#]", text, maxsplit=1)[0]:
        notes.append("backslashes")
    place = authority(url)
    if "@" in place:
        return Joined(None, "credentials", tuple(notes))
    host = host_of(url)
    if not is_sound_host(host):
        return Joined(None, "invalid-host", tuple(notes))
    if len(url) > MAX_URL_CHARS:
        return Joined(None, "too-long", tuple(notes))
    notes.extend(host_notes(host))
    return Joined(url, None, tuple(notes))


def _streaming(text: str, notes: list[str]) -> Joined:
    """An rtmp, rtsp or mms URL: as written, provided that it names a host."""
    try:
        normal = ada_url.normalize_url(text)
    except ValueError:
        return Joined(None, "invalid", tuple(notes))
    if "@" in authority(text) or "@" in authority(normal):
        return Joined(None, "credentials", tuple(notes))
    if not is_sound_host(host_of(normal)):
        return Joined(None, "invalid-host", tuple(notes))
    return Joined(text, None, (*notes, "streaming-scheme"))


def _with_host_note(text: str, notes: list[str]) -> tuple[str, ...]:
    if looks_like_host(text):
        notes.append("looks-like-host")
    return tuple(notes)


def _refusal_of_scheme(name: str) -> Refusal:
    # One letter is a Windows drive (`C:\\videos\\x.mp4`), as no scheme in use is that short.
    return _REFUSED.get(name) or ("local-file" if len(name) == 1 else "other-scheme")


def _refusal_of_long(raw: str) -> Refusal:
    head = raw[:_LONGEST_SCHEME].strip(_OUTER).translate(_LINE_BREAKS)
    scheme = _SCHEME.match(head)
    return _REFUSED.get(scheme[1].lower(), "too-long") if scheme else "too-long"


@lru_cache(maxsize=256)
def _base(base: str) -> str | None:
    """A base as an absolute web URL, without credentials: what is joined to it must not carry them on."""
    text = _cleaned(base, [])
    if text[:2].replace("\\", "/") == "//":
        text = "https:" + text
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() not in WEB_SCHEMES:
        return None
    try:
        url: str = ada_url.normalize_url(text)
    except ValueError:
        return None
    place = authority(url)
    if "@" in place:
        url = url.replace(place, place.rpartition("@")[2], 1)
    return url if is_sound_host(host_of(url)) else None
