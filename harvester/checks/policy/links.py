"""Reads the Link header (RFC 8288), by which archives name the original, the timegate and the captures of a URL."""

from __future__ import annotations

from dataclasses import dataclass, field

_LINKS = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """One link; `relations` are its relation types in lower case."""

    url: str
    relations: frozenset[str]
    parameters: dict[str, str] = field(default_factory=dict)


def links(header: str) -> list[Link]:
    """Links of a header in their order; what is malformed ends the list. At most 1,000."""
    found: list[Link] = []
    at = header.find("<")
    while at >= 0 and len(found) < _LINKS:
        end = header.find(">", at)
        if end < 0:
            break
        url = header[at + 1 : end].strip()
        parameters, at = _parameters(header, end + 1)
        found.append(Link(url, frozenset(parameters.get("rel", "").lower().split()), parameters))
    return found


def _parameters(header: str, at: int) -> tuple[dict[str, str], int]:
    """Parameters from `at` on, and where the next link begins, below zero for none."""
    parameters: dict[str, str] = {}
    while at < len(header):
        while at < len(header) and header[at] in " \t;":
            at += 1
        if at >= len(header) or header[at] == ",":
            return parameters, header.find("<", at)
        start = at
        while at < len(header) and header[at] not in "=;,":
            at += 1
        name, value = header[start:at].strip().lower(), ""
        if at < len(header) and header[at] == "=":
            value, at = _value(header, at + 1)
        parameters.setdefault(name, value)
    return parameters, -1


def _value(header: str, at: int) -> tuple[str, int]:
    """A token or a quoted string, and where it ends."""
    if header.startswith('"', at):
        end = header.find('"', at + 1)
        end = len(header) if end < 0 else end
        return header[at + 1 : end], end + 1
    start = at
    while at < len(header) and header[at] not in ";,":
        at += 1
    return header[start:at].strip(), at
