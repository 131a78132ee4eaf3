"""Quality: own work, and a leave cover."""

from __future__ import annotations

from fener.casework.services.quality.time import record_week
from fener.web.demo.acts import Teller
from tests.e2e.visit import pages
from tests.e2e.world import World


def prepare(_world: World, t: Teller) -> None:
    """The manager wrote a week down."""
    manager = t.who("manager")
    record_week(actor=manager, week=t.on(0), minutes={"direct": 600, "administration": 900})


VISITS = [
    *pages("manager", lambda _at: [], "casework:own_work", "casework:own_time"),
    *pages("manager", lambda _at: [], "casework:leave_covers", "casework:leave_cover_new"),
]
