"""The story of the demonstration: people in every stage of the path, so that every page has something to show."""

from __future__ import annotations

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from fener.casework.domain.own_view import AGREES, DISAGREES, PARTLY
from fener.casework.models import Case
from fener.casework.services import (
    ages,
    assistance,
    attachments,
    cases,
    compartments,
    consents,
    decisions,
    overrides,
    plans,
    refusals,
)
from fener.casework.services.escalation import escalate_overdue
from fener.trust.compartments import Compartment as C
from fener.trust.files.looking import look_into
from fener.trust.models import Consent
from fener.trust.purposes import Purpose
from fener.web.demo import beside, contacts
from fener.web.demo.acts import BASIS, Teller
from fener.web.demo.mechanism import Mechanism


def tell(made: Mechanism) -> int:
    """Make the cases and first contacts of the story, through the services; how many cases."""
    teller = Teller(made)
    contacts.waiting(teller)
    for chapter in (whole_path, disagreement, recovery, children, answers, grounds, own_decisions, ends):
        chapter(teller)
    beside.tell(teller)
    papers(teller)
    escalate_overdue(at=teller.now)
    return int(Case.objects.unscoped(reason="how many cases the story made").count())


def papers(t: Teller) -> None:
    """A picture of a paper beside the first case, drawn here: nobody's paper."""
    case = Case.objects.unscoped(reason="the first case of the story").order_by("opened_on", "pk").first()
    if case is None:
        return
    drawn = Image.new("RGB", (600, 400), "#fbf9f5")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((20, 20, 580, 380), outline="#1f2f4f", width=4)
    words = ("SPECIMEN", "Contract of employment (invented)", "Wage: 0", "Papers kept by: employer")
    for line, text in enumerate(words):
        pen.text((60, 60 + 60 * line), text, fill="#1d2433", font_size=28)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    attachments.add_attachment(
        actor=t.holder(case), case=case, compartment=C.LEGAL, looked=look_into(out.getvalue()), name="contract.png",
        note="The contract that he had to sign", at=t.ago(1),
    )  # fmt: skip


def whole_path(t: Teller) -> None:
    """From a workshop's screening to a place in a shelter: three views, a decision, a plan, services, a referral."""
    case = contacts.case_of_screening(t, "site", days=19)
    cases.assign(actor=t.who("manager"), case=case, user=t.user("lawyer"), at=t.ago(18))
    _save(t, case, C.LEGAL, {"stay_status": "Citizen", "claims": "Four months' wages; papers kept by the foreman."})
    t.assesses(case, 17, "presumed", "Promised pay was never given; his papers are held; he was threatened.")
    t.says(case, 17, PARTLY, "I worked. He did not pay. I do not call it anything else.")
    t.police_assess(case, 14, "potential", "Wages are owed. Whether he could leave is not clear to us.")
    t.to_centre(case, 13)
    t.decides(case, 9, "identified", "Recruitment, deception and forced labour are found; two assessments agree.")
    sleep = t.needs(case, "shelter", 18, "A bed, and a door that I can lock myself.", urgent=True)
    wage = t.needs(case, "legal_advice", 18, "My money.")
    talk = t.needs(case, "psychological_care", 16, "I do not sleep.")
    t.plans(case, 15, "Safe place first; then wages, then work near home.", (sleep, "pristan"), (wage, "legal"),
            (talk, "counselling"))  # fmt: skip
    t.gets(t.takes(t.offers(case, wage, 15, "legal"), 15), 12, "yes", "She explained it twice and drew it.")
    t.takes(t.offers(case, talk, 15, "counselling"), 14)
    t.reports(t.accepts(t.to_shelter(case, 15, "urgent"), 15), 13, "started", "Came in the evening, has a room alone.")


def disagreement(t: Teller) -> None:
    """The same thing seen differently; a review that waits, and one that changed a decision."""
    case = t.opened("bar", 24, "police")
    t.assesses(case, 22, "presumed", "Debt, control of movement, a demanded sum.", "sexual_exploitation")
    t.says(case, 21, DISAGREES, "I am not what you call it. I want my passport.")
    t.police_assess(case, 18, "not_identified", "She crossed the border for money and agreed.", "prostitution")
    t.to_centre(case, 16)
    decision = t.decides(
        case, 8, "not_identified", "The file speaks of help to cross a border.", alternative="smuggling",
        evidence=["third_party"], review_told=True,
    )  # fmt: skip
    decisions.request_review(
        actor=t.who("manager"), decision=decision, at=t.ago(5), requested_on=t.on(5),
        reasons="Agreement changes nothing once she was deceived; the debt was not looked at.",
    )  # fmt: skip

    case = t.opened("workshop", 34, "labour_inspection")
    t.assesses(case, 31, "presumed", "Locked in at night, no pay, sixteen hours.")
    t.says(case, 31, AGREES, "They sold our hours.")
    t.to_centre(case, 29)
    first = t.decides(
        case, 22, "not_identified", "A labour dispute.", alternative="labour_exploitation", evidence=["document"],
        review_told=True,
    )  # fmt: skip
    request = decisions.request_review(
        actor=t.who("manager"), decision=first, reasons="The door was locked.", at=t.ago(20), requested_on=t.on(20)
    )
    decisions.answer_review(
        actor=t.who("decider2"), request=request, status="identified", legal_basis=BASIS, at=t.ago(12),
        reasons="The lock and the held papers were not weighed before.", decided_on=t.on(12), told=t.tells(case, 12),
    )  # fmt: skip


