"""What is due in casework because time passed; see ``trust.jobs``."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.services import clocks
from fener.casework.services.escalation import escalate_overdue
from fener.casework.services.protection import opening
from fener.casework.services.shelter import places
from fener.trust import runs
from fener.trust.actor import SYSTEM
from fener.trust.jobs import Job
from fener.trust.privacy import erasures

RETENTION = "retention"


def _run_out(at: datetime) -> int:
    return clocks.end_run_out(actor=SYSTEM, at=at)


def _propose(at: datetime) -> int:
    """Once a day: it looks through every file, and no period ends within a day."""
    last = runs.last_run(RETENTION)
    if last is not None and timezone.localdate(last.at) >= timezone.localdate(at):
        return 0
    count = erasures.propose_due(at)
    runs.run_done(name=RETENTION, at=at, detail={"proposed": count})
    return count


JOBS = [
    Job("referrals_gone_on", _("Referrals that went on to the next desk"), escalate_overdue),
    Job("openings_unanswered", _("Requests to see a protected case that nobody answered"), opening.close_unanswered),
    Job("openings_forgotten", _("Requests to see a protected case that are long over, forgotten"), opening.forget_old),
    Job(
        "shelter_addresses_forgotten",
        _("Addresses of shelters where a hold is over, forgotten"),
        places.forget_addresses,
    ),
    Job("recovery_periods_ended", _("Recovery periods that ended with their last day"), _run_out),
    Job("erasures_proposed", _("Files and first contacts whose time has run out, to be looked at"), _propose),
    Job("erasures_carried_out", _("Erasures carried out"), erasures.carry_out_due),
]
