"""Assessments, decisions, doubts about age, refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, GONE, INTERPRETER, WORDS, WORKER
from fener.trust.privacy.declaration import RULE, About, link, not_personal

_DECIDES = ("identification", "statistics")
CODE, WHEN = COUNTED.but(purposes=_DECIDES), DAY.but(purposes=_DECIDES)
MINOR, SAID = GONE.but(purposes=("identification",)), WORDS.but(purposes=("identification",))

MODELS = (
    About(
        "casework.AgeDispute",
        _("doubts about the person's age"),
        file=CASE,
        fields={
            **link("id", "case"),
            **SAID.on(evidence=_("what the doubt rests on"), result_reasons=_("reasons of the decision")),
            **CODE.on(result=_("what was decided"), age=_("the age that was decided")),
            **WHEN.on(raised_on=_("when the doubt arose"), decided_on=_("when it was decided")),
            **WORKER.on(raised_by=_("who raised it"), decided_by=_("who decided")),
        },
    ),
    About(
        "casework.Assessment",
        _("how an authority, or the person, sees the situation"),
        file=CASE,
        fields={
            **link("id", "case", "referral", "earlier"),
            **not_personal(RULE, "criteria_version"),
            **CODE.on(
                by_person=_("whether it is the person's own view"),
                organisation=_("which organisation assessed"),
                opinion=_("its opinion"),
            ),
            **MINOR.on(elements=_("answers for each element"), qualification=_("what follows by the definition")),
            **SAID.on(reasons=_("reasons, in words")),
            **WHEN.on(assessed_on=_("when"), recorded_at=_("when it was written down")),
            **WORKER.on(assessor=_("who assessed")),
        },
    ),
    About(
        "casework.StatusDecision_considered",
        _("which assessments a decision considered"),
        fields=link("id", "statusdecision", "assessment"),
    ),
    About(
        "casework.StatusDecision",
        _("decisions on the person's status"),
        file=CASE,
        fields={
            **link("id", "case", "mandate", "review_of", "considered"),
            **not_personal(RULE, "criteria_version", "legal_basis"),
            **CODE.on(
                status=_("status"),
                previous_status=_("status before"),
                organisation=_("which body decided"),
                is_downgrade=_("whether it takes something away"),
                alternative=_("what it was called instead"),
            ),
            **MINOR.on(evidence=_("kinds of evidence"), told_language=_("in which language it was told")),
            "told_interpreter": INTERPRETER,
            **SAID.on(reasons=_("reasons, in words")),
            **WHEN.on(decided_on=_("when"), recorded_at=_("when it was written down"), told_on=_("when it was told")),
            **WORKER.on(decided_by=_("who decided")),
        },
    ),
    About(
        "casework.ReviewRequest",
        _("requests to look at a decision again"),
        file=("decision__case_id",),
        fields={
            **link("id", "decision", "outcome"),
            **CODE.on(kind=_("review or appeal"), asked_by_person=_("whether the person asked")),
            **SAID.on(reasons=_("reasons, in words")),
            **WHEN.on(requested_on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.RefusalOfHelp",
        _("what the person did not want"),
        file=CASE,
        fields={
            **link("id", "case"),
            **CODE.on(
                of=_("what was refused"),
                reason_code=_("why"),
                offer_stays_open=_("whether the offer stays"),
            ),
            **SAID.on(reason=_("why, in the person's words")),
            **WHEN.on(refused_on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
