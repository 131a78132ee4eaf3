"""Savings of a resident: a book of the person's own, entry by entry. Nothing in it is changed or taken away."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User

OUT = ("withdrawal", "paid_out", "handed_over")
CORRECTIONS = ("correction_in", "correction_out")


class SavingsEntry(models.Model):
    """One entry in the book of one person and one currency (rule RI-08). A mistake is met by a counter-entry."""

    class Receipt(models.TextChoices):
        """How the person confirmed that the money was handed to them."""

        SIGNED = "signed", _("the person signed a receipt")
        MARK = "mark", _("the person's mark on a receipt, before a second colleague")
        SPOKEN = "spoken", _("the person said so before a second colleague")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="savings")
    number = models.PositiveIntegerField()  # the order of writing within the case
    currency = models.CharField(max_length=3)  # code of vocabulary currency
    kind = models.CharField(max_length=16)  # code of vocabulary ledger_entry
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    on = models.DateField()
    receipt = models.CharField(max_length=8, choices=Receipt.choices, blank=True)  # of money that went out
    witness = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="corrections")
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # from or to whom
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "number")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_savings_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="savings_above_nought"),
            models.CheckConstraint(
                condition=Q(kind__in=OUT, corrects__isnull=True) & ~Q(receipt="") | ~Q(kind__in=OUT) & Q(receipt=""),
                name="money_goes_out_as_the_person_confirms",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CORRECTIONS, corrects__isnull=False)
                | ~Q(kind__in=CORRECTIONS) & Q(corrects__isnull=True),
                name="a_counter_entry_names_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(receipt__in=["", "signed"]) | Q(witness__isnull=False), name="a_mark_has_a_witness"
            ),
        ]
