"""How developments stand on a case: what is to be told, by when, and what was told (WP-07)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, doors, label, opened, reads_file
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.development import Development, TellingWish
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.developments import developments, is_for, wish
from fener.casework.services.justice.developments import RECORD as CODE
from fener.casework.services.justice.developments import is_dangerous
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

WAITING, TOLD = Development.State.WAITING.value, Development.State.TOLD.value


def lines(case: Case) -> Iterator[NewLine]:
    """What waits is due; a release or a flight is urgent."""
    for row in Development.objects.filter(case=case).order_by("happened_at", "pk"):
        on, waits = timezone.localdate(row.happened_at), row.state == WAITING
        yield NewLine(
            what=row.state,
            params={"kind": row.kind},
            about=row.pk,
            shown=waits,
            starts=on,
            ends=on,
            due=row.tell_by if waits else None,
            urgent=waits and is_dangerous(row.kind),
            for_node=waits,
        )


def words(line: CaseLine) -> str:
    """ "A suspect was released: tell the person"."""
    kind = label("development_kind", line.params["kind"])
    if line.what == WAITING:
        return _("%(what)s: tell the person, as they chose") % {"what": kind}
    return f"{kind} ({Development.State(line.what).label})"


def line_is_for(actor: Actor, line: CaseLine) -> bool:
    """Who works in a house reads of a release or a flight alone."""
    return is_for(actor, line.params["kind"])


def section(reader: Reader) -> Mapping[str, Any]:
    """The person's wish and each development."""
    found, rows = wish(reader), developments(reader)
    file = reads_file(reader)
    asked = [] if found or not file else [_("Nobody asked whether, and how, the person wants to be told.")]
    cards = [_wished(reader, found)] if found and file else []
    return {"missing": asked, "cards": [*cards, *(_shown(reader, row, file=file) for row in rows)]}


def _wished(reader: Reader, row: TellingWish) -> dict[str, Any]:
    channel = _("They chose: %(channel)s.") % {"channel": label("safe_channel", row.channel)}
    return card(
        _("What the person wants"),
        channel if row.wants else _("They do not want to be told. They may change their mind at any time."),
        tag=_("wants to be told") if row.wants else _("does not want to be told"),
        words=opened(reader, row.how_id, _("Open when and by whom"), Compartment.LEGAL),
    )


def _shown(reader: Reader, row: Development, *, file: bool) -> dict[str, Any]:
    late = row.state == WAITING and row.tell_by < reader.at
    by = row.told_by.get_full_name() if row.told_by else ""
    return card(
        label("development_kind", row.kind),
        _("It happened: %(when)s.") % {"when": _moment(row.happened_at)},
        _("To be told by: %(when)s.") % {"when": _moment(row.tell_by)} if row.state == WAITING else "",
        _("Told: %(when)s.") % {"when": _moment(row.told_at)} if row.told_at else "",
        _("By %(who)s, through: %(channel)s.") % {"who": by, "channel": label("safe_channel", row.channel)}
        if file and row.state == TOLD
        else "",
        _("That was later than it should have been.") if row.told_at and row.told_at > row.tell_by else "",
        tag=_("overdue") if late else row.get_state_display(),
        kind="overdue" if late else "soon" if row.state == WAITING else "done",
        words=opened(reader, row.words_id, _("Open what exactly happened"), Compartment.LEGAL) if file else [],
        doors=list(doors(reader, ("development.tell", "development_tell", _("The person was told")), row=row.pk))
        if row.state == WAITING
        else [],
    )


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


RECORD = Record(
    code=CODE,
    title=gettext_lazy("What happened in the proceedings"),
    list_act="development.list",
    lines=lines,
    words=words,
    line_is_for=line_is_for,
    section=section,
    template=CARDS,
    doors=(
        Door(act="development.record", text=gettext_lazy("Record what happened"), url_name="casework:development_new"),
        Door(
            act="telling_wish.record",
            text=gettext_lazy("Record whether the person wants to be told"),
            url_name="casework:telling_wish",
        ),
    ),
    in_copy=False,  # whoever does not want to be told of a release reads of it on no paper either
    copy_words={
        "Development.kind": lambda code: label("development_kind", code),
        "Development.channel": lambda code: label("safe_channel", code) if code else "",
        "TellingWish.channel": lambda code: label("safe_channel", code) if code else "",
    },
)
