"""As what a case is worked on: each type has rights information and referral, and none is a blame (rule ID-28)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import Case
from fener.trust.models import User


class CaseType(models.Model):
    """One type from a day on; the latest counts. No gate, service or figure about entitlement reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_types")
    kind = models.CharField(max_length=16)  # code of vocabulary case_type
    on = models.DateField()
    turn = models.PositiveSmallIntegerField(default=1)
    offered_on = models.DateField(null=True)  # when a referral or a service was offered, or the person wanted none
    declined = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-turn",)
        constraints = [
            models.UniqueConstraint(fields=["case", "turn"], name="case_type_turn_once"),
            models.CheckConstraint(
                condition=Q(offered_on__isnull=True) | Q(offered_on__gte=F("on")), name="offered_after_the_type"
            ),
        ]
