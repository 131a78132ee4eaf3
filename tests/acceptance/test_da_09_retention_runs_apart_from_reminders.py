"""DA-09: retention runs on a clock of its own, apart from every reminder: proposed, looked at, carried out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from fener.casework.due import JOBS
from fener.casework.models import Case, Clock
from fener.casework.selectors.worklist import today
from fener.casework.services import clocks, consents
from fener.casework.services import erasure as services
from fener.contact.models import Intake, Screening
from fener.norms import retention
from fener.norms.packs import load_packs
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import AuditEntry, Consent, Erasure, ItemGrant, RetentionPeriod
from fener.trust.privacy import erasures
from fener.trust.roles import Role
from tests.casework.erasing import close
from tests.factories.casework import CaseFactory, keep_terms
from tests.factories.contact import finished, sent
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=800)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Any, settings: Any) -> None:
    settings.FENER_HOME = tmp_path


def period(mechanism: Mechanism, months: int = 12, data_class: str = "case_file", body: str = "ngo") -> RetentionPeriod:
    admin = getattr(mechanism, body).actor(Role.ORGANISATION_ADMIN)
    return services.set_period(
        actor=admin, data_class=data_class, months=months, reason="Claims are rare after a year."
    )


@pytest.fixture
def closed(case_manager: Actor) -> Case:
    """A file that was closed today; the person lets it be kept for years."""
    until = timezone.localdate() + timedelta(days=900)
    return close(case_manager, CaseFactory(actor=case_manager, keep_consent=keep_terms(until=until)))


def test_da_09_no_period_is_invented(closed: Case) -> None:
    """The law's is unknown and the organisation has set none: nothing is proposed, however long it takes."""
    assert not retention.law("case_file", "RS").known
    assert erasures.propose_due(timezone.now() + YEARS) == 0


def test_da_09_an_own_period_is_called_what_it_is(closed: Case, mechanism: Mechanism) -> None:
    period(mechanism)
    found = retention.due("case_file", date(2026, 3, 2), jurisdiction="RS", own=retention.Own(12, "Claims are rare."))
    assert found.own
    assert "its own rule and not the law's: Claims are rare." in " ".join(step.english() for step in found.why)


def test_da_09_time_proposes_and_erases_nothing_by_itself(closed: Case, mechanism: Mechanism) -> None:
    period(mechanism)
    assert erasures.propose_due(timezone.now() + timedelta(days=300)) == 0
    later = timezone.now() + timedelta(days=370)
    assert erasures.propose_due(later) == 1
    assert erasures.propose_due(later) == 0, "once"
    assert erasures.carry_out_due(later + YEARS) == 0, "nobody has looked at it"
    assert ItemGrant.objects.filter(item__subject_id=closed.pk).exists()
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.ground, erasure.proposed_by) == ("proposed", "ran_out", None)
    assert erasure.why, "it says how the date was worked out"


def test_da_09_reviewed_then_carried_out_after_the_days_of_grace(closed: Case, mechanism: Mechanism) -> None:
    period(mechanism)
    later = timezone.now() + timedelta(days=370)
    erasures.propose_due(later)
    erasure = services.approve_erasure(
        actor=mechanism.ngo.actor(Role.CASE_MANAGER), erasure=Erasure.objects.get(), at=later
    )
    assert erasure.carry_out_on == timezone.localdate(later) + timedelta(days=30)
    assert erasures.carry_out_due(later + timedelta(days=29)) == 0
    assert erasures.carry_out_due(later + timedelta(days=30)) == 1
    assert not ItemGrant.objects.filter(item__subject_id=closed.pk).exists()
    acts = list(AuditEntry.objects.filter(act__startswith="erasure.").order_by("pk").values_list("act", flat=True))
    assert acts == ["erasure.propose", "erasure.approve", "erasure.carry_out"]


@pytest.mark.parametrize("days", [1, 400])
def test_da_09_no_reminder_starts_it(case_manager: Actor, mechanism: Mechanism, days: int) -> None:
    """Every clock of an open file overdue, and ended: nothing is proposed."""
    period(mechanism)
    case = CaseFactory(actor=case_manager, keep_consent=keep_terms(until=timezone.localdate() + timedelta(days=900)))
    later = timezone.now() + timedelta(days=days)
    assert Clock.objects.filter(case=case).exists()
    clocks.end_run_out(actor=SYSTEM, at=later + timedelta(days=1))
    assert erasures.propose_due(later + timedelta(days=1)) == 0


def test_da_09_clocks_and_periods_share_no_code() -> None:
    """Neither pack names what stands in the other, and neither rule reads the other."""
    reminders = {code for pack in load_packs().of_kind("clocks").values() for code in pack.data}
    assert reminders
    assert not reminders & set(retention.classes())
    source = Path(retention.__file__).read_text(encoding="utf-8")
    assert "norms.clocks" not in source
    assert "Clock" not in source


def test_da_09_nobody_looks_at_their_own_proposal(case_manager: Actor, closed: Case) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=closed, ground=Erasure.Ground.ASKED)
    with pytest.raises(Refused, match="Another person"):
        services.approve_erasure(actor=case_manager, erasure=erasure)


def test_da_09_a_stranger_learns_nothing_of_it(case_manager: Actor, closed: Case, mechanism: Mechanism) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=closed, ground=Erasure.Ground.ASKED)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    for run in (
        lambda: services.approve_erasure(actor=stranger, erasure=erasure),
        lambda: services.stop_erasure(actor=stranger, erasure=erasure, because="person"),
        lambda: services.propose_erasure(actor=stranger, case=closed, ground="asked"),
    ):
        with pytest.raises(Refused) as refused:
            run()
        assert refused.value.hidden


