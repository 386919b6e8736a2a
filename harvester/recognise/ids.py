"""Whose id an id is, and by what evidence.

An id has a player's scheme where its name says so (`youtubeId`), where the record does (`"provider": "vimeo"`, the
element `amp-jwplayer`, the class `wistia_async_…`), where the call or key round it does, or, for ids whose shape few
others have, where the document shows that player. Its shape must fit as well. Else it stays local: an id of this page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from harvester.model import Id, Value
from harvester.recognise.players import (
    BY_SCHEME,
    MEDIA_IDS,
    NAME_ALONE,
    NAMED,
    OWNERS,
    PLAYERS,
    SCHEMES,
    SURE,
    TELLS,
    TOKENS,
    UNSURE,
)
from harvester.recognise.shapes import shape
from harvester.recognise.shown import Shown
from harvester.recognise.table import Keys, normal

LOCAL: Final = "local"
_PLAYER_ELEMENT: Final = re.compile(r"player|video|audio|powa")
_PLAIN_ID: Final = re.compile(r"[\w.:/@=+-]{1,200}\Z")
_NO_ID: Final = frozenset(
    "0 -1 null undefined none nan true false video audio media main auto default test player embed placeholder on off"
    " yes no id value unknown n/a".split()
)


_OWNER_CHARS: Final = 400
_DISTINCTIVE: Final = 8
_TELLING: Final = 4
_NUMBER_DIGITS: Final = 6
_BASE64_JSON: Final = ("eyJ", "WyJ", "W3si", "W1si")
"""How JSON begins in Base64: `{"`, `["`, `[{"`, `[["`."""
_POSTS: Final = frozenset(key for player in PLAYERS if player.social for key in player.keys.split())
"""Names of the ids of posts, which may hold a medium or none."""


class Read(msgspec.Struct, frozen=True, gc=False):
    """An id with the key it stands under, and whether its name or place says that it is a medium's."""

    key: str
    id: Id
    of_medium: bool


def ids_of(record: dict[str, Value], keys: Keys, around: str = "") -> list[Read]:
    """Give the ids that a record has by itself, surest first.

    Args:
        record: One record.
        keys: Its keys.
        around: The key under which it stands.
    """
    names = keys.names
    sure, unsure, owners, tells, plain, weak = keys.id_names()
    is_element = "element" in record
    if is_element and names.get("id") == "id" and not _is_in_urls(record["id"], record):
        # An element's id is a name on its page, not of its medium; what says more may stand in data-id.
        names = {name: key for name, key in names.items() if name != "id"}
        names |= {"id": "data-id"} if "data-id" in record else {}
        unsure = [name for name in names if name in UNSURE]
        weak = [name for name in weak if name in names]
    if is_element and "videoid" not in names and _is_number(record.get("data-video")):
        names = {**names, "videoid": "data-video"}
        unsure, plain = [*unsure, "videoid"], ["videoid", *plain]
    if is_element and "videoid" not in names and _is_of_player(record):
        names = {**names, "videoid": "data-uuid"}
        plain = ["videoid", *plain]
    found = [_of(SURE[name], record, names, name) for name in sure]
    if unsure:
        words = [around] if around else []
        words += [TELLS[name] for name in tells if _tells(TELLS[name], record[names[name]])]
        found += [
            _of(scheme, record, names, name) for scheme in _owners(record, names, owners, words) for name in unsure
        ]
    read = [one for one in found if one]
    if is_element:
        read += _in_tokens(record)
    if plain or weak:
        read += _unnamed(record, names, plain, weak)
    return read


def _is_of_player(record: dict[str, Value]) -> bool:
    """Whether an element has a UUID and says that it is a player, as those of Arc and The Washington Post do."""
    return "data-uuid" in record and _PLAYER_ELEMENT.search(str(record.get("class"))) is not None


def _is_number(value: Value) -> bool:
    """Whether what an element calls its video is the number of one: it may be a URL, a name, or a whole record."""
    return isinstance(value, str) and value.isdecimal() and len(value) >= _NUMBER_DIGITS


def _is_in_urls(value: Value, record: dict[str, Value]) -> bool:
    """Whether an element's id is that of its medium: it stands in what the element leads to."""
    if not isinstance(value, str) or len(value) < _DISTINCTIVE or value.isalpha() or not _PLAIN_ID.match(value):
        return False
    texts = (repr(other) for name, other in record.items() if name != "id" and isinstance(other, str | dict | list))
    return any("/" in text and value in text for text in texts)


