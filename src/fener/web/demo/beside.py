"""What runs beside the path of the demonstration's people: protection, law, residence, houses, health, the way on."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.shelter.house import Shelter
from fener.casework.services.children import conferences, decisions, guardians, placements
from fener.casework.services.health import care
from fener.casework.services.justice import advice, assets, charges, compensation, interviews, statements
from fener.casework.services.reintegration import plan as reintegration
from fener.casework.services.residence import regimes
from fener.casework.services.returns import journeys, recontact
from fener.casework.services.safety import plan as protection
from fener.casework.services.safety import promises, risks
from fener.casework.services.shelter import houses, stays
from fener.norms.alternatives import alternatives_for
from fener.norms.compensation import compensation_routes
from fener.norms.path.checklists import checklist
from fener.norms.vocab import vocabulary
from fener.web.demo.acts import Teller


def tell(t: Teller) -> None:
    """After the path itself: the same people, chapter by chapter."""
    site, house, after = t.cases["site"], t.cases["house"], t.cases["after"]
    for chapter in (safety, law, money, standing_again):
        chapter(t, site)
    residence(t, house)
    going_home(t, house)
    children(t, t.cases["corner"])
    health(t, t.cases["ill"])
    stays_in_touch(t, after)
    houses_and_ledger(t)


def history(t: Teller, case: Case) -> None:
    """All that may stand beside the path of one grown person: for a case in which much happened."""
    for chapter in (safety, law, money, standing_again, residence, going_home, stays_in_touch):
        chapter(t, case)


def safety(t: Teller, case: Case) -> None:
    """Dangers that were asked about, what protects, what was promised: one kept, one late."""
    holder = t.holder(case)
    answers = {"local_recruiters": "high", "debt": "medium", "family_threatened": "low"}
    terms = risks.RiskTerms(
        assessed_on=t.on(16), answers=answers, own_level="high", words="The foreman's brother waits at the bus stop."
    )
    risks.record_risk(actor=holder, case=case, terms=terms)
    protection.begin_measure(actor=holder, case=case, terms=protection.MeasureTerms(kind="safe_place", since=t.on(15)))
    for kind, by, due in (("payment", "other", 3), ("permit", "police", 6)):
        promised = promises.record_promise(
            actor=holder, case=case,
            terms=promises.PromiseTerms(kind=kind, by=by, made_on=t.on(12), due_on=t.on(due), words="At the site."),
        )  # fmt: skip
    promises.settle_promise(actor=holder, promise=promised, step="keep", on=t.on(7))


def law(t: Teller, case: Case) -> None:
    """A lawyer, what was told, an interview that was held and one that is planned, a statement, a charge."""
    holder = t.holder(case)
    lawyer = advice.record_mandate(
        actor=holder, case=case, alone=True, competent=True, since=t.on(15), words="Luka Bor, Lanterna"
    )
    items = ("legal_advice", "consequences", "right_to_refuse")
    told = advice.ToldTerms(
        mandate_id=lawyer.pk, items=items, on=t.on(14), language=case.language, interpreter=case.interpreter
    )
    advice.record_told(actor=holder, case=case, terms=told)
    police = interviews.InterviewTerms(asked_by="police", purpose="investigation", words="Room 4, with a window.")
    kept = {item.code: "yes" for item in checklist(interviews.STANDARD).items}
    held = interviews.HeldTerms(
        on=t.on(11), language=case.language, interpreter=case.interpreter, standard=kept, present=["lawyer"], minutes=50
    )
    interviews.record_interview(actor=holder, case=case, terms=police, held=held)
    statements.record_statement(
        actor=holder, case=case,
        terms=statements.StatementTerms(kind="witness", to="prosecutor", on=t.on(8), reference="Kt 14"),
    )  # fmt: skip
    charges.record_charge(
        actor=holder, case=case,
        terms=charges.ChargeTerms(
            kind="extortion", branch="criminal", scale="single", act_on=t.on(60), article="214(1)",
            law_from=t.on(2000), least=24, most=96, words="The foreman.",
        ),
    )  # fmt: skip


def money(t: Teller, case: Case) -> None:
    """A claim from every source is told; wages are claimed."""
    holder = t.holder(case)
    routes = compensation.ToldTerms(
        routes=tuple(compensation_routes()),
        facts={},
        told_on=t.on(13),
        language=case.language,
        interpreter=case.interpreter,
    )
    compensation.tell_routes(actor=holder, case=case, terms=routes)
    claim = compensation.ClaimTerms(
        route="criminal_court", currency="EUR", claimed_on=t.on(9), asked=Decimal(2400), words="Four months' wages."
    )
    compensation.record_claim(actor=holder, case=case, terms=claim)


def residence(t: Teller, case: Case) -> None:
    """A recovery period as the generic standard counts it, and what is known for the next step."""
    regimes.begin_regime(actor=t.holder(case), case=case, code="COE", starts_on=t.on(26))


def houses_and_ledger(t: Teller) -> None:
    """Both houses in the register, with their nights; a car that police seized."""
    for body, worker, residents, cost in (("pristan", "shelter", 3, 38), ("gnezdo", "shelter2", 1, 52)):
        terms = houses.HouseTerms(
            kind="trafficking", funder="state", procurement="grant", cost_per_night=Decimal(cost), currency="EUR"
        )
        house = houses.save_house(actor=t.who(worker), service=t.made.services[body], terms=terms)
        for day in range(7, 0, -1):
            houses.record_night(actor=t.who(worker), shelter=house, on=t.on(day), residents=residents)
        if body == "pristan":
            lives_there(t, t.cases["site"], house)
    assets.seize(actor=t.who("officer"), kind="vehicle", currency="EUR", seized_on=t.on(10), value=Decimal(9000))


def lives_there(t: Teller, case: Case, house: Shelter) -> None:
    """Another body keeps the case and referred the person; the house admitted, and leads the stay."""
    terms = stays.AdmissionTerms(
        ground="presumed", reason="danger", since=t.on(13), decided_by="person", rules_explained=True,
        right_to_leave_told=True, testimony_not_asked=True, sees_self_so=True, until=t.on(-77),
    )  # fmt: skip
    stays.admit(actor=t.who("shelter"), case=case, shelter=house, terms=terms)


def children(t: Teller, case: Case) -> None:
    """A guardian within a day, the child's own words, a place, and people around one table."""
    holder = t.holder(case)
    terms = guardians.GuardianTerms(
        kind="guardian", mandate="whole", legal_basis="Invented family act, article 124", since=t.on(3), who="Rada Kos"
    )
    guardians.name_guardian(actor=holder, case=case, terms=terms)
    decisions.record_view(
        actor=holder, case=case, about="placement", heard=True, on=t.on(2), words="Where Mila is. Not where he comes."
    )
    at = timezone.make_aware(datetime.combine(t.on(2), time(12)))
    placements.place_child(
        actor=holder, case=case,
        terms=placements.PlacementTerms(kind="specialised_shelter", since=at, offered_first=True),
    )  # fmt: skip
    met = conferences.ConferenceTerms(
        held_on=t.on(1), present=("child_protection", "school", "anti_trafficking_police", "ngo"),
        chair="child_protection", level="high",
    )  # fmt: skip
    held = conferences.hold_conference(actor=holder, case=case, terms=met)
    conferences.agree_measure(
        actor=holder, conference=held, sector="school", due_on=t.on(-10), words="A place beside Mila."
    )


