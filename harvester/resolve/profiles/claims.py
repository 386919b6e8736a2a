"""Which profile claims a record: by its document's host, its own URLs, its paths, or the fields it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from harvester.model.value import Value
from harvester.resolve.profiles.parse import Profile, rule_names
from harvester.resolve.profiles.schema import ClaimRule
from harvester.resolve.profiles.urlids import compiled, host_keys, path_pattern

MAX_TEXT_CHARS: Final = 2048
"""What a pattern is tried on is cut here: no id, path or title that tells a site is longer."""

_HOST: Final = re.compile(
    r"\s*(?:[A-Za-z]+:)?[/\\]{2}(?:[^/\\?#@\s]*@)?([^/\\?#:@\s]+)(?::\d*)?(?=[/\\?#\s]|$)([^?#]*)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim rule that holds, with what its patterns read."""

    profile: str
    rule: str
    specificity: int
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Indexed:
    profile: str
    name: str
    rule: ClaimRule


class Claims:
    """Finds the claims on a record; only rules of which one host or field is there are looked at."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Index the rules of profiles."""
        self._by_document: dict[str, list[_Indexed]] = {}
        self._by_url: dict[str, list[_Indexed]] = {}
        self._by_field: dict[str, list[_Indexed]] = {}
        for profile in profiles:
            rules = profile.file.claim
            for name, rule in zip(rule_names("record", [r.name for r in rules]), rules, strict=True):
                self._add(_Indexed(profile.name, name, rule))

    def _add(self, entry: _Indexed) -> None:
        rule = entry.rule
        if rule.fields:
            # The longest name is the one that the fewest records have.
            self._by_field.setdefault(max(rule.fields, key=len), []).append(entry)
        elif rule.urls:
            for host in rule.urls:
                self._by_url.setdefault(host, []).append(entry)
        else:
            for host in rule.document:
                self._by_document.setdefault(host, []).append(entry)

    def on(self, fields: Mapping[str, Value], urls: Sequence[str], document: str | None) -> list[Candidate]:
        """Give the claims on a record, most specific first."""
        by_field = [
            entry
            for name in self._by_field.keys() & fields.keys()
            for entry in self._by_field[name]
            if entry.rule.fields.keys() <= fields.keys()
        ]
        if not (by_field or self._by_url or (document and self._by_document)):
            return []
        at, _ = _split([document] if document else [])
        hosts, paths = _split(urls)
        found: list[Candidate] = []
        for entry in self._worth_trying(by_field, hosts, at):
            groups = _holds(entry.rule, fields, hosts, paths, at)
            if groups is not None:
                found.append(Candidate(entry.profile, entry.name, specificity(entry.rule), groups))
        found.sort(key=lambda each: (-each.specificity, each.profile, each.rule))
        return found

    def _worth_trying(self, by_field: Iterable[_Indexed], hosts: list[str], at: list[str]) -> Iterator[_Indexed]:
        # No rule comes twice: it stands in one of the three indexes, under hosts that are told apart below.
        yield from by_field
        for index, known in ((self._by_url, hosts), (self._by_document, at)):
            if index and known:
                seen: set[int] = set()
                for entry in (entry for host in known for key in host_keys(host) for entry in index.get(key, ())):
                    if id(entry) not in seen:
                        seen.add(id(entry))
                        yield entry


def specificity(rule: ClaimRule) -> int:
    """How much a rule asks for: hosts weigh more than paths, and values more than names."""
    fields = sum(2 if pattern else 1 for pattern in rule.fields.values())
    return 8 * bool(rule.document) + 8 * bool(rule.urls) + 4 * bool(rule.path) + fields


def text_of(value: Value) -> str | None:
    """Give a scalar as text, None for what is none."""
    if isinstance(value, str):
        return value[:MAX_TEXT_CHARS]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, float) or (isinstance(value, int) and abs(value) < 1 << 128) else None


def fields_fit(patterns: Mapping[str, str], fields: Mapping[str, Value]) -> dict[str, str] | None:
    """Give what patterns read from a record's fields, None where one is missing or different."""
    groups: dict[str, str] = {}
    for name, pattern in patterns.items():
        if name not in fields:
            return None
        if pattern:
            text = text_of(fields[name])
            match = compiled(pattern).fullmatch(text) if text is not None else None
            if match is None:
                return None
            groups.update({key: value for key, value in match.groupdict().items() if value is not None})
    return groups


def hosts_fit(listed: Sequence[str], hosts: Iterable[str]) -> bool:
    """Whether one of the hosts stands in a host list."""
    return any(key in listed for host in hosts for key in host_keys(host))


def _holds(
    rule: ClaimRule, fields: Mapping[str, Value], hosts: list[str], paths: list[str], at: list[str]
) -> dict[str, str] | None:
    if rule.document and not hosts_fit(rule.document, at):
        return None
    if rule.urls and not hosts_fit(rule.urls, hosts):
        return None
    groups = fields_fit(rule.fields, fields)
    if groups is None or not rule.path:
        return groups
    pattern = path_pattern(rule.path)
    match = next((m for m in map(pattern.match, paths) if m), None)
    if match is None:
        return None
    return groups | {key: value for key, value in match.groupdict().items() if value is not None}


def _split(urls: Iterable[str]) -> tuple[list[str], list[str]]:
    """Give the hosts of URLs and the paths of URLs and bare paths."""
    hosts: list[str] = []
    paths: list[str] = []
    for url in urls:
        text = url[:MAX_TEXT_CHARS]
        match = _HOST.match(text)
        if match:
            hosts.append(match[1].lower().rstrip("."))
        paths.append(match[2] if match else text.strip())
    return hosts, paths
