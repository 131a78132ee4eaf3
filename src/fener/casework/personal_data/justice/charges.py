"""What is kept of charges and of outcomes that are owed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, GONE, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Charge",
        _("a charge against others"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("what is charged"),
                branch=_("criminal or administrative"),
                scale=_("how many did it"),
                article=_("number of the article"),
                least=_("the least that the law asks for"),
                most=_("the most that the law asks for"),
                measures=_("measures of investigation, and whether a judge consented"),
                evidence=_("what the charge rests on"),
                outcome=_("what became of it"),
                sentence_kind=_("kind of sentence"),
                sentence=_("months of prison"),
                reason=_("why a lesser offence was charged"),
                costs=_("what the lesser offence costs"),
            ),
            **GONE.on(stages=_("days of the stages")),
            **WORDS.on(words=_("who is accused, and the number of the file")),
            **DAY.on(
                act_on=_("day of the act"),
                law_from=_("since when the law was in force"),
                law_until=_("until when the law was in force"),
                outcome_on=_("day of the outcome"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.OwedOutcome",
        _("an outcome that an office owes"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(office=_("which office"), answer=_("what it said")),
            **DAY.on(
                given_on=_("when it was given the case"),
                due_on=_("when the outcome is owed"),
                answered_on=_("when it answered"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
