"""Quality: a cover of the holder's body; a worker of theirs. Neither is of the case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.quality.work import LeaveCover
from fener.casework.selectors.colleagues import colleagues
from fener.trust.actor import Actor
from fener.trust.models import User

OF = {
    "casework:team_member": "worker",
    "casework:supervision_record": "worker",
    "casework:leave_cover": "cover",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """Written here and not by the service: a cover that gave cases would change who carries them."""
    today = timezone.localdate()
    people = list(colleagues(holder, today).exclude(pk=holder.user_id)[:1])
    worker = User.objects.get(pk=holder.user_id)
    cover = LeaveCover.objects.create(
        organisation_id=holder.keeper_id,
        worker=worker,
        cover=people[0] if people else User.objects.exclude(pk=worker.pk).order_by("pk")[0],
        since=today,
        until=today + timedelta(days=10),
        recorded_by_id=holder.user_id,
    )
    return {"worker": worker, "cover": cover}
