"""What the pages of agreements show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fener.network.models import Agreement, Clause, ReturnTerms, SharingRule
from fener.network.selectors import agreements as selectors
from fener.network.services.agreements import check_agreement, needs_terms
from fener.network.views.map.common import finding, may, table
from fener.norms.structures import missing_terms, terms
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest
from fener.trust.purposes import Purpose

KINDS = {"draft": "plain", "signed": "soon", "in_force": "done", "ended": "plain"}


def status_tag(one: Agreement, today: date) -> dict[str, str]:
    """The status in a cell; one past its last day says so although nobody ended it."""
    if one.status == Agreement.Status.IN_FORCE and not one.holds_on(today):
        started = one.in_force_since is not None and one.in_force_since <= today
        return {"tag": _("its time has passed") if started else _("begins later"), "kind": "soon"}
    return {"tag": str(one.get_status_display()), "kind": KINDS[one.status]}


def asks_again() -> str:
    """What a change of a draft does."""
    return _("Every party is asked again to confirm, since it is another text then.")


def rule_sentence(rule: SharingRule) -> str:
    """A sharing rule as a sentence."""
    parts = ", ".join(str(Compartment(part).label) for part in rule.compartments)
    values = {
        "giver": rule.giver.short_name,
        "receiver": rule.receiver.short_name,
        "parts": parts,
        "purpose": str(Purpose(rule.purpose).label),
        "until": date_format(rule.until) if rule.until else "",
    }
    said = _("%(giver)s may give %(receiver)s: %(parts)s, so that %(purpose)s") % values
    said += (_(", until %(until)s") % values) if rule.until else ""
    onward = _("It may be passed on, with the person's consent.") if rule.onward else _("It may not be passed on.")
    return f"{said}. {onward}"


def findings(found: Iterable[Agreement], today: date) -> list[dict[str, Any]]:
    """What is wrong with agreements, in words."""
    lines = []
    for one in found:
        if one.status == Agreement.Status.ENDED:
            continue
        href = reverse("network:agreement", args=[one.pk])
        for clause in one.clauses.all():
            if clause.flagged:
                text = _("%(title)s: clause %(number)s %(what)s. It takes no effect.") % {
                    "title": one.title, "number": clause.number, "what": flag_words(clause),
                }  # fmt: skip
                lines.append(finding(text, kind="refused", href=href))
        if needs_terms(one) and (missing := missing_terms(one.terms)):
            text = _("%(title)s: data-protection terms are missing (%(count)s). It cannot take effect.") % {
                "title": one.title, "count": len(missing),
            }  # fmt: skip
            lines.append(finding(text, href=href))
        if one.status == Agreement.Status.IN_FORCE and one.ends_on and one.ends_on < today:
            lines.append(finding(_("%(title)s: its last day has passed.") % {"title": one.title}, href=href))
        waits = [p.organisation.short_name for p in one.parties.all() if not p.confirmed_on and not p.left_on]
        if waits:
            text = _("%(title)s waits for: %(bodies)s.") % {"title": one.title, "bodies": ", ".join(waits)}
            lines.append(finding(text, kind="soon", href=href))
    return lines


def flag_words(clause: Clause) -> str:
    """Why a clause is flagged, as the end of a sentence."""
    if clause.hands_over == Clause.HandsOver.DATA:
        return _("would make a service hand over data about the persons")
    if clause.hands_over == Clause.HandsOver.PEOPLE:
        return _("would make a service hand over the persons themselves")
    by = clause.flagged_by.short_name if clause.flagged_by else ""
    return _("is flagged by %(body)s: %(reason)s") % {"body": by, "reason": clause.flag_reason}


def agreement_context(request: StaffRequest, found: Agreement, today: date) -> dict[str, Any]:
    """Everything about one agreement, with what this reader may do."""
    own = selectors.own_party(request.actor, found)
    draft, ended = found.status == Agreement.Status.DRAFT, found.status == Agreement.Status.ENDED
    gate = check_agreement(found)
    return {
        "tag": status_tag(found, today),
        "gate": None if found.status in (Agreement.Status.IN_FORCE, Agreement.Status.ENDED) else gate,
        "facts": _facts(found),
        "parties": _parties(found),
        "clauses": [_clause(found, one, may_flag=own is not None and _admin(request)) for one in found.clauses.all()],
        "terms": [
            {"key": _(term.label), "value": found.terms.get(term.code) or {"tag": _("missing"), "kind": "overdue"}}
            for term in terms()
        ],
        "needs_terms": needs_terms(found),
        "returns": _returns(selectors.return_terms(request.actor, found)),
        "rules": [_rule(found, one, may_remove=draft and may(request, "network.agreement.draft")) for one in
                  found.sharing_rules.select_related("giver", "receiver")],
        "duties": [
            {"text": duty.organisation.short_name, "sub": duty.what, "hours": duty.within_hours}
            for duty in found.duties.select_related("organisation")
        ],
        "can": {
            "draft": draft and may(request, "network.agreement.draft"),
            "confirm": own is not None and own.confirmed_on is None and not ended and _admin(request),
            "start": found.status in (Agreement.Status.DRAFT, Agreement.Status.SIGNED)
            and may(request, "network.agreement.start"),
            "end": not ended and may(request, "network.agreement.end"),
            "duty": not ended and may(request, "network.duty.record"),
        },
    }  # fmt: skip


def _admin(request: StaffRequest) -> bool:
    return may(request, "network.agreement.confirm", request.actor.keeper_id)


def _facts(found: Agreement) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"key": _("Kind"), "value": str(found.get_kind_display())},
        {"key": _("What it is for"), "value": found.aim},
        {"key": _("Drafted on"), "value": found.drafted_on},
        {"key": _("Signed on"), "value": found.signed_on},
        {"key": _("In force since"), "value": found.in_force_since},
        {"key": _("Last day"), "value": found.ended_on or found.ends_on or _("until further notice")},
    ]
    if found.replaces is not None:
        href = reverse("network:agreement", args=[found.replaces.pk])
        rows.append({"key": _("Replaces"), "value": {"text": found.replaces.title, "href": href}})
    return rows


def _returns(said: ReturnTerms | None) -> list[dict[str, Any]]:
    if said is None:
        return []
    days = said.answer_days
    within = ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else _("It does not say")
    return [
        {"key": _("About"), "value": _(vocabulary("agreement_kind").label(said.kind))},
        {"key": _("With"), "value": _(vocabulary("countries").label(said.country))},
        {"key": _("Covers children"), "value": said.get_covers_children_display()},
        {"key": _("Screening before the return"), "value": said.get_screening_step_display()},
        {"key": _("Support after the return"), "value": said.get_support_display()},
        {"key": _("A request is answered within"), "value": within},
    ]


def _parties(found: Agreement) -> Any:
    def state(party: Any) -> Any:
        if party.left_on:
            return {"text": _("body ended"), "sub": date_format(party.left_on)}
        if party.confirmed_on:
            return {"tag": _("confirmed"), "kind": "done", "sub": date_format(party.confirmed_on)}
        return {"tag": _("not confirmed yet"), "kind": "soon"}

    rows = [
        {
            "body": {"text": party.organisation.name, "sub": str(party.organisation.get_sector_display())},
            "state": state(party),
        }
        for party in found.parties.all()
    ]
    return table(_("Parties"), [("body", _("Body")), ("state", _("Confirmed"))], rows, _("No party."))


def _clause(found: Agreement, one: Clause, *, may_flag: bool) -> dict[str, Any]:
    href = reverse("network:clause_flag", args=[found.pk, one.pk])
    return {
        "number": one.number,
        "text": one.text,
        "flag": flag_words(one) if one.flagged else "",
        "flag_href": href if may_flag and not one.flagged else "",
    }


def _rule(found: Agreement, one: SharingRule, *, may_remove: bool) -> dict[str, Any]:
    href = reverse("network:sharing_remove", args=[found.pk, one.pk])
    return {"text": rule_sentence(one), "remove_href": href if may_remove else ""}
