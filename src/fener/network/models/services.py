"""Where an organisation receives, and what it can do for a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.network.models.bodies import Organisation


class Desk(models.Model):
    """Where an organisation receives: a referral goes to a desk, never to a person; unanswered, to the next one."""

    class Receives(models.TextChoices):
        INTAKE = "intake", _("first contacts")
        SERVICE = "service", _("referrals for a service")
        ASSESSMENT = "assessment", _("requests for an assessment")
        DECISION = "decision", _("requests for a decision on status")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="desks")
    name = models.CharField(_("name"), max_length=120)
    receives = models.JSONField(default=list)
    escalates_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    open = models.BooleanField(default=True)
    # Where its work went when its body ended. Nothing moves there by itself: the person is asked about the new body.
    redirects_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("organisation__name", "name")

    def __str__(self) -> str:
        return f"{self.organisation.short_name}: {self.name}"


class Service(models.Model):
    """What an organisation can do for a person: kind of the catalogue, places, whom it takes, in which languages."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(_("kind of service"), max_length=40)  # code of the pack ``services``
    name = models.CharField(_("name"), max_length=160)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)  # empty: not limited by places
    # Eligibility is a fact about the place, each limit with its ground; nationality can never be one (rule AS-05).
    genders = models.JSONField(default=list, blank=True)  # codes of vocabulary gender; empty: everybody
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    accepts_children_of_person = models.BooleanField(default=False)
    languages = models.JSONField(default=list, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("organisation__name", "name")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_age__isnull=True)
                | models.Q(max_age__isnull=True)
                | models.Q(max_age__gte=models.F("min_age")),
                name="service_ages_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name
