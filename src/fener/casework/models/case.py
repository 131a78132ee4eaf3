"""The case: a code and structured facts. Everything that could name somebody is sealed in trust's vault."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.scopes import CaseManager
from fener.network.models import Organisation
from fener.trust.models import Consent, DisclosureOverride, SealedItem, User


class Case(models.Model):
    """One person's path. ``facts`` is checked against the pack ``facts``; names are in sealed compartments."""

    class State(models.TextChoices):
        """HTCDS 2.0 ``cas_Status``."""

        ACTIVE = "Active", _("active")
        FOLLOW_UP = "FollowUp", _("in follow-up")
        CLOSED = "Closed", _("closed")
        CLOSED_REFERRED = "ClosedReferred", _("closed, referred on")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=9, unique=True)  # e.g. 7F3K-9Q2M, drawn at random
    alias = models.CharField(max_length=40)  # a neutral word drawn from a list, never typed
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=16, choices=State.choices, default=State.ACTIVE)
    # Generic status (pack ``ladder``); written by a status decision, or presumed/potential at opening.
    status = models.CharField(max_length=16, default="presumed")
    facts = models.JSONField(default=dict)
    # What lists sort and gates ask for, copied from facts by the service that writes them.
    age_at_contact = models.PositiveSmallIntegerField(null=True)
    treated_as_child = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True)  # the person's own, code of vocabulary languages
    interpreter = models.CharField(max_length=120, blank=True)  # name of the interpreter or cultural mediator
    next_due = models.DateTimeField(null=True, db_index=True)  # earliest open clock or answer, precomputed
    version = models.PositiveIntegerField(default=1)  # a form filled in from an older version is not saved over
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True)
    close_reason = models.CharField(max_length=40, blank=True)  # code of domain.closing; never a refusal to co-operate
    created_at = models.DateTimeField(auto_now_add=True)
    # Where it came from (an intake of ``contact``), as an opaque id: casework does not know contact.
    origin = models.CharField(max_length=20, default="direct")  # direct, intake, import
    origin_id = models.UUIDField(null=True)
    # Under witness protection (rule WP-10); written by services.protected_cases alone. What it hides: models/hiding.py.
    protected = models.BooleanField(default=False)

    objects = CaseManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_at_contact__isnull=True)
                | models.Q(age_at_contact__gte=18)
                | models.Q(treated_as_child=True),
                name="under_18_is_treated_as_child",
            ),
        ]
        indexes = [
            # Opening a case asks both: which words are in use, and whether the same person has just opened another.
            models.Index(fields=["organisation", "state", "alias"], name="case_aliases"),
            models.Index(fields=["opened_by", "created_at"], name="case_just_opened"),
            # Every column that the list of cases filters and sorts by, a body's cases side by side: a page of the list,
            # the worklist and a co-ordinator's look over all cases are answered without the rows.
            models.Index(
                fields=[
                    "organisation",
                    "state",
                    "next_due",
                    "code",
                    "protected",
                    "alias",
                    "opened_on",
                    "status",
                    "language",
                    "treated_as_child",
                    "id",
                ],
                name="case_listing",
            ),
            # Row-level security asks for what is hidden before each statement: a handful among all cases of the node.
            models.Index(fields=["id"], condition=models.Q(protected=True), name="case_protected"),
        ]

    def __str__(self) -> str:
        return self.code


class CaseAccess(models.Model):
    """Who may see that a case exists: the materialised relationship that every list starts from."""

    class Relationship(models.TextChoices):
        SAME_ORGANISATION = "same_organisation"
        REFERRED_TO = "referred_to"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    # Its index is the one below, which answers "which cases, and on what ground" without the rows.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    relationship = models.CharField(max_length=20, choices=Relationship.choices)
    since = models.DateTimeField(auto_now_add=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    override = models.ForeignKey(DisclosureOverride, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "organisation"], name="one_access_each")]
        indexes = [
            models.Index(fields=["organisation", "relationship", "case", "consent", "override"], name="access_lookup"),
        ]


class CaseAssignment(models.Model):
    """Which worker of the case's organisation carries it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=models.Q(until__isnull=True), name="assigned_once"
            ),
        ]


class InformationGiven(models.Model):
    """What the person was told before an assessment, a decision or a signature (rule CO-01)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="information_given")
    items = models.JSONField(default=list)  # codes of pack ``rights_information``
    pack_version = models.CharField(max_length=20)
    language = models.CharField(max_length=12)
    interpreter = models.CharField(max_length=120, blank=True)
    told_on = models.DateField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class AgeDispute(models.Model):
    """A doubt about age, its evidence and its result. Until decided the person is treated as a child (rule CH-01)."""

    class Result(models.TextChoices):
        CHILD = "child", _("is a child")
        ADULT = "adult", _("is an adult")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="age_disputes")
    raised_on = models.DateField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    age = models.PositiveSmallIntegerField(null=True)  # that was decided, in years at the first contact
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    result_reasons = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
