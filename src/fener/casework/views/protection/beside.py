"""A page that opens something sealed leads to a colleague where it takes two."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect

from fener.casework.services.protection.two_person import NeedsSecondPerson
from fener.trust.decorators import StaffRequest

P = ParamSpec("P")
ALL = "all"  # how an address calls every sealed part


def by_two(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[StaffRequest, P], HttpResponse]:
    """Instead of a refusal: the page where one asks a colleague. A part that somebody else keeps is told as it is."""

    @wraps(view)
    def beside(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NeedsSecondPerson as needed:
            return redirect("casework:second_ask", needed.case.code, needed.compartment or ALL)

    return beside
