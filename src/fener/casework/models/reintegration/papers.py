"""Papers and entitlements of a person, line by line: what they have, applied for, or were denied, and by whom."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class PaperState(models.Model):
    """How one line of a checklist stood on a day (rule AS-11). The latest one counts, the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    number = models.PositiveIntegerField()  # the order of writing within the case
    item = models.CharField(max_length=24)  # line of the checklists personal_documents, public_entitlements
    state = models.CharField(max_length=16)  # code of vocabulary document_state
    on = models.DateField()
    denied_by = models.CharField(max_length=24, blank=True)  # code of vocabulary denying_office
    answer_by = models.DateField(null=True)  # until when an answer to an application is expected
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "number")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_paper_number"),
            models.CheckConstraint(
                condition=Q(state="denied") & ~Q(denied_by="") | ~Q(state="denied") & Q(denied_by=""),
                name="a_denial_names_who_denied",
            ),
        ]
