"""A form that arrives twice is carried out once: a double click, a reload, a phone that lost the answer.

The page carries a random token; the first submission stores it with where it led, in the transaction of the act. If
the act fails, the token is free again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import SubmittedForm

# Longer than any session lives. Who sent which form on which case is the audit's to keep, under its own rules.
KEPT_FOR = timedelta(days=2)


@dataclass
class Submission:
    """What the act led to: an address or an id of at most 200 characters that the second submission is sent to."""

    result: str = ""


def new_token() -> str:
    """A token for a form about to be shown."""
    return str(uuid4())


def forget(*, at: datetime) -> int:
    """Delete what no page can be sent for any more; how many."""
    return SubmittedForm.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


@contextmanager
def once(*, actor: Actor, token: str | UUID, act: str) -> Iterator[Submission]:
    """Run the block in one transaction, unless this token was carried out before.

    Raises AlreadyDone with the first result (empty when the first belongs to somebody else: a token tells nothing
    to a stranger), InvalidInput for a token that this program did not make.

        with once(actor=actor, token=form_token, act="case.open") as submission:
            case = open_case(...)
            submission.result = case.get_absolute_url()
    """
    try:
        key = token if isinstance(token, UUID) else UUID(token)
    except (ValueError, AttributeError, TypeError):
        raise InvalidInput({"": _("This page is incomplete. Load it again; what you entered is kept.")}) from None
    with transaction.atomic():
        try:
            with transaction.atomic():  # a savepoint: the outer transaction must survive the collision
                form = SubmittedForm.objects.create(token=key, act=act, user_id=actor.user_id)
        except IntegrityError:
            first = SubmittedForm.objects.get(pk=key)
            same = first.user_id == actor.user_id and first.act == act
            raise AlreadyDone(first.result if same else "") from None
        submission = Submission()
        yield submission
        form.result = submission.result
        form.save(update_fields=["result"])
