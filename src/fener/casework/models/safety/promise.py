"""Promises made to a person: what, by whom, for when, and what became of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Promise(models.Model):
    """What somebody with power told the person they would get (rule WP-04). Who said it, and how, is sealed."""

    class Kind(models.TextChoices):
        RESETTLEMENT = "resettlement", _("moving to a safe country")
        PERMIT = "permit", _("a residence or work permit")
        PAYMENT = "payment", _("money")
        PROTECTION = "protection", _("protection")
        SHELTER = "shelter", _("a place to live")
        DOCUMENT = "document", _("papers")
        OTHER = "other", _("something else")

    class By(models.TextChoices):
        POLICE = "police", _("the police")
        PROSECUTION = "prosecution", _("the prosecution")
        COURT = "court", _("a court")
        MIGRATION = "migration", _("the migration authority")
        EMBASSY = "embassy", _("an embassy or consulate")
        SOCIAL = "social", _("social services")
        INTERNATIONAL = "international", _("an international organisation")
        CIVIL = "civil", _("a civil organisation")
        OTHER = "other", _("somebody else")

    class State(models.TextChoices):
        OPEN = "open", _("not kept yet")
        KEPT = "kept", _("kept")
        BROKEN = "broken", _("broken")
        RELEASED = "released", _("no longer wanted by the person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    by = models.CharField(max_length=16, choices=By.choices)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()  # the day that was named; where none was, the day to ask about it
    day_was_named = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(null=True)
    told_late_on = models.DateField(null=True)  # the person was told that it is overdue, or broken
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_on", "made_on")
        constraints = [
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("made_on")), name="promise_due_after_made"),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(settled_on__isnull=False),
                name="settled_promises_have_a_date",
            ),
        ]
