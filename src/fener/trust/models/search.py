"""The blind name index."""

from __future__ import annotations

from django.db import models

from fener.trust.models.accounts import Keeper


class BlindToken(models.Model):
    """A keyed hash of one form of a name. Without the keeper's index key it tells nothing."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="+")
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=12)  # name, phone; which form of it a token is, is not told
    token = models.BinaryField(max_length=16)

    class Meta:
        indexes = [
            models.Index(fields=["keeper", "token"], name="blind_lookup"),
            models.Index(fields=["keeper", "subject_id"], name="blind_subject"),
        ]
