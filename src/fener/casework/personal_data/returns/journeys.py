"""What is kept of journeys and removals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, INTERPRETER, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

# Either may tell of a test.
_QUIET = COUNTED.but(
    exported=False,
    why_not=_("A worker tells the person of it, by word of mouth: a paper that names a test is a danger."),
)

MODELS = (
    About(
        "casework.Journey",
        _("return, journey or removal"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("kind of return"),
                removal=_("whether an authority decided it"),
                state=_("how far it is"),
                country=_("to which country"),
                as_child=_("whether the person was treated as a child"),
                told=_("what was told"),
                told_language=_("in which language"),
                alternatives=_("what the person said to each alternative"),
                alternatives_version=_("version of the list of alternatives"),
                risk_level=_("danger at the place"),
                risk_allows=_("whether the risks allow the journey"),
                decision=_("the decision"),
                decided_by_guardian=_("whether the guardian decided"),
                refusal=_("why the person did not want to go"),
                papers=_("papers for the journey"),
                escort=_("who went along"),
                provider=_("who receives the person"),
                provider_elsewhere=_("whether the receiving service is named in the plan alone"),
                belongings=_("what became of belongings"),
                office=_("which office decided a removal"),
                basis=_("on which basis"),
                agreement=_("under which agreement"),
                confirmed_by=_("who confirmed the arrival"),
                hand_over=_("who handed the child over"),
                reception=_("who received the person"),
            ),
            **_QUIET.on(
                tests=_("whether a medical result is to come"), despite=_("what was missing when the person departed")
            ),
            **INTERPRETER.on(told_interpreter=_("name of the interpreter")),
            **WORDS.on(
                words=_("place, and what the person says"),
                risk_words=_("what threatens the person there"),
                decision_words=_("the decision in the person's own words"),
                plan=_("the plan for afterwards"),
                alarm_words=_("what was done about the hand-over"),
            ),
            **DAY.on(
                since=_("asked for, or decided by an authority"),
                told_on=_("when the person was told"),
                risk_on=_("when the risks were assessed"),
                decided_on=_("when the person decided"),
                departs_on=_("planned day of the departure"),
                heard_on=_("when the child was heard"),
                best_interests_on=_("when the child's best interests were decided"),
                authority_confirmed_on=_("when the receiving authority confirmed"),
                follow_up_on=_("when somebody visits after the arrival"),
                departed_on=_("departure"),
                confirmed_on=_("when the arrival was confirmed"),
                alarm_answered_on=_("when the alarm was answered"),
                ended_on=_("when it ended"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
