"""From a profile file's text to a profile, with errors that say where and what would have been right."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from harvester.errors import ProfileError
from harvester.resolve.profiles.schema import TABLES, LocationRule, ProfileFile
from harvester.resolve.profiles.template import Template, parse_template

MAX_CHARS: Final = 1 << 20
MAX_TEMPLATE_CHARS: Final = 4096
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_AT: Final = re.compile(r" - at (?:`key` in )?`\$\.?([^`]*)`")
_UNKNOWN: Final = re.compile(r"unknown field `([^`]*)`")
_CLAIM: Final = re.compile(r"""^\s*\[*\s*["']?claim\b""", re.MULTILINE)
_LET: Final = re.compile(r"\{([a-z0-9_]+)\}", re.ASCII)


class Prepared(NamedTuple):
    """A location rule, with the label that a location's basis has and the parsed template.

    Attributes:
        by_path: Whether it is about a raw path of the record, and not about its ids alone.
    """

    label: str
    rule: LocationRule
    template: Template
    by_path: bool


def _prepared(label: str, rule: LocationRule, template: Template) -> Prepared:
    return Prepared(label, rule, template, "path" in template.names or bool(rule.when.path or rule.when.extension))


class Profile:
    """What is known of one site or platform; read from its text when something of it is first needed.

    Most documents need few of the profiles that there are, and reading TOML costs more than all else about them.

    Attributes:
        name: As the file's, without suffix.
        text: The file's text.
        digest: `sha256:` and the digest of the text.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.digest = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def __repr__(self) -> str:
        return f"Profile({self.name!r})"

    @cached_property
    def file(self) -> ProfileFile:
        """What the file says.

        Raises:
            ProfileError: It is no TOML, or says something that a profile doesn't know.
        """
        return _read(self.text, self.name)

    @property
    def may_claim(self) -> bool:
        """Whether it may have claims, by its text alone."""
        return _CLAIM.search(self.text) is not None

    def may_own(self, scheme: str) -> bool:
        """Whether it may have ids of a scheme (without account), by its text alone."""
        return scheme in self.text

    @cached_property
    def schemes(self) -> frozenset[str]:
        """Schemes of its ids, without accounts."""
        return frozenset(rule.scheme.partition(":")[0] for rule in self.file.id if rule.scheme)

    @cached_property
    def locations(self) -> tuple[Prepared, ...]:
        """Its location rules, in order of trial."""
        names = rule_names("location", [rule.name or rule.role for rule in self.file.location])
        return tuple(
            _prepared(f"profile:{self.name}#{name}", rule, parse_template(expand(rule.template, self.file.let)))
            for name, rule in zip(names, self.file.location, strict=True)
        )


def rule_names(table: str, given: list[str]) -> list[str]:
    """Give each rule a name that is its own, by counting those that have none or the same."""
    names: list[str] = []
    for name in given:
        base, count = name or table, 1
        unique = base
        while unique in names:
            count += 1
            unique = f"{base}-{count}"
        names.append(unique)
    return names


def expand(text: str, let: dict[str, str], within: tuple[str, ...] = ()) -> str:
    """Put the pieces of `[let]` into a template; other placeholders stay.

    Raises:
        ProfileError: A piece uses itself.
    """

    def piece(match: re.Match[str]) -> str:
        name = match[1]
        if name not in let:
            return match[0]
        if name in within:
            loop = " -> ".join((*within[within.index(name) :], name))
            raise ProfileError(f"let: a piece uses itself: {loop}", "break the loop")
        return expand(let[name], let, (*within, name))

    expanded = _LET.sub(piece, text)
    if len(expanded) > MAX_TEMPLATE_CHARS:
        raise ProfileError(f"a template is longer than {MAX_TEMPLATE_CHARS} characters", "shorten its pieces in let")
    return expanded


def _read(text: str, name: str) -> ProfileFile:
    if len(text) > MAX_CHARS:
        raise ProfileError(f"profile {name}: longer than {MAX_CHARS} characters", "a profile is a page of facts")
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(f"profile {name}: no TOML: {error}", "mend the line that the message names") from error
    try:
        file = msgspec.convert(raw, ProfileFile)
    except msgspec.ValidationError as error:
        raise _explained(name, str(error)) from error
    if file.name != name or not _NAME.fullmatch(name):
        raise ProfileError(
            f"profile {name}: its name is {file.name!r}",
            "a profile is named as its file, in lower-case letters, digits and hyphens",
        )
    return file


def _explained(name: str, message: str) -> ProfileError:
    """Turn a validation message into one that names the place and the nearest known key."""
    at = _AT.search(message)
    place = at[1] if at else ""
    where = f"profile {name}" + (f", {place}" if place else "")
    unknown = _UNKNOWN.search(message)
    if not unknown:
        return ProfileError(f"{where}: {message.partition(' - at ')[0]}", "see the keys in the shipped profiles")
    known = _keys(place)
    near = difflib.get_close_matches(unknown[1], known, n=1, cutoff=0.0)
    return ProfileError(f"{where}: unknown key {unknown[1]!r}", f"did you mean {near[0]!r}?" if near else None)


def _keys(place: str) -> list[str]:
    steps = [name for step in place.split(".") if (name := step.partition("[")[0])]
    table = TABLES.get(steps[-1], ProfileFile) if steps else ProfileFile
    return list(table.__struct_fields__)
