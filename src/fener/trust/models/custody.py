"""Who watches over a body's keys, and what custodians are told."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.trust.models.accounts import Keeper, User


class Custodian(models.Model):
    """A member of a body who is named to watch over its keys. Counts only while this person holds the body's key."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="custodians")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="custodies")
    since = models.DateTimeField()
    named_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keeper", "user"], name="one_custody_each")]


class CustodyNotice(models.Model):
    """Something that a body's custodians are to know at once. Holds codes and ids, like an entry of the audit."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["keeper", "at"], name="notice_of_keeper")]


class CustodyNoticeSeen(models.Model):
    """Which custodian has seen a notice, and when."""

    notice = models.ForeignKey(CustodyNotice, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="seen_once_each")]


class AccountRecovery(models.Model):
    """A colleague's forgotten password, to be got over by two custodians. One at a time for each person."""

    class Ended(models.TextChoices):
        """How it came to an end."""

        DONE = "done", _("let back in")
        REFUSED = "refused", _("refused by a custodian")
        STOPPED = "stopped", _("stopped by the person")
        EXPIRED = "expired", _("nobody finished it in time")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="recoveries")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recoveries")
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")  # null: by the person
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    # The keeper's key, sealed to the keys of both approvals: the codes of both custodians together open it.
    sealed_keeper_key = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at__isnull=True), name="one_open_recovery_each"
            )
        ]


class RecoveryApproval(models.Model):
    """One custodian's part of a recovery: a key pair for this alone, its private half wrapped by the code that only
    this custodian was shown."""

    recovery = models.ForeignKey(AccountRecovery, on_delete=models.CASCADE, related_name="approvals")
    custodian = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    public_key = models.BinaryField()
    wrapped_private_key = models.BinaryField()
    parameters = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recovery", "custodian"], name="two_different_custodians")]


class OrganisationCode(models.Model):
    """A keeper's private key, wrapped by the code that was printed for the safe. At most one is valid."""

    keeper = models.OneToOneField(Keeper, primary_key=True, on_delete=models.CASCADE, related_name="printed_code")
    wrapped_private_key = models.BinaryField()
    parameters = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")


class KeyRotation(models.Model):
    """New keys for a keeper, and how far the data keys that it holds are sealed to them."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="rotations")
    generation = models.PositiveIntegerField()  # of the new keys
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    total = models.PositiveIntegerField()  # data keys to seal anew, when it began
    done = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)  # data keys that the old key did not open either
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["keeper"], condition=models.Q(finished_at__isnull=True), name="one_rotation_at_a_time"
            )
        ]
