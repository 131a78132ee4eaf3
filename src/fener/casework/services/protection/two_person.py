"""What is sensitive is opened by two: one asks, a colleague stands beside them, and both are in the audit (WP-11).

The colleague opens nothing by it. Where nobody is there and a life is in danger, the glass is broken
(``break_glass``), which the custodians see at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case, SecondPerson, SensitiveMark, hiding
from fener.casework.services.protection.common import keep
from fener.network.models import Membership
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, DomainError, InvalidInput, Refused

if TYPE_CHECKING:
    from fener.trust.errors import Text

ASK_FOR = timedelta(minutes=30)  # how long a question waits for a colleague
OPEN_FOR = timedelta(minutes=15)  # how long the part may be opened after the yes
WHOLE = ""  # every sealed part


class NeedsSecondPerson(DomainError):
    """A sensitive part was to be opened by one person alone. Shown only to somebody whose role would open it."""

    message = _("This part is opened by two. Ask a colleague to stand beside you.")

    def __init__(self, *, case: Case, compartment: str, message: Text | None = None) -> None:
        super().__init__(message)
        self.case, self.compartment = case, compartment


@transaction.atomic
def mark(*, actor: Actor, case: Case, compartment: str = WHOLE, at: datetime | None = None) -> SensitiveMark:
    """From now on opening this part (none named: every sealed part) takes a second person. Raises Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "sensitive.mark", case, at=at)
    if compartment and compartment not in set(Compartment):
        raise InvalidInput({"compartment": _("Choose a part of the file.")})
    row, new = SensitiveMark.objects.get_or_create(
        case=case, compartment=compartment, ended_at=None, defaults={"since": at, "set_by_id": access.user_id(actor)}
    )
    if new:
        keep(actor, "sensitive.mark", case.pk, {"compartment": compartment})
    return row


@transaction.atomic
def unmark(*, actor: Actor, case: Case, compartment: str = WHOLE, at: datetime | None = None) -> None:
    """One person opens it again from now on. It takes a second person too, else the mark would protect from nobody.

    Raises Refused, NeedsSecondPerson.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "sensitive.unmark", case, at=at)
    rows = SensitiveMark.objects.filter(case=case, compartment=compartment, ended_at__isnull=True)
    if not rows.exists():
        return
    if not _confirmed(actor, case, compartment, at):
        raise NeedsSecondPerson(case=case, compartment=compartment)
    rows.update(ended_at=at, ended_by_id=actor.user_id)
    keep(actor, "sensitive.unmark", case.pk, {"compartment": compartment})


def marks_of(case: Case) -> set[str]:
    """What is marked: codes of compartments, ``WHOLE`` for all. One query."""
    return set(SensitiveMark.objects.filter(case=case, ended_at__isnull=True).values_list("compartment", flat=True))


def marked(case: Case) -> Exists:
    """The same as a condition on rows with a ``compartment``: whether opening that part takes two."""
    kept = SensitiveMark.objects.filter(case=case, ended_at__isnull=True)
    return Exists(kept.filter(Q(compartment=WHOLE) | Q(compartment=OuterRef("compartment"))))


def is_marked(marks: set[str], compartment: str) -> bool:
    """Whether opening this part takes two."""
    return WHOLE in marks or compartment in marks


@transaction.atomic
def ask(*, actor: Actor, case: Case, compartment: str, at: datetime | None = None) -> SecondPerson:
    """Ask the colleagues to stand beside one opening. Asked once while it waits.

    Raises Refused for somebody whose role does not open this part anyway.
    """
    at = at or timezone.now()
    found = access.relationships(actor, case, at=at)
    if compartment:
        access.require(actor, "compartment.open", found, compartment=compartment)
    else:
        access.require(actor, "sensitive.unmark", found)
    access.require(actor, "second_person.ask", found)
    waiting = SecondPerson.objects.filter(
        case=case, compartment=compartment, asked_by_id=access.user_id(actor), answered_at__isnull=True
    )
    row = waiting.filter(ask_until__gt=at).first()
    if row is None:
        row = SecondPerson.objects.create(
            case=case, compartment=compartment, asked_by_id=access.user_id(actor), asked_at=at, ask_until=at + ASK_FOR
        )
        keep(actor, "second_person.ask", case.pk, {"compartment": compartment}, about=("second_person", row.pk))
    return row


@transaction.atomic
def answer(*, actor: Actor, row: SecondPerson, yes: bool, at: datetime | None = None) -> SecondPerson:
    """The colleague's answer. Raises Refused (looks absent), InvalidInput for the asker and after the time."""
    at = at or timezone.now()
    current = SecondPerson.objects.select_for_update().select_related("case").filter(pk=row.pk).first()
    if current is None:
        raise Refused(act="second_person.confirm")
    access.require_on_case(actor, "second_person.confirm", current.case, at=at)
    colleague = Membership.objects.filter(
        user_id=current.asked_by_id, organisation_id=actor.keeper_id, until__isnull=True
    )
    if not colleague.exists():
        raise Refused(act="second_person.confirm")
    if current.asked_by_id == actor.user_id:
        raise InvalidInput({"": _("A second person must confirm this: ask a colleague.")})
    if current.answered_at is not None:
        raise AlreadyDone(str(current.pk), _("This was already answered."))
    if current.ask_until <= at:
        raise InvalidInput({"": _("The time of this question has passed. Your colleague can ask again.")})
    current.answered_at, current.confirmed, current.confirmed_by_id = at, yes, actor.user_id
    current.open_until = at + OPEN_FOR if yes else None
    current.save(update_fields=["answered_at", "confirmed", "confirmed_by", "open_until"])
    act = "second_person.confirm" if yes else "second_person.decline"
    detail = {"compartment": current.compartment, "with": current.asked_by_id}
    keep(actor, act, current.case_id, detail, about=("second_person", current.pk))
    return current


def _confirmed(actor: Actor, case: Case, compartment: str, at: datetime) -> Any:
    return SecondPerson.objects.filter(
        case=case,
        compartment=compartment,
        asked_by_id=actor.user_id or hiding.NOBODY,
        confirmed=True,
        open_until__gt=at,
    ).first()


def require_second(
    *, actor: Actor, case: Case, compartment: str, at: datetime | None = None, message: Text | None = None
) -> None:
    """Before anything is decrypted: a marked part opens only while a colleague's yes is alive.

    The opening names the colleague in the audit. In a transaction, or by itself. Raises NeedsSecondPerson.
    """
    at = at or timezone.now()
    if not is_marked(marks_of(case), compartment):
        return
    stands = _confirmed(actor, case, compartment, at)
    if stands is None:
        raise NeedsSecondPerson(case=case, compartment=compartment, message=message)
    with transaction.atomic():
        detail = {"compartment": compartment, "beside": stands.confirmed_by_id}
        keep(actor, "sensitive.open", case.pk, detail, about=("second_person", stands.pk))


def last_of(actor: Actor, case: Case, compartment: str) -> SecondPerson | None:
    """The actor's newest question about this part."""
    rows = SecondPerson.objects.filter(case=case, compartment=compartment, asked_by_id=access.user_id(actor))
    return rows.select_related("confirmed_by").order_by("-asked_at").first()
