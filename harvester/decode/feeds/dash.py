"""MPEG-DASH manifests (ISO/IEC 23009-1): one medium with its representations."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from harvester.decode.contract import Decoding
from harvester.decode.feeds.shaping import Handler, Record, Shaper, flatten, put_as, put_attribute
from harvester.decode.feeds.xml_tree import Element, parse_xml
from harvester.model import Excerpt, Limits

MEDIA_TYPE: Final = "application/dash+xml"
_INHERITED: Final = frozenset({"mimeType", "codecs", "lang", "width", "height", "frameRate", "contentType"})
_NAMES: Final = {"mimeType": "type", "lang": "language", "id": "representation"}
_MOST: Final = 10_000
"""Representations that are read of one manifest."""

_MOST_SYSTEMS: Final = 50
_LONGEST_URL: Final = 4096
_PARTS: Final = frozenset({"SegmentTemplate", "SegmentList"})


def decode_dash(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the manifest as one record: `sources` are its representations, `textTracks` its texts.

    A representation has a `url` only where it is one file; parts of a stream are no media of their own.
    """
    tree = parse_xml(excerpt.text, limits)
    shaper = Shaper()
    if tree.root is None:
        return shaper.decoding(None, tree)
    made = shaper.record(tree.root, _MPD, attributes={"type": "mpdType", "mediaPresentationDuration": "duration"})
    shaper.put(made, "type", MEDIA_TYPE, tree.root.span)
    if made.get("mpdType") == "dynamic":
        shaper.put(made, "live", value=True, span=tree.root.span)
    base = _base("", tree.root)
    for period in tree.root.children:
        if period.name == "Period":
            _period(shaper, made, period, _base(base, period))
    return shaper.decoding(made, tree)


def _base(base: str, element: Element) -> str:
    own = element.child("BaseURL")
    return _joined(base, own.text) if own is not None else base


def _joined(base: str, reference: str) -> str:
    if len(base) + len(reference) > _LONGEST_URL:
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _period(shaper: Shaper, made: Record, period: Element, base: str) -> None:
    in_parts = any(child.name in _PARTS for child in period.children)
    for adaptation in period.children:
        if adaptation.name != "AdaptationSet":
            continue
        within = _base(base, adaptation)
        _protection(shaper, made, adaptation)
        parts = in_parts or any(child.name in _PARTS for child in adaptation.children)
        for representation in adaptation.children:
            if representation.name == "Representation":
                _representation(shaper, made, adaptation, representation, None if parts else within)


def _representation(
    shaper: Shaper, made: Record, adaptation: Element, representation: Element, base: str | None
) -> None:
    _protection(shaper, made, representation)
    inherited = {name: value for name, value in adaptation.attributes.items() if name in _INHERITED}
    said: dict[str, str] = {**inherited, **representation.attributes}
    text = said.get("contentType", "") == "text" or said.get("mimeType", "").startswith(("text/", "application/ttml"))
    names = {**_NAMES, "lang": "srclang"} if text else _NAMES
    record: Record = {}
    for name, value in said.items():
        own = name in representation.attributes
        shaper.put(record, names.get(name, name), value, (representation if own else adaptation).span)
    if base is not None and not any(child.name in _PARTS for child in representation.children):
        url = _base(base, representation)
        if url and not url.endswith("/"):
            shaper.put(record, "src" if text else "url", url, representation.span)
    if text:
        record.setdefault("kind", "subtitles")
    key = "textTracks" if text else "sources"
    known = made.get(key)
    if not isinstance(known, list) or len(known) < _MOST:
        shaper.add(made, key, record, representation.span)


def _protection(shaper: Shaper, made: Record, element: Element) -> None:
    for child in element.children:
        if child.name == "ContentProtection":
            name = child.attributes.get("value") or child.attributes.get("schemeIdUri", "")
            known = made.get("drm")
            if name and (not isinstance(known, list) or (len(known) < _MOST_SYSTEMS and name not in known)):
                shaper.add(made, "drm", name, child.span)


def _skip(_shaper: Shaper, _record: Record, _element: Element) -> None:
    """Leave to `_period` what it reads itself."""


_MPD: Final[dict[str, Handler]] = {
    "Period": _skip,
    "BaseURL": _skip,
    "ProgramInformation": flatten(
        {"Title": put_as("title"), "Source": put_as("source"), "Copyright": put_as("copyright")}
    ),
    "Location": put_as("location"),
    "UTCTiming": put_attribute("utcTiming", "value"),
}
