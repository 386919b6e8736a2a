"""Runs the examples of profiles, which are their tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harvester.model.value import Value
from harvester.resolve.profiles.collection import Profiles
from harvester.resolve.profiles.model import Claim
from harvester.resolve.profiles.parse import Profile
from harvester.resolve.profiles.schema import Example


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an example; it holds where `faults` is empty.

    Attributes:
        number: Position in the file, from 1.
        subject: The example's URL, or the record's first fields.
    """

    profile: str
    number: int
    subject: str
    faults: tuple[str, ...]


def run_examples(profile: Profile, profiles: Profiles) -> tuple[Outcome, ...]:
    """Run a profile's examples among all profiles, so that another one's better claim shows."""
    return tuple(
        Outcome(profile.name, number, _subject(example), tuple(_faults(profile, example, profiles)))
        for number, example in enumerate(profile.file.example, 1)
    )


def _subject(example: Example) -> str:
    return example.url or ", ".join(f"{key}={value}" for key, value in list((example.record or {}).items())[:3])


def claim_on(example: Example, profiles: Profiles) -> Claim | None:
    """Say which profile claims an example's record or URL."""
    if example.url:
        found = profiles.ids_in_url(example.url)
        return profiles.claim_of(found) if found else None
    fields: Mapping[str, Value] = example.record or {}
    urls = [path for paths in example.paths.values() for path in paths]
    urls += [value for value in fields.values() if isinstance(value, str) and "/" in value and value not in urls]
    return profiles.match(fields, urls, example.document)


def _faults(profile: Profile, example: Example, profiles: Profiles) -> Iterator[str]:
    fields: Mapping[str, Value] = example.record or {}
    claim = claim_on(example, profiles)
    if example.none:
        if claim and claim.profile == profile.name:
            yield f"claimed by {claim.rule}"
        return
    if claim is None or claim.profile != profile.name:
        yield f"claimed by {claim.rule if claim else 'nothing'}"
        return
    ids = tuple(f"{each.scheme}:{each.value}" for each in claim.ids)
    if ids != example.ids:
        yield f"ids {', '.join(ids) or 'none'}; expected {', '.join(example.ids) or 'none'}"
    ladder = profiles.locations(claim, paths=example.paths, kind=example.kind, fields=fields, on=example.on)
    found = tuple(each.url for each in ladder.proposed)
    if example.locations is not None and found != example.locations:
        yield f"locations {', '.join(found) or 'none'}; expected {', '.join(example.locations) or 'none'}"
    if bool(ladder.problems) != example.refused:
        yield ladder.problems[0].message if ladder.problems else "no path is refused"
