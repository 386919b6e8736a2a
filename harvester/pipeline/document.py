"""From one document to its items."""

from __future__ import annotations

import msgspec

from harvester.locate.rings import stands_aside
from harvester.locate.scan import Scan
from harvester.model import Document, Item, Problem
from harvester.pipeline.about import About, Options
from harvester.pipeline.problems import fold, unresolved
from harvester.pipeline.reader import Reader
from harvester.resolve.declared import with_players
from harvester.resolve.items import conclude
from harvester.resolve.merge import merge
from harvester.resolve.page import may_be_of_page, of_page


class DocumentResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one document gave."""

    about: About
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract_document(document: Document, options: Options) -> DocumentResult:
    """List the media that one document describes; never raises for what the document holds."""
    scan = Scan(document, options.limits)
    about = About(scan, options)
    reader = Reader(scan, options)
    found = reader.findings()
    if not found:
        return DocumentResult(about=about, problems=tuple(fold(reader.problems)))
    items, problems = conclude([finding for finding, _ in found], [spans for _, spans in found], about.setting)
    problems = [*reader.problems, *problems, *unresolved(items, document)]
    merged = tuple(with_players(merge(items)))
    if any(may_be_of_page(item) for item in merged):
        merged = of_page(
            merged,
            titles=about.names.best_first(),
            urls=(about.setting.bases.page, about.page.canonical, about.page.og_url),
            is_aside=lambda at: stands_aside(document.data, at),
        )
    return DocumentResult(about=about, items=merged, problems=tuple(fold(problems)))