def recovery(t: Teller) -> None:
    """The recovery period: nearly over, just begun, and the first talk with somebody who is at risk."""
    case = t.opened("house", 28, "helpline")
    t.assesses(case, 26, "presumed", "Two years without a free day, passport kept.")
    rest = t.needs(case, "psychological_care", 25, "Quiet.")
    paper = t.needs(case, "identity_documents", 25, "My own passport in my own hand.", urgent=True)
    t.plans(case, 20, "Time to rest; papers.", (rest, "counselling"), (paper, ""), agreed=None)
    t.takes(t.offers(case, rest, 20, "counselling"), 19)
    t.offers(case, paper, 2)
    t.needs(t.opened("farm", 0.1, "outreach"), "shelter", 0, "Not to sleep at the orchard tonight.", urgent=True)
    t.needs(t.opened("risk", 6, "self"), "rights_information", 6, "What I can ask him before I go.")


def children(t: Teller) -> None:
    """Children: a place with its guardian alarm, an age in doubt, an offer that waits, a plan for school."""
    case = t.opened("corner", 4, "outreach")
    t.assesses(case, 3, "presumed", "A child who begs for somebody else.", "begging")
    t.reports(t.accepts(t.to_shelter(case, 3, "urgent", "gnezdo"), 3, "shelter2"), 2, "started", by="shelter2")
    school = t.needs(case, "schooling", 3, "To sit beside Mila again.")
    t.takes(t.offers(case, school, 2), 2)

    case = t.opened("doubt", 5, "police", by="manager2")
    t.assesses(case, 4, "presumed", "Made to steal by those who brought him.", "criminality")
    ages.raise_dispute(
        actor=t.who("manager2"), case=case, evidence="Says that the date on his paper is wrong.", raised_on=t.on(4),
        at=t.ago(4),
    )  # fmt: skip
    t.to_shelter(t.opened("sent", 2, "social_work", by="manager2"), 0.1, "urgent", "gnezdo")
    case = t.opened("sisters", 11, "school", by="manager2")
    t.assesses(case, 9, "presumed", "A marriage that was paid for, of a child.", "slavery_like")
    t.says(case, 9, AGREES, "I want to finish the year.")
    lessons = t.needs(case, "tutoring", 9, "Mathematics.")
    t.plans(case, 8, "School first.", (lessons, ""))
    t.gets(t.takes(t.offers(case, lessons, 8), 8), 2, "partly", "Twice a week would be better.")


def answers(t: Teller) -> None:
    """What desks answer: not yet, too late, no with a reason, yes and it is over."""
    t.to_shelter(t.opened("waits", 3, "helpline"), 0.2)
    t.to_shelter(t.opened("late", 9, "health"), 6, "urgent")
    t.declines(t.to_shelter(t.opened("tongue", 12, "ngo", by="manager2"), 10), 9, "no_interpreter", "Nobody speaks it.")
    case = t.opened("home", 40, "family", by="manager2")
    stay = t.accepts(t.to_shelter(case, 38), 37)
    t.reports(stay, 10, "completed", "Moved to her aunt; took her papers along.")
    t.reports(t.accepts(t.to_shelter(t.opened("school", 15, "self"), 12), 12), 3, "continues", "Has found a course.")
    case = t.opened("ill", 8, "outreach")
    _save(t, case, C.HEALTH, {"urgent_needs": "The leg, since the winter.", "allergies": "Penicillin"})
    t.needs(case, "medical_care", 7, "My leg.", urgent=True)
    t.agrees(case, "clinic", 7, C.IDENTITY, C.CONTACT, C.HEALTH)
    visit = t.refers(case, 6, service="medical", urgency="urgent", parts=(C.IDENTITY, C.CONTACT, C.HEALTH))
    t.accepts(visit, 6, "doctor")


