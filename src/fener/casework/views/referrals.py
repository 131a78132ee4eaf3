"""One referral, as its receiver and its sender see it: preview, answer, what was told, outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fener.casework import access
from fener.casework.domain.reasons import DECLINE_REASONS, OUTCOMES
from fener.casework.forms.referrals import DeclineForm, OutcomeForm
from fener.casework.models import Referral
from fener.casework.selectors import referrals
from fener.casework.services import referral_answers as answers
from fener.casework.services import referrals as services
from fener.casework.services.decisions import DECIDING
from fener.casework.services.referral_disclosure import open_told
from fener.casework.views import shown
from fener.casework.views.assistance_context import REFERRAL_TAGS
from fener.casework.views.common import case_url, may, steps_of
from fener.casework.views.compartments import OPEN_FOR, part_named
from fener.casework.views.referral_words import (
    asked,
    ground_in_words,
    parts_left_out,
    preview_rows,
    urgency_tag,
)
from fener.network.mandates import has_function
from fener.norms.fields import compartment_fields
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.once import new_token
from fener.trust.policy import Relationship
from fener.trust.submitting import carry_out, form_page

PROPOSED = 3


def _url(referral: Referral) -> str:
    return reverse("casework:referral", args=[referral.pk])


@staff
@require_GET
def referral(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page of one referral; which of its three faces, the actor's relationship decides."""
    now = timezone.now()
    found, how = referrals.get(request.actor, pk, at=now)
    return _page(request, found, how, now)


def _page(
    request: StaffRequest, found: Referral, how: Relationship, now: datetime, form: forms.Form | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "referral": found,
        "now": now,
        "what": asked(found.kind, found.service.name if found.service else ""),
        "urgency": urgency_tag(found.urgency),
        "state": {"tag": found.get_state_display(), "kind": REFERRAL_TAGS.get(found.state, "plain")},
        "told": told_parts(request.actor, found, how),
        "not_told": parts_left_out(found.compartments),
        "ground": ground_in_words(found.consent or found.override),
        "why": steps_of(found.answer_why),
        "late": found.answer_due < now,
        "form": form,
        "token": request.POST.get("once") or new_token(),
    }
    faces = {Relationship.OFFERED: _offered, Relationship.REFERRED_TO: _accepted}
    template, more = faces.get(how, _sent)(request.actor, found, now)
    status = 200 if form is None else 422
    return render(request, f"casework/{template}", {**context, **more}, status=status)


def told_parts(actor: Actor, found: Referral, how: Relationship) -> list[dict[str, str]]:
    """The parts that a referral names; each with the way to open it, for whoever has no case to open it in."""
    return [
        {
            "text": str(part.label),
            "open": reverse("casework:referral_told", args=[found.pk, part.value])
            if policy.decide(actor, "referral_part.open", how, compartment=part)
            else "",
        }
        for part in Compartment
        if part.value in found.compartments
    ]


def _offered(actor: Actor, found: Referral, now: datetime) -> tuple[str, dict[str, Any]]:
    """Before the answer: bands and codes alone, nothing of the case."""
    return "referral_offered.html", {
        "preview": preview_rows(found.preview),
        "may_answer": may(actor, "referral.accept", Relationship.OFFERED),
        "escalated": found.escalation_level > 0,
    }


def _accepted(actor: Actor, found: Referral, now: datetime) -> tuple[str, dict[str, Any]]:
    """After the answer: ways to what was told, to the work that was asked for, and back to the sender."""
    outcome = OUTCOMES.get(found.outcome)
    return "referral_accepted.html", {
        "steps": _work(actor, found, now),
        "outcome": str(outcome.label) if outcome else "",
        "may_write_back": may(actor, "referral.outcome", Relationship.REFERRED_TO),
    }


def _work(actor: Actor, found: Referral, now: datetime) -> list[dict[str, str]]:
    steps = []
    how = Relationship.REFERRED_TO
    if may(actor, access.READ, how):
        steps.append({"text": _("Open the case, as far as you were told"), "href": case_url(found.case)})
    if found.kind != Referral.Kind.SERVICE:
        if may(actor, "assessment.record", how):
            href = reverse("casework:referral_assessment", args=[found.pk])
            steps.append({"text": _("Record your assessment"), "href": href})
        if may(actor, "own_view.record", how):
            href = reverse("casework:referral_own_view", args=[found.pk])
            steps.append({"text": _("Record how the person sees it"), "href": href})
    if found.kind == Referral.Kind.DECISION and may(actor, "status.decide", how) and _decides(actor, now):
        href = reverse("casework:decision_new", args=[found.case.code])
        steps.append({"text": _("Decide on the status"), "href": href})
    return steps


def _decides(actor: Actor, now: datetime) -> bool:
    """Whether the actor's body has a mandate to decide on this day (rule ID-19)."""
    if actor.keeper_id is None:
        return False
    day = timezone.localdate(now)
    return any(has_function(organisation_id=actor.keeper_id, function=each, on=day) for each in DECIDING)


def _sent(actor: Actor, found: Referral, now: datetime) -> tuple[str, dict[str, Any]]:
    """For the sender: what was answered, and what to do next."""
    reason, outcome = DECLINE_REASONS.get(found.decline_reason), OUTCOMES.get(found.outcome)
    unanswered = found.state == Referral.State.OFFERED and (found.escalation_level > 0 or found.answer_due < now)
    note = found.outcome_note_id
    again = unanswered or found.state == Referral.State.DECLINED
    may_refer = access.allowed(actor, "referral.offer", access.relationships(actor, found.case, at=now)) is not None
    return "referral_sent.html", {
        "case": found.case,
        "case_href": case_url(found.case, "referrals"),
        "reason": reason,
        "outcome": str(outcome.label) if outcome else "",
        "note_href": reverse("casework:words_open", args=[found.case.code, note]) if note else "",
        "told_heading": _told_heading(found),
        "escalated": found.escalation_level > 0 and found.state == Referral.State.OFFERED,
        "may_withdraw": may_refer and found.state in {Referral.State.OFFERED, Referral.State.ACCEPTED},
        "another": _another(found) if again and may_refer else "",
        "proposals": _proposals(actor, found, now) if again and may_refer else [],
    }


