"""What nobody is told: employers and schools that somebody has a file here, authorities who is in reintegration.

Rules RI-04 and RI-05. Asked by the two grounds on which a case is told of: a consent and an override.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.gated import require_open
from fener.casework.services.reintegration.plan import in_force
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

_S = Organisation.Sector
NEVER_TOLD = frozenset({_S.SCHOOL, _S.EMPLOYERS})
AUTHORITIES = frozenset(
    {
        _S.POLICE,
        _S.BORDER,
        _S.LABOUR_INSPECTION,
        _S.IMMIGRATION,
        _S.PROSECUTION,
        _S.SOCIAL_WORK,
        _S.LOCAL_GOVERNMENT,
        _S.INTERNATIONAL,
        _S.MECHANISM,
    }
)
NAMES = frozenset({Compartment.IDENTITY, Compartment.CONTACT, Compartment.LOCATION})  # parts by which one is found


def refuse_status(actor: Actor, case: Case, recipient: Organisation) -> None:
    """To an employer or a school nothing goes from a file here, whatever it is: that there is one tells (gate
    share_status). Not on a consent either. Raises GateClosed, and the attempt is kept.
    """
    if recipient.sector in NEVER_TOLD:
        require_open("share_status", {}, actor=actor, case=case)


def refuse_name(actor: Actor, case: Case, recipient: Organisation, parts: Iterable[Compartment | str]) -> None:
    """Without consent no authority learns who is in reintegration (gate reintegration_identity). Raises GateClosed.

    In reintegration: a plan that the person agreed to is in force. Social work answers by law for a child and is told.
    """
    if recipient.sector not in AUTHORITIES or not NAMES & {Compartment(part) for part in parts}:
        return
    if case.treated_as_child and recipient.sector == _S.SOCIAL_WORK:
        return
    if in_force(case, timezone.localdate()) is not None:
        facts = {"consent_alive": False, "names_recipient": False, "names_purpose": False}
        require_open("reintegration_identity", facts, actor=actor, case=case)
