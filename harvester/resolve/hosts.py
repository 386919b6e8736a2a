"""What can be said of a host from its name alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import ada_url

_SOUND = re.compile(r"(?=.{1,253}\.?\Z)[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?\Z|\[[0-9a-f:.]+\]\Z")
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+([a-z]{2,24})(?::\d{1,5})?\Z", re.IGNORECASE)

_GENERIC: Final = """
academy agency app art asia audio bank bbc berlin best biz blog business buzz bz cam cat center channel church cloud
club coach codes com community company cool coop design dev digital direct download edu email energy events expert
express family fan fans film fit fm fun fund games gallery global gmbh gold gov group guide guru health help host
hosting house icu info ink institute int international jobs kids kim land law life link live london ltd market
marketing media mil mobi moe money movie museum music name net network news ngo ninja one online ooo org page paris
partners party photo photos pics pictures plus press pro production productions pub radio red rocks run sale school
science services shop show site social software solutions space sport store stream studio style support systems team
tech technology tel theater tips today tokyo tools top tours town toys training travel tube university video vip
watch webcam website wiki win work works world xyz yoga zone
"""
"""The generic domains that sites are likely to have; a list of all would be out of date next month."""

_COUNTRIES: Final = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf
cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg
gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn
kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh
si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve
vg vi vn vu wf ws ye yt za zm zw
"""
"""The country-code domains in use (ISO 3166-1 alpha-2 and the reserved codes that have one)."""

_DOMAINS: Final = frozenset((_GENERIC + _COUNTRIES).split())

_SHARD = re.compile(
    r"(cdn|media|video|videos|vod|img|image|images|static|assets|edge|cache|mirror|content|thumb|thumbs|pic|pics|photo"
    r"|photos)[-_]?\d{1,3}\.(?=[^.]+\.[^.]+)"
)
"""A numbered host of one farm. Words that also number channels or separate stores (`stream2`, `tv5`, `srv3`) are
left out: two of those can hold different files under one path."""

_JOINT_SCRIPTS: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
"""Scripts that are written together (Unicode Technical Standard 39, § 5.2, level "highly restrictive")."""

_LATIN_TWINS: Final = frozenset("асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡ" + "αοιυρκνχ")
"""Cyrillic and Greek small letters that most typefaces draw like Latin ones."""


@lru_cache(maxsize=512)
def is_sound_host(host: str) -> bool:
    """Whether a parsed host could be asked for at all: a name that DNS could hold, or an address in brackets.

    The URL Standard lets more pass (`{host}`, `$cdn`): unfilled templates, mostly.
    """
    return bool(_SOUND.match(host))


def ends_like_host(text: str) -> bool:
    """Whether text without a scheme is a host name under a known top-level domain, perhaps with a port."""
    name = _NAME.match(text)
    return name is not None and name[1].lower() in _DOMAINS


@lru_cache(maxsize=512)
def host_notes(host: str) -> tuple[str, ...]:
    """What is odd about a host: one label only, or labels that can be taken for other ones.

    `bogus-punycode-host` has a label that says it is encoded and isn't; browsers ask for it as it is.
    `mixed-script-host` has letters of scripts in one label that are not written together; `look-alike-host` has a
    label of another script that reads like Latin under a Latin top-level domain.
    """
    if "xn--" in host:
        labels = ada_url.idna_to_unicode(host.rstrip(".")).split(".")
        if any(label.startswith("xn--") for label in labels):
            return ("bogus-punycode-host",)
        latin_domain = labels[-1].isascii()
        if any(_mixes_scripts(label) for label in labels):
            return ("mixed-script-host",)
        if latin_domain and any(not label.isascii() and _reads_as_latin(label) for label in labels):
            return ("look-alike-host",)
        return ()
    return ("single-label-host",) if "." not in host and not host.startswith("[") else ()


@lru_cache(maxsize=512)
def folded_host(host: str) -> str:
    """A host for identity: without `www.`, its root dot, and the number of a numbered farm host (`cdn2.` = `cdn.`)."""
    host = host.lower().rstrip(".")
    if host.startswith("www.") and host.count(".") > 1:
        host = host[4:]
    return _SHARD.sub(r"\1.", host, count=1) if _SHARD.match(host) else host


def _mixes_scripts(label: str) -> bool:
    if label.isascii():
        return False
    scripts = frozenset(_scripts(label))
    return len(scripts) > 1 and not any(scripts <= joint for joint in _JOINT_SCRIPTS)


def _scripts(label: str) -> Iterator[str]:
    for character in label:
        if character.isalpha():
            yield unicodedata.name(character, "UNKNOWN").partition(" ")[0]


def _reads_as_latin(label: str) -> bool:
    return all(character in _LATIN_TWINS for character in label if not character.isascii())
