"""A body ends and another takes over: what goes on by itself, and what has to be asked anew."""

from __future__ import annotations

from django.db import models

from fener.network.models.bodies import Organisation


class Succession(models.Model):
    """The end of a body. Its keys end with it: people consented to that body and to no other."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="succession"
    )
    successor = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="took_over_from"
    )
    last_day = models.DateField()
    legal_basis = models.CharField(max_length=300)

    class Meta:
        ordering = ("-last_day",)

    def __str__(self) -> str:
        return str(self.organisation_id)
