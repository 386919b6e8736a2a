"""Tells which of a page's media is its own, and lends that the page's title where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from msgspec.structs import replace

from harvester.model import Item
from harvester.model.vocabulary import ASIDE
from harvester.resolve.titles import (
    has_own_title,
    have_nothing_in_common,
    levelled,
    named_words,
    names_of,
    without_site,
)
from harvester.resolve.urls import file_name

_MOST_NAMED: Final = 3
"""How many media may bear the page's title before it tells none of them from the others."""

_OPEN: Final = ("unknown", "related")
"""What an item may be to its page while it is not settled."""

_SUFFIX: Final = 5
_MEDIA: Final = ("video", "audio", "unknown")
_PLAYED: Final = frozenset(("embed", "media-element", "player-setup"))
_ELEMENTS: Final = _PLAYED | {"data-attribute", "media-link"}
"""Forms of what is shown where it stands."""

_MOST_UNTITLED: Final = 100
"""Among how many files the one is looked for that is named after the page."""

_PLAYABLE: Final = ("media", "embed")
_MOST_PLACES: Final = 8
"""How many places of one medium are looked at: what stands before a place may be all the document."""

_STATED: Final = frozenset(("json-ld", "open-graph", "microdata", "rdfa"))
"""Forms by which a page describes itself."""


def may_be_of_page(item: Item) -> bool:
    """Whether a medium can turn out to be its page's own: it is no sound of the interface or the like."""
    return item.relation not in ASIDE


def of_page(
    items: Sequence[Item],
    titles: Sequence[str | None],
    urls: Sequence[str | None] = (),
    is_aside: Callable[[int], bool] = lambda _: False,
) -> tuple[Item, ...]:
    """Settle what the media of one page are to it, once each of them is one item.

    A medium that bears the page's title is the page's own. Where no medium is, the only one that the page shows is,
    unless its title is about something else or it stands beside the page's content. What is the page's own goes by
    the page's title where it has none.

    Args:
        items: The media of one document.
        titles: What the page itself is called, the best first.
        urls: The page's own.
        is_aside: Whether a byte of the document stands beside its content.
    """
    title = next((one for one in titles if one), None)
    if not title or not items:
        return tuple(items)
    # Asked only of items that are open and have a title, or are several.
    is_open = len(items) > 1 or (items[0].title and items[0].relation in _OPEN)
    names = names_of(titles) if is_open else frozenset()
    settled = _by_title(items, names)
    if not any(item.relation == "main" for item in settled):
        settled = _by_being_alone(settled, names, is_aside)
    return _titled(settled, title, urls)


def _by_title(items: Sequence[Item], names: frozenset[str]) -> Sequence[Item]:
    open_ones = [item for item in items if item.relation in _OPEN and item.title]
    named = [item for item in open_ones if levelled(item.title or "") in names]
    return _as_main(items, named) if len(named) <= _MOST_NAMED else items


def _by_being_alone(items: Sequence[Item], names: frozenset[str], is_aside: Callable[[int], bool]) -> Sequence[Item]:
    media = [item for item in items if item.relation in _OPEN and item.kind in _MEDIA]
    shown = [item for item in media if item.relation == "unknown" and not _is_named_only(item)]
    if len(media) > 1:
        # A URL that nothing describes may be of anything, unless there is nothing else.
        shown = [item for item in shown if any(sighting.form != "bare-url" for sighting in item.sightings)]
    candidates = shown
    if len(shown) > 1:
        # Named links lead away, to streams and other pages' media; what is played here is the page's own.
        shown = [item for item in shown if not item.title or any(one.form != "media-link" for one in item.sightings)]
    if len(shown) > 1:
        # Beside media that their boxes name, the one that needs no name is what the page is about.
        shown = [item for item in shown if not item.title or has_own_title(item)]
    if len(shown) > 1:
        # What is played here is, rather than a file that is there to be loaded.
        shown = [item for item in shown if not _is_file_linked(item)]
    if len(shown) != 1 or (len(candidates) > 1 and not _is_played(shown[0])):
        shown = _told_by_files(candidates, names)
    if len(shown) != 1 or (shown[0].title and have_nothing_in_common(shown[0].title, names)):
        return items
    places = [one.spans[0][0] for one in shown[0].sightings if one.form in _ELEMENTS][:_MOST_PLACES]
    return items if places and all(is_aside(at) for at in places) else _as_main(items, shown)


def _told_by_files(items: Sequence[Item], names: frozenset[str]) -> list[Item]:
    """The one without a title whose file alone is named after the page, or that alone has any file or player."""
    untitled = [item for item in items if not item.title]
    if len(untitled) > _MOST_UNTITLED:
        return []
    stems = [" ".join(_file_names(item)) for item in untitled]
    bearing = [{index for index, stem in enumerate(stems) if word in stem} for word in named_words(names)]
    told = {index for hits in bearing if len(hits) == 1 for index in hits}
    if len(told) == 1:
        return [untitled[told.pop()]]
    playable = [
        item for item in items if any(not one.basis.by_profile and one.role in _PLAYABLE for one in item.locations)
    ]
    return playable if len(playable) == 1 < len(items) and not playable[0].title else []


def _file_names(item: Item) -> Iterator[str]:
    for one in item.locations:
        if one.role == "media" and one.url and not one.basis.by_profile:
            yield unquote(file_name(one.url)).casefold()


def _is_played(item: Item) -> bool:
    return any(sighting.form in _PLAYED and not sighting.list for sighting in item.sightings)


def _is_file_linked(item: Item) -> bool:
    """Whether a page has no more of a medium than links to its files, without a picture of it."""
    return not any(one.role == "poster" for one in item.locations) and all(
        sighting.form in ("media-link", "bare-url") for sighting in item.sightings
    )


def _as_main(items: Sequence[Item], some: Sequence[Item]) -> Sequence[Item]:
    chosen = {id(item) for item in some}
    return [replace(item, relation="main") if id(item) in chosen else item for item in items]


def _is_named_only(item: Item) -> bool:
    """Whether a page has only a link to a medium's platform, or nothing but an id that is none of a platform's."""
    own = [one.role for one in item.locations if not one.basis.by_profile]
    if "media" in own:
        return False
    if "embed" in own:
        return all(sighting.form == "media-link" for sighting in item.sightings)
    return not item.title and not item.duration_s and all(one.scheme == "local" for one in item.ids)


def _lacks_title(item: Item) -> bool:
    """Whether a medium has no title, or only what its file is called."""
    title = item.title
    if not title or "." not in title[-_SUFFIX:]:
        return not title
    if all(sighting.reads.get("title", "").lower().endswith("filename") for sighting in item.sightings):
        return True
    name = "/" + title.casefold()
    return any(unquote(one.raw.partition("?")[0]).casefold().endswith(name) for one in item.locations)


def _titled(items: Sequence[Item], title: str, urls: Sequence[str | None]) -> tuple[Item, ...]:
    lacking = [item for item in items if item.relation == "main" and _lacks_title(item) and not _is_named_only(item)]
    if len(lacking) > 1:
        lacking = [item for item in lacking if any(sighting.form in _STATED for sighting in item.sightings)]
    if not lacking:
        return tuple(items)
    chosen = {id(item) for item in lacking}
    title = without_site(title, urls)
    return tuple(replace(item, title=title) if id(item) in chosen else item for item in items)
