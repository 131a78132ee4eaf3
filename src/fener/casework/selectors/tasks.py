"""The tasks of this room: clocks, referrals in both directions, needs without an offer, plans, answers to ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework import access
from fener.casework.domain.reasons import DECLINE_REASONS
from fener.casework.models import Case, CaseAssignment, Clock, Need, Plan, Referral, ServiceRecord
from fener.casework.selectors.worklist import LONGEST, Task, provide
from fener.network.models import Organisation
from fener.norms.clocks import clocks_pack
from fener.norms.services_catalogue import catalogue
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

AHEAD = timedelta(days=14)  # what ends later is in the list of cases
CASE, REFERRAL, BOARD = "casework:case", "casework:referral", "web:board"
OPEN_STATES = ("Active", "FollowUp")


def _allowed(actor: Actor, act: str, relationship: Relationship = Relationship.SAME_ORGANISATION) -> bool:
    return policy.decide(actor, act, relationship).allowed


def my_cases(actor: Actor) -> QuerySet[Case]:
    """The open cases of the actor's organisation that are theirs, or nobody's yet."""
    found: QuerySet[Case] = Case.objects.held_by_own(actor).filter(state__in=OPEN_STATES)
    if actor.user_id is None:
        return found.none()
    assigned = CaseAssignment.objects.filter(case=OuterRef("pk"), until__isnull=True)
    return found.filter(Exists(assigned.filter(user_id=actor.user_id)) | ~Exists(assigned))


def in_my_cases(actor: Actor) -> Exists:
    """The same as a condition on rows with a case: asked for each row that is looked at, so a limit stops early."""
    return Exists(my_cases(actor).filter(pk=OuterRef("case_id")))


def _clocks(actor: Actor, at: datetime) -> Iterator[Task]:
    if actor.keeper_id is None or not _works_on_cases(actor):
        return
    running = Clock.objects.filter(in_my_cases(actor), ended_at__isnull=True, due_on__lt=at + AHEAD)
    titles = clocks_pack().data
    for clock in running.select_related("case").order_by("due_on")[:LONGEST]:
        title = _(titles[clock.code]["title"]) if clock.code in titles else clock.code
        if clock.blocks_removal:  # a right that ends is no task; what is due is to talk about what comes next
            title = _("%(period)s ends: talk about what comes next") % {"period": title}
        yield Task(clock.due_on, title, CASE, (clock.case.code,), "clock", clock.case.code)


def _at_the_desk(actor: Actor, at: datetime) -> Iterator[Task]:
    if actor.keeper_id is None or not _allowed(actor, "desk.read"):
        return
    offers = Referral.objects.for_actor(actor).filter(to_organisation_id=actor.keeper_id, state=Referral.State.OFFERED)
    for offer in offers.select_related("from_organisation", "service").order_by("answer_due")[:LONGEST]:
        text = _("Answer %(sender)s: %(what)s is asked for") % {
            "sender": offer.from_organisation.short_name,
            "what": offer.service.name if offer.service else offer.get_kind_display(),
        }
        yield Task(offer.answer_due, text, REFERRAL, (offer.pk,), "offer", urgent=offer.urgency != "normal")


def _to_write_back(actor: Actor, at: datetime) -> Iterator[Task]:
    if actor.keeper_id is None or not _allowed(actor, "referral.outcome", Relationship.REFERRED_TO):
        return
    accepted = Referral.objects.for_actor(actor).filter(
        access.live_ground(at), to_organisation_id=actor.keeper_id, state=Referral.State.ACCEPTED
    )
    for referral in accepted.select_related("case", "from_organisation").order_by("answered_at")[:LONGEST]:
        text = _("Write back to %(sender)s what became of it") % {"sender": referral.from_organisation.short_name}
        yield Task(None, text, REFERRAL, (referral.pk,), "outcome", referral.case.code)


def _sent(actor: Actor, at: datetime) -> Iterator[Task]:
    """Refused ones that nothing followed, and offers that nobody answers in time: two things the sender acts on."""
    if actor.keeper_id is None or not _allowed(actor, "referral.offer"):
        return
    others = Referral.objects.unscoped(reason="a subquery beside a scoped one").exclude(pk=OuterRef("pk"))
    chosen = others.filter(
        Q(offered_at__gte=OuterRef("answered_at")) | Q(state__in=["offered", "accepted"]),
        case=OuterRef("case"),
        kind=OuterRef("kind"),
    )
    same = chosen.filter(Q(service__kind=OuterRef("service__kind")) | Q(service__isnull=True))
    waits = Q(state=Referral.State.DECLINED) & ~Exists(same)
    late = Q(state=Referral.State.OFFERED) & (Q(answer_due__lt=at) | Q(escalation_level__gt=0))
    rows = Referral.objects.for_actor(actor).filter(
        waits | late, in_my_cases(actor), from_organisation_id=actor.keeper_id
    )
    for referral in rows.select_related("case", "to_organisation", "service").order_by("answer_due")[:LONGEST]:
        yield _sent_task(referral)


def _sent_task(referral: Referral) -> Task:
    body = referral.to_organisation.short_name
    if referral.state == Referral.State.DECLINED:
        reason = DECLINE_REASONS.get(referral.decline_reason)
        text = _("Choose another: %(body)s said no (%(reason)s)") % {
            "body": body,
            "reason": reason.label if reason else "",
        }
        return Task(referral.answered_at, text, REFERRAL, (referral.pk,), "declined", referral.case.code)
    text = _("%(body)s did not answer in time; ask there, or choose another") % {"body": body}
    due = referral.escalated_at or referral.answer_due
    return Task(due, text, REFERRAL, (referral.pk,), "no_answer", referral.case.code, urgent=True)


def _needs(actor: Actor, at: datetime) -> Iterator[Task]:
    """Needs that nothing was offered for; urgent ones are due on the day on which they were named."""
    if actor.keeper_id is None or not _allowed(actor, "service.offer"):
        return
    offers = ServiceRecord.objects.filter(case=OuterRef("case"), need=OuterRef("pk"))
    asked = Referral.objects.unscoped(reason="a subquery beside a scoped one").filter(
        case=OuterRef("case"), service__kind=OuterRef("kind"), state__in=["offered", "accepted", "ended"]
    )
    open_needs = Need.objects.filter(~Exists(offers), ~Exists(asked), in_my_cases(actor), met_on__isnull=True)
    labels = {service.code: service.label for service in catalogue().services}
    shown = open_needs.select_related("case").only("kind", "urgent", "recorded_on", "case__code")  # there are many
    for need in shown.order_by("-urgent", "recorded_on")[:LONGEST]:
        text = _("Offer a service for a need: %(need)s") % {"need": _(labels.get(need.kind, need.kind))}
        due = _end_of(need.recorded_on) if need.urgent else None
        yield Task(due, text, CASE, (need.case.code,), "need", need.case.code, urgent=need.urgent)


def _plans(actor: Actor, at: datetime) -> Iterator[Task]:
    if actor.keeper_id is None or not _allowed(actor, "plan.agree"):
        return
    asked = Plan.objects.filter(in_my_cases(actor), agreed__isnull=True)
    for plan in asked.select_related("case").order_by("drawn_up_on")[:LONGEST]:
        text = _("Go through the plan with the person, and record what they decide")
        yield Task(None, text, CASE, (plan.case.code,), "plan", plan.case.code)


def _to_ask(actor: Actor, at: datetime) -> Iterator[Task]:
    """Offers that the person has not answered, and services whose help nobody asked about."""
    if actor.keeper_id is None or not _allowed(actor, "service.answer"):
        return
    unanswered, given = Q(state="offered", referral=None), Q(state__in=["delivered", "left"], helpful="not_asked")
    rows = ServiceRecord.objects.filter(unanswered | given, in_my_cases(actor))
    for record in rows.select_related("case").order_by("offered_on")[:LONGEST]:
        offered = record.state == ServiceRecord.State.OFFERED
        text = _("Ask what the person decides about an offer") if offered else _("Ask whether a service was helpful")
        yield Task(None, text, CASE, (record.case.code,), "answer" if offered else "helpful", record.case.code)


def language_gaps(cases: QuerySet[Case], spoken: list[str]) -> QuerySet[Case]:
    """Cases with a language or mediation need and nobody named for it (rule AS-07). ``spoken``: by the organisation."""
    said = Q(facts__interpreter_needed="yes")
    if spoken:  # an organisation that names no languages is not held to speak none
        # Named both: a fact that is not there is neither equal nor unequal to "no" for the database.
        open_question = Q(facts__interpreter_needed__isnull=True) | Q(facts__interpreter_needed="unknown")
        said |= ~Q(language__in=[*spoken, ""]) & open_question
    return cases.filter(said, interpreter="")


def _interpreters(actor: Actor, at: datetime) -> Iterator[Task]:
    if actor.keeper_id is None or not _allowed(actor, "case.facts.update"):
        return
    spoken = Organisation.objects.filter(pk=actor.keeper_id).values_list("languages", flat=True).first() or []
    for case in language_gaps(my_cases(actor), spoken).order_by("opened_on")[:LONGEST]:
        text = _("Nobody is named who interprets for this person")
        yield Task(_end_of(case.opened_on), text, CASE, (case.code,), "interpreter", case.code)


def _consents(actor: Actor, at: datetime) -> Iterator[Task]:
    """Consents under an open referral that end soon or ended: without a new one nothing is, or stays, disclosed."""
    if actor.keeper_id is None or not _allowed(actor, "referral.offer"):
        return
    rows = Referral.objects.for_actor(actor).filter(
        in_my_cases(actor),
        state__in=[Referral.State.OFFERED, Referral.State.ACCEPTED],
        consent__withdrawn_at__isnull=True,
        consent__until__lt=timezone.localdate(at + AHEAD),
    )
    for referral in rows.select_related("case", "consent", "to_organisation")[:LONGEST]:
        text = _("The consent for %(body)s ends: ask the person") % {"body": referral.to_organisation.short_name}
        due = _end_of(referral.consent.until) if referral.consent else None
        yield Task(due, text, CASE, (referral.case.code,), "consent", referral.case.code)


def _co_ordination(actor: Actor, at: datetime) -> Iterator[Task]:
    """Offers that nobody answered and that went on: codes and bodies, no case (rule AS-09)."""
    if not _allowed(actor, "board.read", Relationship.NODE):
        return
    rows = Referral.objects.for_actor(actor).filter(state=Referral.State.OFFERED, escalation_level__gt=0)
    for referral in rows.select_related("to_organisation").order_by("answer_due")[:LONGEST]:
        text = _("%(body)s does not answer a referral") % {"body": referral.to_organisation.short_name}
        yield Task(referral.escalated_at, text, BOARD, (), "escalated", urgent=referral.urgency != "normal")


def _works_on_cases(actor: Actor) -> bool:
    return any(_allowed(actor, access.LIST, how) for how in (Relationship.SAME_ORGANISATION, Relationship.ASSIGNED))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


for _name, _source in (
    ("casework.clocks", _clocks),
    ("casework.desk", _at_the_desk),
    ("casework.outcomes", _to_write_back),
    ("casework.sent", _sent),
    ("casework.needs", _needs),
    ("casework.plans", _plans),
    ("casework.answers", _to_ask),
    ("casework.interpreters", _interpreters),
    ("casework.consents", _consents),
    ("casework.escalated", _co_ordination),
):
    provide(_name, _source)
