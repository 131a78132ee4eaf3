"""What casework keeps about people, field by field. The words of the sealed parts stand in pack ``compartments``."""

from __future__ import annotations

from fener.casework.personal_data import assistance, identification, path, protection
from fener.trust.finding import gathered
from fener.trust.privacy.declaration import About
from fener.trust.privacy.kinds import Kind

_FIRST = (path, identification, assistance, protection)

MODELS: tuple[About, ...] = (
    *(about for module in _FIRST for about in module.MODELS),
    *gathered(__name__, "MODELS", leave_out=[module.__name__ for module in _FIRST]),
)


def kinds() -> tuple[Kind, ...]:
    """The file of a person, as trust erases it."""
    from fener.casework.services.erasure import KIND

    return (KIND,)
