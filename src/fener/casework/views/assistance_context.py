"""What ``casework/_assistance.html`` shows on the page of a case: words, tags and links, ready for the template.

In the view of the case::

    from fener.casework.views.assistance_context import assistance_context
    context = {..., **assistance_context(request.actor, case, now)}     # relationship=how saves up to three queries

and in its template ``{% include "casework/_assistance.html" %}``. The key is ``assistance``: a dict, or None for
whoever may not see the file (the include then shows nothing). Anchors on the page: ``#needs``, ``#plan``,
``#referrals``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from fener.casework.domain.reasons import DECLINE_REASONS, OUTCOMES, PERSON_DECLINES
from fener.casework.domain.service_states import ASK, SERVICE
from fener.casework.models import Case, Need, Plan, Referral, ServiceRecord
from fener.casework.selectors.assistance_view import Assistance, assistance
from fener.casework.selectors.worklist import due_in_words
from fener.casework.views.common import may, steps_of
from fener.norms.services_catalogue import catalogue
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

SERVICE_TAGS = {"offered": "soon", "accepted": "plain", "declined": "refused", "delivered": "done", "left": "plain"}
REFERRAL_TAGS = {"offered": "soon", "accepted": "done", "declined": "refused", "withdrawn": "plain", "ended": "done"}


def kind_label(kind: str) -> str:
    """A kind of service in the reader's language; a code that the catalogue lost is shown as it is."""
    return _(catalogue().label(kind)) if kind in catalogue().codes() else kind


def assistance_context(
    actor: Actor, case: Case, now: datetime, relationship: Relationship | None = None
) -> dict[str, Any]:
    """``{"assistance": {...} | None}`` for the include. At most 8 queries, 5 with the ``relationship`` given."""
    found = assistance(actor, case, now, relationship)
    return {"assistance": None if found is None else _Shown(actor, case, found, now).all()}


