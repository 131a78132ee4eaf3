"""Who acts for a person before the law, and what they were told before anybody takes a statement."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class LegalMandate(models.Model):
    """A lawyer acts for the person, from when until when (rule WP-05). The name is sealed.

    ``alone``: for the person alone, for nobody with another interest; ``competent``: trained for such cases.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="legal_mandates")
    alone = models.BooleanField()
    competent = models.BooleanField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("since")),
                name="legal_mandate_ends_after_it_began",
            ),
        ]


class LegalTold(models.Model):
    """What the person was told on a day, in which language (rules WP-05, JU-06). ``mandate``: whose advice it was."""

    class Item(models.TextChoices):
        ADVICE = "legal_advice", _("advice of their own lawyer")
        CONSEQUENCES = "consequences", _("what follows from a statement")
        REFUSE = "right_to_refuse", _("that they may refuse, and that help goes on")
        COMPULSORY = "compulsory_prosecution", _("that prosecution is compulsory once police confirm an offence")
        MAY_BE_ASKED = "may_be_asked", _("that they may be asked to testify later")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="legal_told")
    items = models.JSONField(default=list)
    on = models.DateField()
    language = models.CharField(max_length=8)  # languages
    interpreter = models.CharField(max_length=120, blank=True)
    mandate = models.ForeignKey(LegalMandate, null=True, on_delete=models.CASCADE, related_name="told")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)
