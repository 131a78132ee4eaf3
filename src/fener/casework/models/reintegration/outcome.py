"""What became of a person after the stay or the journey, in plain categories; and why a case failed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User

AREAS = ("home", "work", "income", "school", "safety", "re_trafficked")  # of pack ``path/outcomes``


class Outcome(models.Model):
    """How the person lives so many months after ``since``, the end of a stay or an arrival (rule RI-07)."""

    class How(models.TextChoices):
        """How it became known. Whoever left is asked only as they agreed."""

        CAME = "came", _("the person came, or help goes on")
        CONTACTED = "contacted", _("we got in touch, as the person agreed")

    class OwnView(models.TextChoices):
        """The person's own judgement."""

        BETTER = "better", _("better than before")
        SAME = "same", _("as before")
        WORSE = "worse", _("worse than before")
        SILENT = "silent", _("the person does not say")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    since = models.DateField()
    months = models.PositiveSmallIntegerField()
    on = models.DateField()
    how = models.CharField(max_length=12, choices=How.choices)
    home = models.CharField(max_length=24)  # codes of the vocabularies that the pack names for each area
    work = models.CharField(max_length=24)
    income = models.CharField(max_length=24)
    school = models.CharField(max_length=24)
    safety = models.CharField(max_length=24)
    re_trafficked = models.CharField(max_length=24)
    in_programme = models.BooleanField()  # still in a programme: neither success nor failure
    own_view = models.CharField(max_length=8, choices=OwnView.choices)
    reasons = models.JSONField(default=list)  # codes of vocabulary setback_reason
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(on__gte=models.F("since")), name="an_outcome_comes_after"),
        ]

    @property
    def areas(self) -> Mapping[str, str]:
        """Area → code, as norms take it."""
        return {area: getattr(self, area) for area in AREAS}


class FailedCase(models.Model):
    """Why a case failed: what bodies did not do (rule AC-09). It is never the person who failed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="failures")
    cause = models.CharField(max_length=24)  # code of vocabulary failure_cause
    on = models.DateField()  # since when it was seen
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = [models.UniqueConstraint(fields=["case", "cause"], name="each_cause_of_a_failure_once")]
