"""One record of this chapter, entered: what every view here does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.selectors.children.guardians import bodies
from fener.casework.selectors.colleagues import colleagues
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.decorators import StaffRequest


def enter(
    request: StaffRequest,
    case: Case,
    record: str,
    do: Callable[[Mapping[str, Any]], object],
    **words: Any,
) -> HttpResponse:
    """The form of a record: ``do`` carries it out, and the record's part of the chapter comes next."""
    back = chapter_url(case, record)

    def run(data: Mapping[str, Any]) -> str:
        do(data)
        return back

    return record_form(request, case, run=run, back=back, **words)


def with_people(request: StaffRequest, form: Callable[..., Any]) -> Callable[..., Any]:
    """A form that asks for a body and a colleague."""
    today = timezone.localdate()
    return partial(form, bodies=bodies(today), people=colleagues(request.actor, today))
