"""Lists the media that saved documents describe.

Everything that programs need stands here; it is loaded when first asked for, so that `import harvester` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harvester.api import Extraction, check, extract, harvest
    from harvester.checks.client.options import CheckPolicy
    from harvester.errors import (
        Exit,
        HarvestError,
        InputError,
        MissingExtraError,
        OutputError,
        ProfileError,
        SettingsError,
        UsageError,
    )
    from harvester.model import Document, Item, Limits, Location, Manifest, Observation, Problem, Sighting, Source

__version__ = "0.1.0"

__all__ = [
    "CheckPolicy",
    "Document",
    "Exit",
    "Extraction",
    "HarvestError",
    "InputError",
    "Item",
    "Limits",
    "Location",
    "Manifest",
    "MissingExtraError",
    "Observation",
    "OutputError",
    "Problem",
    "ProfileError",
    "SettingsError",
    "Sighting",
    "Source",
    "UsageError",
    "__version__",
    "check",
    "extract",
    "harvest",
]

_HOMES = {
    "harvester.api": ("Extraction", "check", "extract", "harvest"),
    "harvester.checks.client.options": ("CheckPolicy",),
    "harvester.errors": tuple(name for name in __all__ if name.endswith("Error") or name == "Exit"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = next((home for home, names in _HOMES.items() if name in names), "harvester.model")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
