"""How places that were asked for stand on a case: the answer that is due, the hold that ends (SH-08)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.shelter.place_states import PLACE, WITHDRAW
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.place import PlaceRequest, PlaceSought
from fener.casework.selectors.shelter.places import sought
from fener.casework.services.shelter.places import RECORD as CODE
from fener.trust.compartments import Compartment

ASKED, HELD = PlaceRequest.State.ASKED.value, PlaceRequest.State.ACCEPTED.value


def lines(case: Case) -> Iterator[NewLine]:
    """What waits for an answer, and a place that is held, each with its moment."""
    for row in PlaceSought.objects.filter(case=case).select_related("request__shelter").order_by("pk"):
        asked = row.request
        on = timezone.localdate(asked.asked_at)
        yield NewLine(
            what=asked.state,
            params={"kind": asked.shelter.kind},
            about=row.pk,
            shown=asked.state in (ASKED, HELD),
            starts=on,
            ends=on,
            due={ASKED: asked.answer_due, HELD: asked.held_until}.get(asked.state),
            urgent=asked.state == HELD,
        )


def words(line: CaseLine) -> str:
    """ "A place in a shelter is held: bring the person in time"."""
    kind = label("shelter_kind", line.params["kind"])
    if line.what == ASKED:
        return _("A place was asked for (%(kind)s): the house has to answer") % {"kind": kind}
    if line.what == HELD:
        return _("A place is held (%(kind)s): bring the person in time, or give it back") % {"kind": kind}
    return _("A place was asked for (%(kind)s): %(state)s") % {
        "kind": kind,
        "state": PlaceRequest.State(line.what).label,
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """Each request; where the house is stands in the sealed part alone."""
    return {"cards": [_shown(reader, row) for row in sought(reader)]}


def _shown(reader: Reader, row: PlaceSought) -> dict[str, Any]:
    asked = row.request
    over = asked.state == HELD and asked.held_until is not None and asked.held_until <= reader.at
    open_still = (asked.state, WITHDRAW) in PLACE.steps
    return card(
        label("shelter_kind", asked.shelter.kind),
        _("Asked: %(when)s.") % {"when": _moment(asked.asked_at)},
        _("The house answers by: %(when)s.") % {"when": _moment(asked.answer_due)} if asked.state == ASKED else "",
        _("Held until: %(when)s.") % {"when": _moment(asked.held_until)} if asked.state == HELD else "",
        _("Reason: %(reason)s.") % {"reason": label("shelter_refusal", asked.reason)} if asked.reason else "",
        tag=_("the time of the hold is over") if over else asked.get_state_display(),
        kind="overdue" if over else {ASKED: "soon", HELD: "running"}.get(asked.state, "done"),
        words=opened(reader, row.address_id, _("Open where to bring the person"), Compartment.LOCATION),
        doors=list(doors(reader, ("place_request.withdraw", "place_withdraw", _("Give it back")), row=row.pk))
        if open_still
        else [],
    )


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Places that were asked for"),
    list_act="place_request.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    copy_words={
        "PlaceRequest.gender": lambda code: label("gender", code),
        "PlaceRequest.age_band": lambda code: label("age_band", code),
        "PlaceRequest.language": lambda code: label("languages", code),
        "PlaceRequest.reason": lambda code: label("shelter_refusal", code),
    },
    doors=(
        Door(act="place_request.ask", text=gettext_lazy("Look for a free place"), url_name="casework:places_for_case"),
    ),
)
