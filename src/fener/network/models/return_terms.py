"""What an agreement says about return and readmission (rule RT-09)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.network.models.agreements import Agreement


class ReturnTerms(models.Model):
    """Beside the agreement's parties and dates: with which country, whom it covers, what has to come before, how soon.

    What the text does not say is ``unknown``.
    """

    class Says(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("It does not say")

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="return_terms")
    kind = models.CharField(max_length=16)  # code of vocabulary agreement_kind
    country = models.CharField(max_length=12)  # the other side, code of vocabulary countries
    covers_children = models.CharField(max_length=8, choices=Says.choices, default=Says.UNKNOWN)
    screening_step = models.CharField(max_length=8, choices=Says.choices, default=Says.UNKNOWN)
    support = models.CharField(max_length=8, choices=Says.choices, default=Says.UNKNOWN)
    answer_days = models.PositiveSmallIntegerField(null=True, blank=True)  # within how many days a request is answered

    class Meta:
        ordering = ("country", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.country}"
