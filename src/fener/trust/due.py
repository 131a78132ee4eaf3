"""What is due in trust because time passed; see ``trust.jobs``."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from fener.trust import once
from fener.trust.actor import SYSTEM
from fener.trust.anchoring.roots import make_root
from fener.trust.files import sealed
from fener.trust.jobs import Job
from fener.trust.signing_in import attempts, browsers


def _root(at: datetime) -> int:
    return 1 if make_root(actor=SYSTEM, at=at) else 0


def _forget(at: datetime) -> int:
    return browsers.forget(at=at) + attempts.forget(at=at) + once.forget(at=at)


def _sweep(at: datetime) -> int:
    return sealed.sweep(at)


JOBS = [
    Job("files_swept", _("Sealed files that belonged to nothing any more, taken away"), _sweep),
    Job("roots_made", _("Signed roots of the audit for today"), _root),
    Job("sign_ins_forgotten", _("Sessions that ran out and old counts of failed attempts, forgotten"), _forget),
]
