"""The path of a case as one time line, and the next things to do on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.models import Case, Clock
from fener.casework.selectors.file import CaseFile, ConsentShown
from fener.casework.views.common import case_url, may, needs_interpreter, steps_of
from fener.norms.clocks import clocks_pack
from fener.trust.actor import Actor
from fener.trust.purposes import Purpose

# What is told of a clock that the person holds a right by, before the time runs out.
ENDS_SOON = timedelta(days=14)
PROCEEDINGS = frozenset({"status_review", "status_decision"})
STAYS = frozenset({"shelter_stay", "temporary_placement"})
# A reminder that has its own place on the page: the consent itself is drawn, and retention is no part of the path.
NOT_DRAWN = frozenset({"retention", "retention_reminder", "consent_end"})


def clock_title(code: str) -> str:
    """What a clock is called, from its pack."""
    entry = clocks_pack().data.get(code)
    return _(str(entry["title"])) if entry else code


def clock_why(clock: Clock) -> dict[str, Any]:
    """How its date came about: steps, rule, version, source."""
    return {
        "text": steps_of(clock.why),
        "rule": clock.rule,
        "version": clock.rule_version,
        "source": clock.source,
    }


def _state(clock: Clock, at: datetime) -> tuple[str, str]:
    if clock.end_reason == "extended":
        return "ended", _("extended")
    if clock.ended_at is not None:
        return "ended", _("ended")
    if clock.due_on < at:
        return ("ended", _("over")) if clock.blocks_removal else ("overdue", _("overdue"))
    return "running", _("running")


def clock_band(clock: Clock, at: datetime) -> dict[str, Any]:
    """One clock on the time line."""
    state, label = _state(clock, at)
    kind = "proceeding" if clock.code in PROCEEDINGS else "stay" if clock.code in STAYS else "clock"
    ended_early = clock.ended_at is not None and clock.end_reason != "extended" and clock.ended_at < clock.due_on
    return {
        "label": clock_title(clock.code),
        "kind": kind,
        "start": timezone.localdate(clock.started_on),
        "end": timezone.localdate(clock.ended_at if ended_early and clock.ended_at else clock.due_on),
        "state": state,
        "state_label": label,
        "why": clock_why(clock),
    }


def consent_band(case: Case, shown: ConsentShown, at: datetime) -> dict[str, Any]:
    """One sentence on the time line: from when until when it holds."""
    row, today = shown.consent, timezone.localdate(at)
    end = timezone.localdate(row.withdrawn_at) if row.withdrawn_at else row.until
    soon = shown.live and row.until - today <= ENDS_SOON
    label = _("withdrawn") if row.withdrawn_at else _("ends soon") if soon else _("holds") if shown.live else _("ended")
    keep = row.purpose == Purpose.KEEP
    title = _("Agreed: a file at %(body)s") if keep else _("Agreed: sharing with %(body)s")
    return {
        "label": title % {"body": shown.recipient},
        "kind": "permit",
        "start": row.given_on,
        "end": max(end, row.given_on),
        "state": "running" if shown.live else "ended",
        "state_label": label,
        "href": case_url(case, "agreed"),
    }


def bands(file: CaseFile, more: Iterable[Mapping[str, Any]], at: datetime) -> list[Mapping[str, Any]]:
    """Recovery first, then the other clocks, what others add (stays, referrals), then what was agreed."""
    drawn = [clock for clock in file.clocks if clock.code not in NOT_DRAWN]
    ordered = sorted(drawn, key=lambda clock: (not clock.blocks_removal, clock.started_on))
    return [
        *(clock_band(clock, at) for clock in ordered),
        *more,
        *(consent_band(file.case, shown, at) for shown in file.consents),
    ]


def referral_bands(referrals: Iterable[Mapping[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """Referrals as ``assistance_context`` tells them: from the offer until an answer that ends it, or the outcome."""
    drawn = []
    for one in sorted(referrals, key=lambda one: one["offered_at"]):
        waits, lives = one["due_at"] is not None, one["tag"] == "done" and not one["outcome"]
        end = one["due_at"] if waits else at if lives else (one["over_at"] or one["offered_at"])
        state = "overdue" if one["overdue"] else "planned" if waits else "running" if lives else "ended"
        drawn.append(
            {
                "label": _("Referral: %(body)s") % {"body": one["to"]},
                "kind": "referral",
                "start": timezone.localdate(one["offered_at"]),
                "end": timezone.localdate(max(end, one["offered_at"])),
                "state": state,
                "state_label": one["state"],
                "href": one["href"],
            }
        )
    return drawn


def help_steps(case: Case, assistance: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Referrals that wait for an answer, needs that nothing was offered for, a plan that nobody decided on."""
    if not assistance:
        return []
    steps: list[dict[str, Any]] = []
    if not assistance["needs"]:
        steps += [{"text": _("Ask what the person needs"), "href": door["href"]} for door in assistance["new_need"]]
    for need in assistance["needs"]:
        if need["actions"] and not need["services"] and not need["met_on"]:
            text = _("Offer a service for a need: %(need)s") % {"need": need["label"]}
            steps.append({"text": text, "href": case_url(case, "needs")})
    if assistance["asked_plan"]:
        text = _("Go through the plan with the person, and record what they decide")
        steps.append({"text": text, "href": case_url(case, "plan")})
    for one in assistance["referrals"]:
        if one["due_at"] is not None:
            text = _("%(body)s answers the referral") % {"body": one["to"]}
            steps.append({"text": text, "due": one["due_at"], "href": one["href"]})
    return steps


