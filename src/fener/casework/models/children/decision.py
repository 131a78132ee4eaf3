"""What a child says, and what a panel decides in its interests."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class About(models.TextChoices):
    """What a child is heard on, and what is decided for it."""

    PLACEMENT = "placement", _("where the child lives")
    IDENTIFICATION = "identification", _("identification and status")
    HEARING = "hearing", _("an interview or a hearing")
    RESIDENCE = "residence", _("papers and the right to stay")
    RETURN = "return", _("a return")
    FAMILY = "family", _("contact with the family")
    HEALTH = "health", _("health")
    SCHOOL = "school", _("school")
    SOLUTION = "solution", _("the durable solution")
    OTHER = "other", _("something else")


class ChildView(models.Model):
    """The child's own view on one question, or why the child could not be heard; the words are sealed (CH-07)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="child_views")
    about = models.CharField(max_length=16, choices=About.choices)
    heard = models.BooleanField()
    on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)


class ChildDecision(models.Model):
    """A decision of a panel in the child's best interests (rule CH-07); a durable solution is one of them (CH-12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="child_decisions")
    about = models.CharField(max_length=16, choices=About.choices)
    panel = models.JSONField(default=list)  # codes of vocabulary conference_sector
    view = models.ForeignKey(ChildView, on_delete=models.CASCADE, related_name="decisions")
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # decided, and why
    decided_on = models.DateField()
    # Of a durable solution alone.
    solution = models.CharField(max_length=24, blank=True)  # code of vocabulary durable_solution
    criteria = models.JSONField(default=dict)  # code of solution_criterion → yes, no, unknown
    family_first = models.BooleanField(default=False)
    carried_out_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-decided_on",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(about="solution") | ~models.Q(solution=""), name="a_solution_is_named"
            ),
        ]
