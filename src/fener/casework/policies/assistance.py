"""Who may act on needs, plans, services and referrals. Read with trust's policy.py; rendered into docs/access.md."""

from __future__ import annotations

from fener.trust.compartments import Compartment
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

# Whoever works with the person; what each opens is decided by compartment, here it is about acts.
WORKERS = frozenset({Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.HEALTH_WORKER, Role.LAWYER})
# Police, inspectors and others who assess when asked: requests for an assessment, and nothing else at the desk.
OFFICERS = frozenset({Role.FRONTLINE_OFFICER})
AT_DESKS = WORKERS | OFFICERS
_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
_WORKS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION, R.REFERRED_TO})
_CASE_MANAGER = frozenset({Role.CASE_MANAGER})


def _by_workers(act: str, note: str = "") -> tuple[Row, Row]:
    """An act of everybody who works with the person; specialists only where somebody was brought to them."""
    return (
        Row(act, {Role.CASE_MANAGER, Role.SHELTER_WORKER}, _WORKS, note=note),
        Row(act, {Role.HEALTH_WORKER, Role.LAWYER}, {R.ASSIGNED, R.REFERRED_TO}, note=note),
    )


ROWS: tuple[Row, ...] = (
    # -- needs and the plan ------------------------------------------------------------------------------------------
    *_by_workers("need.record", note="before any offer, in the person's view (rule AS-02)"),
    *_by_workers("need.meet", note="the person says that it is met"),
    Row("plan.draw_up", _CASE_MANAGER, _HOLDS, note="rests on recorded needs and an assessment (rule AS-03)"),
    Row("plan.agree", _CASE_MANAGER, _HOLDS, note="records what the person decided (rule CO-06)"),
    Row("plan.change", _CASE_MANAGER, _HOLDS),
    *_by_workers("plan.leave", note="whoever hears it records it; no service ends by it"),
    # -- services ----------------------------------------------------------------------------------------------------
    *_by_workers("service.offer"),
    *_by_workers("service.answer", note="the person's own answer, with their reason (rule AS-01)"),
    *_by_workers("service.deliver", note="by the provider's own people only, so that it counts once (rule AS-01)"),
    *_by_workers("service.leave", note="whoever hears it records it; nothing else changes (rule CO-06)"),
    *_by_workers("service.helpful", note="the person's view goes back to the provider (rule AS-02)"),
    Row(
        "feedback.list",
        WORKERS | {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        note="answers without cases",
        beside=True,
    ),
    Row(
        "feedback.open",
        WORKERS,
        {R.SAME_ORGANISATION},
        compartments={Compartment.NARRATIVE},
        note="words about its own service that the person wanted passed on to the provider",
    ),
    Row("agreed_duty.record", _CASE_MANAGER, _HOLDS, note="that a body kept what it agreed to (rule BO-02)"),
    # -- referrals ---------------------------------------------------------------------------------------------------
    Row("referral.check", _CASE_MANAGER, _HOLDS),
    Row("referral.offer", _CASE_MANAGER, _HOLDS, note="rule AS-08"),
    Row("referral.withdraw", _CASE_MANAGER, _HOLDS),
    Row("referral.list", WORKERS, {R.SAME_ORGANISATION}, note="what one's own organisation sent"),
    Row("referral.preview", AT_DESKS, {R.OFFERED}, note="masked: bands and codes, no name and no code of the case"),
    Row("referral.accept", AT_DESKS, {R.OFFERED}),
    Row("referral.decline", AT_DESKS, {R.OFFERED}, note="with a reason that counts"),
    Row("referral.outcome", AT_DESKS, {R.REFERRED_TO}, note="back to the sender"),
    Row("referral.read", WORKERS, {R.SAME_ORGANISATION}),
    Row("referral.read", AT_DESKS, {R.REFERRED_TO}),
    Row("desk.read", AT_DESKS, {R.SAME_ORGANISATION}, note="what waits at the desks of one's own organisation"),
    Row(
        "service_desk.read",
        WORKERS,
        {R.SAME_ORGANISATION},
        note="every kind of referral; without it a desk shows requests for an assessment alone",
    ),
    # -- lists -------------------------------------------------------------------------------------------------------
    Row(
        "worklist.read",
        Role,
        {R.OWN},
        note="one's own tasks; each source of tasks asks its own act as well",
        beside=True,
    ),
    Row("board.read", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="pseudonymous; opens nothing"),
    Row("response_times.read", {Role.MECHANISM_COORDINATOR, Role.STATISTICIAN}, {R.NODE}, note="rule AS-09"),
    Row("escalation.run", (), (), job=True, note="a job, on facts: it has no keys (rule AS-09)"),
)
