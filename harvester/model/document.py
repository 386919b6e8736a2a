"""One resource's bytes with what is known of it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cached_property

import msgspec
import xxhash

from harvester.model.transcode import OffsetMap
from harvester.model.value import Span
from harvester.model.vocabulary import UrlBasis


class ContainerRef(msgspec.Struct, frozen=True, kw_only=True):
    """Where in which container a document stood.

    Attributes:
        offset: First byte of the record in the container as stored.
        length: Bytes of the record in the container as stored.
        digest: The payload digest that the container states, as it writes it.
    """

    type: str
    uri: str
    record_id: str | None = None
    offset: int | None = None
    length: int | None = None
    digest: str | None = None
    http_status: int | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A document as stored, and the same text in UTF-8 that every later stage reads.

    Attributes:
        uri: As the user or a folder listing gave it, also for a `.gz`.
        data: The bytes as stored, after gunzip and transfer decoding, before charset decoding.
        utf8: The text in UTF-8; the same object as `data` where that is UTF-8 or ASCII already. Invalid
            sequences stay as they are, so that offsets hold.
        encoding: The charset of `data`, by its Python name.
        media_type: By content, such as `text/html`, `text/plain`, `application/json`.
        url: The document's own URL, where stated or known.
    """

    uri: str
    data: bytes
    utf8: bytes
    encoding: str
    media_type: str
    url: str | None = None
    url_basis: UrlBasis | None = None
    captured_at: datetime | None = None
    container: ContainerRef | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes as stored, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def id(self) -> str:
        """Short id made of URI and digest, so that adding an input renumbers nothing.

        The digest is XXH3, since every finding needs the id and SHA-256 takes as long as all the search for signs.
        """
        digest = xxhash.xxh3_128_hexdigest(self.data)
        return hashlib.sha256(f"{self.uri}\0{digest}".encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def stored_span(self, span: Span) -> Span:
        """Map a span of `utf8` to the bytes as stored."""
        if self.utf8 is self.data:
            return span
        return self._offsets.stored(span[0]), self._offsets.stored(span[1])

    @cached_property
    def _offsets(self) -> OffsetMap:
        return OffsetMap(self.data, self.encoding)
