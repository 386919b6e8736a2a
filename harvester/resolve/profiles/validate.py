"""Tries all that a profile says: patterns, templates, hosts, and what it claims to have seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from harvester.errors import ProfileError
from harvester.model.vocabulary import STATE_OF
from harvester.resolve.profiles.parse import Profile, expand
from harvester.resolve.profiles.schema import ClaimRule, IdRule, LocationRule
from harvester.resolve.profiles.template import Template, parse_template
from harvester.resolve.profiles.urlids import first_segment

_HOST: Final = re.compile(r"\*|\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
_REPEAT: Final = re.compile(r"[*+]|\{\d*,\}")
_TOKEN: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?P?[<:=!][=!]?)?|(?P<end>\))|[*+]|\{\d*,\}|.", re.DOTALL
)
_ALWAYS: Final = frozenset({"id", "account", "path", "host"})
_SCHEME: Final = re.compile(r"[a-z0-9-]+(?::(?:[\w-]+|\{[a-z_]+\}))?", re.ASCII)


def parse(text: str, name: str) -> Profile:
    """Read a profile and try all that it says.

    Args:
        text: The TOML text.
        name: The file's name without suffix, which must be the profile's name.

    Raises:
        ProfileError: It can't be read, or something in it can't work.
    """
    profile = Profile(name, text)
    validate(profile)
    return profile


def validate(profile: Profile) -> None:
    """Try all that a profile says.

    Raises:
        ProfileError: Something in it can't work; the message says where, the hint what would.
    """
    file = profile.file
    for place, hosts in _hosts(profile):
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise _error(profile, place, f"{host!r} is no host", "write youtu.be, .youtube.com or *")
    groups = set(_ALWAYS)
    for number, claim in enumerate(file.claim):
        groups |= _claim(profile, f"claim[{number}]", claim)
    for number, rule in enumerate(file.id):
        groups |= _id(profile, f"id[{number}]", rule)
    for number, location in enumerate(file.location):
        _location(profile, f"location[{number}]", location, groups)
    _checks(profile)
    for number, example in enumerate(file.example):
        if bool(example.url) == (example.record is not None):
            raise _error(profile, f"example[{number}]", "an example is of a URL or of a record", "give one of them")


def _error(profile: Profile, place: str, message: str, hint: str) -> ProfileError:
    return ProfileError(f"profile {profile.name}, {place}: {message}", hint)


def _hosts(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    file = profile.file
    yield "hosts", file.hosts
    for number, claim in enumerate(file.claim):
        yield f"claim[{number}].document", claim.document
        yield f"claim[{number}].urls", claim.urls
    for table in ("id", "soft_404", "politeness"):
        for number, rule in enumerate(getattr(file, table)):
            yield f"{table}[{number}].hosts", rule.hosts


def _claim(profile: Profile, place: str, rule: ClaimRule) -> set[str]:
    if not (rule.document or rule.urls or rule.fields):
        raise _error(profile, place, "a claim names hosts or fields", "a path alone stands on many sites")
    return _groups(profile, place, [rule.path, *rule.fields.values()])


def _id(profile: Profile, place: str, rule: IdRule) -> set[str]:
    if bool(rule.scheme) == bool(rule.inner):
        raise _error(profile, place, "an id has a scheme", "give scheme, or inner where another rule knows it")
    if rule.scheme and not _SCHEME.fullmatch(rule.scheme):
        raise _error(profile, place, f"{rule.scheme!r} is no scheme", "write name or name:{account}")
    if rule.field:
        return _groups(profile, place, [rule.pattern])
    hosts = rule.hosts or profile.file.hosts
    if not hosts:
        raise _error(profile, place, "neither field nor hosts", "say in what the id stands")
    if "*" in hosts and not first_segment(rule.path):
        raise _error(profile, place, "a rule for any host begins with a segment", "begin its path with /name/")
    found = _groups(profile, place, [rule.path, rule.fragment, *rule.query.values()])
    if rule.scheme and "id" not in found:
        raise _error(profile, place, "no group id", "write (?P<id>…) in path, query or fragment")
    return found


def _groups(profile: Profile, place: str, patterns: Iterable[str]) -> set[str]:
    """Give the groups of patterns, having tried them."""
    groups: set[str] = set()
    for pattern in patterns:
        try:
            groups |= set(re.compile(pattern, re.ASCII).groupindex)
        except (re.error, RecursionError, OverflowError) as error:
            raise _error(profile, place, f"{pattern!r} is no pattern: {error}", "mend the pattern") from error
        if repeats_in_repeats(pattern):
            raise _error(
                profile,
                place,
                f"{pattern!r} repeats a group that repeats, which can take for ever",
                "bound the inner one, as in [^/]{1,200}",
            )
    return groups


def repeats_in_repeats(pattern: str) -> bool:
    """Whether a group that may repeat without bound holds something that may: such patterns can be exponential."""
    inside = [False]
    closed = False
    for match in _TOKEN.finditer(pattern):
        piece = match[0]
        if _REPEAT.fullmatch(piece):
            if closed:
                return True
            inside[-1] = True
        closed = False
        if piece.startswith("("):
            inside.append(False)
        elif match["end"] and len(inside) > 1:
            closed = inside.pop()
            inside[-1] |= closed
    return False


def _location(profile: Profile, place: str, rule: LocationRule, groups: set[str]) -> None:
    template = _template(profile, place, rule.template)
    known = groups | _groups(profile, place, [rule.when.path, *rule.when.fields.values()])
    unknown = sorted(template.names - known)
    if unknown:
        raise _error(
            profile,
            place,
            f"unknown placeholder {{{unknown[0]}}}",
            f"known are {', '.join(sorted(known | set(profile.file.let)))}",
        )
    if rule.confidence not in {"observed", "guessed"}:
        raise _error(profile, place, f"confidence {rule.confidence!r}", "a profile's is observed or guessed")
    if rule.confidence == "observed" and not rule.seen:
        raise _error(profile, place, "observed, and no URL in seen", "cite a URL of that shape, or say guessed")
    for url in rule.seen:
        # Sites change from http to https; the shape is that of the rest.
        other = "http" + url.removeprefix("https") if url.startswith("https") else "https" + url.removeprefix("http")
        if not (template.shape.fullmatch(url) or template.shape.fullmatch(other)):
            raise _error(profile, place, f"{url!r} was not made by {template.text!r}", "cite a URL of that shape")
    if rule.valid_from and rule.valid_to and rule.valid_from > rule.valid_to:
        raise _error(profile, place, "valid_to lies before valid_from", "swap them")


def _template(profile: Profile, place: str, text: str) -> Template:
    try:
        return parse_template(expand(text, profile.file.let))
    except ValueError as error:
        raise _error(profile, place, f"{text!r}: {error}", "write https://host/…{placeholder}…") from error
    except ProfileError as error:
        raise _error(profile, place, str(error), error.hint or "") from error


def _checks(profile: Profile) -> None:
    file = profile.file
    schemes = {rule.scheme.partition(":")[0] for rule in file.id}
    for table in ("probe", "archive"):
        for number, lookup in enumerate(getattr(file, table)):
            place = f"{table}[{number}]"
            names = _template(profile, place, lookup.url).names
            if names - {"id", "account"}:
                raise _error(profile, place, f"{lookup.url!r} needs more than an id", "use {id} and {account} alone")
            if lookup.scheme not in schemes:
                raise _error(profile, place, f"no id of scheme {lookup.scheme!r}", "name a scheme of this profile")
    for number, probe in enumerate(file.probe):
        for answer in probe.answers:
            place = f"probe[{number}].answers"
            if answer.reason not in STATE_OF:
                raise _error(profile, place, f"{answer.reason!r} is no reason", f"known are {', '.join(STATE_OF)}")
    for number, sign in enumerate(file.soft_404):
        _groups(profile, f"soft_404[{number}]", [sign.url, sign.body])
        if not (sign.url or sign.body or sign.sha256 or sign.size_bytes):
            raise _error(profile, f"soft_404[{number}]", "no sign", "give url, body, sha256 or size_bytes")
