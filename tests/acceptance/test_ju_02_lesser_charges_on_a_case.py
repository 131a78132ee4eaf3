"""JU-02, JU-04: on a case, a lesser offence, a low sentence and testimony alone are flagged; the share is a figure."""

from __future__ import annotations

from typing import Any

import pytest

from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.charges import shares
from fener.casework.services.justice import charges
from fener.norms.answers import Finding
from fener.norms.path.charges import Share
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.justice import charged, decided
from tests.factories.network import Mechanism


def codes(charge: Charge, case: Case) -> set[str]:
    return {flag.code for flag in charges.flags_of(charge, charges.trafficking(case))}


def test_ju_02_a_lesser_offence_is_flagged_once_an_assessment_finds_the_elements(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    charge = charged(case_manager, case, reason="corruption", costs=("no_permit",))
    assert charges.trafficking(case) is Finding.UNKNOWN
    assert codes(charge, case) == {"may_be_lesser"}
    assess(case_manager, case)
    assert codes(charge, case) == {"lesser_charge"}
    assert codes(charged(case_manager, case, kind="trafficking"), case) == set()


def test_ju_02_a_sentence_below_the_law_of_that_day_is_flagged(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    charge = charged(case_manager, case, kind="trafficking")
    assert codes(decided(case_manager, charge, months=23), case) == {"below_range"}
    assert codes(decided(case_manager, charge, months=24), case) == set()


def test_ju_02_the_shares_are_figures_that_the_co_ordinator_reads(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    charged(case_manager, case)
    decided(case_manager, charged(case_manager, case, kind="trafficking"))
    charged(case_manager, CaseFactory(actor=case_manager))
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert shares(node) == (Share(1, 2, 1), Share(1, 1, 0))
    with pytest.raises(Refused):
        shares(case_manager)


@pytest.mark.parametrize(("evidence", "flagged"), [(["testimony"], True), (["testimony", "money"], False), ([], False)])
def test_ju_04_a_charge_on_testimony_alone_is_flagged_until_other_evidence_is_recorded(
    case_manager: Actor, evidence: list[str], flagged: bool
) -> None:
    case = CaseFactory(actor=case_manager)
    charge: Any = charged(case_manager, case, kind="trafficking")
    charge = charges.record_evidence(actor=case_manager, charge=charge, evidence=evidence, measures={})
    assert ("testimony_alone" in codes(charge, case)) is flagged
    line = CaseLine.objects.get(case=case, record=charges.RECORD)
    assert (line.what, line.urgent) == (("alone", True) if flagged else ("charge", False))
