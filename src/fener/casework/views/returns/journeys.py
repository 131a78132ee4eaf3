"""Journeys and removals: a request, an announcement, and one form for each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.returns import journey_states as s
from fener.casework.forms.returns import journeys as f
from fener.casework.models.returns.journey import Journey
from fener.casework.selectors.returns.journeys import journey_of
from fener.casework.services.returns import journeys as before
from fener.casework.services.returns import removals as after
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.network.selectors.agreements import agreements_on_return
from fener.network.selectors.bodies import organisations
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

if TYPE_CHECKING:
    from fener.trust.errors import Text

Data = Mapping[str, Any]


@dataclass(frozen=True)
class StepPage:
    """The page of one step. ``run`` takes the data and, by name, actor and journey."""

    act: str
    title: Text
    lead: Text
    form: type[forms.Form]
    run: Callable[..., object]
    child_form: type[forms.Form] | None = None


def _tell(d: Data, **who: Any) -> object:
    told = before.Told(
        items=d["items"],
        language=d["language"],
        interpreter=d["interpreter"],
        on=d["on"],
        alternatives=f.answers_of(d),
    )
    return before.tell(**who, told=told)


def _assess(d: Data, **who: Any) -> object:
    return before.assess(**who, allows=d["allows"] == "yes", on=d["on"], words=d["words"])


def _decide(d: Data, **who: Any) -> object:
    heard = d.get("heard_on")
    return before.decide(**who, on=d["on"], by_guardian="heard_on" in d, heard_on=heard, words=d["words"])


def _prepare(d: Data, **who: Any) -> object:
    provider = d["provider"]
    rest = {name: value for name, value in d.items() if name != "provider"}
    prepared = before.Prepared(provider_id=provider.pk if provider else None, **rest)
    return before.prepare(**who, prepared=prepared)


def _with(service: Callable[..., object], **more: Any) -> Callable[..., object]:
    """A service that takes what the form asks, by the same names."""
    return lambda data, **who: service(**who, **more, **data)


_FREE = _("The person decides. A no ends no help, and it can be said at any time before the departure.")
_NO_ONE_HELD = _("Nobody is held back. It is recorded as it happened, with what was not in place.")
STEPS: dict[str, StepPage] = {
    s.TELL: StepPage(
        "journey.prepare",
        _("What was the person told?"),
        _("Before any decision: rights, options and consequences, and each other way that there is."),
        f.TellForm,
        _tell,
    ),
    s.ASSESS: StepPage(
        "journey.prepare",
        _("Which risks are there at the place?"),
        _("How great the danger is stands under Safety. Without an assessment that is in force nobody departs."),
        f.AssessForm,
        _assess,
    ),
    s.DECIDE: StepPage(
        "journey.decide", _("The person decided to go"), _FREE, f.DecideForm, _decide, f.ChildDecideForm
    ),
    s.DECLINE: StepPage(
        "journey.decide", _("The person does not want to go"), _FREE, f.DeclineForm, _with(before.decline)
    ),
    s.PREPARE: StepPage(
        "journey.prepare",
        _("Papers, company, and who receives the person"),
        _("All of it has to stand before the departure."),
        f.PrepareForm,
        _prepare,
    ),
    "protect": StepPage(
        "journey.prepare",
        _("What the child needs before it may go"),
        _("Each of these has to stand before the departure of a child; nobody can override it."),
        f.ProtectForm,
        _with(before.protect),
    ),
    s.STOP: StepPage(
        "journey.prepare", _("It was called off"), _("What was recorded stays."), f.OnForm, _with(before.stop)
    ),
    s.DEPART: StepPage(
        "journey.depart",
        _("The person departed"),
        _("The journey stays open until the arrival is confirmed and somebody has received the person."),
        f.OnForm,
        _with(after.depart),
    ),
    s.LEAVE: StepPage("journey.arrive", _("The person left on their own"), _NO_ONE_HELD, f.OnForm, _with(after.leave)),
    s.CARRY_OUT: StepPage(
        "removal.record",
        _("The removal took place"),
        _("It is refused while a condition is missing. If it was done all the same, record that."),
        f.CarryOutForm,
        _with(after.carry_out_removal),
    ),
    **{
        code: StepPage("journey.arrive", title, "", f.OnForm, _with(after.note, step=code))
        for code, title in (
            (s.TRANSIT, _("The person is in transit")),
            (s.ARRIVE, _("The person is said to have arrived")),
            (s.LOSE, _("The person did not arrive")),
        )
    },
    s.CONFIRM: StepPage(
        "journey.arrive",
        _("The arrival is confirmed"),
        "",
        f.ConfirmForm,
        _with(after.confirm),
        f.ChildConfirmForm,
    ),
    "answer": StepPage(
        "journey.arrive",
        _("What was done about the hand-over?"),
        _("A child was handed over without the child-protection body."),
        f.AlarmForm,
        _with(after.answer_alarm),
    ),
    s.CLOSE: StepPage(
        "journey.arrive",
        _("Somebody received the person"),
        _("The journey ends with a support service that receives the person. Police alone are no reception."),
        f.CloseForm,
        _with(after.close),
    ),
}


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What the person asks for."""
    lead = _("A request decides nothing. First the person hears what else is possible.")
    return _begin(
        request, code, "journey.request", f.RequestForm, before.request, _("Where does the person want to go?"), lead
    )


@staff
def new_removal(request: StaffRequest, code: str) -> HttpResponse:
    """A removal that an authority decided."""
    lead = _("A removal is never recorded as a return. Recording it lets nothing happen.")
    title = _("Which removal was decided?")
    form = partial(f.AnnounceForm, agreements=agreements_on_return(request.actor))
    return _begin(request, code, "removal.record", form, after.announce_removal, title, lead)


@staff
def step(request: StaffRequest, code: str, pk: UUID, step: str) -> HttpResponse:
    """One step of a journey."""
    page = STEPS.get(step)
    if page is None:
        raise Refused(act="journey.list")
    case = case_for(request, code, page.act)
    journey, back = journey_of(case, pk, page.act), chapter_url(case, before.RECORD)

    def run(data: Data) -> str:
        page.run(data, actor=request.actor, journey=journey)
        return back

    return record_form(
        request,
        case,
        form=_form(request, page, journey),
        act=page.act,
        about=uuid5(journey.pk, step),  # one act has several forms; each is left and found again by itself
        run=run,
        title=str(page.title),
        lead=page.lead,
        back=back,
    )


def _form(request: StaffRequest, page: StepPage, journey: Journey) -> Callable[..., forms.Form]:
    child = journey.as_child if journey.departed_on else journey.case.treated_as_child
    chosen = page.child_form if child and page.child_form else page.form
    if chosen is f.PrepareForm:
        agreements = agreements_on_return(request.actor)
        return partial(f.PrepareForm, bodies=organisations(request.actor), agreements=agreements)
    return chosen


def _begin(
    request: StaffRequest,
    code: str,
    act: str,
    form: Callable[..., forms.Form],
    service: Callable[..., object],
    title: Any,
    lead: Any,
) -> HttpResponse:
    case = case_for(request, code, act)
    back = chapter_url(case, before.RECORD)

    def run(data: Data) -> str:
        service(actor=request.actor, case=case, **data)
        return back

    return record_form(request, case, form=form, act=act, run=run, title=str(title), lead=lead, back=back)
