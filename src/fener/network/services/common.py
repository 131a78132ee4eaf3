"""What the services of the map share: an entry on the node's own chain, periods, and ending what held."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models.common import Dated
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

D = TypeVar("D", bound=Dated)


def keep_on_node(actor: Actor, act: str, subject_type: str, detail: dict[str, Any]) -> None:
    """The audit entry of an act on the map, on the node's own chain: codes and numbers of rows."""
    audit.record(actor=actor, act=act, subject_type=subject_type, subject_id=None, detail=detail)


def check_period(since: date, until: date | None) -> None:
    """Raises InvalidInput where something would end before it began."""
    if until is not None and until < since:
        raise InvalidInput({"until": _("It cannot end before it began. Choose that day or a later one.")})


def end_row(*, actor: Actor, act: str, row: D, until: date, organisation_id: Any = None) -> D:
    """Say which day is the last. The row stays, so that the map of an earlier day can be shown. Raises Refused."""
    access.require(actor, act, organisation_id)
    current: D = type(row)._default_manager.select_for_update().get(pk=row.pk)
    check_period(current.since, until)
    current.until = until
    current.save(update_fields=["until"])
    keep_on_node(actor, act, current._meta.model_name or "", {"row": current.pk, "until": until.isoformat()})
    return current
