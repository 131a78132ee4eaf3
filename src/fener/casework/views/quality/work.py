"""The team in numbers, supervision, limits, own work and leave covers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.chapters.children.drawing import day, label, said
from fener.casework.forms.quality.work import CoverForm, LimitsForm, SupervisionForm, WeekForm
from fener.casework.selectors.colleagues import colleagues
from fener.casework.selectors.quality import team as selectors
from fener.casework.services.quality import covers, supervision
from fener.casework.services.quality.time import monday, record_week
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

ON_A_PAGE = 50


@staff
@require_GET
def team(request: StaffRequest) -> HttpResponse:
    """Everybody in numbers."""
    page = Paginator(selectors.team(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [{"cells": _cells(row)} for row in page]
    empty = _("Nobody works with people here yet. Invite somebody under My organisation.")
    columns = {
        "name": _("Name"),
        "cases": _("Open cases"),
        "share": _("Administration"),
        "due": _("Next supervision"),
        "look": _("Look at it"),
    }
    return _listed(request, "team", columns, rows, page, empty, title=_("The team in numbers"))


def _cells(row: selectors.Worker) -> dict[str, Any]:
    return {
        "name": {
            "text": row.user.get_full_name(),
            "href": reverse("casework:team_member", args=[row.user.pk]),
        },
        "cases": row.cases,
        "share": _share(row),
        "due": day(row.due) if row.due else _("never had one"),
        "look": "; ".join(said(row.flags)),
    }


def _share(row: selectors.Worker) -> str:
    return _("no time recorded") if row.share is None else f"{round(row.share * 100)} %"


@staff
@require_GET
def member(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The supervisions of one worker."""
    worker = selectors.worker_of(request.actor, pk, "supervision.list")
    page = Paginator(selectors.supervisions(request.actor, worker), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"cells": {"on": day(row.on), "kind": label("supervision_kind", row.kind), "minutes": row.minutes}}
        for row in page
    ]
    columns = {"on": _("Day"), "kind": _("Kind of supervision"), "minutes": _("Minutes")}
    empty = _("No supervision is recorded yet. Record the first one here.")
    title = _("Supervision of %(who)s") % {"who": worker.get_full_name()}
    return _listed(request, "member", columns, rows, page, empty, title=title, worker=worker)


