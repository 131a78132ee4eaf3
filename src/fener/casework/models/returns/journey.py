"""Journeys: a return or a move that the person asked for, and apart from them removals by an authority."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.returns.journey_states import AFTER
from fener.casework.models.case import Case
from fener.network.models import Agreement, Organisation
from fener.trust.models import SealedItem, User

# Kinds of the list ``return_type`` that are recorded as voluntary: only with the person's own decision (RT-02).
VOLUNTARY = ("assisted_voluntary", "within_country", "resettlement")
REMOVALS = ("readmission", "deportation", "forced_removal", "border_refusal")


class Journey(models.Model):
    """One journey from the request or the announcement until a support service has received the person (RT-07)."""

    class Belongings(models.TextChoices):
        TIME = "time_to_collect_given", _("There is time to collect everything")
        LEFT = "left_behind_recorded", _("Something stays behind, and it is recorded what")
        NOTHING = "nothing_left_behind", _("Nothing stays behind")

    class Tests(models.TextChoices):  # of elsewhere; "delivered" is kept as it was answered once, and proves nothing
        NONE = "nothing_was_tested", _("No medical test was made")
        DELIVERED = "delivered", _("The results were given, with counselling")
        WAITING = "waiting", _("A result is still to come, or was given without counselling")

    class Office(models.TextChoices):
        POLICE = "police", _("the police")
        BORDER = "border", _("the border guard")
        MIGRATION = "migration", _("the migration authority")
        COURT = "court", _("a court")
        OTHER = "other", _("somebody else")

    class Confirmed(models.TextChoices):
        SERVICE = "service", _("the receiving service")
        PERSON = "person", _("the person")
        AUTHORITY = "authority", _("an authority there")
        FAMILY = "family", _("the family")

    class Reception(models.TextChoices):
        SERVICE = "service", _("A support service received the person")
        DECLINED = "declined", _("The person wants no reception")
        NOBODY = "nobody", _("Nobody, or police alone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="journeys")
    kind = models.CharField(max_length=24)  # code of vocabulary return_type
    removal = models.BooleanField(default=False)  # decided by an authority; never changes (RT-05)
    state = models.CharField(max_length=20)  # of the tables in domain.returns.journey_states
    country = models.CharField(max_length=12)  # where to, code of vocabulary countries
    since = models.DateField()  # asked for, or announced
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # place, own words
    as_child = models.BooleanField(default=False)  # as the person was treated at the last step

    # What was told (RT-02, RT-04): {kind of alternative: what the person said}, with the version of the pack.
    told = models.JSONField(default=list)
    told_on = models.DateField(null=True)
    told_language = models.CharField(max_length=12, blank=True)
    told_interpreter = models.CharField(max_length=120, blank=True)
    alternatives = models.JSONField(default=dict)
    alternatives_version = models.CharField(max_length=60, blank=True)

    risk_level = models.CharField(max_length=12, blank=True)  # code of vocabulary risk_level
    risk_allows = models.BooleanField(null=True)
    risk_on = models.DateField(null=True)
    risk_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")

    decision = models.CharField(max_length=8, blank=True)  # go, stay
    decided_on = models.DateField(null=True)
    decided_by_guardian = models.BooleanField(default=False)
    refusal = models.CharField(max_length=24, blank=True)  # code of vocabulary return_refusal
    decision_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")

    papers = models.JSONField(default=list)  # codes of vocabulary travel_paper
    escort = models.CharField(max_length=28, blank=True)  # code of vocabulary escort_kind
    provider = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    provider_elsewhere = models.BooleanField(default=False)  # named in the sealed plan, in no directory here
    plan = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    belongings = models.CharField(max_length=24, choices=Belongings.choices, blank=True)
    tests = models.CharField(max_length=20, choices=Tests.choices, blank=True)
    departs_on = models.DateField(null=True)  # planned, or announced

    # For a child (CH-08).
    heard_on = models.DateField(null=True)
    best_interests_on = models.DateField(null=True)
    authority_confirmed_on = models.DateField(null=True)
    follow_up_on = models.DateField(null=True)

    departed_on = models.DateField(null=True)
    despite = models.JSONField(default=list)  # ["gate.condition"] that were not met: an incident, or an exception
    office = models.CharField(max_length=12, choices=Office.choices, blank=True)  # who decided a removal
    basis = models.CharField(max_length=160, blank=True)  # code of vocabulary removal_basis
    agreement = models.ForeignKey(
        Agreement, null=True, on_delete=models.PROTECT, related_name="+"
    )  # under which (RT-09)

    confirmed_on = models.DateField(null=True)
    confirmed_by = models.CharField(max_length=12, choices=Confirmed.choices, blank=True)
    hand_over = models.CharField(max_length=32, blank=True)  # code of vocabulary hand_over; for a child
    alarm_answered_on = models.DateField(null=True)
    alarm_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    reception = models.CharField(max_length=12, choices=Reception.choices, blank=True)
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(removal=True, kind__in=REMOVALS) | (Q(removal=False) & ~Q(kind__in=REMOVALS)),
                name="a_removal_is_never_another_kind",
            ),
            models.CheckConstraint(
                condition=Q(removal=False) | (~Q(office="") & ~Q(basis="")), name="a_removal_names_who_and_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=VOLUNTARY, state__in=AFTER) | Q(decision="go", decided_on__isnull=False),
                name="voluntary_only_by_own_decision",
            ),
            models.CheckConstraint(
                condition=~Q(as_child=True, kind__in=VOLUNTARY, state__in=AFTER)
                | Q(risk_allows=True, risk_on__isnull=False, best_interests_on__isnull=False),
                name="no_child_departs_unassessed",
            ),
        ]
