"""Platform ids in URLs: a look-up by host first, patterns only where a host is known.

A page has thousands of URLs and few of them lead to a platform, so that what counts is how fast the answer "none"
comes: one pattern splits the URL and one dictionary knows the host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote_plus

from harvester.model.finding import Id
from harvester.resolve.profiles.model import PlatformId
from harvester.resolve.profiles.schema import IdRule

MAX_URL_CHARS: Final = 4096
MAX_INNER: Final = 2
"""How many URLs may stand one in another's parameters."""

# As browsers split it (WHATWG URL): a backslash is a slash, and what stands before the last @ is no host.
_HEAD: Final = re.compile(
    r"\s*(?:[hH][tT][tT][pP][sS]?:)?[/\\]{2}(?:[^/\\?#@\s]*@)?([^/\\?#:@\s]+)(?::\d*)?(?=[/\\?#\s]|$)(?:[/\\]([^/\\?#\s]*))?"
)
_TAIL: Final = re.compile(r"([^?#\s]*)(?:\?([^#\s]*))?(?:#(\S*))?")
_SCHEME_GROUP: Final = re.compile(r"\{([a-z_]+)\}")
_ANY: Final = "*"
_CACHE_HOSTS: Final = 20_000
_CACHED_URLS: Final = 4096


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a profile's pattern, once and only when it is needed."""
    return re.compile(pattern, re.ASCII)


def path_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that begins where a path begins and ends where one of its segments ends."""
    return compiled(f"(?:{pattern})(?=/|$)")


@dataclass(frozen=True, slots=True)
class HostRule:
    """An id rule with the names of its profile and itself."""

    profile: str
    name: str
    rule: IdRule


class _Split(NamedTuple):
    host: str
    path: str
    query: str
    fragment: str


def host_keys(host: str) -> Iterable[str]:
    """Give what could stand in a host list for this host, most specific first."""
    yield host
    while host:
        yield "." + host
        host = host.partition(".")[2]


class UrlIds:
    """Reads platform ids from URLs by the rules of all profiles."""

    def __init__(self, rules: Callable[[], Iterable[tuple[tuple[str, ...], HostRule]]]) -> None:
        """Take what gives rules with their hosts; it is asked when the first URL comes."""
        self._given = rules
        self._by_key: dict[str, list[HostRule]] = {}
        self._by_host: dict[str, tuple[HostRule, ...]] = {}
        self._known: dict[str, PlatformId | None] = {}

    @cached_property
    def _by_segment(self) -> dict[str, list[HostRule]]:
        by_segment: dict[str, list[HostRule]] = {}
        for hosts, rule in self._given():
            for host in hosts:
                if host == _ANY:
                    by_segment.setdefault(first_segment(rule.rule.path), []).append(rule)
                else:
                    self._by_key.setdefault(host, []).append(rule)
        return by_segment

    def find(self, url: str) -> PlatformId | None:
        """Give the id that a URL holds, or None.

        Args:
            url: As it stands in the data, absolute or beginning with `//`; of any other text the answer is None.
        """
        try:
            return self._known[url]
        except KeyError:
            found = self._find(url, MAX_INNER)
        if len(self._known) >= _CACHED_URLS:  # each is asked about some times, and soon after another
            self._known.clear()
        if len(url) <= MAX_URL_CHARS:
            self._known[url] = found
        return found

    def _find(self, url: str, depth: int) -> PlatformId | None:
        """Read a URL; `depth` is how many URLs inside parameters are followed."""
        if len(url) > MAX_URL_CHARS:
            return None
        match = _HEAD.match(url)
        if match is None:
            return None
        host, segment = match.groups()
        anywhere = self._by_segment.get(segment, ())
        rules = self._by_host.get(host)
        if rules is None:
            rules = self._rules(host)
        return self._first((*rules, *anywhere), _split(url, match), depth) if rules or anywhere else None

    def _rules(self, host: str) -> tuple[HostRule, ...]:
        plain = host.lower().rstrip(".")
        rules = tuple(rule for key in host_keys(plain) for rule in self._by_key.get(key, ()))
        if len(self._by_host) >= _CACHE_HOSTS:
            self._by_host.clear()
        self._by_host[host] = rules
        return rules

    def _first(self, rules: Iterable[HostRule], url: _Split, depth: int) -> PlatformId | None:
        for each in rules:
            rule = each.rule
            groups = _fits(rule, url)
            if groups is None:
                continue
            if rule.inner:
                found = self._find(groups[rule.inner], depth - 1) if depth else None
                if found:
                    return found
                continue
            if len(set(groups.get("id", ""))) > 1 or groups.get("id", "").isdecimal():  # of one letter: a placeholder
                groups["host"] = url.host
                return _platform_id(each, groups)
        return None


def _platform_id(found: HostRule, groups: Mapping[str, str]) -> PlatformId:
    rule = found.rule
    scheme = _SCHEME_GROUP.sub(lambda match: groups.get(match[1], ""), rule.scheme)
    return PlatformId(
        id=Id(scheme=scheme, value=groups["id"]),
        profile=found.profile,
        rule=f"{found.profile}#{found.name}",
        kind=rule.kind,
        role=rule.role,
        delivery=rule.delivery,
        groups=groups,
    )


def first_segment(path: str) -> str:
    """Give the first segment that a path pattern begins with, written out; empty where it is none."""
    match = re.match(r"/([\w-]+)/", path, re.ASCII)
    return match[1] if match else ""


def _split(url: str, head: re.Match[str]) -> _Split:
    host, segment = head.groups()
    tail = _TAIL.match(url, head.end())
    rest, query, fragment = tail.groups() if tail else ("", None, None)
    path = "/" if segment is None else f"/{segment}{rest}".replace("\\", "/")
    return _Split(host.lower().rstrip("."), path, query or "", fragment or "")


def _fits(rule: IdRule, url: _Split) -> dict[str, str] | None:
    """Give what a rule's patterns read, None where one does not fit."""
    groups: dict[str, str] = {}
    if rule.path:
        match = path_pattern(rule.path).match(url.path)
        if match is None:
            return None
        groups.update(_given(match))
    for name, pattern in rule.query.items():
        match = compiled(pattern).fullmatch(parameter(url.query, name))
        if match is None:
            return None
        groups.update(_given(match))
    if rule.fragment:
        match = compiled(rule.fragment).match(url.fragment)
        if match is None:
            return None
        groups.update(_given(match))
    if rule.inner:
        inner = parameter(url.query, rule.inner)
        if not inner:
            return None
        groups[rule.inner] = inner
    return groups


def _given(match: re.Match[str]) -> Mapping[str, str]:
    return {name: value for name, value in match.groupdict().items() if value is not None}


def parameter(query: str, name: str) -> str:
    """Give the decoded value of a query's parameter, empty where it has none.

    Saved pages often hold `&amp;` for `&`, also where nothing undoes it any more.
    """
    for part in query.split("&"):
        key, _, value = part.partition("=")
        if key == name or key == "amp;" + name:
            return unquote_plus(value)
    return ""
