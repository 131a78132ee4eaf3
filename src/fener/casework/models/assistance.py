"""Needs, the plan agreed with the person, and each service as it was offered, answered and delivered."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation, Service
from fener.trust.models import SealedItem, User


class Need(models.Model):
    """A need in the person's own view, with wishes and expectations, before any offer (rule AS-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=40)  # code of the service catalogue
    urgent = models.BooleanField(default=False)
    own_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    stated_by_person = models.BooleanField(default=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField(null=True)


class Plan(models.Model):
    """A written agreement with the person; a change is a new version, the earlier one stays (rule AS-03)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField()
    goals = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_up_on = models.DateField()
    drawn_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The person's own recorded decision (rule CO-06); empty: not asked yet, and nothing starts.
    agreed_on = models.DateField(null=True)
    agreed = models.BooleanField(null=True)
    changed_at_persons_wish = models.BooleanField(default=False)
    left_on = models.DateField(null=True)  # the person left the plan; services go on

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_plan_number")]
        ordering = ("number",)


class PlanItem(models.Model):
    """One line of a plan: which need, by which service of whom, from when."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="plan_items")
    kind = models.CharField(max_length=40)
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)


class ServiceRecord(models.Model):
    """One service.

    Offered, accepted or declined with the person's reason, delivered by whom, helpful or not (AS-01).
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined by the person")
        DELIVERED = "delivered", _("delivered")
        LEFT = "left", _("left by the person")

    class Helpful(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")
        NOT_ASKED = "not_asked", _("not asked")
        NO_ANSWER = "no_answer", _("no answer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="services")
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(max_length=40)
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # counts for this body alone
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_on = models.DateField()
    answered_on = models.DateField(null=True)
    decline_reason = models.CharField(max_length=40, blank=True)  # code; the person's own words are sealed
    decline_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    delivered_on = models.DateField(null=True)
    helpful = models.CharField(max_length=10, choices=Helpful.choices, default=Helpful.NOT_ASKED)
    helpful_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "casework.Referral", null=True, on_delete=models.PROTECT, related_name="service_records"
    )

    class Meta:
        ordering = ("offered_on",)
        constraints = [
            # A decision that the person did not take is not recorded as one (rule CO-06).
            models.CheckConstraint(
                condition=models.Q(state="offered") | models.Q(answered_on__isnull=False),
                name="answered_services_have_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(decline_reason=""), name="a_decline_has_a_reason"
            ),
        ]
