"""What is due in trust because time passed; see ``trust.jobs``."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fener.trust.actor import SYSTEM
from fener.trust.anchoring.roots import make_root
from fener.trust.jobs import Job


def _root(at: datetime) -> int:
    return 1 if make_root(actor=SYSTEM, at=at) else 0


JOBS = [Job("roots_made", _("Signed roots of the audit for today"), _root)]
