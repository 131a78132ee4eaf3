"""How bodies, projects and coalitions are reached, and when somebody last made sure (rule BO-09)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models.areas import Area
from fener.network.models.bodies import Organisation
from fener.network.models.coordination import CoordinationBody
from fener.trust.models import User


class ContactPoint(models.Model):
    """An office with telephone and e-mail. There is no field for an address: a shelter is known by its area alone."""

    class Kind(models.TextChoices):
        BODY = "body", _("a body")
        PROJECT = "project", _("a project")
        COALITION = "coalition", _("a coalition")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BODY)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_points"
    )
    coordination = models.ForeignKey(
        CoordinationBody, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_points"
    )
    name = models.CharField(_("name"), max_length=160)  # of the project or coalition, or of the office
    office = models.CharField(_("office"), max_length=160, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.JSONField(default=list, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_on = models.DateField(_("last verified"), null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="body") | Q(organisation__isnull=False) | Q(coordination__isnull=False),
                name="contact_of_a_body_names_it",
            ),
            models.CheckConstraint(condition=~Q(phone="", email=""), name="contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return self.name
