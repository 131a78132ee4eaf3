"""The country's worklist for the co-ordinator: codes, times and bodies. Nothing here can name or open anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.reasons import DECLINE_REASONS
from fener.casework.models import Case, Clock, Need, Plan, Referral, ServiceRecord, StatusDecision, hiding
from fener.casework.models.identification import Assessment
from fener.network.models import Organisation
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.models import DisclosureOverride
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.errors import Text

SHOWN = 100  # rows of each table; the counts beside them are of all


@dataclass(frozen=True)
class OverdueClock:
    """A right whose time has come, on a case that is told by its code alone."""

    case_code: str
    clock: str
    due: datetime
    organisation: str


@dataclass(frozen=True)
class Answers:
    """What waits at one body's desks."""

    organisation: str
    waiting: int
    overdue: int
    escalated: int
    oldest_due: datetime


@dataclass(frozen=True)
class OverrideRow:
    """A disclosure without consent: always counted, never hidden. The reason stays with the holder and its auditor."""

    case_code: str
    holder: str
    recipient: str
    compartments: list[str]
    legal_basis: str
    requested_at: datetime
    confirmed: bool
    until: Any


@dataclass(frozen=True)
class Stage:
    """One step of the path with the number of cases that reached it."""

    code: str
    label: Text
    count: int


@dataclass(frozen=True)
class Board:
    """Everything on the page. Counts are of all cases of the node but the protected ones, and but those from which the
    reader is shut out: beside a list they would show that there is one."""

    at: datetime
    cases: int
    clocks_overdue: int
    clocks: tuple[OverdueClock, ...]
    answers: tuple[Answers, ...]
    overrides_total: int
    overrides: tuple[OverrideRow, ...]
    statuses: Mapping[str, int]
    states: Mapping[str, int]
    funnel: tuple[Stage, ...]
    declines: Mapping[str, int]
    profiles_to_correct: Mapping[str, int]
    unsafe_places: int
    language_gaps: int


@node_level(reason="the node's board: codes, bodies and totals")
def country(actor: Actor, at: datetime | None = None) -> Board:
    """The board at a moment; about a dozen queries whatever the number of cases. Raises Refused."""
    at = at or timezone.now()
    policy.require(actor, "board.read", Relationship.NODE)
    cases = Case.objects.for_figures(actor, reason="the node's counts; codes and facts")
    overdue = Clock.objects.filter(ended_at__isnull=True, due_on__lt=at, case__protected=False)
    overdue = overdue.exclude(hiding.shut_out(actor, "case"))
    declined = _declines(actor)
    overrides = _counted_overrides(actor)
    return Board(
        at=at,
        cases=cases.count(),
        clocks_overdue=overdue.count(),
        clocks=tuple(
            OverdueClock(clock.case.code, clock.code, clock.due_on, clock.case.organisation.short_name)
            for clock in overdue.select_related("case__organisation").order_by("due_on")[:SHOWN]
        ),
        answers=_answers(actor, at),
        overrides_total=overrides.count(),
        overrides=_overrides(actor),
        statuses=_counts(cases.order_by().values_list("status").annotate(Count("pk"))),
        states=_counts(cases.order_by().values_list("state").annotate(Count("pk"))),
        funnel=_funnel(actor),
        declines={reason: sum(by_body.values()) for reason, by_body in declined.items()},
        profiles_to_correct=_flagged(declined),
        unsafe_places=sum(declined.get("safety", {}).values()),
        language_gaps=_language_gaps(actor),
    )


def _counts(rows: Any) -> dict[str, int]:
    return {str(key): int(count) for key, count in rows}


def _answers(actor: Actor, at: datetime) -> tuple[Answers, ...]:
    offers = Referral.objects.for_figures(actor, reason="the node's overdue answers; times and bodies")
    rows: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for body, due, level in offers.filter(state=Referral.State.OFFERED).values_list(
        "to_organisation__short_name", "answer_due", "escalation_level"
    ):
        rows[body].append((due, level))
    found = [
        Answers(
            organisation=body,
            waiting=len(some),
            overdue=sum(due < at for due, _level in some),
            escalated=sum(level > 0 for _due, level in some),
            oldest_due=min(due for due, _level in some),
        )
        for body, some in rows.items()
    ]
    return tuple(sorted(found, key=lambda row: (-row.escalated, -row.overdue, row.oldest_due)))


