"""Invitations: how somebody comes to an account whose password nobody else has ever seen."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from fener.network.models.bodies import Organisation
from fener.trust.models import User


class Invitation(models.Model):
    """A one-time code for somebody whom a body (or, for a new body, whoever runs the node) expects.

    The code is handed over on paper or by voice and stored as a keyed hash. A new body comes into being, with keys of
    its own, when its first person takes the invitation up: before that there is nobody who could hold its key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Null: the invitation of a new body's first person; ``body`` then has the fields of the organisation.
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="invitations")
    body = models.JSONField(default=dict, blank=True)
    full_name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)  # codes of trust.roles.Role
    since = models.DateField()
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "pk"]