def grounds(t: Teller) -> None:
    """A consent that was withdrawn; a disclosure that two persons answer for, and one that waits for the second."""
    case = t.opened("leaves", 20, "labour_inspection", by="manager2")
    t.accepts(t.to_shelter(case, 17), 16)
    shelter = t.made.organisations["pristan"]
    given = Consent.objects.get(subject_id=case.pk, recipient_id=shelter.pk, purpose=Purpose.SHARE_SERVICE)
    consents.withdraw(actor=t.who("manager2"), consent=given, at=t.ago(0.3))

    case = t.opened("danger", 7, "helpline")
    override = overrides.request_override(
        actor=t.who("manager"), case=case, recipient=t.made.organisations["police"], compartments=[C.IDENTITY],
        legal_basis="Invented act on protection from danger to life, article 12",
        reason="Danger to life today; the person cannot be reached.", until=t.on(0) + timedelta(days=7),
    )  # fmt: skip
    overrides.confirm_override(actor=t.who("manager2"), override=override)
    t.refers(case, 0, desk="police", kind="assessment", urgency="immediate", parts=(C.IDENTITY,))

    case = t.opened("second", 3, "self", by="manager2")
    overrides.request_override(
        actor=t.who("manager2"), case=case, recipient=t.made.organisations["police"], compartments=[C.CONTACT],
        legal_basis="Invented act on protection from danger to life, article 12",
        reason="Somebody was seen at the door of a relative.", until=t.on(0) + timedelta(days=3),
    )  # fmt: skip


def own_decisions(t: Teller) -> None:
    """People who say no: to a label, to a house, to a plan. Help goes on."""
    case = t.opened("refuses", 18, "ngo")
    refusals.record_refusal(
        actor=t.who("manager"), case=case, of="identification", reason="does_not_see_it_so", refused_on=t.on(17),
        at=t.ago(17), words="I am a seamstress. Write that.",
    )  # fmt: skip
    t.assesses(case, 15, "presumed", "Hours, withheld wages, threats; she sees it otherwise.")
    t.says(case, 15, DISAGREES, "I am a seamstress. Write that.")
    t.takes(t.offers(case, t.needs(case, "wage_claim", 16, "My wages and my machine."), 14), 14)

    case = t.opened("declines", 14, "outreach")
    bed = t.needs(case, "shelter", 13, "Only if I keep the key.")
    no = t.offers(case, bed, 12, "pristan", "pristan")
    assistance.record_answer(
        actor=t.who("manager"), record=no, accepted=False, reason="rules", words="I have had enough of keys.",
        on=t.on(12),
    )  # fmt: skip
    t.assesses(case, 11, "presumed", "Controlled by her former partner.", "sexual_exploitation")
    talk = t.needs(case, "psychological_care", 11, "Somebody who does not ask.")
    t.plans(case, 10, "Talk, and nothing else for now.", (talk, "counselling"))
    plan = plans.plan_in_force(case)
    left = t.takes(t.offers(case, talk, 10, "counselling"), 10)
    if plan is not None:
        plans.leave_plan(actor=t.who("manager"), plan=plan, on=t.on(4))
    assistance.leave_service(actor=t.who("manager"), record=left, on=t.on(3))

    case = t.opened("field", 10, "court", by="manager2")
    t.assesses(case, 9, "presumed", "Locked in to tend plants.", "criminality")
    t.police_assess(case, 6, "undetermined", "Found at the place; his part is not clear.", "criminality")
    t.to_centre(case, 5)


def ends(t: Teller) -> None:
    """A shelter that was full (told last: a full shelter takes no offer), cases that are over, one followed up."""
    t.declines(t.to_shelter(t.opened("full", 16), 13), 12, "full")
    case = t.opened("done", 120, "labour_inspection")
    claim = t.needs(case, "wage_claim", 118, "What he owes me.")
    t.gets(t.takes(t.offers(case, claim, 115), 115), 60, "yes", "Paid.")
    _close(t, case, 20, "goals_reached", Case.State.CLOSED)
    case = t.opened("after", 90, "helpline")
    t.agrees(case, "lanterna", 40, C.CONTACT, purpose=Purpose.RECONTACT)
    _close(t, case, 30, "moved_away", Case.State.FOLLOW_UP)


def _close(t: Teller, case: Case, days: float, reason: str, state: str) -> None:
    case.refresh_from_db(from_queryset=Case.objects.unscoped(reason="the case as it stands now"))
    cases.close_case(actor=t.holder(case), case=case, version=case.version, reason=reason, state=state, at=t.ago(days))


def _save(t: Teller, case: Case, part: C, content: dict[str, str]) -> None:
    compartments.save_compartment(actor=t.holder(case), case=case, compartment=part, version=0, content=content)
