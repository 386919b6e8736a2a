"""Which locators look at a document; this tuple is the only place where they are named together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from harvester.locate.elements import locate_elements
from harvester.locate.meta import locate_open_graph
from harvester.locate.scan import Scan
from harvester.locate.scripts import locate_scripts
from harvester.locate.text import locate_data_document, locate_text
from harvester.model import Excerpt

Locator: TypeAlias = Callable[[Scan], Iterable[Excerpt]]

LOCATORS: Final[tuple[Locator, ...]] = (
    locate_data_document,
    locate_scripts,
    locate_open_graph,
    locate_elements,
    locate_text,
)
