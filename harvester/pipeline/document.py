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
from harvester.resolve.page import of_page


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
    page = about.page
    return DocumentResult(
        about=about,
        items=of_page(
            with_players(merge(items)),
            titles=(page.og_title, page.twitter_title, page.title),
            urls=(about.setting.bases.page, page.canonical, page.og_url),
            is_aside=lambda at: stands_aside(document.data, at),
        ),
        problems=tuple(fold(problems)),
    )
