"""AC-03: a complaint goes to somebody whom it is not about, with a deadline, and that person cannot read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case, CaseAssignment
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.complaint import Complaint
from fener.casework.selectors.worklist import Task, today
from fener.casework.services.notes import open_words
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety.complaint_paths import pass_on, send_out
from fener.casework.services.safety.complaints import ComplaintTerms, complaint_answer, complaint_record
from fener.network.models import Duty
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, NotGranted, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
SAID = "He shouted at her in the corridor."


@pytest.fixture
def about(mechanism: Mechanism) -> Actor:
    """The colleague whom the complaint is about."""
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def answerer(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


def complained(actor: Actor, case: Case, answerer: Actor, of: Actor | None, **changes: object) -> Complaint:
    terms: dict[str, object] = {
        "about": "own_organisation",
        "about_user_id": of.user_id if of else None,
        "channel": "spoken",
        "made_on": timezone.localdate(),
        "answerer_id": answerer.user_id,
        "words": SAID,
        **changes,
    }
    return complaint_record(actor=actor, case=case, terms=ComplaintTerms(**terms))  # type: ignore[arg-type]


def waiting(actor: Actor, on: date) -> list[Task]:
    at = timezone.now() + (on - timezone.localdate())
    return [task for task in today(actor, at) if task.kind == "safety.complaints"]


def chapter(client: Client, case: Case) -> str:
    return client.get(reverse("casework:chapter", args=[case.code, "safety"])).content.decode()


def test_ac_03_it_is_answered_by_a_day_by_the_one_who_was_asked_alone(
    case_manager: Actor, answerer: Actor, about: Actor
) -> None:
    complaint = complained(case_manager, CaseFactory(actor=case_manager), answerer, about)
    assert complaint.answer_due_on >= timezone.localdate() + timedelta(days=15)  # fifteen working days
    assert waiting(answerer, timezone.localdate()) != []
    for other in (case_manager, about):
        with pytest.raises(Refused):
            complaint_answer(actor=other, complaint=complaint, on=timezone.localdate(), words="No.")
    complaint_answer(actor=answerer, complaint=complaint, on=timezone.localdate(), words="It was put right.")
    assert waiting(answerer, timezone.localdate()) == []
    with pytest.raises(AlreadyDone):
        complaint_answer(actor=answerer, complaint=complaint, on=timezone.localdate(), words="Again.")


def test_ac_03_whom_it_is_about_learns_of_it_nowhere(
    case_manager: Actor, answerer: Actor, about: Actor, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    complaint = complained(case_manager, case, answerer, about)
    client = signed_in(about)
    assert "Made on" not in words(chapter(client, case))
    assert str(complaint.words_id) not in chapter(client, case)
    assert client.get(reverse("casework:complaint_answer", args=[case.code, complaint.pk])).status_code == 404
    assert client.post(reverse("casework:words_open", args=[case.code, complaint.words_id])).status_code == 404
    assert not CaseLine.objects.filter(case=case, record="safety.complaints").exists()
    assert waiting(about, complaint.answer_due_on + timedelta(days=2)) == []
    assert SAID not in repr(make_copy(actor=about, case=case, language="en"))
    assert complaint.words is not None
    with pytest.raises(NotGranted):
        open_words(actor=about, case=case, item=complaint.words)


def test_ac_03_who_wrote_it_down_and_who_answers_read_it_and_no_other_colleague(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    complaint = complained(case_manager, case, answerer, about)
    assert complaint.words is not None
    for reader in (case_manager, answerer):
        assert open_words(actor=reader, case=case, item=complaint.words) == SAID
        assert "Made on" in words(chapter(signed_in(reader), case))
    third = mechanism.ngo.actor(Role.CASE_MANAGER)
    with pytest.raises(NotGranted):
        open_words(actor=third, case=case, item=complaint.words)


def test_ac_03_nobody_answers_or_writes_down_a_complaint_about_themselves(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    for who, to, of in (
        (case_manager, about, about),
        (about, answerer, about),
        (case_manager, stranger, about),
    ):
        with pytest.raises(InvalidInput):
            complained(who, case, to, of)
    complaint = complained(case_manager, case, answerer, about)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(answerer_id=about.user_id)


def test_ac_03_the_co_ordinator_learns_that_one_is_overdue_and_not_what_it_says(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    complaint = complained(case_manager, case, answerer, about)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert waiting(co_ordinator, complaint.answer_due_on) == []
    (task,) = waiting(co_ordinator, complaint.answer_due_on + timedelta(days=1))
    assert str(task.text) == "A complaint was not answered in time"
    assert task.args == (case.code,)


def test_ac_03_days_and_lists_are_checked(case_manager: Actor, answerer: Actor, about: Actor) -> None:
    case, now = CaseFactory(actor=case_manager), timezone.localdate()
    for wrong in (
        {"channel": "song"},
        {"about": "neighbour"},
        {"about": "police"},  # a colleague is not of the police
        {"made_on": now + timedelta(days=1)},
    ):
        with pytest.raises(InvalidInput):
            complained(case_manager, case, answerer, about, **wrong)
    complaint = complained(case_manager, case, answerer, about)
    for on, said in ((now + timedelta(days=1), "x"), (now - timedelta(days=1), "x"), (now, " ")):
        with pytest.raises(InvalidInput):
            complaint_answer(actor=answerer, complaint=complaint, on=on, words=said)


def test_ac_03_it_goes_only_to_somebody_who_can_read_and_answer_it(
    case_manager: Actor, about: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    unable = [mechanism.ngo.actor(role) for role in (Role.SHELTER_WORKER, Role.LAWYER, Role.HEALTH_WORKER)]
    for other in unable:  # a lawyer reads it only once the case was brought to them
        with pytest.raises(InvalidInput) as refused:
            complained(case_manager, case, other, about)
        assert list(refused.value.errors) == ["answerer"]
    address = reverse("casework:complaint_new", args=[case.code])

    def offered() -> set[UUID]:
        form = signed_in(case_manager).get(address).context["form"]
        return set(form.fields["answerer"].queryset.values_list("pk", flat=True)) & {one.user_id for one in unable}

    assert offered() == set()
    CaseAssignment.objects.create(case=case, user_id=unable[1].user_id)
    assert offered() == {unable[1].user_id}
    complaint = complained(case_manager, case, unable[1], about)
    assert complaint.words is not None
    assert open_words(actor=unable[1], case=case, item=complaint.words) == SAID


def test_ac_03_it_is_given_on_once_and_the_new_one_answers_by_the_same_day(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, third = CaseFactory(actor=case_manager), mechanism.ngo.actor(Role.CASE_MANAGER)
    complaint = complained(case_manager, case, answerer, about)
    path = reverse("casework:complaint_pass_on", args=[case.code, complaint.pk])
    for stranger in (third, about):
        assert signed_in(stranger).get(path).status_code == 404
        with pytest.raises(Refused):
            pass_on(actor=stranger, complaint=complaint, answerer_id=third.user_id)
    for wrong in (about, answerer, mechanism.ngo.actor(Role.SHELTER_WORKER)):
        with pytest.raises(InvalidInput):
            pass_on(actor=answerer, complaint=complaint, answerer_id=wrong.user_id)
    assert path in chapter(signed_in(answerer), case)
    typed = {"once": str(uuid4()), "answerer": str(third.user_id)}
    assert signed_in(answerer).post(path, typed).status_code == 302
    moved = Complaint.objects.get()
    assert (moved.answerer_id, moved.passed_from_id, moved.answer_due_on) == (
        third.user_id,
        answerer.user_id,
        complaint.answer_due_on,
    )
    assert AuditEntry.objects.filter(act="complaint.pass_on", outcome="done").count() == 1
    assert waiting(answerer, timezone.localdate()) == []
    assert waiting(third, timezone.localdate()) != []
    with pytest.raises(AlreadyDone):
        pass_on(actor=third, complaint=complaint, answerer_id=answerer.user_id)
    assert moved.words is not None
    assert open_words(actor=third, case=case, item=moved.words) == SAID
    with pytest.raises(NotGranted):
        open_words(actor=answerer, case=case, item=moved.words)


def test_ac_03_it_leaves_the_house_only_to_a_body_with_the_duty_and_on_a_consent(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, today_ = CaseFactory(actor=case_manager), timezone.localdate()
    complaint = complained(case_manager, case, answerer, about)
    body = mechanism.co_ordination.organisation
    with pytest.raises(InvalidInput):  # no duty stands in the matrix
        send_out(actor=answerer, complaint=complaint, body_id=body.pk, on=today_)
    Duty.objects.create(
        stage="co_ordination", organisation=body, role="accountable", what="Hears complaints", since=date(2020, 1, 1)
    )
    with pytest.raises(GateClosed):
        send_out(actor=answerer, complaint=complaint, body_id=body.pk, on=today_)
    consent_to(case_manager, case, body, Compartment.LEGAL)
    with pytest.raises(InvalidInput):
        send_out(actor=answerer, complaint=complaint, body_id=mechanism.shelter.organisation.pk, on=today_)
    path = reverse("casework:complaint_send", args=[case.code, complaint.pk])
    assert signed_in(about).get(path).status_code == 404
    typed = {"once": str(uuid4()), "body": str(body.pk), "on": today_.isoformat()}
    assert signed_in(answerer).post(path, typed).status_code == 302
    assert f"Sent to {body.name}" in words(chapter(signed_in(answerer), case))
    with pytest.raises(AlreadyDone):
        send_out(actor=answerer, complaint=complaint, body_id=body.pk, on=today_)
    assert waiting(answerer, today_) != []  # whoever answers here follows up
    complaint_answer(actor=answerer, complaint=complaint, on=today_, words="The co-ordinator put it right.")