def _unnamed(record: dict[str, Value], names: dict[str, str], plain: list[str], weak: list[str]) -> Iterator[Read]:
    """Ids of nobody knows which player."""
    known: list[str] = []
    for name in plain:
        text = id_text(record[names[name]])
        if text is not None:
            known.append(text)
            if _may_be_picture(name, names, record):  # shops number theirs like some players do
                telling = not text.isdecimal() and any(_bare_schemes(text))
            else:
                telling = _is_telling(text)
            yield Read(names[name], Id(scheme=LOCAL, value=text), of_medium=telling)
    for name in weak:
        text = id_text(record[names[name]])
        if text is not None:
            # A container's id may be made of its medium's: `8487-box`.
            if not any(text != one and one in text for one in known if len(one) >= _TELLING):
                yield Read(names[name], Id(scheme=LOCAL, value=text), of_medium=False)
            return


def _may_be_picture(name: str, names: dict[str, str], record: dict[str, Value]) -> bool:
    """Whether an id of media may be a picture's: nothing beside it says that there is a player."""
    return name == "mediaid" and "playerid" not in names and not _PLAYER_ELEMENT.search(str(record.get("element")))


def _of(scheme: str, record: dict[str, Value], names: dict[str, str], name: str) -> Read | None:
    """The id under a name, if it has the shape of a player's."""
    text = _at_speed(record[names[name]]) if name == _BY_SPEED else id_text(record[names[name]])
    value = shaped(scheme, text, strict=name not in MEDIA_IDS or name in NAME_ALONE) if text else None
    if not value:
        return None
    of_medium = name not in _POSTS and (name in MEDIA_IDS or not BY_SCHEME[scheme].social or "element" in record)
    return Read(names[name], Id(scheme=_with_account(scheme, record, names), value=value), of_medium=of_medium)


_BY_SPEED: Final = "streams"
_SPEEDS: Final = re.compile(r"(?:\d\.\d\d:[\w-]{11},){0,9}?1\.00:([\w-]{11})(?:,\d\.\d\d:[\w-]{11}){0,9}", re.ASCII)


def _at_speed(value: Value) -> str | None:
    """Of a video that was uploaded once for each speed, as to Open edX's player, the id at which it plays as it is."""
    found = _SPEEDS.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else None


def shaped(scheme: str, text: str, *, strict: bool) -> str | None:
    """Give the id in a text that has the shape of a player's ids, else None.

    Args:
        scheme: The player's.
        text: What stands there.
        strict: Whether a text that reads like a word or a plain number is none.
    """
    match = _shape_of(scheme).fullmatch(text)
    if match is None:
        return None
    value = match["id"] if "id" in match.re.groupindex else text
    if strict and BY_SCHEME[scheme].shows and scheme not in _NUMBERS and not _is_random(value):
        return None
    return value


_NUMBERS: Final = frozenset(("brightcove", "kaltura"))


@lru_cache(maxsize=64)
def _shape_of(scheme: str) -> re.Pattern[str]:
    return re.compile(BY_SCHEME[scheme].id, re.ASCII)