@staff
def supervise(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A worker had supervision."""
    worker = selectors.worker_of(request.actor, pk, "supervision.record")
    return _form(
        request,
        SupervisionForm(request.POST or None),
        f"supervision.record:{pk}",
        lambda data: supervision.record_supervision(actor=request.actor, worker=worker, **data),
        reverse("casework:team_member", args=[pk]),
        title=_("Supervision of %(who)s") % {"who": worker.get_full_name()},
        lead=_("The day and the kind. Nothing about any case."),
    )


@staff
def limits(request: StaffRequest) -> HttpResponse:
    """The organisation's own limits."""
    policy.require(request.actor, "work_limit.set", Relationship.SAME_ORGANISATION)
    row = selectors.limits_now(request.actor)
    names = ("caseload", "administration", "supervision_days")
    initial = {name: getattr(row, name) for name in names} if row else {}
    usual = supervision.limits_of(None)
    return _form(
        request,
        LimitsForm(request.POST or None, initial=initial),
        "work_limit.set",
        lambda data: supervision.set_limits(actor=request.actor, **data),
        reverse("casework:team"),
        title=_("Limits of work"),
        lead=_("Empty: the usual limit, %(cases)s cases and %(share)s percent.")
        % {"cases": usual["caseload"].most, "share": usual["administration"].most},
    )


@staff
@require_GET
def own(request: StaffRequest) -> HttpResponse:
    """One's own numbers."""
    row, weeks = selectors.own_work(request.actor), selectors.own_weeks(request.actor)
    context = {
        "row": row,
        "share": _share(row),
        "flags": said(row.flags),
        "due": day(row.due) if row.due else "",
        "weeks": [
            {
                "week": day(week),
                "kinds": [
                    f"{label('working_time', kind)}: {minutes / 60:g}" for kind, minutes in sorted(kinds.items())
                ],
            }
            for week, kinds in sorted(weeks.items(), reverse=True)
        ],
    }
    return render(request, "casework/quality/own.html", context)


@staff
def week(request: StaffRequest) -> HttpResponse:
    """One's own time of a week."""
    policy.require(request.actor, "own_work.record", Relationship.OWN)
    if request.method == "POST":
        form = WeekForm(request.POST)
    else:
        begins = monday(timezone.localdate())
        stands = selectors.own_weeks(request.actor).get(begins, {})
        form = WeekForm(initial={"week": begins, **{kind: minutes / 60 for kind, minutes in stands.items()}})
    return _form(
        request,
        form,
        "own_work.record",
        lambda data: record_week(actor=request.actor, week=data["week"], minutes=form.minutes()),
        reverse("casework:own_work"),
        title=_("Where my time went"),
        lead=_("Hours of a week by kind of work. Cases are counted by themselves; nothing is typed twice."),
    )


@staff
@require_GET
def leave_covers(request: StaffRequest) -> HttpResponse:
    """Who stands in for whom."""
    page = Paginator(selectors.covers(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "cells": {
                "worker": row.worker.get_full_name(),
                "cover": row.cover.get_full_name(),
                "until": _("ended on %(day)s") % {"day": day(row.ended_on)}
                if row.ended_on
                else {"text": day(row.until), "href": reverse("casework:leave_cover_end", args=[row.pk])},
                "count": getattr(row, "count"),  # noqa: B009 (what the selector counted)
            }
        }
        for row in page
    ]
    columns = {
        "worker": _("Who is away"),
        "cover": _("Who stands in"),
        "until": _("Until"),
        "count": _("Cases given for it"),
    }
    empty = _("Nobody stands in for anybody. Before a leave, say here who does, and until when.")
    return _listed(request, "covers", columns, rows, page, empty, title=_("Leave covers"))


@staff
def cover(request: StaffRequest) -> HttpResponse:
    """Somebody stands in."""
    policy.require(request.actor, "leave_cover.begin", Relationship.SAME_ORGANISATION)
    people = colleagues(request.actor, timezone.localdate())
    return _form(
        request,
        CoverForm(request.POST or None, people=people),
        "leave_cover.begin",
        lambda data: covers.begin_cover(actor=request.actor, **data),
        reverse("casework:leave_covers"),
        title=_("Somebody stands in"),
        lead=_(
            "They carry the open cases as well, until that day. Protected cases are given one by one, on each case."
        ),
    )


@staff
def cover_end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The worker is back."""
    row = selectors.cover_of(request.actor, pk, "leave_cover.end")
    return _form(
        request,
        forms.Form(request.POST or None),
        f"leave_cover.end:{pk}",
        lambda _data: covers.end_cover(actor=request.actor, leave=row),
        reverse("casework:leave_covers"),
        title=_("The cover ends"),
        lead=_("%(cover)s stands in for %(worker)s. The access that was given for it ends at once.")
        % {"cover": row.cover.get_full_name(), "worker": row.worker.get_full_name()},
    )


def _listed(
    request: StaffRequest,
    template: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    page: Any,
    empty: str,
    **context: Any,
) -> HttpResponse:
    table = {
        "caption": context["title"],
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in columns.items()],
        "rows": rows,
        "page": page,
        "sort": "",
        "empty": empty,
    }
    return render(request, f"casework/quality/{template}.html", {"table": table, **context})


def _form(
    request: StaffRequest,
    form: forms.Form,
    act: str,
    does: Callable[[Mapping[str, Any]], object],
    back: str,
    **words: str,
) -> HttpResponse:
    def run(data: Mapping[str, Any]) -> str:
        does(data)
        return back

    context = {**words, "cancel": back}
    return form_page(request, template="casework/shelter/form.html", form=form, act=act, run=run, context=context)
