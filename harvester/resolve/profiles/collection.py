"""All profiles that are known, and what they say together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from urllib.parse import quote

from msgspec.structs import replace

from harvester.model.finding import Id
from harvester.model.value import Value
from harvester.model.vocabulary import Kind, Role
from harvester.resolve.profiles.claims import Candidate, Claims, fields_fit, text_of
from harvester.resolve.profiles.ladder import Subject, climb
from harvester.resolve.profiles.model import Claim, Ladder, PlatformId
from harvester.resolve.profiles.parse import Profile, rule_names
from harvester.resolve.profiles.schema import ArchiveLookup, Politeness, Probe, Soft404
from harvester.resolve.profiles.urlids import HostRule, UrlIds, host_keys


class Profiles:
    """A set of profiles, each name once; read and indexed when it is first asked."""

    def __init__(self, profiles: Iterable[Profile] | Callable[[], Iterable[Profile]] = ()) -> None:
        """Take profiles, or what gives them; of two with one name the later counts."""
        self._given = profiles

    @cached_property
    def _all(self) -> dict[str, Profile]:
        given = self._given() if callable(self._given) else self._given
        return {profile.name: profile for profile in given}

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def __getitem__(self, name: str) -> Profile:
        return self._all[name]

    def plus(self, more: Iterable[Profile]) -> Profiles:
        """Give these and more; one of the same name takes the other's place."""
        return Profiles([*self, *more])

    @property
    def digests(self) -> dict[str, str]:
        """Digest of each profile's text by name, as `run.profiles` has it."""
        return {name: profile.digest for name, profile in self._all.items()}

    @cached_property
    def _urls(self) -> UrlIds:
        return UrlIds(self._url_rules)

    def _url_rules(self) -> Iterator[tuple[tuple[str, ...], HostRule]]:
        for profile in self:
            names = rule_names("id", [rule.name for rule in profile.file.id])
            for name, rule in zip(names, profile.file.id, strict=True):
                if not rule.field:
                    yield rule.hosts or profile.file.hosts, HostRule(profile.name, name, rule)

    @cached_property
    def _claims(self) -> Claims:
        return Claims(profile for profile in self if profile.may_claim)

    @cached_property
    def _owners(self) -> dict[str, Profile | None]:
        return {}

    def owner(self, id_: Id) -> Profile | None:
        """The profile whose scheme an id has."""
        scheme = id_.scheme.partition(":")[0]
        if scheme not in self._owners:
            self._owners[scheme] = next((p for p in self if p.may_own(scheme) and scheme in p.schemes), None)
        return self._owners[scheme]

    def ids_in_url(self, url: str) -> PlatformId | None:
        """Give the platform id that a URL holds, by whatever profile; None for every other text."""
        return self._urls.find(url)

    def match(
        self,
        fields: Mapping[str, Value],
        urls: Sequence[str] = (),
        document_url: str | None = None,
        ids: Sequence[Id] = (),
    ) -> Claim | None:
        """Say which profile claims a record.

        Args:
            fields: The record's own fields.
            urls: Its URLs and paths as they stand in the data.
            document_url: Of the document in which it stands, where known.
            ids: Ids that were recognised in it otherwise.
        """
        found = tuple([each for url in urls if (each := self.ids_in_url(url))])
        claims = self._claims.on(fields, urls, document_url)
        if claims:
            return self._claimed(claims, fields, found)
        # A record whose only URL is a post's is about that post.
        own = list(found) if len(urls) == 1 else _own(found)
        if own:
            return self._of_platform(own[0].profile, own[0].rule, found, [each.id for each in own])
        for id_ in ids:
            owner = self.owner(id_)
            if owner:
                return self._of_platform(owner.name, f"{owner.name}#scheme", found, [id_])
        return None

    def claim_of(self, found: PlatformId) -> Claim:
        """The claim of a platform on what nothing but a URL is known of."""
        return self._of_platform(found.profile, found.rule, (found,), [found.id])

    def _of_platform(self, name: str, rule: str, found: tuple[PlatformId, ...], ids: Sequence[Id]) -> Claim:
        file = self._all[name].file
        return Claim(
            profile=name,
            rule=rule,
            specificity=1,
            ids=tuple(dict.fromkeys(ids)),
            relation=file.relation,
            kind=file.kind,
            found=found,
        )

    def _claimed(
        self, claims: Sequence[Candidate], fields: Mapping[str, Value], found: tuple[PlatformId, ...]
    ) -> Claim:
        best = claims[0]
        profile = self._all[best.profile]
        groups = dict(best.groups)
        ids: list[Id] = []
        for rule in profile.file.id:
            read = fields_fit({rule.field: rule.pattern or "(?s:.+)"}, fields) if rule.field else None
            if read is not None:
                groups |= read
                value = read.get("id") or text_of(fields[rule.field]) or ""
                ids.append(Id(scheme=rule.scheme, value=value))
        ids += [each.id for each in _own(found)]
        return Claim(
            profile=best.profile,
            rule=f"{best.profile}#{best.rule}",
            specificity=best.specificity,
            rivals=tuple(dict.fromkeys(c.profile for c in claims if c.profile != best.profile)),
            ids=tuple(dict.fromkeys(ids)),
            relation=profile.file.relation,
            kind=profile.file.kind,
            groups=groups,
            found=found,
        )

    def locations(
        self,
        claim: Claim | None,
        *,
        paths: Mapping[Role, Sequence[str]],
        ids: Sequence[Id] = (),
        kind: Kind = "unknown",
        fields: Mapping[str, Value] | None = None,
        on: date | None = None,
    ) -> Ladder:
        """Give the locations that profiles know for a record, in order of trial.

        The claiming profile's rules come first, then those of the platforms whose ids the record has.

        Args:
            claim: What `match` said.
            paths: Raw paths by role.
            ids: All ids of the item; those of the claim are taken along.
            kind: The item's kind, where known.
            fields: The record's own fields.
            on: The item's date, which chooses between layouts.
        """
        every = tuple(dict.fromkeys((*(claim.ids if claim else ()), *ids)))
        own: dict[str, list[Id]] = {claim.profile: []} if claim else {}
        for each in every:
            owner = self.owner(each)
            if owner:
                own.setdefault(owner.name, []).append(each)
        if not own:
            return Ladder()
        subject = Subject(
            paths=paths,
            ids=every,
            kind=kind,
            fields=fields or {},
            groups=claim.groups if claim else {},
            id_groups={each.id: each.groups for each in (claim.found if claim else ())},
            on=on.date() if isinstance(on, datetime) else on,
        )
        return climb([(self._all[name], mine) for name, mine in own.items()], subject)

    def probes(self, id_: Id) -> tuple[Probe, ...]:
        """What to ask a platform about an id; the account is filled in, `{id}` is not."""
        owner = self.owner(id_)
        scheme, _, account = id_.scheme.partition(":")
        own = [probe for probe in owner.file.probe if probe.scheme == scheme] if owner else []
        return tuple(
            replace(probe, url=probe.url.replace("{account}", quote(account, safe="")))
            for probe in own
            if account or "{account}" not in probe.url
        )

    def archives(self, id_: Id) -> tuple[ArchiveLookup, ...]:
        """Where archives keep media by such ids."""
        owner = self.owner(id_)
        scheme = id_.scheme.partition(":")[0]
        return tuple(each for each in owner.file.archive if each.scheme == scheme) if owner else ()

    @cached_property
    def _politeness(self) -> dict[str, Politeness]:
        return {
            host: each
            for profile in self
            for each in profile.file.politeness
            for host in each.hosts or profile.file.hosts
        }

    def politeness(self, host: str) -> Politeness | None:
        """The pace that a profile asks for towards a host."""
        return next((self._politeness[key] for key in host_keys(host) if key in self._politeness), None)

    @cached_property
    def _soft_404(self) -> dict[str, list[Soft404]]:
        signs: dict[str, list[Soft404]] = {}
        for profile in self:
            for each in profile.file.soft_404:
                for host in each.hosts or profile.file.hosts:
                    signs.setdefault(host, []).append(each)
        return signs

    def soft_404(self, host: str) -> tuple[Soft404, ...]:
        """What a host's 200 looks like where it means "gone"."""
        return tuple(each for key in host_keys(host) for each in self._soft_404.get(key, ()))


def _own(found: Iterable[PlatformId]) -> list[PlatformId]:
    """Leave out links to posts and pages, which a record may hold without being about their media."""
    return [each for each in found if each.kind != "unknown" or each.role in {"embed", "media"}]
