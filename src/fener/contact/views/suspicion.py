"""One page on which somebody who noticed something can say so. It shows nothing of anybody's records (rule HE-06)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.contact.forms import SuspicionForm
from fener.contact.services import intakes
from fener.contact.views.screening import USUAL
from fener.network import selectors as network
from fener.norms import screening as sets
from fener.norms.vocab import vocabulary
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page


def _signs(setting: str) -> list[tuple[str, str]]:
    """The indicators of the setting's own sets, for adults and for children, by their short names."""
    names = vocabulary("indicator")
    found = {
        question.indicator: _(names.label(question.indicator))
        for child in (False, True)
        for question in sets.questions(sets.screening_set(setting, child=child))
        if question.indicator and question.supports_when
    }
    return sorted(found.items(), key=lambda pair: pair[1])


@staff
def raise_one(request: StaffRequest) -> HttpResponse:
    """Raise a suspicion: signs, words, how to reach the person, to whom it goes."""
    policy.require(request.actor, "suspicion.raise", Relationship.OWN)
    mine = network.own_organisation(request.actor)
    setting = USUAL.get(mine.sector, "outreach") if mine else "outreach"
    form = SuspicionForm(
        request.POST or None, desks=network.desks(request.actor, receives="intake"), signs=_signs(setting)
    )

    def run(data: Mapping[str, Any]) -> str:
        intakes.raise_suspicion(
            actor=request.actor,
            desk=data["desk"],
            words=form.contact(),
            about_child=data["about_child"],
            signs=data["signs"],
            urgent=data["urgent"],
            person_knows=data["person_knows"] == "yes",
            at=timezone.now(),
        )
        return reverse("contact:receipts") + "?sent=1"

    return form_page(request, template="contact/suspicion.html", form=form, act="suspicion.raise", run=run)
