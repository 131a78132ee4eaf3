"""What a child's own records must show before a shelter takes it in: a guardian, the child's view, a place for it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.models import Case
from fener.casework.models.children.decision import About
from fener.casework.models.children.placement import ChildPlacement
from fener.casework.models.shelter.house import Shelter
from fener.casework.services.children.decisions import view_on
from fener.casework.services.children.standing import answering
from fener.trust.errors import InvalidInput

HOUSES = frozenset({"specialised_shelter", "child_shelter", "mother_and_child", "temporary_centre", "institution"})
ADULT = 18


def has_guardian(case: Case, day: date) -> bool:
    """Whether somebody without an interest of their own answered for the child by law on that day."""
    return answering(case, day).exists()


def is_heard(case: Case, day: date) -> bool:
    """Whether the child was heard until that day on where it lives."""
    view = view_on(case, About.PLACEMENT, day)
    return view is not None and view.heard


def require_quarters(case: Case, house: Shelter, day: date) -> None:
    """Of a child: the house takes children, and a placement that passed its own gates leads there. InvalidInput."""
    if not case.treated_as_child:
        return
    if house.service.min_age is not None and house.service.min_age >= ADULT:
        raise InvalidInput({"shelter": _("This house takes adults alone. Choose one with quarters for children.")})
    last = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    placed = ChildPlacement.objects.filter(case=case, until__isnull=True, since__lt=last).first()
    if placed is None or placed.kind not in HOUSES:
        raise InvalidInput({"": _("Record first where the child is placed: that stands under Children.")})
