"""Sealed files on disk: which ciphertexts belong to which sealed item. Names, types and keys are in the item alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from fener.trust.models.vault import SealedItem


class SealedFile(models.Model):
    """One ciphertext under ``MEDIA_ROOT/sealed``, named by ``id``. Its keys lie in the item that it belongs to."""

    class Part(models.TextChoices):
        ORIGINAL = "original"
        CLEAN = "clean"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(SealedItem, on_delete=models.CASCADE, related_name="files")
    part = models.CharField(max_length=10, choices=Part.choices)
    stored = models.PositiveBigIntegerField()  # bytes on disk: the length of the content, rounded up

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "part"], name="one_file_per_part")]


@receiver(post_delete, sender=SealedFile)
def _take_away(sender: type[SealedFile], instance: SealedFile, **_more: Any) -> None:
    """A row that goes takes its ciphertext along, once that is certain. What a crash leaves is swept by ``tick``."""
    from fener.trust.files import store

    file_id = instance.pk  # the row forgets its key once it is deleted
    transaction.on_commit(lambda: store.remove(file_id))
