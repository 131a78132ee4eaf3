"""What is due in casework because time passed: the jobs of the modules beside this file; see ``trust.jobs``."""

from __future__ import annotations

from fener.trust.finding import gathered
from fener.trust.jobs import Job

JOBS: list[Job] = list(gathered(__name__, "JOBS"))
