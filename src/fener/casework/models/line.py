"""What stands on a case in its chapters, in codes: kept beside the rows it was made from, so that pages ask once."""

from __future__ import annotations

import uuid

from django.db import models

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class CaseLine(models.Model):
    """One line, as a chapter made it (``chapters.contract.NewLine``). Made anew whenever its record changes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines")
    record = models.CharField(max_length=60)  # code of chapters.contract.Record
    what = models.CharField(max_length=40)
    params = models.JSONField(default=dict)  # codes, counts, dates and ids of bodies
    about = models.UUIDField(null=True)
    shown = models.BooleanField(default=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    due = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    for_node = models.BooleanField(default=False)

    class Meta:
        ordering = ("record", "pk")
        indexes = [
            models.Index(fields=["due"], name="line_due", condition=models.Q(due__isnull=False)),
            models.Index(
                fields=["due"],
                name="line_due_for_node",
                condition=models.Q(due__isnull=False, for_node=True),
            ),
        ]


class FormDraft(models.Model):
    """A form on a case that its writer left unfinished: what was typed is sealed, for the writer's body, and shown to
    its writer alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=100)  # the act, and the row that it is about
    path = models.CharField(max_length=200)  # where it is gone on with: codes and random ids, as every address
    item = models.OneToOneField(SealedItem, on_delete=models.CASCADE, related_name="+")
    left_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user", "form"], name="one_draft_a_form")]
