"""Compensation: routes told, claims, awards, instalments and payments (rules CP-01 to CP-03)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.justice.claim import Claim, ClaimPayment, RoutesTold
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.notes import seal_words
from fener.norms.compensation import Payoff, Route, compensation_fact_names, compensation_routes, payoff, routes_for
from fener.norms.packs import load_packs
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

ROUTES, RECORD = "justice.routes", "justice.claims"
ANSWERS = ("yes", "no", "unknown")
FUND = "fund"
# What claims themselves prove: nobody's answer stands in for it.
OF_CLAIMS = frozenset({"award", "offender_insolvent"})
MOST = Decimal("1000000000000")


@dataclass(frozen=True, kw_only=True)
class ToldTerms:
    """One telling: which routes, in which language, by whose mouth; and what is known of their conditions."""

    routes: Collection[str]
    facts: Mapping[str, str]
    told_on: date
    language: str
    interpreter: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimTerms:
    """A claim. ``asked``: the sum, None where it is not known; ``own``: it is the organisation's, not the person's."""

    route: str
    currency: str
    claimed_on: date
    asked: Decimal | None = None
    own: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Award:
    """What was awarded, and the instalments if there are any: a sum every so many months from a day on."""

    awarded: Decimal
    on: date
    instalment: Decimal | None = None
    every: int | None = None
    first_on: date | None = None


def fact_names() -> tuple[str, ...]:
    """The conditions that somebody has to be asked about."""
    return tuple(name for name in compensation_fact_names() if name not in OF_CLAIMS)


@transaction.atomic
def tell_routes(*, actor: Actor, case: Case, terms: ToldTerms) -> RoutesTold:
    """The person was told of every route with its conditions, with an interpreter where the organisation does not
    speak the language. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "compensation.tell", case)
    errors: Errors = {}
    check_day(errors, "told_on", terms.told_on)
    check_code(errors, "language", terms.language, "languages")
    if set(terms.routes) != set(compensation_routes()):
        errors["routes"] = _("Tell of every route, also of those that are closed.")
    spoken = case.organisation.languages or _languages_here()
    if terms.language not in spoken and not terms.interpreter.strip():
        errors["interpreter"] = _("Your organisation does not speak this language. Name the interpreter.")
    for name, answer in terms.facts.items():
        if name not in fact_names() or answer not in ANSWERS:
            errors[f"fact_{name}"] = CHOOSE
    raise_any(errors)
    told = RoutesTold.objects.create(
        case=case,
        routes=list(compensation_routes()),
        facts=dict(terms.facts),
        told_on=terms.told_on,
        language=terms.language,
        interpreter=terms.interpreter.strip(),
        recorded_by_id=access.user_id(actor),
    )
    lines.refresh(case, ROUTES)
    keep(actor, "compensation.tell", case, told.pk, "routes_told", routes=told.routes, on=told.told_on)
    return told


