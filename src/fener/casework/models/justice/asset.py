"""The ledger of what was taken from offenders, and what of it reached a fund for victims. It belongs to no case."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.network.models import Organisation
from fener.trust.models import User


class SeizedAsset(models.Model):
    """One thing that was seized, in one currency (rule CP-04). Nobody is named: neither who had it nor who gets it."""

    class Kind(models.TextChoices):
        CASH = "cash", _("cash")
        ACCOUNT = "account", _("a bank account")
        VEHICLE = "vehicle", _("a vehicle")
        BUILDING = "building", _("a house or land")
        BUSINESS = "business", _("a business")
        VALUABLES = "valuables", _("valuables")
        OTHER = "other", _("something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    currency = models.CharField(max_length=3)  # code of vocabulary currency
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # an estimate; None: not known
    seized_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-seized_on",)


class AssetStep(models.Model):
    """What became of it: the sum of a sale or of a payment, in the currency of the asset."""

    class Step(models.TextChoices):
        CONFISCATED = "confiscated", _("confiscated")
        RETURNED = "returned", _("given back")
        REALISED = "realised", _("sold, or counted as money")
        FUND = "fund", _("paid to a fund for victims")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asset = models.ForeignKey(SeizedAsset, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=Step.choices)
    on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on",)
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "step"], condition=~models.Q(step="fund"), name="each_step_of_an_asset_once"
            ),
            models.CheckConstraint(
                condition=models.Q(step__in=["confiscated", "returned"], amount__isnull=True)
                | models.Q(step__in=["realised", "fund"], amount__gt=0),
                name="sums_where_money_moved",
            ),
        ]