def test_da_09_while_proceedings_run_it_is_refused_with_a_day_to_look_again(
    case_manager: Actor, closed: Case, mechanism: Mechanism
) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=closed, ground=Erasure.Ground.ASKED)
    second = mechanism.ngo.actor(Role.CASE_MANAGER)
    with pytest.raises(InvalidInput):
        services.refuse_erasure(actor=second, erasure=erasure, hold="proceedings", look_again_on=timezone.localdate())
    again = timezone.localdate() + timedelta(days=90)
    services.refuse_erasure(actor=second, erasure=erasure, hold="proceedings", look_again_on=again)
    assert erasures.propose_due(timezone.now() + timedelta(days=89)) == 0
    assert erasures.propose_due(timezone.now() + timedelta(days=90)) == 1
    assert Erasure.objects.filter(state="proposed").get().ground == Erasure.Ground.ASKED


def test_da_09_the_person_can_stop_it_until_its_day(case_manager: Actor, closed: Case, mechanism: Mechanism) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=closed, ground=Erasure.Ground.ASKED)
    services.approve_erasure(actor=mechanism.ngo.actor(Role.CASE_MANAGER), erasure=erasure)
    services.stop_erasure(actor=case_manager, erasure=erasure, because="person")
    assert erasures.carry_out_due(timezone.now() + YEARS) == 0
    with pytest.raises(AlreadyDone):
        services.stop_erasure(actor=case_manager, erasure=erasure, because="person")


def test_da_09_taking_back_that_it_is_kept_proposes_it_at_once(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    keep = Consent.objects.get(subject_id=case.pk, purpose="keep")
    consents.withdraw(actor=case_manager, consent=keep)
    erasure = Erasure.objects.get(subject_id=case.pk)
    assert (erasure.ground, erasure.proposed_by_id) == ("withdrawn", case_manager.user_id)


def test_da_09_a_file_that_nobody_may_keep_any_more_is_proposed(case_manager: Actor) -> None:
    CaseFactory(actor=case_manager)  # agreed for a year
    assert erasures.propose_due(timezone.now() + timedelta(days=360)) == 0
    assert erasures.propose_due(timezone.now() + timedelta(days=367)) == 1
    assert Erasure.objects.get().ground == "no_consent"


def test_da_09_first_contacts_and_screenings_expire_too(mechanism: Mechanism) -> None:
    officer = mechanism.police.actor(Role.FRONTLINE_OFFICER)
    intake = sent(officer, mechanism.ngo)
    alone = finished(officer)
    period(mechanism, 6, "first_contact")
    period(mechanism, 3, "screening", body="police")
    later = timezone.now() + timedelta(days=200)
    assert erasures.propose_due(later) == 2
    for body, erasure in (("ngo", intake.screening_id), ("police", alone.pk)):
        row = Erasure.objects.get(subject_id=erasure)
        services.approve_erasure(actor=getattr(mechanism, body).actor(Role.ORGANISATION_ADMIN), erasure=row, at=later)
    assert erasures.carry_out_due(later + timedelta(days=30)) == 2
    left = Intake.objects.unscoped(reason="what is left").get(pk=intake.pk)
    assert (left.summary, left.state) == ({}, "closed")
    assert left.code != intake.code
    assert not ItemGrant.objects.exists()
    for screening in Screening.objects.unscoped(reason="what is left"):
        assert (screening.answers, screening.language, screening.suggestion) == ({}, "", {})
    assert erasures.propose_due(later + YEARS) == 0, "what is erased is not proposed again"


def test_da_09_a_length_outside_the_law_is_refused() -> None:
    law = retention.Law(least=12, most=60)
    assert law.known
    assert retention.problem_of(24, "case_file", jurisdiction="RS") is None


def test_da_09_a_period_needs_a_reason_and_a_kind_that_is_erased(mechanism: Mechanism) -> None:
    admin = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    with pytest.raises(InvalidInput) as wrong:
        services.set_period(actor=admin, data_class="audit", months=0, reason=" ")
    assert set(wrong.value.errors) == {"data_class", "months", "reason"}
    with pytest.raises(Refused):
        services.set_period(
            actor=mechanism.ngo.actor(Role.CASE_MANAGER), data_class="case_file", months=12, reason="so"
        )


def test_da_09_tick_looks_once_a_day_and_today_says_that_something_waits(closed: Case, mechanism: Mechanism) -> None:
    period(mechanism)
    later = timezone.now() + timedelta(days=370)
    jobs = {job.kind: job for job in JOBS}
    assert jobs["erasures_proposed"].run(later) == 1
    Erasure.objects.all().delete()
    assert jobs["erasures_proposed"].run(later + timedelta(minutes=10)) == 0
    assert jobs["erasures_proposed"].run(later + timedelta(days=1)) == 1
    assert jobs["erasures_carried_out"].run(later + timedelta(days=1)) == 0
    for role, lines in ((Role.CASE_MANAGER, 1), (Role.ORGANISATION_ADMIN, 0), (Role.SHELTER_WORKER, 0)):
        found = [task for task in today(mechanism.ngo.actor(role), later) if task.kind == "erasure"]
        assert len(found) == lines, role
