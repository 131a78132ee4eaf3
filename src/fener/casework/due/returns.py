"""What is due of agreements to be contacted because time passed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.services.returns.recontact import end_run_out
from fener.trust.jobs import Job

JOBS = [Job("recontacts_ended", _("Agreements to be contacted that ended with their last day"), end_run_out)]
