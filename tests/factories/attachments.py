"""A file beside a case, made in code."""

from __future__ import annotations

from fener.casework.models import Attachment, Case
from fener.casework.services.attachments import add_attachment
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.files.looking import look_into
from tests.factories.files import picture


def attached(actor: Actor, case: Case, part: Compartment = Compartment.LEGAL, name: str = "paper.jpg") -> Attachment:
    """A small picture, sealed beside a part of the case."""
    return add_attachment(actor=actor, case=case, compartment=part, looked=look_into(picture()), name=name)
