"""Files beside a case: a picture of a paper, a letter, a report. What they are called and say is sealed."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Attachment(models.Model):
    """One file of a case in one compartment: the original and its clean copy, both sealed like that compartment."""

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        DOCUMENT = "document", _("PDF document")

    class Scan(models.TextChoices):
        CLEAN = "clean", _("no virus found")
        NOT_SCANNED = "not_scanned", _("not scanned")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    item = models.OneToOneField(SealedItem, on_delete=models.CASCADE, related_name="attachment")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    scan = models.CharField(max_length=12, choices=Scan.choices)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-added_at", "pk")
