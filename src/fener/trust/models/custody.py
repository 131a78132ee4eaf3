"""Who watches over a body's keys, and what custodians are told."""

from __future__ import annotations

from django.db import models

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
