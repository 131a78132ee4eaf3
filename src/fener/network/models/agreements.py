"""Agreements between bodies: who promised what, and what may go from whom to whom (rules BO-02, DA-07)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models.bodies import Organisation
from fener.trust.models import User


class Agreement(models.Model):
    """A memorandum, or the internal directive of one body. ``terms``: data-protection terms by code, in words."""

    class Kind(models.TextChoices):
        MEMORANDUM = "memorandum", _("memorandum of understanding")
        DIRECTIVE = "directive", _("internal directive")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        IN_FORCE = "in_force", _("in force")
        ENDED = "ended", _("ended")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.MEMORANDUM)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    aim = models.TextField(_("what it is for"), max_length=2000, blank=True)
    terms = models.JSONField(default=dict, blank=True)  # codes of pack ``agreements`` -> words
    version = models.PositiveIntegerField(default=1)  # every change of a draft asks each party again
    drafted_on = models.DateField()
    signed_on = models.DateField(null=True, blank=True)
    in_force_since = models.DateField(null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="in_force") | Q(in_force_since__isnull=False),
                name="agreement_in_force_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | Q(ended_on__isnull=False), name="agreement_ended_has_a_last_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def holds_on(self, day: date) -> bool:
        """Whether it binds on that day. One past its last day binds no more, whether or not somebody said so."""
        if self.status != self.Status.IN_FORCE or self.in_force_since is None:
            return False
        return self.in_force_since <= day and (self.ends_on is None or day <= self.ends_on)


def in_force(on: date, prefix: str = "") -> Q:
    """The same as a condition on rows: of agreements, or (with ``prefix``) of what belongs to one."""
    begun = Q(**{f"{prefix}status": Agreement.Status.IN_FORCE, f"{prefix}in_force_since__lte": on})
    return begun & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on}))


class AgreementParty(models.Model):
    """A body that the agreement binds, and whether it confirmed the text as it stands."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    left_on = models.DateField(null=True, blank=True)  # a body that ended; its successor is a party of its own
    succeeds = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("organisation__name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="party_of_an_agreement_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class Clause(models.Model):
    """A clause of the text. One that makes a provider hand over data or people is flagged and takes no effect."""

    class HandsOver(models.TextChoices):
        NOTHING = "nothing", _("neither data nor people")
        DATA = "data", _("data about the persons")
        PEOPLE = "people", _("the persons themselves")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"), max_length=2000)
    hands_over = models.CharField(max_length=10, choices=HandsOver.choices, default=HandsOver.NOTHING)
    flagged_by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    flagged_on = models.DateField(null=True, blank=True)
    flag_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("number", "pk")
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="clause_number_once")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def flagged(self) -> bool:
        """Whether it would make a provider hand over data or people: it takes no effect (rule DA-07)."""
        return self.hands_over != self.HandsOver.NOTHING or self.flagged_on is not None


class SharingRule(models.Model):
    """Who may give whom which compartments for which purpose until when. It narrows consent and never replaces it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="sharing_rules")
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    compartments = models.JSONField(default=list)  # codes of trust.compartments
    purpose = models.CharField(max_length=20)  # code of trust.purposes
    until = models.DateField(_("last day"), null=True, blank=True)
    onward = models.BooleanField(_("the receiver may pass it on, on a consent of its own"), default=False)
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("giver__name", "receiver__name", "purpose", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(giver=models.F("receiver")), name="sharing_rule_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} {self.receiver_id} {self.purpose}"
