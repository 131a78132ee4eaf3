"""RI-03, RI-09, RI-10, RI-11: programmes with neutral names and several groups, counted at each step; a social
enterprise is launched only when its safeguards are done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.programme import Programme
from fener.casework.selectors.reintegration.programmes import steps, steps_by_programme
from fener.casework.services.reintegration import participation, programmes
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.reintegration import agreed, begun, days_ago, entered, programme, safe, stepped
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made = CaseFactory(actor=case_manager)
    agreed(case_manager, made, ago=800)
    entered(case_manager, made, line="psychological", kind="counselling", therapy=True, on=days_ago(700))
    return made


def stands(case: Case) -> set[str]:
    return set(CaseLine.objects.filter(case=case, record=participation.RECORD).values_list("what", flat=True))


@pytest.mark.parametrize("name", ["Work for victims", "Protiv trafikinga", "Након ропства", " "])
def test_ri_03_no_programme_has_a_name_that_tells(case_manager: Actor, name: str) -> None:
    with pytest.raises(InvalidInput):
        programme(case_manager, name=name)
    assert not Programme.objects.exists()


def test_ri_09_a_programme_takes_several_groups_and_a_name_stands_once(case_manager: Actor) -> None:
    for groups in (["returnees"], ["returnees", "returnees"], ["returnees", "trafficked"]):
        with pytest.raises(InvalidInput):
            programme(case_manager, groups=groups)
    programme(case_manager)
    with pytest.raises(InvalidInput):
        programme(case_manager)


def test_ri_09_six_months_are_paid_by_the_state_and_then_the_employers_part_is_due(
    case_manager: Actor, case: Case
) -> None:
    row = begun(case_manager, case, programme(case_manager), ago=310)
    stepped(case_manager, row, "subsidised", ago=300)
    start = days_ago(300)
    assert participation.payers(row) == [
        ("public", start + relativedelta(months=6, days=-1)),
        ("employer", start + relativedelta(months=24, days=-1)),
    ]
    line = CaseLine.objects.get(case=case, record=participation.RECORD, what="in")
    assert line.due is not None
    assert timezone.localdate(line.due) == start + relativedelta(months=6)  # overdue by now
    stepped(case_manager, row, "employer_pays", ago=100)
    line = CaseLine.objects.get(case=case, record=participation.RECORD, what="in")
    assert line.due is not None
    assert timezone.localdate(line.due) == start + relativedelta(months=24)
    stepped(case_manager, row, "kept_on", ago=0)
    line = CaseLine.objects.get(case=case, record=participation.RECORD, what="in")
    assert (line.due, line.shown) == (None, False)


def test_ri_09_steps_follow_in_their_order_on_days_that_do_not_go_back(case_manager: Actor, case: Case) -> None:
    where = programme(case_manager)
    with pytest.raises(InvalidInput):  # before the person agreed to any plan
        begun(case_manager, case, where, ago=801)
    row = begun(case_manager, case, where)
    with pytest.raises(InvalidInput):
        begun(case_manager, case, where)
    for step, ago in (("kept_on", 0), ("subsidised", 301), ("subsidised", -1)):
        with pytest.raises(InvalidInput):
            stepped(case_manager, row, step, ago=ago)
    stepped(case_manager, row, "left", ago=10)
    with pytest.raises(InvalidInput):
        stepped(case_manager, row, "subsidised", ago=0)
    begun(case_manager, case, where, ago=5)  # and begins again


def test_ri_09_people_are_counted_at_every_step(case_manager: Actor, mechanism: Mechanism, case: Case) -> None:
    where = programme(case_manager)
    stepped(case_manager, begun(case_manager, case, where), "subsidised", ago=200)
    other = CaseFactory(actor=case_manager)
    agreed(case_manager, other, ago=400)
    stepped(case_manager, begun(case_manager, other, where), "left", ago=200)
    wanted = {"selected": 2, "subsidised": 1, "employer_pays": 0, "kept_on": 0, "left": 1}
    found = steps(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert [(one.pipeline, one.reached) for one in found] == [("wage_subsidy", wanted)]
    assert steps_by_programme(case_manager, [where]) == {where.pk: wanted}
    with pytest.raises(Refused):
        steps(case_manager)


def test_ri_10_a_training_that_nobody_asked_for_or_that_does_not_fit_stands_on_the_case(
    case_manager: Actor, case: Case
) -> None:
    fits = programme(case_manager, "training")
    row = begun(case_manager, case, fits)
    assert stands(case) == {"in"}
    stepped(case_manager, row, "left", ago=1)
    begun(case_manager, case, programme(case_manager, "training", name="Same for all", demand_source="none",
                                        standard_course=True), fits="no")  # fmt: skip
    assert stands(case) == {"in", "no_demand", "no_match", "standard_course"}
    with pytest.raises(InvalidInput):
        programme(case_manager, "training", name="Never read", demand_source="")


def test_ri_02_a_programme_before_therapy_or_alone_stands_on_the_case_until_it_is_beside(
    case_manager: Actor,
) -> None:
    lonely = CaseFactory(actor=case_manager)
    agreed(case_manager, lonely, ago=400)
    begun(case_manager, lonely, programme(case_manager))
    assert stands(lonely) == {"in", "before_therapy", "no_psychosocial"}
    entered(case_manager, lonely, line="psychological", kind="counselling", therapy=True, on=days_ago(350))
    assert stands(lonely) == {"in"}


def test_ri_11_a_social_enterprise_is_launched_only_when_every_safeguard_is_done(case_manager: Actor) -> None:
    made = programme(case_manager, "social_enterprise")

    def launch(ago: int = 0) -> Programme:
        return programmes.launch(actor=case_manager, programme=made, on=days_ago(ago))

    with pytest.raises(GateClosed) as error:
        launch()
    assert error.value.result.gate == "launch_enterprise"
    safe(case_manager, made, economist="missing")
    with pytest.raises(GateClosed):
        launch()
    safe(case_manager, made, ago=400, economist="not_needed")  # this one cannot be waived
    with pytest.raises(GateClosed):
        launch()
    safe(case_manager, made, ago=300, product_protected="not_needed")
    with pytest.raises(GateClosed):  # on that day it was not so
        launch(301)
    assert launch().launched_on == days_ago(0)
    with pytest.raises(AlreadyDone):
        launch()


def test_ri_11_without_a_recorded_split_of_the_profit_nothing_is_launched(case_manager: Actor) -> None:
    made = programme(case_manager, "social_enterprise")
    states = {item: "given" for item in programmes.safeguard_items() if item != programmes.SPLIT}
    programmes.record_safeguards(actor=case_manager, programme=made, states=states, on=days_ago(1))
    with pytest.raises(GateClosed):
        programmes.launch(actor=case_manager, programme=made, on=days_ago(0))
    with pytest.raises(InvalidInput):  # nobody's yes stands in for the split
        programmes.record_safeguards(
            actor=case_manager, programme=made, states={programmes.SPLIT: "given"}, on=days_ago(0)
        )
    with pytest.raises(InvalidInput):
        programmes.record_safeguards(actor=case_manager, programme=made, states={}, on=days_ago(0), workers_share=101)
    with pytest.raises(IntegrityError):
        Programme.objects.filter(pk=made.pk).update(launched_on=days_ago(0))


def test_ri_11_nobody_works_in_an_enterprise_before_its_launch(case_manager: Actor, case: Case) -> None:
    made = programme(case_manager, "social_enterprise")
    row = stepped(case_manager, begun(case_manager, case, made), "safeguarded", ago=200)
    with pytest.raises(InvalidInput):
        stepped(case_manager, row, "launched", ago=100)
    safe(case_manager, made)
    programmes.launch(actor=case_manager, programme=made, on=days_ago(90))
    with pytest.raises(InvalidInput):
        stepped(case_manager, row, "launched", ago=91)
    stepped(case_manager, row, "launched", ago=90)


def test_ri_09_the_register_and_the_case_lead_through_it_and_tell_strangers_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    client, register = signed_in(case_manager), reverse("casework:programmes")
    assert "No programme is entered yet" in words(client.get(register).content.decode())
    new = reverse("casework:programme_new")
    typed = {"pipeline": "social_enterprise", "groups": ["returnees", "young_people"], "since": days_ago(99)}
    refused = client.post(new, {"once": str(uuid4()), **typed, "name": "House of survivors"})
    assert refused.status_code == 422
    assert "tells on the people" in words(refused.content.decode())
    assert client.post(new, {"once": str(uuid4()), **typed, "name": "Lasta"}).status_code == 302
    made = Programme.objects.get()
    launch = reverse("casework:programme_launch", args=[made.pk])
    safeguards = reverse("casework:programme_safeguards", args=[made.pk])
    answer = client.post(launch, {"once": str(uuid4()), "on": days_ago(0)})
    assert "An economist has advised" in words(answer.content.decode())
    typed = {f"state_{item}": "given" for item in programmes.safeguard_items() if item != programmes.SPLIT}
    form = {"once": str(uuid4()), "on": days_ago(0), "workers_share": "70", **typed}
    assert client.post(safeguards, form).status_code == 302
    assert client.post(launch, {"once": str(uuid4()), "on": days_ago(0)}).status_code == 302
    begin = reverse("casework:participation_new", args=[case.code])
    typed = {"programme": made.pk, "fits_profile": "yes", "on": days_ago(0)}
    assert client.post(begin, {"once": str(uuid4()), **typed}).status_code == 302
    page = words(client.get(register).content.decode())
    assert "Selected: 1" in page
    assert case.code not in page
    step = reverse("casework:participation_step", args=[case.code, case.participations.get().pk])
    assert client.post(step, {"once": str(uuid4()), "step": "safeguarded", "on": days_ago(0)}).status_code == 302
    assert "Lasta" in words(client.get(reverse("casework:chapter", args=[case.code, "reintegration"])).content.decode())
    stranger = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert "Lasta" not in words(stranger.get(register).content.decode())
    for path in (safeguards, launch, begin, step):
        assert stranger.get(path).status_code == 404
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    for path in (register, new, safeguards, launch, begin, step):
        assert node.get(path).status_code in (403, 404)
