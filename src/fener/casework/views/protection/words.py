"""Words that these pages share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fener.trust.compartments import Compartment


def part_label(code: str) -> str:
    """A part of the file by name; none named means all of it."""
    return str(Compartment(code).label) if code in set(Compartment) else _("every sealed part")
