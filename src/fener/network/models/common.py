"""What every entry of the map is: something that holds from a day, perhaps until another, and is kept afterwards."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def holding(on: date, prefix: str = "") -> Q:
    """The condition on rows with ``since`` and ``until`` (both days included) that hold on that day."""
    started = Q(**{f"{prefix}since__lte": on})
    return started & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": on}))


class Dated(models.Model):
    """Holds from ``since`` to ``until``; nothing is overwritten, so that the map of any day can be shown."""

    since = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="%(class)s_ends_after_it_begins",
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day, both ends included."""
        return self.since <= day and (self.until is None or day <= self.until)
