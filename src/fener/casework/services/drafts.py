"""A form on a case that is left unfinished, and gone on with later: sealed, one a writer and form, lost by nobody.

What was typed is sealed for the writer's own body and given to its writer alone. It is nothing that was recorded: no
list, no figure and no copy holds it, no key of it is handed on. It goes when the form is carried out, when its writer
throws it away, and with the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.hiding import NOBODY
from fener.casework.models.line import FormDraft
from fener.trust import audit, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import Refused
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose

SLOT = "draft:"
MOST = 200_000  # characters of one form
Typed = dict[str, list[str]]


@transaction.atomic
def leave(
    *, actor: Actor, case: Case, act: str, form: str, path: str, typed: Mapping[str, list[str]], part: Compartment
) -> FormDraft:
    """Put away what was typed into ``form`` (the act and what it is about), as it was sent; nothing is checked.

    ``act``: what the form does; whoever may not do it leaves none. ``part``: the compartment that the words will belong
    to. Raises Refused.
    """
    access.require_on_case(actor, act, case)
    user_id = access.user_id(actor)
    if actor.keeper_id is None or sum(len(each) for values in typed.values() for each in values) > MOST:
        raise Refused(act=act, hidden=False)
    throw_away(actor=actor, case=case, form=form)
    item = vault.seal(
        actor=actor,
        subject_id=case.pk,
        compartment=part,
        slot=f"{SLOT}{uuid4().hex}",
        content={"typed": dict(typed)},
        for_keepers=[actor.keeper_id],
    )
    draft = FormDraft.objects.create(
        case=case, user_id=user_id, form=form, path=path, item=item, left_at=timezone.now()
    )
    audit.record(
        actor=actor, act="draft.leave", chain=("case", case.pk), subject_type="form_draft", subject_id=draft.pk
    )
    return draft


def of(actor: Actor, case: Case, form: str) -> FormDraft | None:
    """The actor's own unfinished form, unopened."""
    mine = FormDraft.objects.filter(case=case, user_id=actor.user_id or NOBODY, form=form)
    return mine.select_related("item").first()


def typed(*, actor: Actor, draft: FormDraft) -> Typed:
    """What was typed, for its writer. Kept like every opening. Raises Refused, Locked, NotGranted."""
    if draft.user_id != actor.user_id:
        raise Refused(act="draft.open")
    opened: Typed = vault.open_item(actor=actor, item=draft.item, purpose=Purpose.KEEP)["typed"]
    return opened


@transaction.atomic
def throw_away(*, actor: Actor, case: Case, form: str) -> bool:
    """Take the actor's unfinished form away, key and ciphertext; whether there was one."""
    draft = of(actor, case, form)
    if draft is None:
        return False
    SealedItem.objects.filter(pk=draft.item_id).delete()  # the draft goes with it
    audit.record(
        actor=actor, act="draft.throw_away", chain=("case", case.pk), subject_type="form_draft", subject_id=draft.pk
    )
    return True
