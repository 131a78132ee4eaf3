"""What services of this chapter share."""

from __future__ import annotations

from fener.casework.models import Case


def lock(case: Case) -> None:
    """Two who write the same at the same time: the second sees the first. Inside a transaction."""
    Case.objects.unscoped(reason="the case in hand, locked").select_for_update().get(pk=case.pk)
