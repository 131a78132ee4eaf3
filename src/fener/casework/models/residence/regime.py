"""Residence regimes of a case: which rule, since when, changes of the path, and what is known of its conditions."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import User


class RegimeStay(models.Model):
    """One residence regime (packs ``regimes`` and ``jurisdictions``) on a case. Its dates are computed, never kept."""

    class End(models.TextChoices):
        OTHER_REGIME = "other_regime", _("another regime took its place")
        OWN_WISH = "own_wish", _("the person's own wish")
        LEFT = "left", _("the person left the country")
        WITHDRAWN = "withdrawn", _("an authority withdrew it")
        MISTAKE = "mistake", _("it was recorded by mistake")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="regimes")
    code = models.CharField(max_length=24)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=16, choices=End.choices, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code"], condition=Q(ended_on__isnull=True), name="one_open_regime_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | (Q(ended_on__gte=F("starts_on")) & ~Q(end_reason="")),
                name="a_regime_ends_with_a_reason",
            ),
        ]


class PathChange(models.Model):
    """The day on which the person changed to the other path of a regime (rule RP-06)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stay = models.ForeignKey(RegimeStay, on_delete=models.CASCADE, related_name="path_changes")
    on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on",)
        constraints = [models.UniqueConstraint(fields=["stay", "on"], name="one_change_of_path_a_day")]


class RegimeFact(models.Model):
    """What is known of a condition since a day, and who says so. A later one stands beside it, nothing is changed."""

    class Fact(models.TextChoices):
        EXPLOITATION = "exploitation", _("There was abuse or severe exploitation")
        DANGER = "danger", _("The person's safety is in danger")
        HARM = "harm_suffered", _("The person suffered harm")
        RISK = "risk_on_return", _("The person would be at risk on return")
        SITUATION = "personal_situation", _("The person's situation makes the stay necessary")
        APPROPRIATE = "appropriate", _("A permit is appropriate for another reason")
        STATEMENT = "statement_submitted", _("An accredited body handed in the statement")
        COOPERATES = "cooperates", _("The person co-operates with the authorities")
        INDISPENSABLE = "statement_indispensable", _("The statement is of indispensable importance")
        SUMMONS = "summons", _("Somebody is summoned for trafficking or smuggling")
        CONVICTION = "conviction", _("The statement led to a conviction")
        WORKS = "works", _("The person works")
        STUDIES = "studies", _("The person studies")
        EMPLOYED = "employed_there", _("The person works for the employer whom the permit names")
        NATIONAL = "national_conditions", _("The conditions of the national rule are met")
        PROGRAMME = "programme_start", _("A programme of assistance began")
        PROCEEDINGS = "proceedings_end", _("The criminal proceedings ended")

    class Says(models.TextChoices):
        PERSON = "person", _("the person")
        PAPER = "paper", _("a paper that was seen")
        CENTRE = "centre", _("an accredited body")
        PROSECUTION = "prosecution", _("the prosecution")
        COURT = "court", _("a court")
        MIGRATION = "migration", _("the migration authority")
        WORKER = "worker", _("whoever works with the person")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="regime_facts")
    fact = models.CharField(max_length=28, choices=Fact.choices)
    answer = models.CharField(max_length=8, choices=Answer.choices)
    on = models.DateField()
    says = models.CharField(max_length=12, choices=Says.choices)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "recorded_at")
