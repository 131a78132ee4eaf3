"""Sealed words beside the records of a case, found by their id and not opened."""

from __future__ import annotations

from uuid import UUID

from fener.casework.models import Case
from fener.trust.errors import NotGranted
from fener.trust.models import SealedItem


def sealed_words(case: Case, item_id: UUID) -> SealedItem:
    """The sealed words of a case that the actor sees already. Raises NotGranted (looks absent) for any other item.

    Compartments themselves are opened by their own page, which asks for the purpose.
    """
    words = SealedItem.objects.exclude(slot="main").exclude(slot__startswith="file:")
    item = words.filter(pk=item_id, subject_id=case.pk).first()
    if item is None:
        raise NotGranted
    return item
