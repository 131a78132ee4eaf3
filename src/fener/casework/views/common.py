"""What every page of a case begins with: the case, the actor's way to it, and one form on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from fener.casework import access
from fener.casework.domain.codes import alias_label
from fener.casework.models import Case
from fener.casework.selectors import cases
from fener.casework.services.safety.gate_overrides import offered
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest
from fener.trust.errors import GateClosed
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

# What a relationship implies: somebody who carries the case belongs to the organisation that keeps it.
IMPLIED: dict[Relationship, frozenset[Relationship]] = {
    Relationship.ASSIGNED: frozenset({Relationship.ASSIGNED, Relationship.SAME_ORGANISATION}),
    Relationship.GUARDIAN: frozenset({Relationship.GUARDIAN, Relationship.ASSIGNED, Relationship.SAME_ORGANISATION}),
}


def case_url(case: Case, anchor: str = "") -> str:
    """The page of a case, at one of its parts."""
    return reverse("casework:case", args=[case.code]) + (f"#{anchor}" if anchor else "")


def case_for(request: StaffRequest, code: str, act: str, **limits: Any) -> Case:
    """The case on which the actor may do ``act``. Raises Refused, hidden for a case that is not theirs."""
    case, _how = cases.get(request.actor, code)
    access.require_on_case(request.actor, act, case, **limits)
    return case


def may(actor: Actor, act: str, relationship: Relationship, *, compartment: Compartment | None = None) -> bool:
    """Whether to offer an act at all. It costs no query; the service asks again."""
    found = IMPLIED.get(relationship, frozenset({relationship}))
    return any(policy.decide(actor, act, how, compartment=compartment) for how in found)


def case_form(
    request: StaffRequest,
    case: Case,
    *,
    form: forms.BaseForm,
    act: str,
    run: Callable[[Mapping[str, Any]], str],
    title: str,
    template: str = "casework/form.html",
    context: dict[str, Any] | None = None,
    **words: Any,
) -> HttpResponse:
    """One form on one case. ``words``: lead, submit, danger, notes (sentences above the form), as in web/base_form.

    ``context`` is read after the form was carried out, so that ``run`` may add what it learned (a stale edit).
    """
    shown = {} if context is None else context

    def on_this_case(data: Mapping[str, Any]) -> str:
        try:
            return run(data)
        except GateClosed as error:  # a gate that knows no case was asked on this one
            error.about = error.about or case.pk
            shown["ask_override"] = _ask_override(request, case, error)
            raise

    shown.update({"case": case, "alias": alias_label(case.alias), "title": title, "cancel": case_url(case)} | words)
    return form_page(request, template=template, form=form, act=f"{act}:{case.code}", run=on_this_case, context=shown)


def _ask_override(request: StaffRequest, case: Case, closed: GateClosed) -> str:
    """Where an override of the closed gate can be asked for: empty where nobody may pass it, or not this actor.

    The address holds an id alone: what is missing is kept beside it (``note_closed``).
    """
    closed.offer = offered(request.actor, case, closed)
    return reverse("casework:gate_override_ask", args=[case.code, closed.offer]) if closed.offer else ""


def needs_interpreter(case: Case) -> bool:
    """Whether somebody has to interpret and nobody is named (rule AS-07), as the worklist asks it."""
    said, spoken = case.facts.get("interpreter_needed"), case.organisation.languages
    foreign = bool(spoken) and bool(case.language) and case.language not in spoken and said != "no"
    return not case.interpreter and (said == "yes" or foreign)


def as_dates(value: Any) -> Any:
    """A parameter of a stored explanation: dates stand there as ISO 8601 text."""
    if not isinstance(value, str) or len(value) < 10 or value[4:5] != "-":
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return value


def steps_of(stored: Any) -> list[dict[str, Any]]:
    """An explanation as it is stored ([[text, params], …]), as the design system's ``why`` takes it."""
    return [
        {"text": step[0], "params": {key: as_dates(value) for key, value in (step[1] or {}).items()}}
        for step in stored or []
    ]
