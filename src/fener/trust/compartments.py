"""The sealed compartments of a case: the units of disclosure. What a person consents to is told in these."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Compartment(StrEnum):
    """Each has a data key of its own, so that one can be opened without another."""

    IDENTITY = "identity"
    CONTACT = "contact"
    NARRATIVE = "narrative"
    HEALTH = "health"
    LEGAL = "legal"
    LOCATION = "location"

    @property
    def label(self) -> _StrPromise:
        """The compartment's name in the reader's language, as it stands in a consent sentence."""
        return LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, _StrPromise]]:
        """For form and model fields."""
        return [(compartment.value, compartment.label) for compartment in cls]


LABELS: dict[Compartment, _StrPromise] = {
    Compartment.IDENTITY: _("name and identity"),
    Compartment.CONTACT: _("contact details"),
    Compartment.NARRATIVE: _("what happened, in the person's words"),
    Compartment.HEALTH: _("health"),
    Compartment.LEGAL: _("legal papers and proceedings"),
    Compartment.LOCATION: _("where the person stays"),
}

# Rule HE-02: health is in no export, whatever is asked for. Exports take this allow-list, never "all compartments".
EXPORTABLE_COMPARTMENTS: frozenset[Compartment] = frozenset(Compartment) - {Compartment.HEALTH}
