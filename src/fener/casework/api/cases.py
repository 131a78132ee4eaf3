"""The list of cases, one of them, what is sealed in it, and its needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from fener.casework.api import schemas as s
from fener.casework.models import Case
from fener.casework.selectors import assistance_view, case_list, history
from fener.casework.selectors import cases as selectors
from fener.casework.services import cases as services
from fener.casework.services import compartments, needs, reading
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.information import InformationTerms
from fener.trust.api import Number, Word, answered, of_actor, only_once
from fener.trust.compartments import Compartment

router = Router(tags=["cases"])
YES = "1"


class Asked(Schema):
    """How the list is narrowed and sorted; what is not understood is left out."""

    q: Word = ""
    state: Word = ""
    status: Word = ""
    language: Word = ""
    child: bool = False
    mine: bool = False
    overdue: bool = False
    from_others: bool = False
    sort: Word = ""
    page: Number = 1


def _case(request: HttpRequest, code: str) -> Case:
    case, _how = selectors.get(of_actor(request), code)
    return case


def terms(given: s.ConsentIn) -> ConsentTerms:
    """The terms of a consent as services take them."""
    return ConsentTerms(
        until=given.until,
        language=given.language,
        interpreter=given.interpreter,
        giver=given.giver,
        child_assent=given.child_assent,
        compartments=given.compartments,
    )


@router.get(
    "/cases", url_name="case_list", response=answered(ok=s.CasePage), summary="The cases that the actor may see"
)
def listing(request: HttpRequest, asked: Query[Asked]) -> Any:
    """A page of 25, what is due next first. Without ``state`` the open cases; ``state=all`` all."""
    params = {key: YES if value is True else value for key, value in asked.model_dump().items() if value}
    found = case_list.case_list(of_actor(request), params)
    return s.CasePage(
        rows=[s.CaseRow.of(row) for row in found.rows], total=found.total, page=found.page, pages=found.pages
    )


@router.post(
    "/cases", url_name="case_list", response=answered(made=s.Made), summary="Open a case with a person who agreed"
)
def open_case(request: HttpRequest, given: s.OpenIn) -> Any:
    """Presumed status opens every service. A header ``Idempotency-Key`` (UUID) makes a second sending harmless."""

    def run() -> str:
        case = services.open_case(
            actor=of_actor(request),
            facts=given.facts,
            language=given.language,
            interpreter=given.interpreter,
            status=given.status,
            compartments=given.compartments,
            keep_consent=terms(given.keep_consent),
            information=InformationTerms(**given.information.model_dump()),
        )
        return case.code

    return Status(201, s.Made(id=only_once(request, "case.open", run)))


@router.get("/cases/{slug:code}", url_name="case", response=answered(ok=s.CaseOut), summary="A case without a name")
def one(request: HttpRequest, code: str) -> Any:
    """As its page shows it; reading it is kept. A case of others and none at all are answered alike."""
    return s.CaseOut.of(reading.read_file(actor=of_actor(request), code=code))


@router.post(
    "/cases/{slug:code}/facts", url_name="case_facts", response=answered(ok=s.CaseOut), summary="Change the facts"
)
def facts(request: HttpRequest, code: str, given: s.FactsIn) -> Any:
    """Over the version that was read; somebody else's change in between is answered with 409."""
    services.update_facts(actor=of_actor(request), case=_case(request, code), **given.model_dump())
    return s.CaseOut.of(reading.read_file(actor=of_actor(request), code=code))


@router.post("/cases/{slug:code}/close", url_name="case_close", response=answered(ok=s.CaseOut), summary="Close a case")
def close(request: HttpRequest, code: str, given: s.CloseIn) -> Any:
    """With a reason of the list. The gates are those of the page."""
    services.close_case(actor=of_actor(request), case=_case(request, code), **given.model_dump())
    return s.CaseOut.of(reading.read_file(actor=of_actor(request), code=code))


@router.post(
    "/cases/{slug:code}/reopen",
    url_name="case_reopen",
    response=answered(ok=s.CaseOut),
    summary="Open a closed case again",
)
def reopen(request: HttpRequest, code: str, given: s.VersionIn) -> Any:
    """It goes on where it stopped."""
    services.reopen_case(actor=of_actor(request), case=_case(request, code), version=given.version)
    return s.CaseOut.of(reading.read_file(actor=of_actor(request), code=code))


@router.post(
    "/cases/{slug:code}/sealed/{part}/open",
    url_name="case_sealed_open",
    response=answered(ok=s.PartContent),
    summary="Open what is sealed",
)
def open_part(request: HttpRequest, code: str, part: Compartment, given: s.OpenPartIn) -> Any:
    """An act with a purpose, kept in the audit. Needs an unlocked session and a living ground.

    Numbers that are easily read over a shoulder stay covered, but for the fields of ``show``; each is kept.
    """
    content = reading.open_covered(
        actor=of_actor(request),
        case=_case(request, code),
        compartment=part,
        purpose=given.purpose,
        show=given.show,
    )
    return s.PartContent(content=content)


@router.post("/cases/{slug:code}/sealed/{part}", url_name="case_sealed", response=answered(ok=s.Made), summary="Seal")
def save_part(request: HttpRequest, code: str, part: Compartment, given: s.SavePartIn) -> Any:
    """Over the version that was read; the answer's ``id`` is the new version. What was read covered is refused."""
    item = compartments.save_compartment(
        actor=of_actor(request),
        case=_case(request, code),
        compartment=part,
        version=given.version,
        content=given.content,
    )
    return s.Made(id=str(item.version))


@router.get("/cases/{slug:code}/needs", url_name="case_needs", response=answered(ok=list[s.NeedOut]), summary="Needs")
def needs_of(request: HttpRequest, code: str) -> Any:
    """In the person's own view, without their words."""
    found = assistance_view.assistance(of_actor(request), _case(request, code), timezone.now())
    return [s.NeedOut.of(need) for need in found.needs] if found else []


@router.post("/cases/{slug:code}/needs", url_name="case_needs", response=answered(made=s.Made), summary="Record a need")
def record_need(request: HttpRequest, code: str, given: s.NeedIn) -> Any:
    """Before any offer. ``words`` are sealed."""
    case = _case(request, code)

    def run() -> str:
        return str(needs.record_need(actor=of_actor(request), case=case, **given.model_dump()).pk)

    return Status(201, s.Made(id=only_once(request, f"need.record:{case.pk}", run)))


@router.get(
    "/cases/{slug:code}/known",
    url_name="case_known",
    response=answered(ok=list[s.KnownOut]),
    summary="Who has known what",
)
def known(request: HttpRequest, code: str) -> Any:
    """Reads, disclosures and withdrawals, the latest first: the list that the person can see."""
    found = history.who_knows(of_actor(request), _case(request, code))
    return [
        s.KnownOut(
            at=line.at,
            kind=line.kind,
            act=line.act,
            person=line.person,
            organisation=line.organisation,
            recipient=line.recipient,
            compartments=list(line.compartments),
            purpose=line.purpose,
        )
        for line in found
    ]


@router.post("/search", url_name="search", response=answered(ok=list[s.CaseRow]), summary="Search by name or code")
def search(request: HttpRequest, given: s.SearchIn) -> Any:
    """In the own organisation's cases, whatever the script."""
    actor = of_actor(request)
    found = selectors.search(actor, given.text)
    return [s.CaseRow.of(row) for row in selectors.listed(actor, found)]
