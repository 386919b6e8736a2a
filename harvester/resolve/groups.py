"""Which of a document's URLs are renditions of one medium.

A video is offered in five sizes, as a playlist, with a poster and captions: one item, ten locations. What they
share is the medium's id in front of the name, or the folder that bears it. Keys are for comparing the URLs of one
document or site with each other; they identify nothing by themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from harvester.resolve.canonical import canonical
from harvester.resolve.distinctive import is_distinctive
from harvester.resolve.hosts import folded_host
from harvester.resolve.names import PLAYLIST_SUFFIXES, facts, front, is_plain, is_role, suffix_of
from harvester.resolve.signed import unsigned
from harvester.resolve.urls import authority, host_of

_LIST = re.compile(r"\.(?:csmil|urlset|smil)\Z", re.IGNORECASE)
_TRANSFORMS = re.compile(r"[a-z]{1,3}_[\w.:!$-]+(?:,[a-z]{1,3}_[\w.:!$-]+)*\Z")
"""Cloudinary's picture and video transformations, a folder of their own after `/upload/`."""

_TEMPLATED = re.compile(r"([A-Za-z0-9]{8})-[A-Za-z0-9]{8}\Z")
"""JW Player's file names: the medium's id, then that of the encoding template."""

_TECHNICAL = re.compile(
    r"_definst_|hls\d?|dash|smooth|abr|mbr|mp4|webm|cmaf|vod|live-baseurl|clear|\d{1,2}s|v\d{1,2}|\d{2,5}x\d{2,5}"
    r"|\d{3,4}p|240|320|360|480|540|576|720|1080|\d{2,6}k(?:bps)?|[fqsu]?hd|sd|hdn?\d|applehttp|mpegdash|hdnetworkmanifest|format|protocol|https?|url",
    re.IGNORECASE,
)
"""Folders that say how a medium is delivered."""

