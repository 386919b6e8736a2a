"""The ladder of locations: every rule of a profile tried on a record, each with what came of it and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from harvester.model.finding import Id
from harvester.model.problem import Problem
from harvester.model.value import Value
from harvester.model.vocabulary import Confidence, Kind, Role
from harvester.resolve.profiles.claims import MAX_TEXT_CHARS, fields_fit
from harvester.resolve.profiles.model import Ladder, Proposed, Step
from harvester.resolve.profiles.parse import Profile
from harvester.resolve.profiles.schema import LocationRule
from harvester.resolve.profiles.template import Template, UnfitError, UnsafeError
from harvester.resolve.profiles.urlids import path_pattern

MAX_PATHS: Final = 32
"""Most raw paths of one role that are tried: each costs a location for each rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is known of the record for which locations are wanted.

    Attributes:
        paths: Raw paths by role, as they stand in the record.
        ids: Its ids; `scheme` may hold an account behind a colon.
        groups: What the claim's patterns read.
        id_groups: What patterns read beside each id that stood in a URL.
        on: The item's date, by which layouts are chosen.
    """

    paths: Mapping[Role, Sequence[str]] = field(default_factory=dict)
    ids: Sequence[Id] = ()
    kind: Kind = "unknown"
    fields: Mapping[str, Value] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    id_groups: Mapping[Id, Mapping[str, str]] = field(default_factory=dict)
    on: date | None = None


class _Climb:
    """Collects what the rules of one or more profiles give for one record."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.proposed: dict[tuple[str, Role], Proposed] = {}
        self.steps: list[Step] = []
        self.refused: dict[tuple[str, str], Problem] = {}

    def profile(self, profile: Profile, ids: Sequence[Id]) -> None:
        """Try all rules of a profile."""
        for name, rule, template in profile.locations:
            label = f"profile:{profile.name}#{name}"
            why = _unfit(rule, self.subject)
            if why:
                self.steps.append(Step(label, matched=False, why=why))
                continue
            before = len(self.steps)
            for raw, fact, values in self._fillings(rule, template, ids):
                self._fill(label, rule, template, raw=raw, fact=fact, values=values)
            if len(self.steps) == before:
                wanted = rule.uses or rule.role if "path" in template.names else "id"
                self.steps.append(Step(label, matched=False, why=f"the record has no {wanted} for it"))

    def _fillings(
        self, rule: LocationRule, template: Template, ids: Sequence[Id]
    ) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Give the raw text, the fact and the values of each way to fill a rule's template."""
        subject = self.subject
        wanted = [each for each in ids if not rule.when.scheme or each.scheme.partition(":")[0] in rule.when.scheme]
        named = _of_id(wanted[0], subject) if wanted else {}
        by_path = "path" in template.names or rule.when.path or rule.when.extension
        if by_path:
            role = rule.uses or rule.role
            for raw in list(subject.paths.get(role, ()))[:MAX_PATHS]:
                yield raw, role, {**subject.groups, **named, "path": raw}
            return
        for each in wanted:
            yield each.value, "id", {**subject.groups, **_of_id(each, subject)}
        if not wanted and not rule.when.scheme and "id" not in template.names and subject.groups:
            yield "", "record", dict(subject.groups)

    def _fill(
        self, label: str, rule: LocationRule, template: Template, *, raw: str, fact: str, values: dict[str, str]
    ) -> None:
        try:
            if fact not in {"id", "record"}:
                values |= _from_path(rule, raw)
            url = template.fill(values)
        except UnfitError as error:
            self.steps.append(Step(label, matched=False, why=str(error)))
            return
        except UnsafeError as error:
            self.steps.append(Step(label, matched=False, why=f"refused: {error}"))
            self.refused.setdefault((raw, str(error)), _problem(label, raw, str(error)))
            return
        confidence, why = _confidence(rule, self.subject.on)
        self.steps.append(Step(label, matched=True, why=why))
        key = (url, rule.role)
        if key not in self.proposed:
            self.proposed[key] = Proposed(
                url=url,
                raw=raw,
                role=rule.role,
                delivery=rule.delivery,
                rule=label,
                confidence=confidence,
                fact=fact,
                template=template.text,
            )


def climb(parts: Iterable[tuple[Profile, Sequence[Id]]], subject: Subject) -> Ladder:
    """Try the rules of profiles, each with the ids that are its own."""
    climbing = _Climb(subject)
    for profile, ids in parts:
        climbing.profile(profile, ids)
    return Ladder(tuple(climbing.proposed.values()), tuple(climbing.steps), tuple(climbing.refused.values()))


def _unfit(rule: LocationRule, subject: Subject) -> str:
    """Say why a rule is not for this record, empty where it is."""
    when = rule.when
    if when.kind and subject.kind not in when.kind:
        return f"the kind is {subject.kind}, not {' or '.join(when.kind)}"
    if when.fields and fields_fit(when.fields, subject.fields) is None:
        return f"the record's fields {', '.join(when.fields)} are other ones"
    on = subject.on
    if on and rule.valid_from and on < rule.valid_from:
        return f"in use from {rule.valid_from}, the item is of {on}"
    if on and rule.valid_to and on > rule.valid_to:
        return f"in use until {rule.valid_to}, the item is of {on}"
    return ""


def _confidence(rule: LocationRule, on: date | None) -> tuple[Confidence, str]:
    if on is None and rule.confidence == "observed" and (rule.valid_from or rule.valid_to):
        return "guessed", "the layout was in use for a time, and the item's date is not known"
    return rule.confidence, f"URLs of this shape are {rule.confidence}: {rule.source}"


def _from_path(rule: LocationRule, raw: str) -> dict[str, str]:
    """Give what the rule's conditions read from a raw path.

    Raises:
        UnfitError: The path is not of that shape.
    """
    when = rule.when
    path = raw[:MAX_TEXT_CHARS].partition("?")[0].partition("#")[0].strip()
    extension = path.rpartition("/")[2].rpartition(".")
    if when.extension and (not extension[1] or extension[2].lower() not in when.extension):
        raise UnfitError(f"the path does not end in .{' or .'.join(when.extension)}")
    if not when.path:
        return {}
    match = path_pattern(when.path).match(path)
    if match is None:
        raise UnfitError("the path has another shape")
    return {key: value for key, value in match.groupdict().items() if value is not None}


def _of_id(each: Id, subject: Subject) -> dict[str, str]:
    account = each.scheme.partition(":")[2]
    own = {"id": each.value, **({"account": account} if account else {})}
    return {**subject.id_groups.get(each, {}), **own}


def _problem(label: str, raw: str, why: str) -> Problem:
    shown = ascii(raw[:80]) + ("…" if len(raw) > 80 else "")
    return Problem(
        stage="resolve",
        code="unsafe-path",
        severity="warning",
        message=f"{label} refuses {shown}: it {why}",
        hint="the item stays listed, without this location",
    )
