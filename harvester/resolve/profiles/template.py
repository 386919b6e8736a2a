"""URL templates, which can't leave their own scheme, host and root whatever fills them.

A template is `https://host/root/{placeholder|filter:argument}…`. What fills a placeholder comes from hostile
documents. It is percent-encoded, or refused where no encoding would keep it inside; so a filled template always
begins with the very text that stands in front of its first placeholder, and that text ends the host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final
from urllib.parse import quote, unquote

MAX_VALUE_CHARS: Final = 2048
"""Longest text that fills a placeholder. Servers refuse longer request lines (RFC 9112, section 3, asks for 8000
octets in all), and a mile of text is no path."""

_PATH_SAFE: Final = "/:@!$&'()*+,;=~-._%"  # pchar of RFC 3986, and "%", so that escapes stay as they were
_QUERY_SAFE: Final = "~-._"
_SLOT: Final = re.compile(r"\{([^{}]*)\}|[{}]")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)
_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?", re.ASCII)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_START: Final = re.compile(r"https?://")
_DOTS: Final = re.compile(r"(?:^|[/\\])\.{1,2}(?:[/\\?#]|$)")
_AUTHORITY_END: Final = re.compile(r"[/?#]|\{path\b")
_TEMPLATE_HOST: Final = re.compile(r"\{host\}|(?:(?:\{[a-z_]+\}|[\w-]+)+\.)*[\w-]+\.[\w-]+(?::\d+)?", re.ASCII)
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,5}(?=$|\?)")


class UnfitError(ValueError):
    """A value that has nothing to do with this template: the rule simply does not fit."""


class UnsafeError(ValueError):
    """A value that would change scheme, host or root."""


def _replace_extension(value: str, extension: str) -> str:
    """Give a path another extension; a path without one does not fit."""
    changed, count = _EXTENSION.subn("." + extension, value, count=1)
    if not count:
        raise UnfitError("the path has no extension")
    return changed


_FILTERS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "replace_ext": _replace_extension,
    "lower": lambda value, _: value.lower(),
    "no_slash": lambda value, _: value.lstrip("/"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder: its name, its filters, and the part of the URL in which it stands (`host`, `path`, `query`)."""

    name: str
    filters: tuple[tuple[str, str], ...]
    part: str
    first: bool
    last: bool


@dataclass(frozen=True)
class Template:
    """A parsed template."""

    text: str
    pieces: tuple[str | Slot, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of the placeholders."""
        return frozenset(piece.name for piece in self.pieces if isinstance(piece, Slot))

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """What a URL made by it looks like."""
        return re.compile("".join(".+" if isinstance(p, Slot) else re.escape(p) for p in self.pieces), re.DOTALL)

    def fill(self, values: Mapping[str, str]) -> str:
        """Put values in.

        Raises:
            UnfitError: A placeholder has no value, or one of another kind.
            UnsafeError: A value would change scheme, host or root.
        """
        return "".join([piece if isinstance(piece, str) else _filled(piece, values) for piece in self.pieces])


def _filled(slot: Slot, values: Mapping[str, str]) -> str:
    value = values.get(slot.name)
    if not value:
        raise UnfitError(f"no value for {{{slot.name}}}")
    if len(value) > MAX_VALUE_CHARS:
        raise UnsafeError(f"longer than {MAX_VALUE_CHARS} characters")
    value = value.strip(" ")
    if slot.part == "host":
        if not (_HOST if slot.name == "host" else _LABEL).fullmatch(value) or ".." in value:
            raise UnsafeError("no part of a host name")
        return value
    for name, argument in slot.filters:
        value = _FILTERS[name](value, argument)
    if slot.name != "path" and value.isascii() and value.isalnum():  # as most ids are: nothing has to be encoded
        return value
    if slot.part == "path":
        return _path(slot, value)
    if _CONTROL.search(value):
        raise UnsafeError("holds a control character or half a character")
    return quote(value, safe=_QUERY_SAFE)


def _path(slot: Slot, value: str) -> str:
    scheme = _SCHEME.match(value)
    if scheme and scheme[0].lower() in {"http:", "https:"}:
        raise UnfitError("a full URL, not a path")
    if slot.name != "path":
        _guard(value)
        return quote(value, safe=_PATH_SAFE)
    if scheme:
        raise UnsafeError(f"begins with the scheme {scheme[0]}")
    kept, query = _kept(value)
    if slot.first and not kept.startswith("/"):
        raise UnsafeError("does not begin with a slash, and would become a part of the host")
    return f"{kept}?{query}" if query and slot.last else kept


@lru_cache(maxsize=256)
def _kept(value: str) -> tuple[str, str]:
    """Give a path and its query, encoded; the rules of a profile all ask for the same few."""
    path, _, query = value.partition("#")[0].partition("?")
    _guard(path)
    if "@" in unquote(path).split("/", 1)[0]:
        raise UnsafeError("holds @ before its first slash, which names another host")
    return quote(path, safe=_PATH_SAFE), quote(query, safe=_PATH_SAFE + "?")


def _guard(plain: str) -> None:
    """Refuse what a browser or a server could read as another host or another root."""
    for _ in range(3):  # a browser, a proxy and a server may each decode once
        if plain.startswith("//"):
            raise UnsafeError("begins with //, which names another host")
        if "\\" in plain:
            raise UnsafeError("holds a backslash, which browsers read as a slash")
        if _CONTROL.search(plain):
            raise UnsafeError("holds a control character or half a character")
        if _DOTS.search(plain):
            raise UnsafeError("holds a segment of dots, which leaves the root")
        if "%" not in plain:
            return
        plain = unquote(plain, errors="replace")


@cache
def parse_template(text: str) -> Template:
    """Read a template.

    Raises:
        ValueError: It is none; the message says at which character.
    """
    start = _START.match(text)
    if not start:
        raise ValueError("a template begins with http:// or https://")
    pieces: list[str | Slot] = []
    at = 0
    for match in _SLOT.finditer(text):
        if match[1] is None:
            raise ValueError(f"a brace without its partner at character {match.start() + 1}")
        if match.start() > at:
            pieces.append(text[at : match.start()])
        pieces.append(_slot(match, text, start.end()))
        at = match.end()
    if at < len(text):
        pieces.append(text[at:])
    host = _AUTHORITY_END.split(text[start.end() :], maxsplit=1)[0]
    if not _TEMPLATE_HOST.fullmatch(host):
        raise ValueError("a template's host is {host} as a whole, or ends in a name that is written out")
    return Template(text, tuple(pieces))


def _slot(match: re.Match[str], text: str, host_start: int) -> Slot:
    name, *filters = match[1].split("|")
    if not _NAME.fullmatch(name):
        raise ValueError(f"{match[0]} at character {match.start() + 1} is no placeholder")
    parsed = []
    for each in filters:
        key, _, argument = each.partition(":")
        if key not in _FILTERS:
            raise ValueError(f"unknown filter {key} at character {match.start() + 1}; known are {', '.join(_FILTERS)}")
        parsed.append((key, argument))
    before = text[host_start : match.start()]
    # `{path}` right behind the host brings its own slash; every other slot there is a part of the host.
    behind_host = "/" not in before and name == "path" and bool(before)
    part = "query" if "?" in before else "path" if "/" in before or behind_host else "host"
    return Slot(name, tuple(parsed), part, first=behind_host, last=match.end() == len(text))
