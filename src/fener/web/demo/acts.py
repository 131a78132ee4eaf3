"""What the people of the demonstration do, in the words of the story: each is a service, on the day on which it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from fener.casework.domain import told
from fener.casework.models import Assessment, Case, Need, Referral, ServiceRecord, StatusDecision
from fener.casework.services import (
    assessments,
    assistance,
    cases,
    consents,
    decisions,
    needs,
    plans,
    referral_answers,
    referrals,
)
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.information import InformationTerms
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment as C
from fener.trust.models import Consent, User
from fener.trust.purposes import Purpose
from fener.web.demo.mechanism import Mechanism
from fener.web.demo.people import PEOPLE, Person

INTERPRETER = "Ela Bukva"
BASIS = "Invented rulebook of the demonstration, article 4"
SHARED = (C.IDENTITY, C.CONTACT)


def answer(value: str = "yes", confidence: str = "high", evidence: str = "self_declared") -> dict[str, Any]:
    """One element of the definition, as an assessor answers it."""
    return {"answer": value, "confidence": confidence, "evidence": [evidence]}


@dataclass
class Teller:
    """Tells the story of the mechanism ``made``, with ``now`` as its last moment. Days are counted back from it."""

    made: Mechanism
    now: datetime = field(default_factory=timezone.now)
    cases: dict[str, Case] = field(default_factory=dict)  # by the key of the person in ``PEOPLE``

    def ago(self, days: float) -> datetime:
        """That many days ago, at 10 in the morning; less than a day: that part of a day."""
        if days < 1:
            return self.now - timedelta(days=days)
        day = timezone.localdate(self.now) - timedelta(days=int(days))
        return timezone.make_aware(datetime.combine(day, time(10)))

    def on(self, days: float) -> date:
        """The day that many days ago."""
        return timezone.localdate(self.ago(days))

    def who(self, username: str) -> Actor:
        """An account's actor, unlocked."""
        return self.made.actors[username]

    def user(self, username: str) -> User:
        """An account."""
        return User.objects.get(username=username)

    # -- the case ------------------------------------------------------------------------------------------------------

    def opening(self, key: str, days: float, channel: str = "ngo") -> dict[str, Any]:
        """What ``open_case`` takes for somebody of the story."""
        person, when = PEOPLE[key], self.ago(days)
        return {
            "facts": {
                "age_at_contact": person.age,
                "age_at_contact_certainty": "stated",
                "gender": person.gender,
                "primary_language": person.language,
                "contact_channel": channel,
                "contacted_on": timezone.localdate(when),
                **person.facts,
            },
            "status": person.status,
            **self.told(person.language, days, child=person.child),
            "compartments": _sealed(person),
            "at": when,
        }

    def told(self, language: str, days: float, *, child: bool = False) -> dict[str, Any]:
        """What a case opens on: everything was told, and it may be kept for a year."""
        interpreter = INTERPRETER if language != "sr" else ""
        spoken: dict[str, Any] = {"language": language, "interpreter": interpreter}
        return {
            **spoken,
            "keep_consent": ConsentTerms(
                until=self.on(0) + timedelta(days=365), given_on=self.on(days), **spoken, **self.guarded(child)
            ),
            "information": InformationTerms(items=told.items(), told_on=self.on(days), **spoken),
        }

    @staticmethod
    def guarded(child: bool) -> dict[str, Any]:
        """Who gives a consent: the person; for a child the guardian, and the child agrees."""
        return {"giver": Consent.Giver.GUARDIAN, "child_assent": True} if child else {}

    @staticmethod
    def decided(case: Case) -> dict[str, Any]:
        """Whose decision a yes is: the person's; for a child the guardian's, and the child was heard."""
        return {"given_by": Consent.Giver.GUARDIAN, "child_heard": True} if case.treated_as_child else {}

    def opened(self, key: str, days: float, channel: str = "ngo", by: str = "manager") -> Case:
        """A case at Lanterna."""
        self.cases[key] = cases.open_case(actor=self.who(by), **self.opening(key, days, channel))
        return self.cases[key]

    def agrees(
        self, case: Case, body: str, days: float, *parts: C, purpose: Purpose = Purpose.SHARE_SERVICE
    ) -> Consent:
        """The person lets another body have parts of the file, for one purpose."""
        return consents.record_consent(
            actor=self.holder(case),
            case=case,
            recipient=self.made.organisations[body],
            purpose=purpose,
            compartments=parts or SHARED,
            until=self.on(0) + timedelta(days=120),
            language=case.language,
            interpreter=case.interpreter,
            given_on=self.on(days),
            at=self.ago(days),
            **self.guarded(case.treated_as_child),
        )

    def holder(self, case: Case) -> Actor:
        """Whoever opened the case."""
        return next(actor for actor in self.made.actors.values() if actor.user_id == case.opened_by_id)

    # -- identification ------------------------------------------------------------------------------------------------

    def assesses(
        self, case: Case, days: float, opinion: str, reasons: str, purpose: str = "forced_labour"
    ) -> Assessment:
        """The assessment of the organisation that keeps the case."""
        return assessments.record_assessment(
            actor=self.holder(case), case=case, opinion=opinion, reasons=reasons, elements=_elements(purpose),
            assessed_on=self.on(days), at=self.ago(days),
        )  # fmt: skip

    def says(self, case: Case, days: float, view: str, words: str) -> Assessment:
        """The person's own view, in their words."""
        return assessments.record_own_view(
            actor=self.holder(case), case=case, view=view, words=words, said_on=self.on(days), at=self.ago(days)
        )

    def police_assess(
        self, case: Case, days: float, opinion: str, reasons: str, purpose: str = "forced_labour"
    ) -> None:
        """The police are asked, on the person's consent, and answer; theirs stands beside the others."""
        self.agrees(case, "police", days + 1, C.IDENTITY, purpose=Purpose.IDENTIFICATION)
        asked = self.refers(case, days + 1, desk="police", kind="assessment", parts=(C.IDENTITY,))
        officer = self.who("officer")
        referral_answers.accept_referral(actor=officer, referral=asked, at=self.ago(days))
        assessments.record_assessment(
            actor=officer, referral=asked, opinion=opinion, reasons=reasons,
            elements=_elements(purpose, means="unknown", evidence="observation"),
            assessed_on=self.on(days), at=self.ago(days),
        )  # fmt: skip
        referral_answers.write_outcome(actor=officer, referral=asked, outcome="assessed", at=self.ago(days))

    def to_centre(self, case: Case, days: float) -> Referral:
        """The body with the mandate is asked to decide, and takes it on."""
        parts = (C.IDENTITY, C.NARRATIVE)
        self.agrees(case, "centre", days, *parts, purpose=Purpose.IDENTIFICATION)
        asked = self.refers(case, days, desk="centre", kind="decision", parts=parts)
        return referral_answers.accept_referral(actor=self.who("decider"), referral=asked, at=self.ago(days - 1))

    def decides(self, case: Case, days: float, status: str, reasons: str, **more: Any) -> StatusDecision:
        """The Centre decides, and the person is told."""
        return decisions.decide_status(
            actor=self.who("decider"), case=case, status=status, legal_basis=BASIS, reasons=reasons,
            decided_on=self.on(days), at=self.ago(days), told=self.tells(case, days), **more,
        )  # fmt: skip

    def tells(self, case: Case, days: float) -> InformationTerms:
        """That a decision was told, in the person's language."""
        return InformationTerms(
            items=("status", "review"), language=case.language, interpreter=case.interpreter, told_on=self.on(days)
        )

    # -- needs, plan, services -----------------------------------------------------------------------------------------

    def needs(self, case: Case, kind: str, days: float, words: str = "", urgent: bool = False) -> Need:
        """A need in the person's own view."""
        return needs.record_need(
            actor=self.holder(case), case=case, kind=kind, words=words, urgent=urgent, on=self.on(days)
        )

    def plans(self, case: Case, days: float, goals: str, *lines: tuple[Need, str], agreed: bool | None = True) -> None:
        """A plan of the needs with who gives the service (key of the demonstration, or empty)."""
        plan = plans.draw_up_plan(
            actor=self.holder(case), case=case, goals=goals, on=self.on(days),
            lines=[plans.PlanLine(need, need.kind, self.made.services.get(key)) for need, key in lines],
        )  # fmt: skip
        if agreed is not None:
            plans.record_agreement(
                actor=self.holder(case), plan=plan, agreed=agreed, on=self.on(days), **self.decided(case)
            )

    def offers(self, case: Case, need: Need, days: float, service: str = "", by: str = "lanterna") -> ServiceRecord:
        """A service is offered for a need."""
        return assistance.offer_service(
            actor=self.holder(case), case=case, need=need, kind=need.kind, provider=self.made.organisations[by],
            service=self.made.services.get(service), on=self.on(days),
        )  # fmt: skip

    def takes(self, record: ServiceRecord, days: float) -> ServiceRecord:
        """The person says yes."""
        return assistance.record_answer(
            actor=self.holder(record.case), record=record, accepted=True, on=self.on(days), **self.decided(record.case)
        )

    def gets(self, record: ServiceRecord, days: float, helpful: str = "", words: str = "") -> None:
        """The service was given; and how it was."""
        holder = self.holder(record.case)
        assistance.record_delivery(actor=holder, record=record, on=self.on(days))
        if helpful:
            assistance.record_helpfulness(actor=holder, record=record, helpful=helpful, words=words)

    # -- referrals -----------------------------------------------------------------------------------------------------

    def refers(
        self, case: Case, days: float, *, service: str = "", desk: str = "", kind: str = "service",
        urgency: str = "normal", parts: tuple[C, ...] = SHARED,
    ) -> Referral:  # fmt: skip
        """An offer to a service's desk, or to the desk of a body that is asked."""
        return referrals.offer_referral(
            actor=self.holder(case), case=case, kind=kind, urgency=urgency, compartments=parts, at=self.ago(days),
            service=self.made.services.get(service), desk=self.made.desks.get(desk),
        )  # fmt: skip

    def to_shelter(self, case: Case, days: float, urgency: str = "normal", service: str = "pristan") -> Referral:
        """Need, consent and offer of a place."""
        kind, body = ("child_shelter", "gnezdo") if service == "gnezdo" else ("shelter", "pristan")
        if not case.needs.filter(kind=kind).exists():
            self.needs(case, kind, days, "A place where nobody finds me.", urgent=urgency != "normal")
        self.agrees(case, body, days)
        return self.refers(case, days, service=service, urgency=urgency)

    def accepts(self, referral: Referral, days: float, by: str = "shelter") -> Referral:
        """The desk takes the person."""
        return referral_answers.accept_referral(actor=self.who(by), referral=referral, at=self.ago(days))

    def declines(self, referral: Referral, days: float, reason: str, note: str = "") -> None:
        """The desk says no, with a reason from which something follows."""
        referral_answers.decline_referral(
            actor=self.who("shelter"), referral=referral, reason=reason, note=note, at=self.ago(days)
        )

    def reports(self, referral: Referral, days: float, outcome: str, note: str = "", by: str = "shelter") -> None:
        """The receiver writes back what became of it."""
        referral_answers.write_outcome(
            actor=self.who(by), referral=referral, outcome=outcome, note=note, at=self.ago(days)
        )


def _sealed(person: Person) -> dict[C, dict[str, Any]]:
    number = sum(map(ord, person.first + person.second)) % 10**6  # an area code that nobody has
    identity = {"first_name": person.first, "second_name": person.second}
    if person.other_names:
        identity["other_names"] = person.other_names
    return {
        C.IDENTITY: identity,
        C.CONTACT: {"mobile_phone": f"+381000{number:06d}", "safe_contact": "Mornings, never by message."},
        C.NARRATIVE: {"account": person.account},
    }


def _elements(purpose: str, means: str = "yes", evidence: str = "self_declared") -> dict[str, Any]:
    return {
        "acts": {"recruitment": answer(evidence=evidence), "harbouring": answer("yes", "medium", evidence)},
        "means": {
            "deception": answer(means, "medium", evidence),
            "abuse_of_vulnerability": answer(means, "low", evidence),
        },
        "purposes": {purpose: answer("yes", "medium", evidence)},
    }
