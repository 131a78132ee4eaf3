"""The register of shelters is a part of the directory."""

from __future__ import annotations

REGISTER = "the register of houses: numbers and reasons; nobody whom they help"
EXEMPT = {f"casework.{name}": REGISTER for name in ("Shelter", "ShelterNight", "ShelterRefusal")}
