"""What a child is marked as, what it is given, what its parents owe it; and who depends on the person."""

from __future__ import annotations

import uuid

from django.db import models

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class ChildMarks(models.Model):
    """Unaccompanied, separated, trafficked: marks apart, none for another (rule CH-14). One row for each case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="child_marks")
    marks = models.JSONField(default=list)  # codes of vocabulary child_mark
    met_at = models.DateTimeField()
    alone = models.CharField(max_length=8)  # yes, no, unknown: nobody responsible is with the child
    without_parents = models.CharField(max_length=8)  # yes, no, unknown
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class ChildChecklist(models.Model):
    """What a child needs where it will live: each given, missing or declined (rule CH-17). The latest one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="child_checklists")
    on = models.DateField()
    answers = models.JSONField(default=dict)  # code of checklist child_return_or_stay → code of check_state
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)


class ParentsPlan(models.Model):
    """The parents' duty to protect, their involvement, and the family's income where poverty drives it (CH-20)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parents_plans")
    on = models.DateField()
    duties = models.JSONField(default=list)  # codes of vocabulary parents_duty that were gone through with them
    poverty = models.BooleanField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # the income plan
    review_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)


class Dependant(models.Model):
    """Somebody who depends on the person, with needs, papers and a plan of their own (rule CH-16); words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dependants")
    kind = models.CharField(max_length=16)  # code of vocabulary dependant_kind
    under_18 = models.BooleanField()
    papers = models.CharField(max_length=12)  # code of vocabulary check_state
    who = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    needs = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    since = models.DateField()
    ended_on = models.DateField(null=True)  # does not depend on the person any more
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(plan__isnull=True) | models.Q(review_on__isnull=False),
                name="a_dependants_plan_is_reviewed",
            ),
        ]
