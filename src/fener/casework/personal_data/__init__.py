"""What casework keeps about people, field by field. The words of the sealed parts stand in pack ``compartments``."""

from __future__ import annotations

from fener.casework.personal_data import assistance, identification, path, protection
from fener.trust.privacy.kinds import Kind

MODELS = (*path.MODELS, *identification.MODELS, *assistance.MODELS, *protection.MODELS)


def kinds() -> tuple[Kind, ...]:
    """The file of a person, as trust erases it."""
    from fener.casework.services.erasure import KIND

    return (KIND,)