def _counted_overrides(actor: Actor) -> QuerySet[DisclosureOverride]:
    """All but those of protected cases, which are in no figure, and of cases from which the reader is shut out."""
    found = DisclosureOverride.objects.exclude(subject_id__in=hiding.protected_cases())
    return found.exclude(hiding.shut_out(actor, "subject_id"))


def _overrides(actor: Actor) -> tuple[OverrideRow, ...]:
    rows = list(_counted_overrides(actor).order_by("-requested_at")[:SHOWN])
    names = _names({row.holder_id for row in rows} | {row.recipient_id for row in rows})
    codes = dict(
        Case.objects.unscoped(reason="codes of cases with an override")
        .filter(pk__in=[row.subject_id for row in rows])
        .values_list("pk", "code")
    )
    return tuple(
        OverrideRow(
            case_code=codes.get(row.subject_id, ""),
            holder=names.get(row.holder_id, ""),
            recipient=names.get(row.recipient_id, ""),
            compartments=row.compartments,
            legal_basis=row.legal_basis,
            requested_at=row.requested_at,
            confirmed=row.confirmed_at is not None,
            until=row.until,
        )
        for row in rows
    )


def _names(keepers: set[UUID]) -> dict[UUID, str]:
    return dict(Organisation.objects.filter(pk__in=keepers).values_list("pk", "short_name"))


def _declines(actor: Actor) -> dict[str, dict[str, int]]:
    """Reason -> body -> count."""
    rows = (
        Referral.objects.for_figures(actor, reason="counts of reasons; names no case")
        .filter(state=Referral.State.DECLINED)
        .order_by()
        .values_list("decline_reason", "to_organisation__short_name")
        .annotate(Count("pk"))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for reason, body, count in rows:
        found[reason][body] = count
    return found


def _flagged(declined: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Bodies whose desk refused somebody whom the directory says they take: their entries need to be corrected."""
    bodies: dict[str, int] = defaultdict(int)
    for reason, by_body in declined.items():
        if reason in DECLINE_REASONS and DECLINE_REASONS[reason].flags_profile:
            for body, count in by_body.items():
                bodies[body] += count
    return dict(bodies)


def _funnel(actor: Actor) -> tuple[Stage, ...]:
    """How far cases came. A stage is reached by having the record, in any order; no rate is computed from it."""
    referred = Referral.objects.unscoped(reason="stages of the node's cases").filter(case=OuterRef("pk"))
    reached: dict[str, tuple[Text, Any]] = {
        "needs": (_("said what they need"), Exists(Need.objects.filter(case=OuterRef("pk")))),
        "assessed": (_("assessed"), Exists(Assessment.objects.filter(case=OuterRef("pk"), by_person=False))),
        "decided": (_("status decided"), Exists(StatusDecision.objects.filter(case=OuterRef("pk")))),
        "planned": (_("agreed to a plan"), Exists(Plan.objects.filter(case=OuterRef("pk"), agreed=True))),
        "referred": (_("referred to another body"), Exists(referred)),
        "accepted": (_("accepted there"), Exists(referred.filter(state__in=["accepted", "ended"]))),
        "helped": (
            _("received a service"),
            Exists(ServiceRecord.objects.filter(case=OuterRef("pk"), delivered_on__isnull=False)),
        ),
    }
    counted = Case.objects.for_figures(actor, reason="stages of the node's cases")
    counts = counted.aggregate(
        opened=Count("pk"), **{code: Count("pk", filter=Q(condition)) for code, (_label, condition) in reached.items()}
    )
    stages = [Stage("opened", _("case opened"), counts["opened"])]
    return (*stages, *(Stage(code, label, counts[code]) for code, (label, _condition) in reached.items()))


def _language_gaps(actor: Actor) -> int:
    """Open cases with a language or mediation need and nobody named for it, against their own body (rule AS-07)."""
    from fener.casework.domain.fitting import needs_interpreter

    rows = (
        Case.objects.for_figures(actor, reason="counting a gap; names no case")
        .filter(state__in=[Case.State.ACTIVE, Case.State.FOLLOW_UP], interpreter="")
        .values_list("language", "facts__interpreter_needed", "organisation__languages")
    )
    return sum(
        needs_interpreter(languages=[language], asked_for=asked or "", interpreter="", spoken=spoken or [language])
        for language, asked, spoken in rows
    )
