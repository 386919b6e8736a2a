"""The ladder of locations: every rule of a profile tried on a record, each with what came of it and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from harvester.model.finding import Id
from harvester.model.problem import Problem
from harvester.model.value import Value
from harvester.model.vocabulary import Confidence, Kind, Role
from harvester.resolve.profiles.claims import MAX_TEXT_CHARS, fields_fit
from harvester.resolve.profiles.model import Ladder, Proposed, Step
from harvester.resolve.profiles.parse import Prepared, Profile
from harvester.resolve.profiles.schema import LocationRule
from harvester.resolve.profiles.template import UnfitError, UnsafeError
from harvester.resolve.profiles.urlids import path_pattern

MAX_PATHS: Final = 32
"""Most raw paths of one role that are tried: each costs a location for each rule."""


class Subject(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is known of the record for which locations are wanted.

    Attributes:
        paths: Raw paths by role, as they stand in the record.
        ids: Its ids; `scheme` may hold an account behind a colon.
        groups: What the claim's patterns read.
        id_groups: What patterns read beside each id that stood in a URL.
        on: The item's date, by which layouts are chosen.
    """

    paths: Mapping[Role, Sequence[str]] = msgspec.field(default_factory=dict)
    ids: Sequence[Id] = ()
    kind: Kind = "unknown"
    fields: Mapping[str, Value] = msgspec.field(default_factory=dict)
    groups: Mapping[str, str] = msgspec.field(default_factory=dict)
    id_groups: Mapping[Id, Mapping[str, str]] = msgspec.field(default_factory=dict)
    on: date | None = None


class _Path:
    """A raw path, and what conditions ask of it."""

    __slots__ = ("bare", "extension", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.bare = raw[:MAX_TEXT_CHARS].partition("?")[0].partition("#")[0].strip()
        self.extension = self.bare.rpartition("/")[2].rpartition(".")[2].lower()


class _Climb:
    """Collects what the rules of one or more profiles give for one record."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.paths = {role: [_Path(raw) for raw in raws[:MAX_PATHS]] for role, raws in subject.paths.items()}
        self.proposed: dict[tuple[str, Role], Proposed] = {}
        self.steps: list[Step] = []
        self.refused: dict[tuple[str, str], Problem] = {}

    def profile(self, profile: Profile, ids: Sequence[Id]) -> None:
        """Try all rules of a profile."""
        values = [(each, {**self.subject.groups, **_of_id(each, self.subject)}) for each in ids]
        for prepared in profile.locations:
            why = _unfit(prepared.rule, self.subject)
            if why:
                self.steps.append(Step(prepared.label, matched=False, why=why))
                continue
            schemes = prepared.rule.when.scheme
            mine = [one for one in values if one[0].scheme.partition(":")[0] in schemes] if schemes else values
            before = len(self.steps)
            if prepared.by_path:
                self._by_path(prepared, mine[0][1] if mine else self.subject.groups)
            else:
                self._by_id(prepared, mine)
            if len(self.steps) == before:
                wanted = prepared.rule.uses or prepared.rule.role if prepared.by_path else "id"
                self.steps.append(Step(prepared.label, matched=False, why=f"the record has no {wanted} for it"))

    def _by_path(self, prepared: Prepared, values: Mapping[str, str]) -> None:
        role = prepared.rule.uses or prepared.rule.role
        for path in self.paths.get(role, ()):
            groups = _from_path(prepared.rule, path)
            if isinstance(groups, str):
                self.steps.append(Step(prepared.label, matched=False, why=groups))
            else:
                self._fill(prepared, path.raw, role, {**values, **groups, "path": path.raw})

    def _by_id(self, prepared: Prepared, values: Sequence[tuple[Id, Mapping[str, str]]]) -> None:
        for each, own in values:
            self._fill(prepared, each.value, "id", own)
        if not values and not prepared.rule.when.scheme and self.subject.groups and "id" not in prepared.template.names:
            self._fill(prepared, "", "record", self.subject.groups)

    def _fill(self, prepared: Prepared, raw: str, fact: str, values: Mapping[str, str]) -> None:
        label, rule, template, _ = prepared
        try:
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


def _from_path(rule: LocationRule, path: _Path) -> Mapping[str, str] | str:
    """Give what the rule's conditions read from a raw path, or say why it does not fit."""
    when = rule.when
    if when.extension and path.extension not in when.extension:
        return f"the path does not end in .{' or .'.join(when.extension)}"
    if not when.path:
        return {}
    match = path_pattern(when.path).match(path.bare)
    if match is None:
        return "the path has another shape"
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
