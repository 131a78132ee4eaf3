"""Forms that were submitted already."""

from __future__ import annotations

from django.db import models

from fener.trust.models.accounts import User


class SubmittedForm(models.Model):
    """The token of a form that was carried out, and where it led: a second click leads to the same place."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=160, default="")  # with what it was done to
    result = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
