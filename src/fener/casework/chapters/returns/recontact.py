"""How contact after the journey stands on a case: the agreement, and the next contact while it lives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.recontact import FollowUp, Recontact
from fener.casework.selectors.returns.recontact import agreements, arrived, contacts
from fener.casework.services.returns.common import RECONTACT as CODE
from fener.casework.services.returns.recontact import open_steps
from fener.norms.vocab import vocabulary

URGENT_AT = ("high", "immediate")


def lines(case: Case) -> Iterator[NewLine]:
    """The agreement, and after each arrival the next contact if it falls within the agreement."""
    alive = Recontact.objects.filter(case=case, ended_on__isnull=True).first()
    if alive is None:
        return
    yield NewLine(
        what="agreed",
        params={"channel": alive.channel, "until": alive.until},
        about=alive.pk,
        starts=alive.given_on,
        ends=alive.until,
    )
    for journey in Journey.objects.filter(case=case, confirmed_on__isnull=False).order_by("confirmed_on", "pk"):
        for due in open_steps(journey)[:1]:
            if timezone.localdate(due.moment) <= alive.until:
                yield NewLine(
                    what="contact",
                    params={"step": due.step, "channel": alive.channel},
                    about=journey.pk,
                    due=due.moment,
                    urgent=due.step == 0 or journey.risk_level in URGENT_AT or bool(journey.despite),
                )


def words(line: CaseLine) -> str:
    """What stands, in the reader's language. It names neither the person nor a number."""
    channel = channel_label(line.params["channel"])
    if line.what == "agreed":
        return _("Agreed to be contacted again: %(channel)s") % {"channel": channel}
    return f"{step_label(line.params['step'])}: {channel}"


def channel_label(code: str) -> str:
    """A channel in the reader's language."""
    return _(vocabulary("safe_channel").label(code))


def step_label(step: int) -> str:
    """Which contact it is."""
    if step == 0:
        return _("First contact after the arrival")
    return ngettext("Contact %(n)s month after the arrival", "Contact %(n)s months after the arrival", step) % {
        "n": step
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """Agreements, contacts, and what may be done."""
    may = access.allowed(reader.actor, "recontact.contact", reader.found) is not None
    return {
        "agreements": [_shown(reader, one) for one in agreements(reader)],
        "contacts": [_contact(reader, one) for one in contacts(reader)],
        "journeys": [
            {
                "text": _("Contact after the arrival on %(day)s") % {"day": date_format(one.confirmed_on or one.since)},
                "href": reverse("casework:recontact_contact", args=[reader.case.code, one.pk]),
            }
            for one in arrived(reader)
            if may
        ],
    }


def _shown(reader: Reader, one: Recontact) -> dict[str, Any]:
    over = one.ended_on is not None or one.until < timezone.localdate(reader.at)
    may = not over and access.allowed(reader.actor, "recontact.withdraw", reader.found) is not None
    return {
        "what": channel_label(one.channel),
        "tag": _("over") if over else _("in force"),
        "kind": "plain" if over else "done",
        "given_on": one.given_on,
        "until": one.until,
        "words": _open(reader, one.how_id),
        "withdraw": reverse("casework:recontact_withdraw", args=[reader.case.code, one.pk]) if may else "",
    }


def _contact(reader: Reader, one: FollowUp) -> dict[str, Any]:
    return {
        "what": step_label(one.step),
        "on": one.on,
        "result": one.get_result_display(),
        "words": _open(reader, one.words_id),
    }


def _open(reader: Reader, item: Any) -> str:
    if item is None or access.allowed(reader.actor, access.READ_FILE, reader.found) is None:
        return ""
    return reverse("casework:words_open", args=[reader.case.code, item])


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Contact afterwards"),
    list_act="recontact.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/returns/_recontact.html",
    doors=(
        Door(
            act="recontact.agree",
            text=gettext_lazy("The person agrees to be contacted"),
            url_name="casework:recontact_new",
        ),
    ),
    copy_words={"Recontact.channel": channel_label},
)
