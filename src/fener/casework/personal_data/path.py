"""The case and who stands near it, clocks, referrals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, DOOR, GONE, INTERPRETER, WORDS, WORKER
from fener.trust.privacy.declaration import RULE, About, Erase, link, not_personal

MODELS = (
    About(
        "casework.Case",
        _("the file of one person, without a name"),
        file=("id",),
        coarsen={"facts": "fener.norms.retention.coarse_facts", "code": "fener.casework.domain.codes.new_code"},
        fields={
            **link("id"),
            **not_personal(_("Counts how often the row was saved."), "version"),
            **GONE.but(erasure=Erase.NEW_CODE).on(code=_("code of the file")),
            **GONE.on(
                alias=_("word to speak of the file by"),
                age_at_contact=_("age at first contact"),
                language=_("language of the person"),
                next_due=_("the next date"),
                origin_id=_("first contact that it came from"),
                protected=_("whether the file is hidden"),
            ),
            **COUNTED.but(erasure=Erase.COARSEN).on(facts=_("facts without a name; each is listed by itself")),
            **COUNTED.on(
                organisation=_("organisation that keeps the file"),
                state=_("whether it is open"),
                status=_("status"),
                treated_as_child=_("whether the person is treated as a child"),
                close_reason=_("why it was closed"),
                origin=_("how it began"),
            ),
            **DAY.on(
                opened_on=_("day on which it was opened"),
                closed_on=_("day on which it was closed"),
                created_at=_("moment at which it was written down"),
            ),
            "interpreter": INTERPRETER,
            **WORKER.on(opened_by=_("who opened it")),
        },
    ),
    About(
        "casework.CaseAccess",
        _("which organisations see that the file exists"),
        file=CASE,
        fields={
            **link("id", "case", "consent", "override"),
            **DOOR.on(organisation=_("organisation"), relationship=_("on which ground"), since=_("since when")),
        },
    ),
    About(
        "casework.CaseAssignment",
        _("who carries the file"),
        file=CASE,
        fields={
            **link("id", "case"),
            **DOOR.on(user=_("worker"), since=_("since when"), until=_("until when")),
        },
    ),
    About(
        "casework.InformationGiven",
        _("what the person was told"),
        file=CASE,
        fields={
            **link("id", "case"),
            **not_personal(RULE, "pack_version"),
            **COUNTED.on(items=_("what was told")),
            **GONE.on(language=_("in which language")),
            **DAY.on(told_on=_("when")),
            "interpreter": INTERPRETER,
            **WORKER.on(told_by=_("by whom")),
        },
    ),
    About(
        "casework.Clock",
        _("periods and dates that run for the person"),
        file=CASE,
        fields={
            **link("id", "case", "subject_type", "subject_id"),
            **not_personal(RULE, "rule", "rule_version", "source"),
            **COUNTED.on(code=_("which period"), blocks_removal=_("whether nobody may be sent away meanwhile")),
            **COUNTED.on(end_reason=_("why it ended")),
            **DAY.on(started_on=_("from when"), due_on=_("until when"), ended_at=_("when it ended")),
            **GONE.on(why=_("how the date was worked out")),
            **WORKER.on(started_by=_("who started it")),
        },
    ),
    About(
        "casework.Referral",
        _("what was asked of another organisation for the person"),
        file=CASE,
        fields={
            **link("id", "case", "consent", "override"),
            **COUNTED.on(
                kind=_("what for"),
                urgency=_("how urgent"),
                from_organisation=_("from which organisation"),
                to_organisation=_("to which organisation"),
                desk=_("which desk"),
                service=_("which service"),
                state=_("how it stands"),
                escalation_level=_("how often it went on to another desk"),
                compartments=_("which sealed parts it discloses"),
                decline_reason=_("why it was declined"),
                outcome=_("what came of it"),
            ),
            **GONE.on(
                preview=_("the few facts that the desk sees before it answers"),
                answer_why=_("how the date was worked out"),
                decline_note=_("note of the desk"),
            ),
            **DAY.on(
                offered_at=_("when it was offered"),
                answer_due=_("until when an answer was due"),
                escalated_at=_("when it went on"),
                answered_at=_("when it was answered"),
                outcome_at=_("when the outcome was written"),
            ),
            **WORDS.on(outcome_note=_("words about the outcome")),
            **WORKER.on(offered_by=_("who offered it"), answered_by=_("who answered")),
        },
    ),
)
