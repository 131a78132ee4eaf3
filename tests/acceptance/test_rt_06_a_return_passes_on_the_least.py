"""RT-06: a return passes on the least, on consent, for a purpose, and no statement is demanded there unprotected."""

from __future__ import annotations

from typing import Any

import pytest

from fener.casework.models.returns.passing_on import PassedOn
from fener.casework.models.safety.incident import Incident
from fener.casework.selectors.history import who_knows
from fener.casework.services import consents
from fener.casework.services.person_copy import make_copy
from fener.casework.services.returns import removals
from fener.casework.services.returns.passing_on import statement_demanded
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories import returns as made
from tests.factories import safety
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago

DAY = made.days_ago


def missing(*args: Any, **terms: Any) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        made.told_there(*args, **terms)
    assert closed.value.result.gate == "return_disclosure"
    return {one.code for one in closed.value.result.missing}


def test_rt_06_nothing_is_passed_on_without_a_consent_that_names_whom_what_for_and_which_parts(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    journey, there = made.asked(case_manager, case), mechanism.police.organisation
    args = (case_manager, journey, there)
    assert missing(*args) == {"consent_alive", "names_recipient", "names_purpose", "covers_compartments"}
    consent_to(case_manager, case, there, Compartment.IDENTITY, Compartment.CONTACT)  # so that a service can be given
    assert missing(*args) == {"names_purpose"}
    consent = consent_to(case_manager, case, there, Compartment.IDENTITY, purpose=Purpose.RETURN)
    assert missing(*args) == {"covers_compartments"}
    told = made.told_there(*args, fields=["name"])
    assert (told.consent, told.purpose, told.fields) == (consent, "reception", ["name"])
    type(consent).objects.filter(pk=consent.pk).update(given_on=days_ago(9))
    consent.refresh_from_db()
    consents.withdraw(actor=case_manager, consent=consent)
    assert "consent_alive" in missing(*args, fields=["name"])
    # Dated back before the withdrawal: no more than today.
    assert "consent_alive" in missing(*args, fields=["name"], on=days_ago(1), assured_on=days_ago(1))


def test_rt_06_only_the_least_goes_and_nothing_of_what_happened(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    journey, there = made.asked(case_manager, case), mechanism.police.organisation
    consent_to(case_manager, case, there, *Compartment, purpose=Purpose.RETURN)
    assert missing(case_manager, journey, there, fields=["name", "account"]) == {"only_the_least"}
    assert missing(case_manager, journey, there, fields=[]) == {"only_the_least"}
    groups = {vocabulary("return_field").group(code) for code in vocabulary("return_field").codes()}
    assert groups == {"identity", "contact"}
    with pytest.raises(InvalidInput):
        made.told_there(case_manager, journey, there, purpose="inquiry")


def test_rt_06_no_statement_is_demanded_there_without_protection(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager, empty=True)
    journey, there = made.asked(case_manager, case), mechanism.police.organisation
    consent_to(case_manager, case, there, purpose=Purpose.RETURN)
    args, unsure = (case_manager, journey, there), {"no_statement_without_protection"}
    with pytest.raises(InvalidInput):
        made.told_there(*args, assured_on=None)
    assert missing(*args, assurance="protected") == unsure
    safety.assessed(case_manager, case, 5, answers={"local_recruiters": "low"})
    safety.protected(case_manager, case, 4, kind="safe_place", side="here")
    assert missing(*args, assurance="protected") == unsure  # nothing protects the person there
    safety.protected(case_manager, case, 4, kind="local_recruiters_watched", side="abroad")
    told = made.told_there(*args, assurance="protected")
    statement_demanded(actor=case_manager, passed_on=told, by="police", on=DAY(0))
    incident = Incident.objects.get(case=case)
    assert (incident.right, incident.by) == ("pressed_to_testify", "police")


def test_rt_06_it_is_kept_with_its_purpose_and_the_person_reads_all_of_it(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    there = mechanism.police.organisation
    consent = consent_to(case_manager, case, there, purpose=Purpose.RETURN)
    made.told_there(case_manager, made.asked(case_manager, case), there)
    entry = AuditEntry.objects.get(act="return.pass_on")
    assert (entry.detail["purpose"], entry.detail["recipient"]) == ("reception", str(there.pk))
    (known,) = [one for one in who_knows(case_manager, case) if one.act == "return.pass_on"]
    assert (known.recipient, known.compartments, known.ground) == (there.name, ("contact", "identity"), consent)
    copy = make_copy(actor=case_manager, case=case, language="en")
    text = str(copy)
    assert "Name, Day and place of the arrival" in text
    assert there.name in text


def test_rt_06_the_co_ordinator_and_strangers_learn_of_none(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    journey, there = made.asked(case_manager, case), mechanism.police.organisation
    consent_to(case_manager, case, there, purpose=Purpose.RETURN)
    for role, body in ((Role.MECHANISM_COORDINATOR, mechanism.co_ordination), (Role.CASE_MANAGER, mechanism.shelter)):
        with pytest.raises(Refused):
            made.told_there(body.actor(role), journey, there)
    assert not PassedOn.objects.exists()
    assert removals.rings(journey) is False
