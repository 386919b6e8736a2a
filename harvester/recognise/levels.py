"""What a list or an object hands up of what stands in it, and where among its siblings that stands."""

from __future__ import annotations

from harvester.model import ListPosition, Path, Reference, Value
from harvester.recognise.drafts import Level, Loose, Url
from harvester.recognise.shapes import delivery_of, labelled, shape
from harvester.recognise.technical import read_technical


def hand_up(inner: Level, name: str, level: Level, bare: list[Loose]) -> None:
    """Sort what a member gave."""
    level.drafts += inner.drafts
    for one in inner.loose:
        one.levels += 1
        one.key = name
    bare += inner.loose


def place_in(pointed: str, index: int, values: list[Value]) -> ListPosition:
    """Give where the entry of a list stands in it; `pointed` is the list's own pointer."""
    return ListPosition(pointer=pointed, position=index, length=len(values))


def entry_of(url: Url, at: Path, key: str, place: ListPosition) -> Loose:
    """What a list holds as a mere URL."""
    reference = Reference(raw=url.raw, role=url.role, path=(*at, place.position), delivery=url.delivery)
    return Loose(at, [reference], key, place=place)


def labelled_forms(text: str, key: str, at: Path) -> Loose | None:
    """The forms of one medium that a text under a key lists with their labels; `at` is where that stands."""
    references = []
    for label, url in labelled(text):
        kind, ending = shape(url)
        if kind in ("video", "audio"):
            technical = read_technical({"label": label})
            delivery = delivery_of(ending, None)
            height = technical.height
            references.append(Reference(raw=url, role="media", path=at, delivery=delivery, label=label, height=height))
    return Loose(at, references, key, renditions=True) if references else None


def as_one(level: Level, loose: list[Loose], at: Path, key: str) -> Loose:
    """The forms of one medium as one; what their entries say besides is of none but the form."""
    one = Loose(at, [], key, renditions=True)
    for more in (*loose, *(draft.loose() for draft in level.drafts)):
        one.take(more)
    return one


def note_company(level: Level, media: int, entries: int) -> None:
    """Note of records in a list that most of its entries are media."""
    if media > 1 and 0 < entries <= 2 * media:
        for draft in level.drafts:
            draft.among_media = True


def note_place(inner: Level, place: ListPosition) -> None:
    """Note where among its siblings a record stands; the innermost list counts."""
    for draft in inner.drafts:
        draft.place = draft.place or place
        draft.from_list = draft.from_list or place.length > 1
    for one in inner.loose:
        one.place = one.place or place
