"""Erasure as a path with two persons and a time to think it over; periods that an organisation set for itself."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.trust.models.accounts import Keeper, User


class Erasure(models.Model):
    """One way from a proposal to the destruction of keys. It holds ids, codes and dates; nothing of what was erased."""

    class Ground(models.TextChoices):
        WITHDRAWN = "withdrawn", _("the person no longer agrees that it is kept")
        ASKED = "asked", _("the person asked for it")
        RAN_OUT = "ran_out", _("the time for which it is kept has run out")
        NO_CONSENT = "no_consent", _("the consent to keep it has ended")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for somebody who looks at it")
        APPROVED = "approved", _("agreed; waits for its day")
        REFUSED = "refused", _("not now")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("erased")

    OPEN = (State.PROPOSED, State.APPROVED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12)  # case, contact, account: who knows how to erase it
    subject_id = models.UUIDField(db_index=True)
    holder = models.ForeignKey(Keeper, on_delete=models.PROTECT, related_name="+")  # whose reviewer decides
    ground = models.CharField(max_length=12, choices=Ground.choices)
    why = models.JSONField(default=list)  # list of [template, parameters], as norms explained it
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # empty: the clock
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    hold = models.CharField(max_length=20, blank=True)  # code of why not: proceedings, ...
    look_again_on = models.DateField(null=True)
    carry_out_on = models.DateField(null=True)  # the days of grace have passed
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_for = models.CharField(max_length=20, blank=True)  # person, review
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("proposed_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=models.Q(state__in=["proposed", "approved"]), name="one_open_erasure"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(reviewed_by=models.F("proposed_by")),
                name="erasure_needs_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "done"])
                | models.Q(reviewed_by__isnull=False, carry_out_on__isnull=False),
                name="erasure_is_reviewed_first",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | (~models.Q(hold="") & models.Q(look_again_on__isnull=False)),
                name="refused_erasure_says_why",
            ),
        ]
        indexes = [models.Index(fields=["holder", "state"], name="erasure_of_holder")]


class RetentionPeriod(models.Model):
    """How long an organisation keeps one class of data by its own rule, with the reason: never called the law's."""

    holder = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="+")
    data_class = models.CharField(max_length=30)  # code of pack ``retention``
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "data_class"], name="one_period_a_class")]
