"""What an immigration service is never told, whatever somebody agreed to: labour and its claims (rule LB-01).

Somebody who may be deported for saying so claims no wages. So the facts that an immigration service sees of a case are
those that every desk sees before it accepts; what happened and legal papers, in which complaints and claims stand, are
opened for none; and no claim is referred to one.
"""

from __future__ import annotations

from fener.casework.domain.fitting import TOLD_WITH_A_REFERRAL
from fener.trust.compartments import Compartment

# Kinds of the service catalogue that are claims out of labour.
CLAIMS = frozenset({"wage_claim", "compensation_claim"})
CLOSED_PARTS = frozenset({Compartment.NARRATIVE, Compartment.LEGAL})
OPEN_FACTS = TOLD_WITH_A_REFERRAL
