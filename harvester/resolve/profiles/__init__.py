"""What is known of sites and platforms: TOML files that say where their media are.

Everything here is pure; `harvester.sources.profiles` reads the files.
"""

from harvester.resolve.profiles.collection import Profiles
from harvester.resolve.profiles.model import Claim, Ladder, PlatformId, Proposed, Step
from harvester.resolve.profiles.parse import Profile

__all__ = ["Claim", "Ladder", "PlatformId", "Profile", "Profiles", "Proposed", "Step"]
