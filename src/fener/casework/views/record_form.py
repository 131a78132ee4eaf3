"""The form of a record on a case: carried out once, printed as it stands, and left unfinished without loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.services import drafts
from fener.casework.views.common import case_form, case_url
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest

LEAVE = "leave"  # the name of the second button
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "once", LEAVE})


def chapter_url(case: Case, code: str) -> str:
    """The page of a chapter, at one kind of record: ``chapter_url(case, "safety.promises")``."""
    chapter, _dot, record = code.partition(".")
    return reverse("casework:chapter", args=[case.code, chapter]) + (f"#{record}" if record else "")


def record_form(
    request: StaffRequest,
    case: Case,
    *,
    form: Callable[..., forms.Form],
    act: str,
    run: Callable[[Mapping[str, Any]], str],
    title: str,
    about: UUID | None = None,
    part: Compartment = Compartment.NARRATIVE,
    back: str = "",
    **words: Any,
) -> HttpResponse:
    """The whole of the view of a record's form, after ``case_for(request, code, act)``.

    ``form`` makes it: called with the data of the request, or with ``initial``. ``run`` does the act and returns the
    address of what comes next. ``about``: the row that is changed, if it is one. ``part``: the compartment under which
    what was typed is sealed when the writer leaves it. ``back``: where "Cancel" and leaving lead (the case). ``words``:
    as for ``case_form``.
    """
    key = f"{act}:{about}" if about else act
    back = back or case_url(case)
    if request.method == "POST" and LEAVE in request.POST:
        typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
        drafts.leave(actor=request.actor, case=case, act=act, form=key, path=request.path, typed=typed, part=part)
        return HttpResponseRedirect(back)
    draft = drafts.of(request.actor, case, key)

    def and_done(data: Mapping[str, Any]) -> str:
        address = run(data)
        if draft is not None:
            drafts.throw_away(actor=request.actor, case=case, form=key)
        return address

    if request.method == "POST":
        made = form(request.POST)
    elif draft is not None:
        made = _gone_on_with(form, drafts.typed(actor=request.actor, draft=draft))
    else:
        made = form()
    return case_form(
        request,
        case,
        form=made,
        act=key,
        run=and_done,
        title=title,
        template="casework/record_form.html",
        context={"draft": draft},
        **{"cancel": back, **words},
    )


def _gone_on_with(form: Callable[..., forms.Form], typed: Mapping[str, list[str]]) -> forms.Form:
    """The form as it was left: not yet sent, so that nothing in it is called a mistake."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    empty = form()
    return form(
        initial={
            name: field.widget.value_from_datadict(data, {}, empty.add_prefix(name))
            for name, field in empty.fields.items()
        }
    )
