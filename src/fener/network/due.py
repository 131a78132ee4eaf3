"""What is due in the network because time passed; see ``trust.jobs``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.network.services.invitations import forget_names
from fener.network.services.leaving import carry_out_due
from fener.trust.jobs import Job

JOBS = [
    Job("departures_carried_out", _("People whose leaving was carried out"), carry_out_due),
    Job("invited_names_forgotten", _("Names of people who were invited and never came, forgotten"), forget_names),
]