def health(t: Teller, case: Case) -> None:
    """At the clinic: a test that was offered, counselled and taken; nothing of it shows elsewhere."""
    doctor = t.who("doctor")
    test = care.offer_test(actor=doctor, case=case, stage="stay", what="An X-ray of the chest.", on=t.on(5))
    for step in ("counsel", "take"):
        test = care.step_test(actor=doctor, test=test, step=step, on=t.on(4))


def going_home(t: Teller, case: Case) -> None:
    """Somebody asks about a way home and is told of every other way first; nothing is decided."""
    journey = journeys.request(
        actor=t.holder(case), case=case, kind="assisted_voluntary", country="AL", on=t.on(5), words="To my mother."
    )
    other_ways = {one.kind: "not_wanted" for one in alternatives_for(settings.FENER_JURISDICTION, t.on(4))}
    told = journeys.Told(
        items=["rights", "options", "consequences"], language=case.language, interpreter=case.interpreter,
        on=t.on(4), alternatives=other_ways,
    )  # fmt: skip
    journeys.tell(actor=t.holder(case), journey=journey, told=told)


def stays_in_touch(t: Teller, case: Case) -> None:
    """A way and a time to be asked again, which the person chose, apart from the file."""
    recontact.agree(
        actor=t.holder(case), case=case, channel="telephone", how="Sundays; ask for the seamstress.", on=t.on(35),
        until=t.on(-330),
    )  # fmt: skip


def standing_again(t: Teller, case: Case) -> None:
    """A plan of the person's own making, and a course that has begun."""
    holder = t.holder(case)
    starts = dict.fromkeys(vocabulary("plan_basis").codes(), "Mason's work near home, and evenings free.")
    drawn = reintegration.draw_up(actor=holder, case=case, starts=starts, therapy="yes", on=t.on(6))
    reintegration.decide(actor=holder, plan=drawn, agreed=True, on=t.on(6))
    begun = reintegration.EntryTerms(line="work", kind="enrolment", on=t.on(3))
    reached = reintegration.EntryTerms(
        line="work", kind="milestone", on=t.on(3), due_on=t.on(-60), words="A first job."
    )
    for terms in (begun, reached):
        reintegration.record_entry(actor=holder, case=case, terms=terms)