_QUALITY = re.compile(r"[fqsu]?hd|[sl]d|[hlm]q|\d{3,4}p|low|medium|mid|high", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{6,}")
"""A number that is no date and, in one folder's names, hardly ever two media's."""

_HEX = re.compile(r"[0-9a-fA-F-]+")
_SIZE = re.compile(r"\d{2,5}x\d{2,5}\Z")
_ORDINAL = re.compile(r"(?:[a-z]{0,8}\d{1,3}|[a-z]|\d{1,3}[a-z])\Z", re.IGNORECASE)
"""What tells parts and takes apart, not renditions: `2`, `part3`, `b`."""

_COUNTED: Final = re.compile(
    r"//[^/]+/(?:[^/]+/){0,20}((?:[a-z0-9-]+\.)+"
    r"(?:com|org|net|fm|co|io|tv|fr|de|uk|eu|us|ca|au|audio|media|info|news|show|link|me|be|nl|it|es|se|no|dk|pl|ru)/[^/].*)"
)
"""The address behind those that count how often it is asked for, as podcasts have several in front of it."""

_FEWEST_SLASHES: Final = 5
_MIN_STEM_CHARS: Final = 6
_MIN_TAIL_CHARS: Final = 10
_OWN_NUMBER: Final = 7
_TAIL_PARTS: Final = 3


@lru_cache(maxsize=2048)
def group_key(url: str) -> str:
    """A string that is equal for the renditions of one medium and different for different media.

    `name:…` where the name or its folder bears an id that is hardly ever given twice, on whatever host; else `path:…`
    with host and folder; else `url:…` for addresses that name the medium in their query. Of a path without a host
    the host is empty. Total on any text.
    """
    whole = canonical(url)
    if not _authority(whole):
        whole = unsigned(whole.replace("\\", "/").partition("#")[0])
    address, _, query = whole.partition("?")
    address = _counted(address)
    folders, name = _folders_and_name(address)
    if not suffix_of(name) and query:
        return f"url:{whole}"
    folders, stem = _medium(folders, name)
    parent = folders[-1] if folders else ""
    if parent and stem and _is_of_folder(stem, parent):
        folders, stem = folders[:-1], parent
    elif parent and is_distinctive(parent):
        # A folder of its own for one medium, whose renditions may be numbered on.
        stem = front(name) or stem
        return f"name:{_folded(parent)}/{_folded(stem)}" if not is_distinctive(stem) else f"name:{_folded(stem)}"
    if is_distinctive(stem):
        return f"name:{_folded(stem)}"
    host = host_of(_with_scheme(address))
    if _NUMBER.search(stem):
        folders = [folder for folder in folders if not _QUALITY.fullmatch(folder)]
    return f"path:{folded_host(host)}/{'/'.join([*folders, stem])}"


def group_keys(urls: Sequence[str]) -> tuple[str, ...]:
    """The group key of each URL, knowing the others.

    - A multi-bitrate playlist names the files that it is made of (`…/clip_,300,600,.mp4.csmil/…`).
    - One path on several hosts is one medium, if its end says enough and no host has it twice.
    - An ending that repeats behind several ids (`AbC1-large`, `XyZ2-large`, `AbC1-small`) is a rendition of the id
      in front.
    """
    keys = [group_key(url) for url in urls]
    listed: dict[str, str] = {}
    for url, key in zip(urls, keys, strict=True):
        for member in _members(url):
            listed.setdefault(_tail(member), key)
    if listed:
        keys = [listed.get(_tail(url), key) for url, key in zip(urls, keys, strict=True)]
    for merge in (_one_of_several_hosts, _heads_of_repeated_endings):
        several = set(keys)
        if len(several) > 1 and (better := merge(several)):
            keys = [better.get(key, key) for key in keys]
    return tuple(keys)


def _counted(address: str) -> str:
    """An address without those in front of it that only count and lead on."""
    found = _COUNTED.fullmatch(address) if address.count("/") >= _FEWEST_SLASHES else None
    return f"//{found[1]}" if found else address


def _tail(url: str) -> str:
    """The last two folders and the file: what the hosts of one medium agree on."""
    return "/".join(url.partition("?")[0].rstrip("/").rsplit("/", _TAIL_PARTS)[-_TAIL_PARTS:])


def _one_of_several_hosts(keys: set[str]) -> dict[str, str]:
    """Path keys that differ before their last two folders only → the first of them.

    On as many hosts, where the end says something; on one host too, where the name has a number of its own.
    """
    by_tail: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        tail = _tail(key)
        if key.startswith("path:") and (_says_enough(tail.rpartition("/")[2]) or is_distinctive(tail)):
            by_tail[tail].append(key)
    better: dict[str, str] = {}
    for tail, alike in by_tail.items():
        hosts = {key.partition("/")[0] for key in alike}
        number = _NUMBER.search(tail.rpartition("/")[2])
        if len(hosts) == len(alike) > 1 or (number and len(number[0]) >= _OWN_NUMBER):
            better.update(dict.fromkeys(alike, alike[0]))
    return better


def _says_enough(stem: str) -> bool:
    return len(stem) >= _MIN_TAIL_CHARS and sum(map(str.isdigit, stem)) >= 4


def _with_scheme(address: str) -> str:
    return "https:" + address if address.startswith("//") else address


def _authority(address: str) -> str:
    return authority(_with_scheme(address))


def _folders_and_name(address: str) -> tuple[list[str], str]:
    place = _authority(address)
    path = address.partition("//")[2][len(place) :] if place else address
    segments = [segment for segment in path.split("/") if segment not in {"", "."}]
    if "%" in path:
        segments = [unquote(segment) for segment in segments]
    if "upload" in segments:
        segments = [part for part in segments if not _TRANSFORMS.match(part)]
    return (segments[:-1], segments[-1]) if segments else ([], "")


def _medium(folders: list[str], name: str) -> tuple[list[str], str]:
    """The folders and the stem that names the medium, once roles and technical folders are taken off the end."""
    folders = folders.copy()
    stem = _stem(name)
    file_name = name
    while folders and (_is_role(stem, name) or (is_plain(stem) and _bears_id(folders))):
        name = folders.pop()
        stem = "" if _is_technical(name) else _stem(name)
    if not stem:
        stem = _stem(file_name) or file_name
    while folders and _is_technical(folders[-1]):
        folders.pop()
    templated = _TEMPLATED.match(stem)
    if templated and folders[-1:] == ["videos"] and suffix_of(file_name):
        stem = templated[1]
    if folders[:1] in (["i"], ["z"]):
        folders = folders[1:]
    return [folder for folder in folders if not _SIZE.match(folder)], stem


def _is_role(stem: str, name: str) -> bool:
    return not stem or is_role(name) or (is_plain(stem) and suffix_of(name) in PLAYLIST_SUFFIXES)


@lru_cache(maxsize=1024)
def _is_technical(folder: str) -> bool:
    return _TECHNICAL.fullmatch(folder) is not None


def _bears_id(folders: list[str]) -> bool:
    """Whether the nearest folder that isn't technical is one medium's own."""
    for folder in reversed(folders):
        if not _is_technical(folder):
            return is_distinctive(folder)
    return False


def _stem(name: str) -> str:
    """The stem of a name; of a list of renditions, what stands before the list."""
    if "," in name and _LIST.search(name):
        name = name.partition(",")[0].rstrip("._- ")
        return facts(name + ".mp4").stem if name else ""
    return facts(name).stem


def _is_of_folder(stem: str, folder: str) -> bool:
    """Whether a folder is one medium's own: it bears the name of the file, or the file its distinctive name."""
    if len(stem) >= _MIN_STEM_CHARS and folder.startswith(stem):
        return True
    return is_distinctive(folder) and folder in stem


def _folded(stem: str) -> str:
    """Hexadecimal in one case; in other ids the case counts."""
    return stem.lower() if _HEX.fullmatch(stem) else stem


def _members(url: str) -> list[str]:
    """The files of a multi-bitrate playlist, as its URL names them."""
    base, _, _ = url.partition("?")
    if "," not in base and "%2" not in base:
        return []
    place = authority(base)
    start = base.find("://") + 3 + len(place) if place else 0
    segments = base[start:].split("/")
    for position, segment in enumerate(segments):
        pieces = _LIST.sub("", unquote(segment)).split(",")
        if len(pieces) > 2 and _LIST.search(segment):
            front = base[:start] + "/".join(segments[:position])
            return [f"{front}/{pieces[0]}{piece}{pieces[-1]}" for piece in pieces[1:-1] if piece][:64]
    return []


def _heads_of_repeated_endings(keys: set[str]) -> dict[str, str]:
    """Keys that end in what ends other ids' keys too → the key of the id in front."""
    heads_of: dict[str, set[str]] = defaultdict(set)
    endings_of: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, tuple[str, str]] = {}
    for key in keys:
        cut = max(key.rfind("-"), key.rfind("_"))
        head, ending = key[:cut], key[cut + 1 :]
        bare = head.rpartition("/")[2].partition(":")[2] or head.rpartition("/")[2]
        if cut <= 0 or not ending or _ORDINAL.match(ending) or not is_distinctive(bare):
            continue
        parts[key] = head, ending
        heads_of[ending].add(head)
        endings_of[head].add(ending)
    return {
        key: head
        for key, (head, ending) in parts.items()
        if len(heads_of[ending]) > 1 and (len(endings_of[head]) > 1 or head in keys)
    }
