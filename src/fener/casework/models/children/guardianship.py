"""Who answers for a child: the guardian or whoever stands in until then, the one accountable person, split duties."""

from __future__ import annotations

import uuid

from django.db import models

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import SealedItem, User


class Guardianship(models.Model):
    """Who answers for a child by law, from when until when (rules CH-04, CH-05). One at a time; a name is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="guardianships")
    kind = models.CharField(max_length=20)  # code of vocabulary guardian_kind
    mandate = models.CharField(max_length=20)  # code of vocabulary guardian_mandate
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    who = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=160)  # law and article; the number of a decision is sealed with the name
    since = models.DateField()
    until = models.DateField(null=True)  # where the mandate itself names an end
    conflict = models.CharField(max_length=24, blank=True)  # code of vocabulary own_conflict
    conflict_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=24, blank=True)  # of guardian_end; empty: the guardian followed an interim
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_on__isnull=True), name="one_guardianship_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="guardian_until_after_since",
            ),
        ]


class ChildPart(models.Model):
    """A body's named part in a child's case (rules CH-06, CH-19); one person alone is accountable for the whole."""

    ACCOUNTABLE, CHILD_PROTECTION = "accountable", "child_protection"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="child_parts")
    part = models.CharField(max_length=20)  # one of the two above, or a code of vocabulary child_duty
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(
                fields=["case", "part"], condition=models.Q(until__isnull=True), name="one_body_for_each_part"
            ),
            models.CheckConstraint(
                condition=~models.Q(part="accountable") | models.Q(person__isnull=False),
                name="accountable_is_a_person",
            ),
        ]
