"""Parses XML into elements that know where they stand, and keeps what stands before a break.

Nothing is expanded: a document that declares entities is refused, external ones are never asked for, and what
HTML alone names (`&nbsp;`) is read as HTML does. Work is linear: one strict parse, and one more of a mended text
of the same length where the first fails.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from harvester.model import Limits, Problem, Span

_PREFIXES: Final[dict[str, str]] = {
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/rss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://www.w3.org/2005/atom": "atom",
    "http://www.youtube.com/xml/schemas/2015": "yt",
    "http://gdata.youtube.com/schemas/2007": "yt",
    "http://www.google.com/schemas/sitemap-video/1.1": "video",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://purl.org/rss/1.0": "rss",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "http://xspf.org/ns/0": "xspf",
    "urn:mpeg:dash:schema:mpd:2011": "dash",
    "urn:mpeg:cenc:2013": "cenc",
}
"""Namespaces by the prefix under which their elements are known here, without a slash at the end."""

_MOST_PREFIXES: Final = 64
_MOST_VALUES: Final = 500_000
"""Elements and attributes of one document, each of which costs some 300 bytes and 3 microseconds."""

_BARE_AMPERSAND: Final = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)")
_STAND_IN: Final = "\x7f"
"""Takes the place of a bare ampersand, so that all offsets stay; XML allows it and no text has it."""

_CONTROLS: Final = bytes(code if code >= 32 or code in (9, 10, 13) else 32 for code in range(256))


@dataclass(slots=True, eq=False)
class Element:
    """One element.

    Attributes:
        name: Local name, after a known prefix and a colon where it is of another namespace than the root.
        attributes: By name as it stands.
        pieces: Its own text, in parts.
        start: First byte of its start tag.
        end: Past its end tag, or past the last byte read where it is cut.
        closed: Whether its end was read.
    """

    name: str
    attributes: dict[str, str]
    start: int
    children: list[Element] | tuple[()] = ()  # most elements need neither list, and a million may stand in a text
    pieces: list[str] | tuple[()] = ()
    end: int = -1
    closed: bool = False

    @property
    def text(self) -> str:
        """Its own text without white space around it."""
        return "".join(self.pieces).strip()

    @property
    def span(self) -> Span:
        """Its bytes, with its tags."""
        return self.start, self.end

    def everything(self) -> Iterator[Element]:
        """The element itself and all elements in it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def child(self, name: str) -> Element | None:
        """Its first child of a name."""
        return next((each for each in self.children if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read of a document; `root` is None where there was nothing to read."""

    root: Element | None
    repairs: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def complete(self) -> bool:
        """Whether it was read to its end."""
        return self.problem is None


class _Scope:
    """The namespaces that hold at one place; `names` remembers what tags are called there."""

    __slots__ = ("names", "prefixes")

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self.names: dict[str, str] = {}


class _StopError(Exception):
    """Ends a parse from inside; carries the code and the message of the Problem."""


class _Builder:
    """Takes expat's events and makes elements of them."""

    def __init__(self, text: bytes, limits: Limits, *, mended: bool) -> None:
        self.text, self.limits, self.mended = text, limits, mended
        self.root: Element | None = None
        self.named_entities = False
        self._main = ""
        self._open: list[tuple[Element, _Scope]] = []
        self._count = 0
        self._chars = 0
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.UseForeignDTD(True)  # entities that nothing declares are then skipped and not an error
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.SkippedEntityHandler = self._skipped
        parser.EntityDeclHandler = self._refuse

    def parse(self) -> Problem | None:
        """Read the text; elements still open at a break stay as they are, not closed."""
        try:
            self._parser.Parse(self.text, True)
        except expat.ExpatError as error:
            at = max(self._parser.ErrorByteIndex, 0)
            problem = _problem("broken-xml", f"The XML breaks at byte {at}: {expat.ErrorString(error.code)}", at)
        except _StopError as stop:
            at = max(self._parser.CurrentByteIndex, 0)
            problem = _problem(str(stop.args[0]), f"{stop.args[1]}, at byte {at}", at)
        else:
            return None
        for element, _ in self._open:
            element.end = min(max(at, element.start + 1), len(self.text))
        return problem

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1 + len(attributes)
        if self._count > min(self.limits.values, _MOST_VALUES):
            raise _StopError("too-many-values", "There are more elements than the limit allows")
        if len(self._open) >= self.limits.depth:
            raise _StopError("too-deep", "Elements are nested deeper than the limit allows")
        scope = self._open[-1][1] if self._open else _Scope({})
        if attributes:
            scope = self._inner(scope, attributes)
            attributes = self._kept(attributes)
        name = scope.names.get(tag)
        if name is None:
            name = scope.names[tag] = self._name(tag, scope.prefixes)
        element = Element(name, attributes, self._parser.CurrentByteIndex)
        if self._open:
            parent, _ = self._open[-1]
            if isinstance(parent.children, list):
                parent.children.append(element)
            else:
                parent.children = [element]
        else:
            self.root = element
        self._open.append((element, scope))
        self._chars = 0

    def _end(self, _tag: str) -> None:
        element, _ = self._open.pop()
        at = self._parser.CurrentByteIndex
        # Of an empty element expat tells where it ends, of any other one where its end tag begins.
        empty = not element.children and not element.pieces and self.text[at - 2 : at] == b"/>"
        element.end = at if empty else self.text.find(b">", at) + 1
        element.closed = True
        self._chars = 0

    def _characters(self, data: str) -> None:
        # Text between children counts anew after each of them; it is white space nearly always.
        if self._chars < self.limits.text_chars and self._open:
            data = data[: self.limits.text_chars - self._chars]
            self._chars += len(data)
            data = data.replace(_STAND_IN, "&") if self.mended else data
            element, _ = self._open[-1]
            if isinstance(element.pieces, list):
                element.pieces.append(data)
            else:
                element.pieces = [data]

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self.named_entities = True
            self._characters(html.unescape(f"&{name};"))

    def _refuse(self, *_declaration: object) -> None:
        raise _StopError("xml-entities", "The document declares entities, which are not expanded")

    def _kept(self, attributes: dict[str, str]) -> dict[str, str]:
        return {
            name: (value.replace(_STAND_IN, "&") if self.mended else value)[: self.limits.text_chars]
            for name, value in attributes.items()
            if not name.startswith("xmlns")
        }

    def _inner(self, scope: _Scope, attributes: dict[str, str]) -> _Scope:
        declared = {
            name[6:]: _PREFIXES.get(uri.rstrip("/#").lower(), name[6:])
            for name, uri in attributes.items()
            if name == "xmlns" or name.startswith("xmlns:")
        }
        if not declared or len(scope.prefixes) + len(declared) > _MOST_PREFIXES:
            return scope
        return _Scope({**scope.prefixes, **declared})

    def _name(self, tag: str, scope: Mapping[str, str]) -> str:
        prefix, colon, local = tag.rpartition(":")
        known = scope.get(prefix, prefix.lower())
        if not self._open:
            self._main = known
        if not colon and known not in _PREFIXES.values():
            return local
        return local if known == self._main else f"{known}:{local}"


def parse_xml(text: bytes, limits: Limits) -> Tree:
    """Parse a document; total on any bytes.

    Args:
        text: UTF-8, whatever encoding the XML declaration names.
        limits: Depth, number of values, length of texts, and how much of the text is read at all.

    Returns:
        The elements, also where the document breaks off: those on the way to the break are not closed.
    """
    whole = len(text) <= limits.excerpt_bytes
    if not whole:
        text = text[: limits.excerpt_bytes]
    builder = _Builder(text, limits, mended=False)
    problem = builder.parse()
    repairs: list[str] = []
    if problem and problem.code == "broken-xml" and whole:
        mended, repairs = _mend(text)
        if repairs:
            builder = _Builder(mended, limits, mended=True)
            problem = builder.parse()
    if builder.named_entities:
        repairs.append("html-entities")
    return Tree(builder.root, tuple(repairs), problem)


def _mend(text: bytes) -> tuple[bytes, list[str]]:
    """Replace what XML forbids by what it allows, byte for byte, so that offsets hold."""
    repairs = []
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        text = _without_invalid(text)
        repairs.append("invalid-utf-8")
    clean = text.translate(_CONTROLS)
    if clean != text:
        repairs.append("control-characters")
    mended = _BARE_AMPERSAND.sub(_STAND_IN.encode(), clean)
    if mended != clean:
        repairs.append("bare-ampersands")
    return mended, repairs


def _without_invalid(text: bytes) -> bytes:
    # A lone byte decodes to a lone surrogate, and no other character has one: three bytes back to one.
    decoded = text.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]", "?", decoded).encode()


def _problem(code: str, message: str, at: int) -> Problem:
    return Problem(
        stage="decode",
        code=code,
        severity="warning",
        message=message,
        hint="What stands before that place was read." if code != "xml-entities" else None,
        spans=((at, at + 1),),
    )
