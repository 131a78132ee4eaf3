"""What is kept of routes to compensation, claims and payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, INTERPRETER, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.RoutesTold",
        _("what was told of routes to compensation"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                routes=_("which routes were told"),
                facts=_("what is known of their conditions"),
                language=_("in which language"),
            ),
            **INTERPRETER.on(interpreter=_("name of the interpreter")),
            **DAY.on(told_on=_("when it was told")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.Claim",
        _("a claim for compensation"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                route=_("by which route"),
                own=_("whether it is the organisation's own"),
                currency=_("currency"),
                asked=_("sum that was claimed"),
                awarded=_("sum that was awarded"),
                instalment=_("sum of an instalment"),
                every=_("months between instalments"),
            ),
            **WORDS.on(words=_("from whom, and for what")),
            **DAY.on(
                claimed_on=_("when it was claimed"),
                awarded_on=_("when it was awarded"),
                first_on=_("when the first instalment is due"),
                insolvent_on=_("since when the offender cannot pay"),
                refused_on=_("when it was refused"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ClaimPayment",
        _("a payment on a claim"),
        file=("claim__case_id",),
        fields={
            **link("id", "claim"),
            **COUNTED.on(amount=_("sum that was paid")),
            **DAY.on(paid_on=_("when it was paid")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