def _told_heading(found: Referral) -> str:
    if found.state == Referral.State.OFFERED:
        return _("What they are told if they accept")
    if found.state in {Referral.State.ACCEPTED, Referral.State.ENDED}:
        return _("What they were told")
    return _("What was offered to be told")


def _proposals(actor: Actor, found: Referral, now: datetime) -> list[dict[str, Any]]:
    """The next services that fit, without the body that was asked and without one's own, which need no referral."""
    if found.service is None:
        return []
    near = referrals.next_services(actor, case=found.case, kind=found.service.kind, at=now)
    return [
        {
            "text": f"{service.organisation.short_name}: {service.name}",
            "note": "" if check.ground is not None else _("the person has not agreed yet"),
            "href": reverse("casework:referral_send", args=[found.case.code, service.pk]),
        }
        for service, check in near
        if service.organisation_id not in {found.to_organisation_id, actor.keeper_id}
        and not [one for one in check.closed if one.code != "consent"]
    ][:PROPOSED]


def _another(found: Referral) -> str:
    """Where another one is chosen: the services for the same need, or the bodies for the same question."""
    if found.service is None:
        return reverse("casework:referral_bodies", args=[found.case.code, found.kind])
    need = found.case.needs.filter(kind=found.service.kind).order_by("met_on", "recorded_on").first()
    return reverse("casework:referral_services", args=[found.case.code, need.pk]) if need is not None else ""


@staff
@require_POST
def told(request: StaffRequest, pk: UUID, part: str) -> HttpResponse:
    """One part of what was told, shown once. The opening is kept; nothing here names the case."""
    found, _how = referrals.get(request.actor, pk)
    wanted = part_named(part)
    content = open_told(actor=request.actor, referral=found, compartment=wanted)
    return render(
        request,
        "casework/opened_told.html",
        {
            "what": asked(found.kind, found.service.name if found.service else ""),
            "title": wanted.label,
            "rows": shown.content_rows(compartment_fields(wanted.value), content),
            "back": _url(found),
            "seconds": OPEN_FOR,
        },
    )


@staff
@require_POST
def accept(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Accept: from now on what was consented can be opened."""
    now = timezone.now()
    found, how = referrals.get(request.actor, pk, at=now)
    form = forms.Form(request.POST)

    def run(_data: Mapping[str, Any]) -> str:
        answers.accept_referral(actor=request.actor, referral=found, at=now)
        return _url(found)

    done = carry_out(request, form=form, act=f"referral.accept:{pk}", run=run)
    return done or _page(request, found, how, now, form)


@staff
def decline(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say no, with a reason from which something follows. Nothing stays with the desk."""
    found, how = referrals.get(request.actor, pk)
    if how is not Relationship.OFFERED:
        access.require(request.actor, "referral.decline", {how})

    def run(data: Mapping[str, Any]) -> str:
        answers.decline_referral(actor=request.actor, referral=found, reason=data["reason"], note=data["note"])
        return reverse("casework:desk")

    return form_page(
        request,
        template="casework/referral_form.html",
        form=DeclineForm(request.POST or None),
        act=f"referral.decline:{pk}",
        run=run,
        context={
            "title": _("Say no to this referral"),
            "lead": _("The sender sees the reason at once and can ask elsewhere. You keep nothing of it."),
            "submit": _("Say no"),
            "danger": True,
            "cancel": _url(found),
        },
    )


@staff
def outcome(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write back what became of it. An outcome that ends it closes what was opened."""
    found, how = referrals.get(request.actor, pk)
    access.require(request.actor, "referral.outcome", {how})

    def run(data: Mapping[str, Any]) -> str:
        answers.write_outcome(actor=request.actor, referral=found, outcome=data["outcome"], note=data["note"])
        return reverse("casework:desk") if OUTCOMES[data["outcome"]].ends else _url(found)

    return form_page(
        request,
        template="casework/referral_form.html",
        form=OutcomeForm(request.POST or None, kind=found.kind),
        act=f"referral.outcome:{pk}",
        run=run,
        context={
            "title": _("Write back what became of it"),
            "lead": _("%(sender)s reads it at once.") % {"sender": found.from_organisation.short_name},
            "submit": _("Send"),
            "cancel": _url(found),
        },
    )


@staff
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The sender takes it back, at once, with every key that it opened."""
    found, how = referrals.get(request.actor, pk)
    if how is not Relationship.SAME_ORGANISATION:
        access.require(request.actor, "referral.withdraw", {Relationship.NONE})
    access.require_on_case(request.actor, "referral.withdraw", found.case)

    def run(_data: Mapping[str, Any]) -> str:
        services.withdraw_referral(actor=request.actor, referral=found)
        return _url(found)

    opened = found.state == Referral.State.ACCEPTED
    return form_page(
        request,
        template="casework/referral_form.html",
        form=forms.Form(request.POST if request.method == "POST" else None),
        act=f"referral.withdraw:{pk}",
        run=run,
        context={
            "title": _("Take this referral back"),
            "lead": (
                _("%(body)s can open nothing more from now on. What they have read before cannot be unread.")
                if opened
                else _("%(body)s no longer sees it. Nothing was told to them.")
            )
            % {"body": found.to_organisation.short_name},
            "submit": _("Take it back"),
            "danger": True,
            "cancel": _url(found),
        },
    )
