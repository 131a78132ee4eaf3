"""One way in which every page carries out its form: once, in words when it cannot, and with nothing lost.

A view builds its form and hands over what to do; the service decides. A refusal that the person at the screen can mend
(a value, a condition, a locked session) comes back on the same page beside what they typed. Everything else goes to
the middleware, which has a page for each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from fener.trust import attempts, audit, pace
from fener.trust.decorators import StaffRequest
from fener.trust.errors import GateClosed, InvalidInput, Locked, NeedsConsent, NotTold, StaleEdit
from fener.trust.once import new_token, once

T = TypeVar("T")

# Mended where they arise: what was typed stays on the page.
MENDABLE = (GateClosed, InvalidInput, Locked, NeedsConsent, StaleEdit)
KEPT = (GateClosed, NeedsConsent)


def _tell(request: StaffRequest, form: forms.BaseForm, error: Exception) -> None:
    if isinstance(error, InvalidInput):
        for field, text in error.errors.items() or {"": error.message}.items():
            form.add_error(field if field in form.fields else None, str(text))
        if isinstance(error, NotTold):
            audit.refusal(actor=request.actor, error=error)
            pace.note(actor=request.actor, pace=pace.Pace.REFUSALS)
        return
    form.add_error(None, str(error))
    if isinstance(error, GateClosed):
        for condition in error.result.missing:
            form.add_error(None, f"{condition.text} {condition.next}".strip())
    if isinstance(error, KEPT):
        audit.refusal(actor=request.actor, error=error)
        attempts.tell(actor=request.actor, error=error)


def attempt(
    request: StaffRequest, *, form: forms.BaseForm, act: str, run: Callable[[Mapping[str, Any]], tuple[T, str]]
) -> T | None:
    """Run ``run(cleaned_data)`` once for this page's token; what it made, for a page that shows it this one time.

    ``run`` also returns the address that a second click is led to (AlreadyDone, by the middleware). None when the form
    has to be shown again (its errors say why). ``act`` ties the token to one kind of form.
    """
    if not form.is_valid():
        return None
    try:
        with once(actor=request.actor, token=request.POST.get("once", ""), act=act) as submission:
            made, submission.result = run(form.cleaned_data)
    except MENDABLE as error:
        _tell(request, form, error)
        return None
    return made


def carry_out(
    request: StaffRequest, *, form: forms.BaseForm, act: str, run: Callable[[Mapping[str, Any]], str]
) -> HttpResponseRedirect | None:
    """As :func:`attempt` for a form that leads to another page: ``run`` returns its address. None: show it again."""

    def both(data: Mapping[str, Any]) -> tuple[str, str]:
        address = run(data)
        return address, address

    address = attempt(request, form=form, act=act, run=both)
    return None if address is None else HttpResponseRedirect(address)


def form_page(
    request: StaffRequest,
    *,
    template: str,
    form: forms.BaseForm,
    act: str,
    run: Callable[[Mapping[str, Any]], str],
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The whole of a form's view: carry out on POST, else (or when something must be mended) show the page.

    The page gets ``form``, ``token`` (for ``{% once token %}``) and ``context``. Status 422 when it comes back.
    """
    if request.method == "POST":
        done = carry_out(request, form=form, act=act, run=run)
        if done is not None:
            return done
    shown = {"form": form, "token": request.POST.get("once") or new_token(), **(context or {})}
    return render(request, template, shown, status=422 if request.method == "POST" else 200)
