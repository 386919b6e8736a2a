"""Signatures that stand in the query of a URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from harvester.resolve.names import has_media_suffix
from harvester.resolve.signed_values import (
    JWT,
    MAX_TOKEN_CHARS,
    Cut,
    from_basic,
    from_epoch,
    from_fastly,
    from_hex_epoch,
    from_iso,
    from_jwt,
    from_policy,
    from_start,
    is_hash,
    is_hex_hash,
)

Values = Mapping[str, str]
"""A query's parameters: lower-case name → value of the first one so named, percent-decoded."""


@dataclass(frozen=True, slots=True)
class _Family:
    """A documented form: it is there if all of `needs` are; `drops` and what begins with `prefix` belong to it."""

    scheme: str
    needs: tuple[str, ...]
    drops: str
    read: Callable[[Values], datetime | None]
    prefix: str | None = None


_FAMILIES: Final = (
    # Canned and custom policies of CloudFront.
    _Family(
        "cloudfront",
        ("key-pair-id", "signature"),
        "key-pair-id signature policy expires hash-algorithm",
        lambda values: from_epoch(values.get("expires")) or from_policy(values.get("policy")),
    ),
    *(
        # Version 2 of S3's signatures, and those of Google Cloud Storage and Alibaba OSS modelled on it.
        _Family(
            "aws-v2",
            (key, "signature"),
            f"{key} signature expires x-amz-security-token security-token",
            lambda values: from_epoch(values.get("expires")),
        )
        for key in ("awsaccesskeyid", "googleaccessid", "ossaccesskeyid")
    ),
    *(
        # Shared access signatures of Azure Storage; `si` names a policy that the server keeps.
        _Family(
            "azure-sas",
            ("sig", field),
            "sig se st sp sv sr ss srt sip spr si sdd skoid sktid skt ske sks skv saoid suoid scid ses "
            "rscc rscd rsce rscl rsct",
            lambda values: from_iso(values.get("se")),
        )
        for field in ("se", "sv", "si")
    ),
    _Family(
        "tencent-cos",
        ("q-sign-algorithm", "q-signature"),
        "",
        lambda values: from_epoch(values.get("q-sign-time", "").partition(";")[2]),
        prefix="q-",
    ),
    _Family("tencent-live", ("txsecret", "txtime"), "txsecret txtime", lambda values: from_hex_epoch(values["txtime"])),
    _Family("tencent-vod", ("sign", "t", "us"), "sign t us exper rlimit", lambda values: from_hex_epoch(values["t"])),
    _Family(
        "wangsu",
        ("wssecret", "wstime"),
        "wssecret wstime",
        lambda values: from_hex_epoch(values["wstime"]) or from_epoch(values["wstime"]),
    ),
    # Facebook's and Instagram's files: `oe` in hexadecimal; the rest says how a page asked for them.
    _Family(
        "facebook",
        ("oh", "oe"),
        "oh oe ccb edm efg vs vabr rl strext",
        lambda values: from_hex_epoch(values["oe"]),
        prefix="_nc_",
    ),
    _Family("tiktok", ("x-expires", "x-signature"), "x-expires x-signature", lambda v: from_epoch(v["x-expires"])),
    # "Not valid after", as several early delivery services had it.
    *(
        _Family("nva", ("nva", digest), f"nva nvb {digest}", lambda values: from_basic(values["nva"]))
        for digest in ("hash", "token", "encoded")
    ),
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VENDOR = re.compile(r"x-([a-z]{2,8})-signature\Z")
_EPOCH_DIGEST = re.compile(r"(\d{10})_[0-9a-f]{16,128}\Z", re.ASCII)
_DIGEST_EPOCH = re.compile(r"[A-Za-z0-9_=+/-]{20,},(\d{10})\Z", re.ASCII)
_EPOCH_DASH = re.compile(r"\d{10}-(?:\w+-\w+-)?[\w%+/=]{20,128}\Z", re.ASCII)
_TOKEN_EXPIRES = re.compile(r"(?:\A|[~=])exp=(\d{9,13})(?=~|\Z)")
_TOKEN_DIGEST = re.compile(r"~(?:hmac|hash|sig)=")

_GOOGLE_KEPT: Final = frozenset({"id", "itag", "mime", "clen", "dur", "lmt", "source"})

_TIME_NAMES: Final = _words(
    "expires expire exp expiry expiration expires_at expires-at expiresat exptime expiretime expire_time expired "
    "token_expires tokenexpires valid_until validuntil validto valid_to"
)
_SHORT_TIME_NAMES: Final = _words("e t et end endtime until deadline ttl time timestamp ts")
"""Names that say time limit only beside a digest."""

_DIGEST_NAMES: Final = _words(
    "md5 hash hmac sig signature sign token tok st s h key auth accesstoken access_token secure secret st_token "
    "digest authtoken auth_token hdnts verify k"
)
_SURE_DIGEST_NAMES: Final = _words("signature sig hmac sign hdnts hdnea hdntl __token__ __gda__")
_COMPANIONS: Final = _words(
    "ip starttime start_time token_path token_countries token_countries_blocked limit keyname urlprefix nonce "
    "validfrom valid_from kid key_id keyid oauth2_token_id"
)
"""What some services sign along with the time."""


def cut_query(pairs: list[str], host: str, address: str) -> Cut | None:
    """The first signature in the parameters of a query, given the URL's host and what stands before the query."""
    names = [unquote(pair.partition("=")[0]).lower() for pair in pairs]
    values: dict[str, str] = {}
    for name, pair in zip(names, pairs, strict=True):
        values.setdefault(name, unquote(pair.partition("=")[2][:MAX_TOKEN_CHARS]))
    found = (
        _family(values)
        or _vendor(values)
        or _google(values, host)
        or _token_value(values)
        or _wowza(values)
        or _generic(values)
        or _lone_digest(values, address)
    )
    if not found:
        return None
    scheme, dropped, at = found
    positions = frozenset(position for position, name in enumerate(names) if name in dropped)
    written = tuple(pairs[position].partition("=")[0] for position in sorted(positions))
    return Cut(scheme, written, at, positions)


_Found = tuple[str, frozenset[str], datetime | None]


def _family(values: Values) -> _Found | None:
    for family in _FAMILIES:
        if family.needs[0] in values and all(need in values for need in family.needs):
            dropped = set(family.drops.split()) & values.keys()
            if family.prefix:
                dropped |= {name for name in values if name.startswith(family.prefix)}
            return family.scheme, frozenset(dropped | set(family.needs)), family.read(values)
    return None


def _vendor(values: Values) -> _Found | None:
    """Version 4 of S3's signatures (`X-Amz-…`), and others' with their own prefix: `X-Goog-`, `x-oss-`, `X-Tos-`."""
    for name in values:
        vendor = _VENDOR.match(name)
        if vendor:
            prefix = f"x-{vendor[1]}-"
            at = from_start(values.get(prefix + "date"), values.get(prefix + "expires"))
            scheme = {"amz": "aws-v4", "goog": "gcs-v4"}.get(vendor[1], "vendor-v4")
            return scheme, frozenset(other for other in values if other.startswith(prefix)), at
    return None


def _google(values: Values, host: str) -> _Found | None:
    """Googlevideo's files: all but what names the stream is of one session."""
    if "expire" not in values or not host.endswith(".googlevideo.com"):
        return None
    return "googlevideo", frozenset(values.keys() - _GOOGLE_KEPT), from_epoch(values["expire"])


def _token_value(values: Values) -> _Found | None:
    """One parameter that holds all: Akamai's token, a JSON Web Token, a time joined to its digest."""
    for name, value in values.items():
        if _TOKEN_DIGEST.search(value):
            time = _TOKEN_EXPIRES.search(value)
            return "akamai-token", frozenset({name}), from_epoch(time[1]) if time else None
        if JWT.match(value):
            return "jwt", frozenset({name}), from_jwt(value)
        if name.endswith("token") and (at := from_fastly(value)):
            return "fastly-token", frozenset({name}), at
        joined = _EPOCH_DIGEST.match(value) or _DIGEST_EPOCH.match(value)
        if joined:
            return "time-digest", frozenset({name}), from_epoch(joined[1])
        if name in {"verify", "auth_key"} and _EPOCH_DASH.match(value):
            # The time is of the signing; how long it holds is the server's setting.
            return "time-digest", frozenset({name}), None
    return None


def _wowza(values: Values) -> _Found | None:
    """Wowza's secure token: `<prefix>hash` beside `<prefix>endtime`, the prefix as configured."""
    for name in values:
        prefix = name.removesuffix("endtime")
        if prefix and prefix != name and prefix + "hash" in values:
            own = frozenset(other for other in values if other.startswith(prefix))
            return "wowza", own, from_epoch(values[name])
    return None


def _generic(values: Values) -> _Found | None:
    """A parameter named for a time limit, and the digest beside it; a short name counts only beside one."""
    digests = {name for name in _DIGEST_NAMES & values.keys() if is_hash(values[name])}
    for name in _ordered(_TIME_NAMES, values):
        at = from_epoch(values[name]) or from_iso(values[name])
        if at or digests:
            return "generic", frozenset({name, *digests, *(_COMPANIONS & values.keys())}), at
    for name in _ordered(_SHORT_TIME_NAMES - digests, values):
        at = from_epoch(values[name])
        if at and digests:
            return "generic", frozenset({name, *digests, *(_COMPANIONS & values.keys())}), at
    return None


def _lone_digest(values: Values, address: str) -> _Found | None:
    """A digest without a time: under a name that says so, or on a path that already names a media file."""
    sure = {name for name in _SURE_DIGEST_NAMES & values.keys() if is_hash(values[name])}
    if not sure and has_media_suffix(address):
        sure = {name for name in _DIGEST_NAMES & values.keys() if is_hex_hash(values[name])}
    return ("digest", frozenset(sure | (_COMPANIONS & values.keys())), None) if sure else None


def _ordered(names: Iterable[str], values: Values) -> list[str]:
    """Those of the names that are there, in the query's order."""
    wanted = frozenset(names)
    return [name for name in values if name in wanted]
