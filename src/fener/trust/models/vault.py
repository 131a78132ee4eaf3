"""Sealed items: what nobody reads without a key that the person's trust gave them."""

from __future__ import annotations

import uuid

from django.db import models

from fener.trust.models.accounts import Keeper, User
from fener.trust.models.consent import Consent, DisclosureOverride


class SealedItem(models.Model):
    """One sealed document: a compartment of a case (slot ``main``) or a note beside it.

    The ciphertext is bound to (subject, compartment, slot, version): a row moved elsewhere does not open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(db_index=True)
    compartment = models.CharField(max_length=20)
    slot = models.CharField(max_length=80, default="main")
    version = models.PositiveIntegerField(default=1)
    ciphertext = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "compartment", "slot"], name="one_item_per_slot"),
        ]


class ItemGrant(models.Model):
    """A keeper's way to one item: its data key, sealed to the keeper, for as long as the ground for it lives."""

    item = models.ForeignKey(SealedItem, on_delete=models.CASCADE, related_name="grants")
    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="grants")
    sealed_data_key = models.BinaryField()
    key_generation = models.PositiveIntegerField(default=1)  # which of the keeper's key pairs it is sealed to
    # Neither consent nor override: the keeper that the person trusted with it, or the author of the note.
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="grants")
    override = models.ForeignKey(DisclosureOverride, null=True, on_delete=models.PROTECT, related_name="grants")
    # False: the key is laid ready for an offer that was not accepted yet. It opens nothing until it is put in force.
    in_force = models.BooleanField(default=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "keeper"], name="one_grant_per_keeper")]
        indexes = [models.Index(fields=["keeper", "key_generation", "id"], name="grants_to_seal_anew")]
