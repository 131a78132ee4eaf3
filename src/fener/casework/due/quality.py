"""What is due of the work of bodies because time passed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.services.quality.covers import end_run_out
from fener.trust.jobs import Job

JOBS = [Job("leave_covers_ended", _("Leave covers that ended with their last day"), end_run_out)]
