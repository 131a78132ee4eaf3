"""The facts without a name: changed from the version that the page showed, never over somebody else's change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.facts import FactsForm
from fener.casework.services import facts as services
from fener.casework.views import shown
from fener.casework.views.common import case_for, case_form, case_url
from fener.norms.fields import facts_shown
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import StaleEdit


@staff
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """Change the facts."""
    case = case_for(request, code, "case.facts.update")
    now = {"version": case.version, "language": case.language, "interpreter": case.interpreter}
    form = FactsForm(request.POST or None, initial={**facts_shown(case.facts), **now})
    context: dict[str, Any] = {"version": case.version}

    def run(data: Mapping[str, Any]) -> str:
        try:
            services.update_facts(
                actor=request.actor,
                case=case,
                version=data["version"],
                facts=form.facts(),
                language=data["language"],
                interpreter=data["interpreter"],
            )
        except StaleEdit as stale:
            current = stale.current or {}
            context.update(current=shown.fact_rows(facts_shown(current.get("facts") or {})), stale=True)
            again = request.POST.copy()
            again["version"] = str(current.get("version", 0))
            form.data = again  # the next save is over what is shown now
            raise
        return case_url(case, "facts")

    return case_form(
        request,
        case,
        form=form,
        act="case.facts.update",
        run=run,
        title=_("Facts without a name"),
        lead=_("Each may stay empty: empty means that it was not said. Nothing here names the person."),
        template="casework/facts_edit.html",
        context=context,
    )