class _Shown:
    """One case's help as one actor sees it."""

    def __init__(self, actor: Actor, case: Case, found: Assistance, now: datetime) -> None:
        self.actor, self.case, self.found, self.now = actor, case, found, now

    def may(self, act: str) -> bool:
        return may(self.actor, act, self.found.relationship)

    def link(self, act: str, name: str, text: str, *args: Any, about: str = "") -> list[dict[str, str]]:
        """A link as a list of one, or of none where the actor may not do it."""
        if not self.may(act):
            return []
        return [{"text": text, "href": reverse(f"casework:{name}", args=[self.case.code, *args]), "about": about}]

    def words(self, item_id: UUID | None) -> str:
        """The address that opens sealed words by POST; empty where there are none."""
        return reverse("casework:words_open", args=[self.case.code, item_id]) if item_id else ""

    def all(self) -> dict[str, Any]:
        by_need: dict[Any, list[dict[str, Any]]] = {}
        for record in self.found.services:
            by_need.setdefault(record.need_id, []).append(self.service(record))
        needs = [self.need(need, by_need.pop(need.pk, [])) for need in self.found.needs]
        return {
            "holder": self.found.holder,
            "needs": needs,
            "other_services": [row for rows in by_need.values() for row in rows],
            "plan": self.plan(self.found.agreed),
            "asked_plan": self.plan(self.found.asked),
            "versions": len(self.found.plans),
            "plan_actions": self.plan_actions(),
            "referrals": [self.referral(each) for each in self.found.referrals],
            "new_need": self.link("need.record", "need_new", _("Record a need")),
            "new_referral": self.link("referral.offer", "referral_new", _("Refer to another organisation")),
        }

    def need(self, need: Need, services: list[dict[str, Any]]) -> dict[str, Any]:
        label, actions = kind_label(need.kind), []
        if need.met_on is None:
            actions = [
                *self.link("service.offer", "service_offer", _("Offer a service"), need.pk, about=label),
                *self.link("referral.offer", "referral_services", _("Refer"), need.pk, about=label),
                *self.link("need.meet", "need_met", _("It is met"), need.pk, about=label),
            ]
        return {
            "label": label,
            "urgent": need.urgent and need.met_on is None,
            "met_on": need.met_on,
            "recorded_on": need.recorded_on,
            "stated": need.stated_by_person,
            "words": self.words(need.own_words_id),
            "services": services,
            "actions": actions,
        }

    def service(self, record: ServiceRecord) -> dict[str, Any]:
        name = record.service.name if record.service else kind_label(record.kind)
        return {
            "name": name,
            "provider": record.provider.short_name,
            "state": record.get_state_display(),
            "tag": SERVICE_TAGS.get(record.state, "plain"),
            "on": record.delivered_on or record.answered_on or record.offered_on,
            "reason": str(PERSON_DECLINES.get(record.decline_reason, "")),
            "words": self.words(record.helpful_words_id or record.decline_words_id),
            "helpful": "" if record.helpful == ServiceRecord.Helpful.NOT_ASKED else record.get_helpful_display(),
            "actions": self.service_actions(record, name),
        }

    def service_actions(self, record: ServiceRecord, name: str) -> list[dict[str, str]]:
        own = self.found.holder or record.provider_id == self.actor.keeper_id
        steps: list[tuple[str, str, str, str]] = [
            ("accept", "service.answer", "service_answer", _("Record the answer")),
            ("deliver", "service.deliver", "service_deliver", _("It was given")),
            (ASK, "service.helpful", "service_helpful", _("Was it helpful?")),
            ("leave", "service.leave", "service_leave", _("The person leaves it")),
            ("offer_again", "service.offer", "service_again", _("Offer it again")),
        ]
        return [
            action
            for step, act, url, text in steps
            if own and (record.state, step) in SERVICE.steps
            for action in self.link(act, url, text, record.pk, about=name)
        ]

    def plan(self, plan: Plan | None) -> dict[str, Any] | None:
        if plan is None:
            return None
        return {
            "number": plan.number,
            "drawn_up_on": plan.drawn_up_on,
            "agreed_on": plan.agreed_on,
            "left_on": plan.left_on,
            "words": self.words(plan.goals_id),
            "items": [
                {
                    "need": kind_label(item.need.kind),
                    "service": f"{item.service.name} ({item.service.organisation.short_name})" if item.service else "",
                    "note": item.note,
                }
                for item in plan.items.all()
            ],
        }

    def plan_actions(self) -> list[dict[str, str]]:
        asked, agreed = self.found.asked, self.found.agreed
        if not self.found.plans:
            return self.link("plan.draw_up", "plan_new", _("Draw up a plan"))
        actions = self.link("plan.change", "plan_change", _("Change the plan"))
        if asked is not None:
            decision = self.link("plan.agree", "plan_agree", _("Record what the person decides"), asked.pk)
            actions = [*decision, *actions]
        if agreed is not None and agreed.left_on is None:
            actions = [*actions, *self.link("plan.leave", "plan_leave", _("The person leaves the plan"), agreed.pk)]
        return actions

    def referral(self, referral: Referral) -> dict[str, Any]:
        waits = referral.state == Referral.State.OFFERED
        overdue = waits and referral.answer_due < self.now
        reason = DECLINE_REASONS.get(referral.decline_reason)
        outcome = OUTCOMES.get(referral.outcome)
        return {
            "href": reverse("casework:referral", args=[referral.pk]),
            "to": referral.to_organisation.short_name,
            "what": referral.service.name if referral.service else str(Referral.Kind(referral.kind).label),
            "state": referral.get_state_display(),
            "tag": "overdue" if overdue else REFERRAL_TAGS.get(referral.state, "plain"),
            "due": due_in_words(referral.answer_due, self.now) if waits else "",
            "due_at": referral.answer_due if waits else None,
            "offered_at": referral.offered_at,  # the time line draws it from here to here
            "over_at": referral.outcome_at or (None if waits else referral.answered_at),
            "overdue": overdue,
            "escalated": bool(referral.escalation_level) and waits,
            "why": steps_of(referral.answer_why) if waits else [],
            "reason": str(reason.label) if reason else "",
            "outcome": str(outcome.label) if outcome else "",
        }
