"""Consents: recorded as a sentence, withdrawn in one act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status

from fener.casework.api.schemas import GiveIn, Made
from fener.casework.selectors import cases as selectors
from fener.casework.selectors import file as files
from fener.casework.services import consents as services
from fener.network import selectors as network
from fener.trust.api import answered, of_actor, only_once
from fener.trust.errors import InvalidInput, NotGranted

router = Router(tags=["consents"])


class WithdrawnOut(Schema):
    """What the withdrawal did, to be told to the person."""

    messages: list[str]
    lost_access: list[str]
    still_sees: list[str]


@router.post(
    "/cases/{slug:code}/consents",
    url_name="case_consents",
    response=answered(made=Made),
    summary="Record what the person agrees to",
)
def give(request: HttpRequest, code: str, given: GiveIn) -> Any:
    """Read the sentence out first. A header ``Idempotency-Key`` (UUID) makes a second sending harmless."""
    actor = of_actor(request)
    case, _how = selectors.get(actor, code)
    recipient = None
    if given.recipient:
        recipient = network.organisations(actor).filter(pk=given.recipient).first()
        if recipient is None:
            raise InvalidInput({"recipient": _("There is no such body.")})

    def run() -> str:
        values = given.model_dump(exclude={"recipient"})
        return str(services.record_consent(actor=actor, case=case, recipient=recipient, **values).pk)

    return Status(201, Made(id=only_once(request, f"consent.give:{case.pk}", run)))


@router.post(
    "/cases/{slug:code}/consents/{uuid:pk}/withdraw",
    url_name="consent_withdraw",
    response=answered(ok=WithdrawnOut),
    summary="Withdraw what was agreed",
)
def withdraw(request: HttpRequest, code: str, pk: UUID) -> Any:
    """At once, without a reason. What was read before cannot be unread; the answer says so."""
    actor = of_actor(request)
    file = files.file(actor, code)
    one = next((one for one in file.consents if one.consent.pk == pk), None)
    if one is None:
        raise NotGranted
    done = services.withdraw(actor=actor, consent=one.consent)
    return WithdrawnOut(
        messages=[str(text) for text in done.messages],
        lost_access=[body.short_name for body in done.lost_access],
        still_sees=[body.short_name for body in done.still_sees],
    )
