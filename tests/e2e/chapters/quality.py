"""Quality: own work, and a leave cover."""

from __future__ import annotations

from fener.casework.services.quality.time import record_week
from fener.web.demo.acts import Teller
from tests.access.chapters.quality import things
from tests.e2e.visit import Visit, at_, pages
from tests.e2e.world import World


def prepare(world: World, t: Teller) -> None:
    """The manager wrote a week down, and somebody stands in for them."""
    manager = t.who("manager")
    made = things(manager, world.at["case"])
    world.at |= {"who works": made["worker"], "leave cover": made["cover"]}
    record_week(actor=manager, week=t.on(0), minutes={"direct": 600, "administration": 900})


VISITS = [
    *pages("manager", lambda _at: [], "casework:own_work", "casework:own_time"),
    *pages("manager", lambda _at: [], "casework:leave_covers", "casework:leave_cover_new"),
    *pages("manager", at_("leave cover"), "casework:leave_cover_end"),
    Visit("casework:team", "looksafter"),
    *pages("looksafter", lambda _at: [], "casework:work_limits"),
    *pages("looksafter", at_("who works"), "casework:team_member", "casework:supervision_record"),
]