@transaction.atomic
def record_claim(*, actor: Actor, case: Case, terms: ClaimTerms) -> Claim:
    """A claim by a route that is not closed, after the person was told of the routes (an organisation's own claim
    needs no telling). Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "claim.record", case)
    errors: Errors = {}
    check_day(errors, "claimed_on", terms.claimed_on)
    check_code(errors, "currency", terms.currency, "currency")
    if terms.asked is not None:
        check_sum(errors, "asked", terms.asked)
    if terms.route not in compensation_routes():
        errors["route"] = CHOOSE
    elif not errors and not terms.own:
        _check_route(errors, case, terms)
    raise_any(errors)
    claim = Claim(
        case=case,
        route=terms.route,
        own=terms.own,
        currency=terms.currency,
        claimed_on=terms.claimed_on,
        asked=terms.asked,
        recorded_by_id=access.user_id(actor),
    )
    claim.words = seal_words(
        actor=actor,
        case=case,
        slot=f"claim:{claim.pk}",
        words=terms.words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    claim.save(force_insert=True)
    return _finish(actor, claim, case, "claim.record", route=claim.route, own=claim.own)


@transaction.atomic
def award_claim(*, actor: Actor, claim: Claim, award: Award) -> Claim:
    """What was awarded; a later decision takes the place of an earlier one. Raises Refused, InvalidInput."""
    current = _begin(actor, claim)
    errors: Errors = {}
    check_day(errors, "on", award.on, not_before=current.claimed_on)
    check_sum(errors, "awarded", award.awarded)
    parts = (award.instalment, award.every, award.first_on)
    if any(part is not None for part in parts):
        if None in parts or not award.every or award.every < 1:
            errors["instalment"] = _("Write the sum, how often, and the first day; or nothing of it.")
        elif award.instalment is not None:
            check_sum(errors, "instalment", award.instalment)
        if award.first_on is not None and award.first_on < award.on:
            errors["first_on"] = _("This day lies before the award.")
    if not errors and paid(current) and current.payments.filter(paid_on__lt=award.on).exists():
        errors["on"] = _("Something was paid before this day.")
    raise_any(errors)
    current.awarded, current.awarded_on, current.refused_on = award.awarded, award.on, None
    current.instalment, current.every, current.first_on = parts
    current.save()
    return _finish(actor, current, claim.case, "claim.advance", step="award", on=award.on)


@transaction.atomic
def refuse_claim(*, actor: Actor, claim: Claim, on: date) -> Claim:
    """The claim was refused. Raises Refused, InvalidInput."""
    current = _begin(actor, claim)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.claimed_on)
    if current.awarded is not None:
        errors["on"] = _("Something was awarded.")
    raise_any(errors)
    current.refused_on = on
    current.save(update_fields=["refused_on"])
    return _finish(actor, current, claim.case, "claim.advance", step="refuse", on=on)


@transaction.atomic
def find_insolvent(*, actor: Actor, claim: Claim, on: date) -> Claim:
    """The offender cannot pay: the fund is asked next. Raises Refused, InvalidInput."""
    current = _begin(actor, claim)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.claimed_on)
    if current.route == FUND:
        errors["on"] = _("A fund is not insolvent.")
    raise_any(errors)
    current.insolvent_on = on
    current.save(update_fields=["insolvent_on"])
    return _finish(actor, current, claim.case, "claim.advance", step="insolvent", on=on)


@transaction.atomic
def record_payment(*, actor: Actor, claim: Claim, amount: Decimal, on: date) -> ClaimPayment:
    """What was paid of an award, never more than is outstanding. Raises Refused, InvalidInput."""
    current = _begin(actor, claim)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.awarded_on)
    check_sum(errors, "amount", amount)
    if current.awarded is None:
        errors["amount"] = _("Record the award first.")
    elif not errors and amount > current.awarded - paid(current):
        errors["amount"] = _("This is more than what is outstanding.")
    raise_any(errors)
    made = ClaimPayment.objects.create(claim=current, amount=amount, paid_on=on, recorded_by_id=access.user_id(actor))
    _finish(actor, current, claim.case, "claim.advance", step="payment", on=on)
    return made


def paid(claim: Claim) -> Decimal:
    """The sum of what was paid. Reads the rows, so that no page needs a second query where they are prefetched."""
    return sum((one.amount for one in claim.payments.all()), Decimal("0.00"))


def next_on(claim: Claim) -> date | None:
    """The day of the next instalment by what was paid so far; None where nothing is outstanding, none was agreed, or
    it lies beyond the calendar.
    """
    if claim.awarded is None or claim.instalment is None or claim.first_on is None or claim.every is None:
        return None
    given = paid(claim)
    if given >= claim.awarded:
        return None
    try:
        return claim.first_on + relativedelta(months=claim.every * int(given // claim.instalment))
    except (OverflowError, ValueError):  # after the last year that a calendar knows
        return None


def projected(claim: Claim, today: date) -> Payoff | None:
    """What is outstanding and when it will be paid, if it is paid from now on as agreed; None without an award."""
    if claim.awarded is None:
        return None
    after = max(next_on(claim) or today, today)
    part = claim.instalment or Decimal(0)
    return payoff(award=claim.awarded, paid=paid(claim), instalment=part, first_on=after, months=claim.every or 1)


def asks_for_fund(claim: Claim, others: Collection[Claim]) -> bool:
    """An insolvent offender who still owes the person, and no claim against the fund (an own one is not theirs)."""
    owes = claim.refused_on is None and (claim.awarded is None or paid(claim) < claim.awarded)
    asked = any(one.route == FUND and not one.own for one in others)
    return claim.insolvent_on is not None and not claim.own and owes and not asked


def routes(told: RoutesTold | None, claims: Collection[Claim], on: date) -> list[Route]:
    """Every route for what is known: the person's answers, and what the claims prove by that day. No query."""
    mine = [one for one in claims if not one.own]
    facts: dict[str, Any] = dict(told.facts) if told else {}
    if any(one.awarded_on is not None and one.awarded_on <= on for one in mine):
        facts["award"] = True
    if any(one.insolvent_on is not None and one.insolvent_on <= on for one in mine):
        facts["offender_insolvent"] = True
    return routes_for(settings.FENER_JURISDICTION, facts)


def _languages_here() -> list[str]:
    """What is spoken in the country, where an organisation lists no languages of its own."""
    return list(load_packs().get("jurisdiction", settings.FENER_JURISDICTION).data["languages"])


def _check_route(errors: Errors, case: Case, terms: ClaimTerms) -> None:
    told = RoutesTold.objects.filter(case=case, told_on__lte=terms.claimed_on).order_by("-told_on", "-pk").first()
    if told is None:
        errors["route"] = _("Tell the person of every route first.")
        return
    found = routes(told, list(Claim.objects.filter(case=case)), terms.claimed_on)
    if next(one for one in found if one.route == terms.route).answer == "closed":
        errors["route"] = _("A condition of this route is not met. See the routes.")


def check_sum(errors: Errors, field: str, amount: Decimal) -> None:
    """A sum above nought, with two decimals at most, or an error at the field."""
    if not amount.is_finite() or not 0 < amount < MOST or amount != amount.quantize(Decimal("0.01")):
        errors[field] = _("Write a sum above nought, with two decimals at most.")


def _begin(actor: Actor, claim: Claim) -> Claim:
    access.require_on_case(actor, "claim.advance", claim.case)
    return Claim.objects.get(pk=claim.pk)


def _finish(actor: Actor, claim: Claim, case: Case, act: str, **detail: object) -> Claim:
    lines.refresh(case, RECORD)
    keep(actor, act, case, claim.pk, "claim", **detail)
    return claim
