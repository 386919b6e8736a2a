"""What a run is told: shipped defaults, a file, the environment, options; the last one wins."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from harvester.errors import SettingsError
from harvester.model import Limits
from harvester.model.vocabulary import STATES, Confidence, Kind, Relation
from harvester.shipped import config_path

Format = Literal["json", "jsonl"]
Robots = Literal["obey", "record", "ignore"]

FAIL_ON: Final = (*STATES, "nothing-found", "problems")
"""What `--fail-on` takes."""

_PREFIX: Final = "HARVEST_"
_NOT_SETTINGS: Final = frozenset({"CONFIG", "DEBUG"})  # read by the command line itself
_TRUTH: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_SECONDS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_RATE = re.compile(r"(\d+(?:\.\d+)?)(?:\s*/\s*([smhd]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """How availability is asked for; see `config/defaults.toml` for each."""

    rate: float
    robots: Robots
    archives: bool
    archive_templates: tuple[str, ...]
    all_locations: bool
    allow_private: bool
    allow_address: tuple[str, ...]
    max_wait: float
    max_runtime: float | None = None
    max_requests: int | None = None
    user_agent: str | None = None
    contact: str | None = None
    proxy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that a run is told, apart from its inputs and where its output goes."""

    format: Format
    profile: tuple[str, ...]
    kind: tuple[Kind, ...]
    relation: tuple[Relation, ...]
    guess: bool
    fail_on: tuple[str, ...]
    check: bool
    checks: CheckSettings
    limits: Limits
    base_url: str | None = None
    profiles: str | None = None
    min_confidence: Confidence | None = None


_SECTIONS: Final[dict[str, type]] = {"checks": CheckSettings, "limits": Limits}


def load(
    *,
    config: str | None = None,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, object] | None = None,
) -> Settings:
    """Put settings together.

    Args:
        config: A TOML file with the keys of `config/defaults.toml`.
        environment: Variables, of which those that begin with `HARVEST_` are settings.
        options: Settings by name; None means not given.

    Raises:
        SettingsError: A key that there is not, or a value that it can't have.
    """
    flat = _of_file(config_path("defaults.toml"))
    if config is not None:
        flat |= _of_file(Path(config))
    for name, text in sorted((environment or {}).items()):
        key = name.removeprefix(_PREFIX)
        if key != name and key not in _NOT_SETTINGS:
            setting = _known(key.lower(), _kinds(), name, env=True)
            flat[setting] = _value(setting, text, name, text=True)
    for key, value in (options or {}).items():
        if value is not None:
            setting = _known(key, _kinds(), "settings")
            flat[setting] = _value(setting, value, setting)
    return _settings(flat)


def _settings(flat: dict[str, Any]) -> Settings:
    parts = {
        section: kind(**{key: flat.pop(key) for key in _names(kind) if key in flat})
        for section, kind in _SECTIONS.items()
    }
    return Settings(**flat, **parts)


def _of_file(path: Path) -> dict[str, Any]:
    """Read a file's settings, sections laid flat: no two sections share a key."""
    import tomllib  # noqa: PLC0415 - `harvest --help` reads no settings

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}", "name a settings file that can be read") from error
    except ValueError as error:
        raise SettingsError(f"{path}: {error}", "it has to be TOML in UTF-8") from error
    flat: dict[str, Any] = {}
    top = [*(name for name in _names(Settings) if name not in _SECTIONS), *_SECTIONS]
    for key, value in table.items():
        _known(key, top, str(path))
        if key not in _SECTIONS:
            flat[key] = _value(key, value, f"{path}: {key}")
        elif isinstance(value, dict):
            names = _names(_SECTIONS[key])
            flat |= {_known(k, names, f"{path}: [{key}]"): _value(k, v, f"{path}: {k}") for k, v in value.items()}
        else:
            raise SettingsError(f"{path}: {key} is a table", f"write [{key}] with its keys below it")
    return flat


def _known(key: str, names: Iterable[str], where: str, *, env: bool = False) -> str:
    names = tuple(names)
    if key in names:
        return key
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes only

    near = get_close_matches(key, names, n=1, cutoff=0.5)
    shown = [_PREFIX + name.upper() if env else name for name in near or sorted(names)]
    hint = f"did you mean {shown[0]}?" if near else f"known are: {', '.join(shown)}"
    raise SettingsError(f"{where} is no setting" if env else f"{where}: there is no key {key!r}", hint)


def _value(key: str, value: object, where: str, *, text: bool = False) -> Any:  # noqa: ANN401 - of the key's type
    """Check and convert a value; `text` says that it is a variable's, in which lists are joined by commas."""
    kind = _kinds()[key]
    if key == "rate":
        return _rate(value, where)
    if key == "base_url":
        return _url(value, where)
    if key in ("max_wait", "max_runtime"):
        return _duration(value, where)
    if get_origin(kind) is tuple:
        parts = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            raise SettingsError(f"{where}: {value!r} is no list")
        element = get_args(kind)[0]
        return tuple(_word(part, FAIL_ON, where) if key == "fail_on" else _one(part, element, where) for part in parts)
    if text and kind in (bool, int) and isinstance(value, str):
        value = _TRUTH.get(value.lower(), value) if kind is bool else int(value) if value.isdigit() else value
    return _one(value, kind, where)


def _one(value: object, kind: Any, where: str) -> object:  # noqa: ANN401 - a type
    if get_origin(kind) is Literal:
        return _word(value, get_args(kind), where)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        wanted = {str: "a text", bool: "true or false", int: "a whole number"}[kind]
        raise SettingsError(f"{where}: {value!r} is not {wanted}")
    if kind is int and isinstance(value, int) and value < 1:
        raise SettingsError(f"{where}: {value} is below 1")
    return value


def _word(value: object, words: tuple[str, ...], where: str) -> str:
    if isinstance(value, str) and value in words:
        return value
    raise SettingsError(f"{where}: {value!r} is none of {', '.join(words)}")


def _url(value: object, where: str) -> str:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:  # brackets in the host that hold no address
        parts = None
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"{where}: {value!r} is no full URL", "give one such as https://example.org/news/page.html")
    return str(value)


def _rate(value: object, where: str) -> float:
    match = _RATE.fullmatch(str(value).strip())
    rate = float(match[1]) / _SECONDS[match[2] or "s"] if match else 0.0
    if not rate > 0:
        raise SettingsError(f"{where}: {value!r} is no rate", "give requests a second above 0: 2, 0.2, 30/m, 100/h")
    return rate


def _duration(value: object, where: str) -> float:
    match = _DURATION.fullmatch(str(value).strip())
    if match is None:
        raise SettingsError(
            f"{where}: {value!r} is no duration", "give seconds, or a number with its unit: 90, 90s, 5m, 2h"
        )
    return float(match[1]) * _SECONDS[match[2]]


def names() -> frozenset[str]:
    """Give the names of all settings."""
    return frozenset(_kinds())


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _kinds() -> dict[str, Any]:
    """Type of each setting by its name, None left out: that is said by leaving the key out."""
    kinds: dict[str, Any] = {}
    for owner in (Settings, *_SECTIONS.values()):
        for name, kind in get_type_hints(owner).items():
            if name not in _SECTIONS:
                parts = [part for part in get_args(kind) if part is not types.NoneType]
                kinds[name] = parts[0] if get_origin(kind) in (Union, types.UnionType) else kind
    return kinds