def _is_random(text: str) -> bool:
    """Whether letters and digits, or small and capital letters, stand mixed as in no word or number."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return False
    tail = "".join(letters)[1:]
    return len(letters) < sum(char.isalnum() for char in text) or not (tail.islower() or tail.isupper() or not tail)


def _is_telling(text: str) -> bool:
    """Whether an id can be more than a word or a position in a list."""
    return len(text) >= 16 or (len(text) >= 3 and any(char.isdigit() for char in text)) or _is_random(text)


def _with_account(scheme: str, record: dict[str, Value], names: dict[str, str]) -> str:
    player = BY_SCHEME[scheme]
    for name in player.accounts.split():
        key = names.get(name)
        text = id_text(record[key]) if key is not None else None
        match = re.fullmatch(player.account, text) if text else None
        if match:
            return f"{scheme}:{match.groupdict().get('account') or match[0]}"
    return scheme


def _owners(record: dict[str, Value], names: dict[str, str], owners: list[str], words: list[str]) -> tuple[str, ...]:
    """The players that a record names; `words` are what else names them."""
    element = record.get("element")
    if isinstance(element, str):
        words = [*words, element, *(str(record.get(name) or "") for name in ("class", "id"))]
        if element == "script" and isinstance(source := record.get("src"), str):
            words.append(source)  # whose player it starts
        if element == "video-js" or "video-js" in words[1]:
            words += ["brightcove"] if "account" in names else []
    for name in owners:
        value = record[names[name]]
        if (
            isinstance(value, str)
            and " " not in value
            and "//" not in value
            and (name in OWNERS or normal(value) in SCHEMES)
        ):
            words.append(value)
    return named_in(" ".join(words)) if words else ()


def _tells(scheme: str, value: Value) -> bool:
    """Whether a value under a name that tells of a player has the shape that does."""
    shape_of = BY_SCHEME[scheme].telling
    return not shape_of or (isinstance(value, str) and re.fullmatch(shape_of, value, re.ASCII) is not None)


def named_in(text: str) -> tuple[str, ...]:
    """Give the schemes of the players that a text names."""
    return _named_in(text[:_OWNER_CHARS].lower())


@lru_cache(maxsize=4096)
def _named_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(SCHEMES[found[0]] for found in NAMED.finditer(text)))


def _in_tokens(record: dict[str, Value]) -> Iterator[Read]:
    for key in ("class", "id"):
        text = record.get(key)
        for found in TOKENS.finditer(text) if isinstance(text, str) else ():
            scheme = found.lastgroup or LOCAL
            yield Read(key, Id(scheme=scheme, value=found[scheme]), of_medium=True)


def settle(ids: Sequence[Id], of_medium: Container[str], around: str, shown: Shown) -> tuple[Id, ...]:
    """Give local ids the scheme, and ids the account, that their surroundings tell; strong ids first.

    Args:
        ids: Of one record.
        of_medium: The values that stand under names of media ids.
        around: Names of what the record stands in: its key, the call, the variable.
        shown: The players and accounts that the document shows.
    """
    owners = named_in(around) if around else ()
    sure = {one.value for one in ids if one.scheme != LOCAL}
    settled: list[Id] = []
    rest: list[Id] = []
    taken: set[str] = set()
    for one in ids:
        if one.scheme == LOCAL and one.value in sure:
            continue
        scheme = _scheme_by_place(one, owners, of_medium, shown) if one.scheme == LOCAL else one.scheme
        if scheme is None or (one.scheme == LOCAL and scheme in taken):
            rest.append(one)
            continue
        taken.add(scheme.partition(":")[0])
        account = shown.account(scheme) if scheme in _WITH_ACCOUNT else None
        settled.append(Id(scheme=f"{scheme}:{account}" if account else scheme, value=one.value))
    if rest:
        known = {one.value for one in settled}
        settled += [one for one in rest if one.value not in known]
    return tuple(dict.fromkeys(settled))


_WITH_ACCOUNT: Final = frozenset(player.scheme for player in PLAYERS if player.stands)


def _scheme_by_place(one: Id, owners: tuple[str, ...], of_medium: Container[str], shown: Shown) -> str | None:
    for scheme in owners:
        if shaped(scheme, one.value, strict=one.value not in of_medium) == one.value:
            return scheme
    if one.value in of_medium:
        return next((scheme for scheme in _bare_schemes(one.value) if scheme in shown), None)
    return None


def _bare_schemes(text: str) -> Iterator[str]:
    """The players whose ids look like a text and like little else."""
    for player in PLAYERS:
        if player.shows and shaped(player.scheme, text, strict=True) == text:
            yield player.scheme


def names_player(record: dict[str, Value], keys: Keys, around: str = "") -> bool:
    """Tell whether a record has the id of a medium, so that it is about one even without any URL.

    Args:
        record: One record.
        keys: Its keys; a prefix that they share is not looked through, for it may be of anything.
        around: The key under which it stands.
    """
    keys = Keys(record, prefixed=False) if keys.prefix else keys
    return keys.may_hold_ids and any(read.of_medium for read in ids_of(record, keys, around))


def id_text(value: Value) -> str | None:
    """Give an id as text, or None for what is none: empty, a URL, a sentence, zero, a word like `undefined`."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if value > 0 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not _PLAIN_ID.match(text) or text.lower() in _NO_ID or "//" in text or normal(text) in MEDIA_IDS:
        return None
    if len(text) >= _DISTINCTIVE and text.startswith(_BASE64_JSON):
        return None  # a position in a server's graph, not a medium's id
    return text if not shape(text)[0] else None
