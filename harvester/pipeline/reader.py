"""Locates, decodes and recognises what one document holds, within its limits."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec.structs import replace

from harvester.decode.registry import DECODERS
from harvester.locate.escaped import ESCAPED
from harvester.locate.registry import LOCATORS
from harvester.locate.scan import Scan
from harvester.locate.text import locate_bare, tail_at, tail_of, with_picture
from harvester.model import Excerpt, Finding, Problem, Span
from harvester.pipeline.about import Options
from harvester.pipeline.problems import cut_short, over, placed, tangled, too_large, unseen
from harvester.recognise.drafts import Identified
from harvester.recognise.records import recognise
from harvester.recognise.shown import Shown
from harvester.recognise.units import in_one_unit
from harvester.resolve.archived import split
from harvester.resolve.groups import group_key
from harvester.resolve.sightings import Pieces, order, spans_of
from harvester.syntax.marks import Mark
from harvester.syntax.origin import ENTITY, Origin, resolve_entities

_ESCAPE_SIGNS: Final = frozenset(b"\\%&")
_EMBED_SIGNS: Final = frozenset(("embed", "element", "object", "id", "meta"))
_PAGE: Final = "text/html"
_PAGES: Final = frozenset((_PAGE, "application/xhtml+xml"))
_FEW_URLS_BYTES: Final = 4096


class Reader:
    """Locates, decodes and recognises all that one document holds."""

    def __init__(self, scan: Scan, options: Options, layers: tuple[str, ...] = ()) -> None:
        """Take the document, looked over, and the layers that were opened to come to it."""
        self._scan, self._options, self._layers = scan, options, layers
        self._shown = Shown(scan.utf8)
        self._ids_in_url = options.profiles.ids_in_url
        self._signs = [mark for mark in scan.marks.media if mark[1] in _EMBED_SIGNS]
        """Where there may be platforms and their ids, in order."""
        self._packed = [mark for mark in scan.marks.media if mark[1] == "base64"]
        self._count = 0
        self._limits = options.limits
        """What is left of them for what is still to be decoded."""
        self._is_page = scan.document.media_type in _PAGES
        self.problems: list[Problem] = []

    def findings(self) -> Sequence[tuple[Finding, tuple[Span, ...]]]:
        """Give all findings with their spans in the document's text, in document order."""
        limits, document = self._options.limits, self._scan.document
        found = list(islice(self._described(), limits.findings + 1))
        for more in (self._bare_embeds, self._bare):
            if len(found) <= limits.findings:
                found += islice(more([finding for finding, _ in found]), limits.findings + 1 - len(found))
        if len(found) > limits.findings:
            found.pop()
            self.problems.append(over("findings", limits.findings, document))
        if self._scan.is_cut:
            self.problems.append(over("marks", limits.marks, document))
        if self._scan.has_more_scripts:
            self.problems.append(over("scripts", limits.scripts, document))
        if self._scan.exhausted:
            self.problems.append(tangled(self._scan.exhausted, document))
        return in_one_unit([found[index] for index in order(spans for _, spans in found)])

    def _described(self) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        excerpts = (excerpt for locate in LOCATORS for excerpt in locate(self._scan))
        for excerpt in self._counted(excerpts):
            for span in excerpt.spans:
                self._scan.take(span)
            yield from self._escaped(excerpt) if excerpt.form == ESCAPED else self._read(excerpt)

    def _escaped(self, excerpt: Excerpt) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        """Read markup that stands escaped or encoded as a page of its own, once."""
        if self._layers:
            return
        origin = None if excerpt.layers else Origin(excerpt.text, ENTITY, resolve_entities)
        text = resolve_entities(excerpt.text) if origin else excerpt.text
        page = replace(self._scan.document, data=text, utf8=text, media_type=_PAGE)
        inside = Reader(Scan(page, self._limits), self._options, excerpt.layers or ("html-entities",))
        pieces = Pieces(excerpt)
        for finding, spans in inside.findings():
            here = origin and tuple(one for span in spans for one in pieces.of(origin.span(span)))
            yield finding, here or excerpt.spans
        self.problems += [replace(problem, spans=excerpt.spans[:1]) for problem in inside.problems]

    def _counted(self, excerpts: Iterable[Excerpt]) -> Iterator[Excerpt]:
        """Give excerpts up to the most that one document may have."""
        limit = self._options.limits.excerpts
        for excerpt in excerpts:
            if self._count >= limit:
                self.problems.append(over("excerpts", limit, self._scan.document))
                return
            self._count += 1
            yield excerpt

    def _read(self, excerpt: Excerpt) -> Iterator[tuple[Finding, tuple[Span, ...]]]:
        options, document = self._options, self._scan.document
        if self._is_too_large(excerpt):
            self.problems.append(too_large(excerpt, options.limits.embedded_bytes, document))
            return
        decode = DECODERS[excerpt.form]
        decoding = decode(excerpt, self._limits)
        self.problems += [placed(problem, excerpt, document) for problem in decoding.problems]
        identify = self._identify if self._has_embeds(excerpt) else None
        packed = _has_any(self._packed, excerpt)
        for inner in decoding.values:
            decoded = replace(inner, layers=self._layers + inner.layers) if self._layers else inner
            if "broken-json" in decoded.layers:
                left = self._limits.broken_json_bytes - len(excerpt.text)
                self._limits = dataclasses.replace(self._limits, broken_json_bytes=left)
            found = recognise(excerpt, decoded, options.limits, identify, group_key, self._shown, packed=packed)
            yield from zip(found.findings, spans_of(found.findings), strict=True)
            if not found.whole or "too-deep" in decoded.repairs:
                self.problems.append(unseen(excerpt, document))
            if not decoded.complete:
                self.problems.append(cut_short(excerpt, document))

    def _is_too_large(self, excerpt: Excerpt) -> bool:
        """Whether a piece of data is beyond the limit for what stands in something else: in a page, or in running text.

        A document that is all data, or a dump, has the limit of a document.
        """
        is_embedded = self._is_page or (excerpt.form == "json" and len(excerpt.text) < len(self._scan.utf8))
        return is_embedded and len(excerpt.text) > self._options.limits.embedded_bytes

    def _identify(self, url: str) -> Identified | None:
        if url.find(":/", len("https:/")) > 0 and (archived := split(url)):  # most URLs hold no other one
            url = archived.original
        found = self._ids_in_url(url)
        return Identified(found.id, found.kind, found.role == "media") if found else None

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
            if not self._may_embed(excerpt.text, known):
                continue
            for finding, spans in self._read(with_picture(scan, excerpt)):
                values = {one.value for one in finding.ids if one.scheme != "local"}
                if values - known:
                    known |= values
                    yield finding, spans

    def _may_embed(self, text: bytes, known: Container[str]) -> bool:
        """Whether a bare URL may hold an id that is not known yet: as it stands, or once its escapes are undone."""
        if not _ESCAPE_SIGNS.isdisjoint(text):
            return True
        found = self._identify(text.decode("utf-8", "replace"))
        return found is not None and found.id.value not in known


def _has_any(marks: list[Mark], excerpt: Excerpt) -> bool:
    return bool(marks) and any(
        bisect_left(marks, (start,)) < bisect_left(marks, (end,)) for start, end in excerpt.spans
    )
