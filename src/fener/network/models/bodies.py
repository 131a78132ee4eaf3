"""Organisations, their people, and who holds which mandate."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.network.models.areas import Area
from fener.trust.models import Keeper, User
from fener.trust.roles import Role


class Organisation(models.Model):
    """A body of the mechanism. Its keys are its keeper's; its kind says which sector it speaks for."""

    class Sector(models.TextChoices):
        """Who speaks: what counts when assessments by different authorities stand side by side."""

        POLICE = "police", _("police")
        BORDER = "border", _("border authority")
        LABOUR_INSPECTION = "labour_inspection", _("labour inspection")
        IMMIGRATION = "immigration", _("immigration service")
        PROSECUTION = "prosecution", _("prosecution or court")
        SOCIAL_WORK = "social_work", _("social work")
        HEALTH = "health", _("health service")
        SCHOOL = "school", _("school")
        NGO = "ngo", _("non-governmental organisation")
        SHELTER = "shelter", _("shelter")
        UNION = "union", _("trade union")
        EMPLOYERS = "employers", _("employers' organisation")
        MIGRANTS = "migrants", _("migrant organisation")
        LOCAL_GOVERNMENT = "local_government", _("local government")
        INTERNATIONAL = "international", _("international organisation")
        MECHANISM = "mechanism", _("co-ordination of the mechanism")
        OTHER = "other", _("other body")

    keeper = models.OneToOneField(Keeper, primary_key=True, on_delete=models.PROTECT, related_name="organisation")
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    htcds_type = models.CharField(max_length=40, blank=True)  # code of vocabulary organisation_type
    country = models.CharField(_("country"), max_length=2)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    # Trained to assess and independent of the police: what rule ID-18 looks for.
    trained_assessor = models.BooleanField(_("staff trained in identification"), default=False)
    level = models.CharField(_("level"), max_length=10, choices=Area.Level.choices, blank=True)
    # Where it works. For a shelter too this is an area and never an address.
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations")
    active_from = models.DateField(null=True, blank=True)
    active_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def active_on(self, day: date) -> bool:
        """Whether the body works on that day: it has begun, and has not ended."""
        return not (self.active_from and day < self.active_from) and not (self.active_until and self.active_until < day)

    @property
    def is_law_enforcement(self) -> bool:
        """Police, border and prosecution: their assessment never stands alone (rule ID-18)."""
        return self.sector in {self.Sector.POLICE, self.Sector.BORDER, self.Sector.PROSECUTION, self.Sector.IMMIGRATION}


class Membership(models.Model):
    """One person's place in an organisation: the roles held there, from when until when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    roles = models.JSONField(default=list)  # codes of trust.roles.Role
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # When the leaving was carried out: sessions ended, the body's key taken away. Null while it has not come to that.
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_each")]

    def clean(self) -> None:
        unknown = sorted(set(self.roles) - {role.value for role in Role})
        if unknown:
            raise ValidationError({"roles": _("Unknown role: %(roles)s") % {"roles": ", ".join(unknown)}})


class Mandate(models.Model):
    """A function that the law or an agreement gives to an organisation, for a period (rule ID-19)."""

    class Function(models.TextChoices):
        REFER = "refer", _("refer")
        ASSESS = "assess", _("assess")
        IDENTIFY = "identify", _("identify")
        REGISTER = "register", _("register")
        DECIDE_STATUS = "decide_status", _("decide the legal status")
        PREVENT = "prevent", _("take part in prevention")
        INSPECT = "inspect", _("inspect recruiters and work places")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mandates")
    function = models.CharField(max_length=20, choices=Function.choices)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="mandate_ends_after_it_begins",
            )
        ]
