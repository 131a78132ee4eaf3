"""What is kept of overrides of a gate."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, HIDDEN, WORDS, WORKER
from fener.norms.gates import quiet_gates
from fener.trust.privacy.declaration import About, Whose, body, link

# On no paper: what was refused to somebody at work, kept to ask for an override of exactly this.
_CLOSED = HIDDEN.but(
    purposes=("accountability",), why_not=_("What a worker tried and did not do. What was done stands in the copy.")
)


def _of_health() -> dict[str, Any]:
    """Overrides that tell of a test are on no paper."""
    return {"gate__in": quiet_gates()}


MODELS = (
    About(
        "casework.ClosedGate",
        _("a condition that was not met when somebody wanted to go on"),
        file=CASE,
        fields={
            **link("id", "case", "about"),
            **_CLOSED.on(
                gate=_("which gate"),
                conditions=_("what was missing"),
                kind=_("for which kind of act"),
                day=_("on which day it was to be done"),
                closed_on=_("when it was tried"),
            ),
            **_CLOSED.but(whose=Whose.STAFF).on(closed_to=_("who tried it")),
        },
    ),
    About(
        "casework.GateOverride",
        _("conditions that were passed over"),
        file=CASE,
        not_copied=_of_health,
        fields={
            **link("id", "case", "about"),
            **body("asked_for"),
            **COUNTED.on(
                gate=_("which gate"),
                conditions=_("what was missing"),
                kind=_("for which kind of act"),
                basis=_("on which legal basis"),
                state=_("whether it was agreed and used"),
            ),
            **WORDS.on(words=_("why it was asked for")),
            **DAY.on(
                day=_("on which day it was to be done"),
                asked_on=_("when it was asked for"),
                until=_("until when it held"),
                agreed_on=_("when it was agreed"),
                ended_on=_("when it was used or turned down"),
            ),
            **WORKER.on(
                asked_by=_("who asked for it"), first_by=_("who agreed first"), second_by=_("who agreed second")
            ),
        },
    ),
)
