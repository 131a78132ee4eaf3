"""Tables and microdata that can be published without endangering anybody.

From a notebook::

    from fener.evidence import release
    outcome = release.publish("cases.csv", "national.yaml", "out")
    [finding.message for finding in outcome.findings]     # empty: the files stand in "out"

``read_spec`` and ``read_microdata`` read a specification and records; ``plan`` protects without writing anything;
``audit`` attacks a release alone and with earlier ones.
"""

from __future__ import annotations

from fener.evidence.release.audit.auditor import Audit, Finding, audit
from fener.evidence.release.microdata import Microdata, read_microdata
from fener.evidence.release.national.plan import Plan, plan
from fener.evidence.release.publishing import Outcome, publish
from fener.evidence.release.spec import Spec, parse_spec, read_spec

__all__ = [
    "Audit",
    "Finding",
    "Microdata",
    "Outcome",
    "Plan",
    "Spec",
    "audit",
    "parse_spec",
    "plan",
    "publish",
    "read_microdata",
    "read_spec",
]
