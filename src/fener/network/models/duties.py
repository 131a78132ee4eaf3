"""The duty matrix: which body has which duty at which stage, by which law or agreement (rules BO-01, BO-02)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models.agreements import Agreement
from fener.network.models.bodies import Organisation
from fener.network.models.common import Dated
from fener.trust.models import User


class Duty(Dated):
    """One cell's entry. A timed duty also says what sets it off, what has to be done, and within how many hours."""

    class Role(models.TextChoices):
        ACCOUNTABLE = "accountable", _("accountable")
        RESPONSIBLE = "responsible", _("responsible")
        CONSULTED = "consulted", _("consulted")
        INFORMED = "informed", _("informed")

    stage = models.CharField(_("stage"), max_length=40)  # code of pack ``duties``
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    what = models.CharField(_("what it does"), max_length=300)
    legal_basis = models.CharField(_("law"), max_length=300, blank=True)
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    trigger = models.CharField(max_length=40, blank=True)  # code of pack ``duties``: what sets it off
    act = models.CharField(max_length=40, blank=True)  # code of pack ``duties``: what has to be done
    towards = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    within_hours = models.PositiveIntegerField(_("within hours"), null=True, blank=True)
    # After a succession: the duty goes on with the successor, and counts as its own once that body confirmed it.
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    awaits_confirmation = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        ordering = ("stage", "role", "organisation__name", "since", "pk")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(trigger="", act="", within_hours__isnull=True)
                | (~Q(trigger="") & ~Q(act="") & Q(within_hours__gt=0)),
                name="timed_duty_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.organisation_id} {self.role}"

    @property
    def has_basis(self) -> bool:
        """Whether a law or an agreement stands behind it."""
        return bool(self.legal_basis) or self.agreement_id is not None


class DutyKept(models.Model):
    """That a timed duty was kept about somebody, where the file shows it in no other way: the body was called.

    ``subject_id`` is a case, which this room does not know.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="kept")
    subject_id = models.UUIDField(db_index=True)
    kept_on = models.DateField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "subject_id"], name="duty_kept_once")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.kept_on}"
