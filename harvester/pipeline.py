"""Joins the stages: from one document to its items, and from what the user named to a manifest."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

import msgspec
from msgspec.structs import replace

from harvester.containers.unpack import BINARY
from harvester.decode.registry import DECODERS
from harvester.locate.meta import Page, read_page
from harvester.locate.registry import LOCATORS
from harvester.locate.scan import Scan
from harvester.locate.text import locate_bare, tail_at, tail_of
from harvester.model import DEFAULT, Document, Excerpt, Finding, Id, Item, Limits, Problem, Source, Span
from harvester.model.vocabulary import Kind
from harvester.recognise.ids import Shown
from harvester.recognise.records import recognise
from harvester.recognise.units import in_one_unit
from harvester.resolve.archived import split
from harvester.resolve.declared import with_players
from harvester.resolve.groups import group_key
from harvester.resolve.items import Setting, conclude
from harvester.resolve.locations import Bases
from harvester.resolve.merge import merge
from harvester.resolve.page import of_page
from harvester.resolve.profiles import Profiles
from harvester.resolve.sightings import order, spans_of
from harvester.resolve.urls import document_url, own_url
from harvester.syntax.marks import Mark

_ESCAPE_SIGNS: Final = frozenset(b"\\%&")
_EMBED_SIGNS: Final = frozenset(("embed", "element", "object", "id", "meta"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a harvest of one document depends on beside the document.

    Attributes:
        base_url: The document's own URL, as the user states it.
        guess: Whether locations that are only guesses are listed.
    """

    profiles: Profiles
    base_url: str | None = None
    limits: Limits = DEFAULT
    guess: bool = True


class About:
    """What is said of a document as a whole, worked out when it is asked for: most pages show no media.

    Attributes:
        document: As unpacked.
    """

    def __init__(self, scan: Scan, options: Options) -> None:
        """Take what may be asked for."""
        self.document = scan.document
        self._scan, self._options = scan, options

    @cached_property
    def page(self) -> Page:
        """What the document says of itself."""
        return read_page(self._scan)

    @cached_property
    def setting(self) -> Setting:
        """What its findings are resolved with."""
        page, options, document = self.page, self._options, self.document
        stated = options.base_url or (document.url if document.url_basis == "option" else None)
        container = document.url if document.url_basis == "container" else None
        base = document_url(stated, page.base, container, page.canonical, page.og_url)
        own = own_url(stated, container, page.canonical, page.og_url)
        return Setting(
            document=replace(document, url=base.url, url_basis=base.basis) if base.url != document.url else document,
            bases=Bases(base=base.url, page=own.url),
            profiles=options.profiles,
            language=page.language,
            guess=options.guess,
        )

    @cached_property
    def source(self) -> Source:
        """The document as a manifest names it; its SHA-256 takes as long as all the search for signs."""
        document = self.setting.document
        return Source(
            id=document.id,
            uri=document.uri,
            sha256=document.sha256,
            size_bytes=len(document.data),
            media_type=document.media_type,
            encoding=None if document.encoding == BINARY else document.encoding,
            language=self.page.language,
            title=self.page.name,
            url=document.url,
            url_basis=document.url_basis,
            captured_at=document.captured_at,
            container=document.container,
        )


class DocumentResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one document gave."""

    about: About
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract_document(document: Document, options: Options) -> DocumentResult:
    """List the media that one document describes; never raises for what the document holds."""
    scan = Scan(document, options.limits)
    about = About(scan, options)
    reader = _Reader(scan, options)
    found = reader.findings()
    if not found:
        return DocumentResult(about=about, problems=tuple(fold(reader.problems)))
    items, problems = conclude([finding for finding, _ in found], [spans for _, spans in found], about.setting)
    problems = [*reader.problems, *problems, *_hints(items, document)]
    page = about.page
    return DocumentResult(
        about=about,
        items=of_page(
            with_players(merge(items)),
            titles=(page.og_title, page.twitter_title, page.title),
            urls=(about.setting.bases.page, page.canonical, page.og_url),
        ),
        problems=tuple(fold(problems)),
    )


_FEW_URLS_BYTES: Final = 4096


def _has_any(marks: list[Mark], excerpt: Excerpt) -> bool:
    return bool(marks) and any(
        bisect_left(marks, (start,)) < bisect_left(marks, (end,)) for start, end in excerpt.spans
    )


class _Reader:
    """Locates, decodes and recognises all that one document holds."""

    def __init__(self, scan: Scan, options: Options) -> None:
        self._scan, self._options = scan, options
        self._shown = Shown(scan.utf8)
        self._ids_in_url = options.profiles.ids_in_url
        self._signs = [mark for mark in scan.marks.media if mark[1] in _EMBED_SIGNS]
        """Where there may be platforms and their ids, in order."""
        self._packed = [mark for mark in scan.marks.media if mark[1] == "base64"]
        self._count = 0
        self._limits = options.limits
        """What is left of them for what is still to be decoded."""
        self.problems: list[Problem] = []

    def findings(self) -> Sequence[tuple[Finding, tuple[Span, ...]]]:
        """Give all findings with their spans in the document's text, in document order."""
        limits = self._options.limits
        found = list(islice(self._described(), limits.findings))
        for more in (self._bare_embeds, self._bare):
            if len(found) < limits.findings:
                found += islice(more([finding for finding, _ in found]), limits.findings - len(found))
        if len(found) >= limits.findings:
            self.problems.append(self._over("findings", limits.findings))
        if self._scan.is_cut:
            self.problems.append(self._over("marks", limits.marks))
        if self._scan.has_more_scripts:
            self.problems.append(self._over("scripts", limits.scripts))
        if self._scan.exhausted:
            self.problems.append(self._exhausted())
        return in_one_unit([found[index] for index in order(spans for _, spans in found)])

    def _described(self) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        excerpts = (excerpt for locate in LOCATORS for excerpt in locate(self._scan))
        for excerpt in self._counted(excerpts):
            for span in excerpt.spans:
                self._scan.take(span)
            yield from self._read(excerpt)

    def _counted(self, excerpts: Iterable[Excerpt]) -> Iterator[Excerpt]:
        """Give excerpts up to the most that one document may have."""
        limit = self._options.limits.excerpts
        for excerpt in excerpts:
            if self._count >= limit:
                self.problems.append(self._over("excerpts", limit))
                return
            self._count += 1
            yield excerpt

    def _read(self, excerpt: Excerpt) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        options = self._options
        decode = DECODERS[excerpt.form]
        decoding = decode(excerpt, self._limits)
        self.problems += [self._placed(problem, excerpt) for problem in decoding.problems]
        identify = self._identify if self._has_embeds(excerpt) else None
        packed = _has_any(self._packed, excerpt)
        for decoded in decoding.values:
            if "broken-json" in decoded.layers:
                left = self._limits.broken_json_bytes - len(excerpt.text)
                self._limits = dataclasses.replace(self._limits, broken_json_bytes=left)
            found = recognise(excerpt, decoded, options.limits, identify, group_key, self._shown, packed=packed)
            yield from zip(found.findings, spans_of(found.findings), strict=True)
            if not found.whole or "too-deep" in decoded.repairs:
                self.problems.append(self._unseen(excerpt))
            if not decoded.complete:
                self.problems.append(self._cut(excerpt))

    def _identify(self, url: str) -> tuple[Id, Kind] | None:
        if url.find(":/", len("https:/")) > 0 and (archived := split(url)):  # most URLs hold no other one
            url = archived.original
        found = self._ids_in_url(url)
        return (found.id, found.kind) if found else None

    def _has_embeds(self, excerpt: Excerpt) -> bool:
        """Whether it is worth while to look at every URL: there is a sign of a platform's, or there are few."""
        return len(excerpt.text) <= _FEW_URLS_BYTES or _has_any(self._signs, excerpt)

    def _bare(self, before: Iterable[Finding]) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        """Media URLs in the text that no finding refers to, each once."""
        known = {tail_of(reference.raw) for finding in before for reference in finding.references}
        utf8 = self._scan.utf8
        unlisted = [at for at in self._scan.files if tail_at(utf8, at) not in known]
        for excerpt in self._counted(locate_bare(self._scan, unlisted)):
            for finding, spans in self._read(excerpt):
                tail = tail_of(finding.references[0].raw)
                if tail not in known:
                    known.add(tail)
                    yield finding, spans

    def _bare_embeds(self, before: Iterable[Finding]) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        """URLs of players and platforms that stand in no form, each id once."""
        known = {one.value for finding in before for one in finding.ids}
        scan = self._scan
        marks = [at for at, kind in self._signs if kind == "embed" and not scan.is_taken(at)]
        for excerpt in self._counted(locate_bare(scan, marks)):
            if not self._may_embed(excerpt.text):
                continue
            for finding, spans in self._read(excerpt):
                values = {one.value for one in finding.ids if one.scheme != "local"}
                if values - known:
                    known |= values
                    yield finding, spans

    def _may_embed(self, text: bytes) -> bool:
        """Whether a bare URL may be one of a platform's: as it stands, or once its escapes are undone."""
        is_plain = _ESCAPE_SIGNS.isdisjoint(text)
        return not is_plain or self._identify(text.decode("utf-8", "replace")) is not None

    def _placed(self, problem: Problem, excerpt: Excerpt) -> Problem:
        start, end = excerpt.spans[0][0], excerpt.spans[-1][1]
        spans = tuple(
            self._scan.document.stored_span((min(start + low, end), min(start + high, end)))
            for low, high in problem.spans
        )
        return replace(problem, source=self._scan.document.id, spans=spans)

    def _over(self, what: str, limit: int) -> Problem:
        return Problem(
            stage="locate",
            code=f"too-many-{what}",
            severity="warning",
            message=f"more than {limit} {what}: the rest of the document was not read",
            hint=f"split the document, or raise limits.{what}",
            source=self._scan.document.id,
        )

    def _exhausted(self) -> Problem:
        return Problem(
            stage="locate",
            code="too-tangled",
            severity="warning",
            message="too many brackets, or none that match: some scripts or texts were only searched for bare URLs",
            hint="look whether the document is damaged",
            source=self._scan.document.id,
            spans=tuple(self._scan.document.stored_span(span) for span in self._scan.exhausted[:5]),
            count=len(self._scan.exhausted),
        )

    def _unseen(self, excerpt: Excerpt) -> Problem:
        return Problem(
            stage="recognise",
            code="too-deep",
            severity="warning",
            message=f"{excerpt.form}: part of the data is nested too deep, or is too much, to be looked at",
            hint="raise limits.depth or limits.values",
            source=self._scan.document.id,
            spans=tuple(self._scan.document.stored_span(span) for span in excerpt.spans[:1]),
        )

    def _cut(self, excerpt: Excerpt) -> Problem:
        return Problem(
            stage="decode",
            code="incomplete",
            severity="warning",
            message=f"{excerpt.form}: the data is cut before its end; what stands before the cut was read",
            hint="get a complete copy of the document, if there is one",
            source=self._scan.document.id,
            spans=tuple(self._scan.document.stored_span(span) for span in excerpt.spans[:1]),
        )


def fold(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give each kind of problem once, with its count and the first few places."""
    kinds: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.code, problem.message, problem.source), []).append(problem)
    for same in kinds.values():
        spans = tuple(span for problem in same[:5] for span in problem.spans)[:5]
        yield replace(same[0], count=sum(problem.count for problem in same), spans=spans)


def _hints(items: Iterable[Item], document: Document) -> Iterator[Problem]:
    unresolved = [
        item
        for item in items
        if not any(one.url for one in item.locations) and any(one.template is None for one in item.locations)
    ]
    if unresolved:
        yield Problem(
            stage="resolve",
            code="no-base-url",
            severity="info",
            message=f"{len(unresolved)} items have paths that nothing resolves to a URL",
            hint="state the page's own URL with --base-url, or a site's profile with --profile",
            source=document.id,
            spans=tuple(item.sightings[0].spans[0] for item in unresolved[:5]),
            count=len(unresolved),
        )