def next_things(
    actor: Actor, file: CaseFile, more: Iterable[Mapping[str, Any]], at: datetime, *, most: int = 3
) -> list[Mapping[str, Any]]:
    """What to do next, the earliest due first; what has no date comes after, in the order of the path."""
    if file.case.state not in ("Active", "FollowUp"):
        return []
    steps = [*_dated(actor, file, at), *more, *_undated(actor, file)]
    return sorted(steps, key=lambda step: _moment(step.get("due")))[:most]


_NO_DATE = datetime.max.replace(tzinfo=timezone.get_default_timezone())


def _moment(due: date | datetime | None) -> datetime:
    if due is None:
        return _NO_DATE
    if isinstance(due, datetime):
        return due
    return timezone.make_aware(datetime.combine(due, datetime.max.time().replace(microsecond=0)))


def _dated(actor: Actor, file: CaseFile, at: datetime) -> list[dict[str, Any]]:
    case, steps = file.case, []
    for clock in file.running:
        if clock.code in NOT_DRAWN or (clock.blocks_removal and clock.due_on < at):
            continue
        if clock.blocks_removal and clock.due_on - at > ENDS_SOON:
            continue  # a right that runs asks nothing of anybody until its end comes near
        href = case_url(case, "path")
        if clock.subject_type == "review" and may(actor, "review.answer", file.relationship):
            href = reverse("casework:review_answer", args=[case.code, clock.subject_id])
        elif may(actor, "clock.end", file.relationship) and not clock.subject_type:
            href = reverse("casework:clock_end", args=[case.code, clock.pk])
        if clock.subject_type == "referral":
            continue  # the referral tells it, with its own words
        if clock.blocks_removal:
            words, href = _("Talk about what follows the recovery period"), case_url(case, "path")
        else:
            words = clock_title(clock.code)
        steps.append({"text": words, "due": clock.due_on, "href": href, "why": clock_why(clock)})
    for shown in file.consents:
        if shown.live and shown.consent.until - timezone.localdate(at) <= ENDS_SOON:
            text = _("Ask the person whether what was agreed with %(body)s goes on") % {"body": shown.recipient}
            steps.append(
                {"text": text, "due": shown.consent.until, "href": reverse("casework:consent_new", args=[case.code])}
            )
    return steps


def _undated(actor: Actor, file: CaseFile) -> list[dict[str, Any]]:
    case = file.case

    def step(act: str, text: str, name: str, *args: Any) -> list[dict[str, Any]]:
        if not may(actor, act, file.relationship):
            return []
        return [{"text": text, "href": reverse(f"casework:{name}", args=[case.code, *args])}]

    steps: list[dict[str, Any]] = []
    for shown in file.overrides:
        if shown.may_confirm:
            text = _("Look at a disclosure without consent that waits for a second person")
            steps += step("override.confirm", text, "override_confirm", shown.override.pk)
    if file.open_dispute:
        steps += step("age.decide", _("Decide the doubt about the age"), "age_decide", file.open_dispute.pk)
    if needs_interpreter(case):
        steps += step("case.facts.update", _("Find somebody who interprets for the person"), "case_facts")
    for decision in file.decisions:
        if decision.told_on is None:
            steps += step(
                "status.tell", _("Tell the person the decision on their status"), "decision_told", decision.pk
            )
    if not file.own_views:
        steps += step("own_view.record", _("Ask how the person sees it"), "own_view")
    if not file.by_authorities and "assess" in actor.functions:
        steps += step("assessment.record", _("Record your organisation's assessment"), "assessment_new")
    return steps
