"""Which locators look at a document; this tuple is the only place where they are named together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from harvester.locate.elements import locate_elements
from harvester.locate.escaped import locate_escaped
from harvester.locate.feeds import locate_feed
from harvester.locate.flight import locate_flight
from harvester.locate.meta import locate_open_graph
from harvester.locate.microdata import locate_microdata, locate_microformats
from harvester.locate.php import locate_php
from harvester.locate.scan import Scan
from harvester.locate.scripts import locate_scripts
from harvester.locate.text import locate_data_document, locate_text
from harvester.model import Excerpt

Locator: TypeAlias = Callable[[Scan], Iterable[Excerpt]]


def _php(scan: Scan) -> Iterable[Excerpt]:
    return locate_php(scan.utf8, scan.marks.dumps, scan.limits)


def _feed(scan: Scan) -> Iterable[Excerpt]:
    feed = locate_feed(scan.utf8, scan.limits)
    return (feed,) if feed else ()


LOCATORS: Final[tuple[Locator, ...]] = (  # in order: what an earlier one gives, later ones leave alone
    _feed,
    _php,
    locate_data_document,
    locate_flight,
    locate_scripts,
    locate_open_graph,
    locate_microdata,
    locate_elements,
    locate_microformats,
    locate_escaped,
    locate_text,
)
