"""What a check needs of a manifest's JSON, looked at before anything is asked: other programs write manifests, too."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from harvester.errors import InputError

_HINT = "name a file that `harvest manifest` saved"


class _Part(BaseModel):
    """Keys that are not named here are as they are: later versions add some."""

    model_config = ConfigDict(extra="ignore", strict=True)


class _Id(_Part):
    scheme: str
    value: str


class _Location(_Part):
    raw: str = ""
    url: str | None = None
    role: str
    delivery: str = "unknown"
    confidence: str
    observations: list[str] = []


class _Item(_Part):
    key: str
    kind: str = "unknown"
    ids: list[_Id] = []
    locations: list[_Location]


class _Given(_Part):
    manifest: Literal[1] = 1
    items: list[_Item]
    observations: list[dict[str, object]] = []


def require(manifest: object) -> None:
    """Make sure that a check can work on a manifest.

    Raises:
        InputError: It can't; the message says at which place, and why.
    """
    try:
        _Given.model_validate(manifest)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole of it"
        raise InputError(f"it is no whole manifest: {place}: {first['msg']}", hint=_HINT) from error
