"""Agreements: drafted, confirmed by each party, put in force through a gate, ended (rules BO-02, DA-07).

Draft and confirmations belong together: any change of the text asks every party again. Nobody confirms for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Agreement, AgreementParty, Clause, Organisation, ReturnTerms, SharingRule
from fener.network.services.bodies import check, keep
from fener.network.services.common import check_period, keep_on_node
from fener.norms import gates
from fener.norms.duties import duties as duty_pack
from fener.norms.gates import GateResult
from fener.norms.structures import missing_terms, terms
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused, StaleEdit
from fener.trust.purposes import Purpose

Status = Agreement.Status
NOT_A_DRAFT = _("This text is agreed and cannot be changed. Draft a new agreement that replaces it.")
CHOOSE = _("Choose one of the list.")
NOT_YET = _("The agreement cannot take effect yet. What it needs:")
NOT_NOW = _("This is not possible any more: the agreement has changed in the meantime. Look at how it stands now.")


@transaction.atomic
def draft_agreement(
    *,
    actor: Actor,
    title: str,
    kind: str,
    parties: Iterable[Organisation],
    drafted_on: date,
    aim: str = "",
    ends_on: date | None = None,
    replaces: Agreement | None = None,
) -> Agreement:
    """Begin a text with its parties. It binds nobody. Raises Refused, InvalidInput."""
    access.require(actor, "network.agreement.draft")
    bodies = list(dict.fromkeys(parties))
    _check_parties(kind, bodies)
    check_period(drafted_on, ends_on)
    agreement = Agreement(
        title=title.strip(), kind=kind, aim=aim.strip(), drafted_on=drafted_on, ends_on=ends_on, replaces=replaces
    )
    check(agreement)
    agreement.save()
    AgreementParty.objects.bulk_create([AgreementParty(agreement=agreement, organisation=body) for body in bodies])
    detail = {"agreement": agreement.pk, "kind": kind, "parties": [body.pk for body in bodies]}
    keep_on_node(actor, "network.agreement.draft", "agreement", detail)
    return agreement


@transaction.atomic
def change_agreement(
    *,
    actor: Actor,
    agreement: Agreement,
    title: str,
    aim: str = "",
    ends_on: date | None = None,
    said: Mapping[str, str] | None = None,
) -> Agreement:
    """Change the words and the data-protection terms (by code) of a draft. Raises Refused, InvalidInput."""
    current = _changing(actor, agreement)
    check_period(current.drafted_on, ends_on)
    current.title, current.aim, current.ends_on = title.strip(), aim.strip(), ends_on
    if said is not None:
        current.terms = {term.code: said[term.code].strip() for term in terms() if said.get(term.code, "").strip()}
    check(current)
    _changed(actor, current, {"terms": sorted(current.terms)})
    return current


@transaction.atomic
def add_clause(*, actor: Actor, agreement: Agreement, text: str, hands_over: str = Clause.HandsOver.NOTHING) -> Clause:
    """A clause of a draft. One that makes a provider hand over data or people stays in the text, flagged, without
    effect. Raises Refused, InvalidInput.
    """
    current = _changing(actor, agreement)
    last = current.clauses.order_by("-number").values_list("number", flat=True).first() or 0
    clause = Clause(agreement=current, number=last + 1, text=text.strip(), hands_over=hands_over)
    check(clause)
    clause.save()
    _changed(actor, current, {"clause": clause.number, "hands_over": hands_over})
    return clause


@transaction.atomic
def flag_clause(*, actor: Actor, clause: Clause, on: date, reason: str) -> Clause:
    """A party says that a clause would make it hand over data or people: from now on it takes no effect.

    Possible in every state of the agreement. Raises Refused, InvalidInput, AlreadyDone.
    """
    party = _own_party(actor, "network.agreement.flag", clause.agreement)
    current = Clause.objects.select_for_update().get(pk=clause.pk)
    if current.flagged:
        raise AlreadyDone
    if not reason.strip():
        raise InvalidInput({"reason": _("Say in a sentence what your body would have to hand over.")})
    current.flagged_by, current.flagged_on, current.flag_reason = party.organisation, on, reason.strip()
    check(current)
    current.save()
    detail = {"agreement": current.agreement_id, "clause": current.number}
    keep(actor, "network.agreement.flag", party.organisation_id, detail)
    return current


@transaction.atomic
def add_sharing_rule(
    *,
    actor: Actor,
    agreement: Agreement,
    giver: Organisation,
    receiver: Organisation,
    compartments: Iterable[Compartment | str],
    purpose: Purpose | str,
    until: date | None = None,
    onward: bool = False,
) -> SharingRule:
    """Who may give whom what for which purpose until when. It narrows consents and gives nobody a right.

    Raises Refused, InvalidInput.
    """
    current = _changing(actor, agreement)
    rule = SharingRule(
        agreement=current, giver=giver, receiver=receiver, compartments=sorted({str(part) for part in compartments}),
        purpose=str(purpose), until=until, onward=onward,
    )  # fmt: skip
    _check_rule(rule)
    check(rule)
    rule.save()
    detail = {"from": giver.pk, "to": receiver.pk, "compartments": rule.compartments, "purpose": rule.purpose}
    _changed(actor, current, detail)
    return rule


@transaction.atomic
def remove_sharing_rule(*, actor: Actor, rule: SharingRule) -> None:
    """Take a rule out of a draft. Raises Refused, InvalidInput."""
    current = _changing(actor, rule.agreement)
    SharingRule.objects.filter(pk=rule.pk).delete()
    _changed(actor, current, {"removed_rule": rule.pk})


@transaction.atomic
def set_return_terms(
    *,
    actor: Actor,
    agreement: Agreement,
    kind: str,
    country: str,
    covers_children: str,
    screening_step: str,
    support: str,
    answer_days: int | None = None,
) -> ReturnTerms:
    """What a draft says about return and readmission (rule RT-09). Every party is asked again. Raises Refused,
    InvalidInput.
    """
    current = _changing(actor, agreement)
    said = {"covers_children": covers_children, "screening_step": screening_step, "support": support}
    errors: dict[str, Any] = {name: CHOOSE for name, one in said.items() if one not in ReturnTerms.Says.values}
    for name, code, listed in (("kind", kind, "agreement_kind"), ("country", country, "countries")):
        if code not in vocabulary(listed):
            errors[name] = CHOOSE
    if errors:
        raise InvalidInput(errors)
    values = {"kind": kind, "country": country, "answer_days": answer_days, **said}
    made, _new = ReturnTerms.objects.update_or_create(agreement=current, defaults=values)
    _changed(actor, current, {"return": kind, "country": country})
    return made


@transaction.atomic
def confirm_agreement(*, actor: Actor, agreement: Agreement, on: date, version: int) -> Agreement:
    """The actor's body confirms the text that was read (``version``); with the last one it is signed.

    Raises Refused, StaleEdit where the text changed since, AlreadyDone.
    """
    current = Agreement.objects.select_for_update().get(pk=agreement.pk)
    party = _own_party(actor, "network.agreement.confirm", current)
    if current.version != version:
        raise StaleEdit(current=current)
    if party.confirmed_on is not None:
        raise AlreadyDone
    if current.status == Status.ENDED:
        raise InvalidInput({"": NOT_NOW})
    party.confirmed_on, party.confirmed_by_id = on, actor.user_id
    party.save(update_fields=["confirmed_on", "confirmed_by"])
    waiting = current.parties.filter(confirmed_on=None, left_on=None).exists()
    if current.status == Status.DRAFT and not waiting:
        current.status, current.signed_on = Status.SIGNED, on
        current.save(update_fields=["status", "signed_on"])
    detail = {"agreement": current.pk, "version": version, "signed": current.status == Status.SIGNED}
    keep(actor, "network.agreement.confirm", party.organisation_id, detail)
    return current


def check_agreement(agreement: Agreement) -> GateResult:
    """What the gate says of it now. Changes nothing."""
    parties = list(agreement.parties.filter(left_on=None).select_related("organisation"))
    return gates.check(
        "agreement_in_force",
        {
            "parties_confirmed": bool(parties) and all(party.confirmed_on for party in parties),
            "data_protection_terms": not missing_terms(agreement.terms),
            "not_between_services_and_state": not needs_terms(agreement),
        },
    )


def needs_terms(agreement: Agreement) -> bool:
    """Whether services stand beside police or state in it, or it says who may give data to whom (rule DA-07)."""
    known = duty_pack()
    sectors = [party.organisation.sector for party in agreement.parties.select_related("organisation")]
    mixed = any(
        one in known.providers and other in known.state
        for place, one in enumerate(sectors)
        for other in sectors[:place] + sectors[place + 1 :]
    )
    return mixed or agreement.sharing_rules.exists()


@transaction.atomic
def start_agreement(*, actor: Actor, agreement: Agreement, on: date) -> Agreement:
    """Put a signed agreement in force; the one that it replaces ends the day before. Raises Refused, GateClosed."""
    access.require(actor, "network.agreement.start")
    current = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if current.status in (Status.IN_FORCE, Status.ENDED):
        raise AlreadyDone
    gate = check_agreement(current)
    if not gate.open:
        raise GateClosed(gate, NOT_YET)
    if current.ends_on is not None and current.ends_on < on:
        raise InvalidInput({"on": _("Its last day has passed already. Choose an earlier first day.")})
    current.status, current.in_force_since = Status.IN_FORCE, on
    current.save(update_fields=["status", "in_force_since"])
    if current.replaces is not None and current.replaces.status == Status.IN_FORCE:
        _end(actor, Agreement.objects.select_for_update().get(pk=current.replaces.pk), on)
    detail = {"agreement": current.pk, "on": on.isoformat(), "rule": gate.rule, "pack": gate.version}
    keep_on_node(actor, "network.agreement.start", "agreement", detail)
    return current


@transaction.atomic
def end_agreement(*, actor: Actor, agreement: Agreement, on: date) -> Agreement:
    """It binds no more from the day after. Raises Refused, AlreadyDone, InvalidInput."""
    access.require(actor, "network.agreement.end")
    current = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if current.status == Status.ENDED:
        raise AlreadyDone
    if current.in_force_since is not None and on < current.in_force_since:
        raise InvalidInput({"until": _("It cannot end before it began. Choose that day or a later one.")})
    _end(actor, current, on)
    return current


def _end(actor: Actor, agreement: Agreement, on: date) -> None:
    agreement.status, agreement.ended_on = Status.ENDED, on
    agreement.save(update_fields=["status", "ended_on"])
    keep_on_node(actor, "network.agreement.end", "agreement", {"agreement": agreement.pk, "on": on.isoformat()})


def _changing(actor: Actor, agreement: Agreement) -> Agreement:
    """The draft, locked, for somebody who may change it. Raises Refused, InvalidInput."""
    access.require(actor, "network.agreement.draft")
    current = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if current.status != Status.DRAFT:
        raise InvalidInput({"": NOT_A_DRAFT})
    return current


def _changed(actor: Actor, agreement: Agreement, detail: dict[str, Any]) -> None:
    """A new version of the draft: what was confirmed before was another text."""
    agreement.version += 1
    agreement.save()
    agreement.parties.update(confirmed_on=None, confirmed_by=None)
    told = {"agreement": agreement.pk, "version": agreement.version, **detail}
    keep_on_node(actor, "network.agreement.draft", "agreement", told)


def _own_party(actor: Actor, act: str, agreement: Agreement) -> AgreementParty:
    """The actor's own body as a party. Raises Refused for everybody else."""
    access.require(actor, act, actor.keeper_id)
    party = agreement.parties.select_for_update().filter(organisation_id=actor.keeper_id, left_on=None).first()
    if party is None:
        raise Refused(_("Your organisation is no party of this agreement."), act=act, hidden=False)
    return party


def _check_parties(kind: str, bodies: list[Organisation]) -> None:
    if kind == Agreement.Kind.DIRECTIVE and len(bodies) != 1:
        raise InvalidInput({"parties": _("An internal directive binds one body. Choose exactly one.")})
    if kind == Agreement.Kind.MEMORANDUM and len(bodies) < 2:
        raise InvalidInput({"parties": _("A memorandum is between at least two bodies. Choose them.")})


def _check_rule(rule: SharingRule) -> None:
    errors: dict[str, Any] = {}
    bound = set(rule.agreement.parties.values_list("organisation_id", flat=True))
    for name, body in (("giver", rule.giver_id), ("receiver", rule.receiver_id)):
        if body not in bound:
            errors[name] = _("This body is no party of the agreement.")
    if rule.giver_id == rule.receiver_id:
        errors["receiver"] = _("Choose another body as receiver.")
    if not rule.compartments or set(rule.compartments) - {part.value for part in Compartment}:
        errors["compartments"] = _("Choose what may be given.")
    if rule.purpose not in set(Purpose):
        errors["purpose"] = _("Choose one purpose. One purpose opens no other.")
    if errors:
        raise InvalidInput(errors)
