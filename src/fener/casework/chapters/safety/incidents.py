"""How incidents stand on a case: each that waits for somebody with its day, and whether rights were protected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.chapters.safety.words import end_of, gate_title, label, labels, words_href
from fener.casework.domain.safety.incident_states import of_proceedings
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.incident import Incident
from fener.casework.selectors.safety.incidents import incidents
from fener.casework.services.safety.incidents import RECORD as CODE
from fener.casework.services.safety.incidents import waits
from fener.trust.actor import Actor


def lines(case: Case) -> Iterator[NewLine]:
    """Every incident; one that waits is due on the day of its follow-up, and the co-ordinator sees it after that."""
    for one in Incident.objects.filter(case=case).order_by("happened_on", "pk"):
        waiting = waits(one)
        yield NewLine(
            what="attempt" if one.attempt else one.state,
            params={"right": one.right, "by": one.by, "gate": one.gate, "result": one.result},
            about=one.pk,
            shown=waiting or not one.attempt,
            starts=one.happened_on,
            ends=one.happened_on,
            due=end_of(one.follow_up_on) if waiting else None,
            for_node=waiting,
        )


def words(line: CaseLine) -> str:
    """ "Right violated: Detained (Police)", or what was attempted and refused."""
    if line.what == "attempt":
        return _("Attempted and refused: %(what)s") % {"what": gate_title(line.params["gate"])}
    text = _("Right violated: %(right)s (%(by)s)") % {
        "right": label("right_violated", line.params["right"]),
        "by": label("incident_author", line.params["by"]),
    }
    result = line.params["result"]
    return text if result == "open" else f"{text}: {label('incident_result', result)}"


def section(reader: Reader) -> Mapping[str, Any]:
    """Each incident with what may be done about it, and what they say about the person's rights."""
    whole = access.follows_proceedings(reader.actor)
    found = [one for one in incidents(reader) if whole or not of_proceedings(one.right, one.gate)]
    return {
        "violated": any(not one.attempt for one in found),
        "incidents": [_shown(reader, one) for one in found],
    }


def line_is_for(actor: Actor, line: CaseLine) -> bool:
    """Who works in a house reads no incident that tells that somebody gives a statement."""
    return access.follows_proceedings(actor) or not of_proceedings(line.params["right"], line.params["gate"])


def _shown(reader: Reader, one: Incident) -> dict[str, Any]:
    waiting = waits(one)
    late = waiting and one.follow_up_on < timezone.localdate(reader.at)
    may = waiting and access.allowed(reader.actor, "incident.follow_up", reader.found) is not None
    tag = _("overdue") if late else label("incident_result", one.result)
    return {
        "what": gate_title(one.gate) if one.attempt else label("right_violated", one.right),
        "attempt": one.attempt,
        "by": label("incident_author", one.by),
        "happened_on": one.happened_on,
        "follow_up_on": one.follow_up_on if waiting else None,
        "result_on": one.result_on,
        "tag": _("refused") if one.attempt and one.result == "open" and not late else tag,
        "kind": "overdue" if late else "soon" if waiting else "plain",
        "words": words_href(reader, one.words_id),
        "result_words": words_href(reader, one.result_words_id),
        "href": reverse("casework:incident_follow_up", args=[reader.case.code, one.pk]) if may else "",
    }


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Incidents"),
    list_act="incident.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/safety/_incidents.html",
    doors=(Door(act="incident.record", text=gettext_lazy("A right was violated"), url_name="casework:incident_new"),),
    copy_words={
        "Incident.right": labels("right_violated"),
        "Incident.by": labels("incident_author"),
        "Incident.result": labels("incident_result"),
        "Incident.gate": gate_title,
    },
    line_is_for=line_is_for,
)
