"""The API of a node: the rooms' routers under one address, described by OpenAPI 3.1 at ``/api/v1/openapi.json``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import NinjaAPI, Router, Schema

from fener.casework import api as casework
from fener.casework.selectors import board, worklist
from fener.network import api as network
from fener.trust import selectors as trust
from fener.trust.api import Number, Staff, Word, answered, connect, of_actor
from fener.trust.decorators import staff

ACTS = 200  # a page of acts
shell = Router(tags=["mechanism"])


class TaskOut(Schema):
    """One thing to do. ``case_code`` is empty where the actor may not know it."""

    due: datetime | None
    text: str
    kind: str
    case_code: str
    urgent: bool


class ActOut(Schema):
    """One act of the audit: codes and ids, never what was read."""

    at: datetime
    act: str
    actor: UUID | None
    keeper: UUID | None
    subject_type: str
    subject: UUID | None
    purpose: str
    outcome: str
    chain: str
    seq: int


class CountryOut(Schema):
    """The mechanism in counts."""

    cases: int
    clocks_overdue: int
    overrides: int
    statuses: dict[str, int]
    states: dict[str, int]
    reached: dict[str, int]


@shell.get("/today", response=answered(ok=list[TaskOut]), summary="What waits for the actor")
def today(request: HttpRequest) -> Any:
    """The most overdue first."""
    return [
        TaskOut(due=task.due, text=str(task.text), kind=task.kind, case_code=task.case_code, urgent=task.urgent)
        for task in worklist.today(of_actor(request))
    ]


@shell.get("/country", response=answered(ok=CountryOut), summary="The country in counts")
def country(request: HttpRequest) -> Any:
    """For the mechanism's co-ordinator. Nobody can be named or opened from here."""
    found = board.country(of_actor(request))
    return CountryOut(
        cases=found.cases,
        clocks_overdue=found.clocks_overdue,
        overrides=found.overrides_total,
        statuses=dict(found.statuses),
        states=dict(found.states),
        reached={stage.code: stage.count for stage in found.funnel},
    )


@shell.get("/acts", response=answered(ok=list[ActOut]), summary="The audit")
def acts(
    request: HttpRequest,
    act: Word = "",
    outcome: Word = "",
    since: date | None = None,
    until: date | None = None,
    page: Number = 1,
) -> Any:
    """For auditors: 200 a page, the latest first."""
    found = trust.audit_entries(of_actor(request), act=act, outcome=outcome, since=since, until=until)
    first = (max(page, 1) - 1) * ACTS
    return [
        ActOut(
            at=entry.at,
            act=entry.act,
            actor=entry.actor_id,
            keeper=entry.actor_keeper_id,
            subject_type=entry.subject_type,
            subject=entry.subject_id,
            purpose=entry.purpose,
            outcome=entry.outcome,
            chain=f"{entry.chain.kind}:{entry.chain.chain_id}",
            seq=entry.seq,
        )
        for entry in found[first : first + ACTS]
    ]


api = NinjaAPI(
    title="Fener",
    version="1",
    description="A node's services for programs that work for somebody who signed in. Nothing personal in addresses.",
    auth=Staff(),
    docs_url=None,  # its page would load scripts from elsewhere
    docs_decorator=staff,
    urls_namespace="api",
)
connect(api)
for _prefix, _router in (
    ("", network.router),
    ("", casework.cases),
    ("", casework.consents),
    ("", casework.referrals),
    ("", shell),
):
    api.add_router(_prefix, _router)
