"""What is said of a document as a whole, and on what a harvest of it depends beside it."""

from __future__ import annotations

import dataclasses
from functools import cached_property

from msgspec.structs import replace

from harvester.containers.unpack import BINARY
from harvester.locate.meta import Names, Page, read_names, read_page
from harvester.locate.scan import Scan
from harvester.model import DEFAULT, Limits, Source
from harvester.resolve.items import Setting
from harvester.resolve.locations import Bases
from harvester.resolve.profiles import Profiles
from harvester.resolve.urls import document_url, own_url


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
        """Where the document says that it stands."""
        return read_page(self._scan)

    @cached_property
    def names(self) -> Names:
        """What the document calls itself."""
        return read_names(self._scan)

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
            title=next(filter(None, self.names.best_first()), None),
            url=document.url,
            url_basis=document.url_basis,
            captured_at=document.captured_at,
            container=document.container,
        )
