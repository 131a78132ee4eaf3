"""What hides a file: gone with it, save the opening in danger, which stays counted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, DOOR, HIDDEN, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ProtectionStep",
        _("putting a file under witness protection, or taking it out"),
        file=CASE,
        fields={
            **link("id", "case"),
            **HIDDEN.on(
                kind=_("which of both"),
                legal_basis=_("on which ground"),
                reason=_("reason, in words; sealed"),
                keepers=_("who shall see it"),
                proposed_by=_("who proposed it"),
                proposed_at=_("when"),
                second=_("who was asked to confirm"),
                answered_at=_("when it was answered"),
                confirmed=_("what was answered"),
            ),
        },
    ),
    About(
        "casework.ProtectedAccess",
        _("who sees a hidden file"),
        file=CASE,
        fields={
            **link("id", "case"),
            **HIDDEN.on(user=_("worker"), since=_("since when"), until=_("until when"), ended_at=_("when it ended")),
        },
    ),
    About(
        "casework.OpeningRequest",
        _("requests to see what a code stands for"),
        file=CASE,
        fields={
            **link("id", "case"),
            **HIDDEN.on(
                code=_("code as it was typed"),
                requested_by=_("who asked"),
                organisation=_("for which organisation"),
                as_keeper=_("whether as one who watches over the file"),
                why=_("why"),
                words=_("why, in words"),
                requested_at=_("when"),
                answer_at=_("when the answer was told"),
                told_reason=_("what was told"),
                told_words=_("what was told, in words"),
                granted_until=_("until when it was granted"),
                decided_at=_("when it was decided"),
            ),
        },
    ),
    About(
        "casework.OpeningVote",
        _("answers to such a request"),
        file=("request__case_id",),
        fields={
            **link("id", "request"),
            **HIDDEN.on(user=_("who answered"), approves=_("yes or no"), days=_("for how long"), at=_("when")),
        },
    ),
    About(
        "casework.ShutOut",
        _("who must not come near the file"),
        file=CASE,
        fields={
            **link("id", "case"),
            **HIDDEN.on(
                user=_("which person"),
                organisation=_("which body"),
                why=_("why"),
                words=_("why, in words; sealed"),
                since=_("since when"),
                set_by=_("who shut them out"),
                ended_at=_("when it ended"),
                ended_by=_("who ended it"),
            ),
        },
    ),
    About(
        "casework.SensitiveMark",
        _("parts that two persons open together"),
        file=CASE,
        fields={
            **link("id", "case"),
            **DOOR.on(
                compartment=_("which part"),
                since=_("since when"),
                set_by=_("who marked it"),
                ended_at=_("when it ended"),
                ended_by=_("who ended it"),
            ),
        },
    ),
    About(
        "casework.SecondPerson",
        _("who stood beside an opening"),
        file=CASE,
        fields={
            **link("id", "case"),
            **DOOR.on(
                compartment=_("which part"),
                asked_by=_("who asked"),
                asked_at=_("when"),
                ask_until=_("until when it could be answered"),
                confirmed_by=_("who answered"),
                answered_at=_("when it was answered"),
                confirmed=_("what was answered"),
                open_until=_("until when it was open"),
            ),
        },
    ),
    About(
        "casework.GlassBreak",
        _("parts that were opened because a life was in danger"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.but(purposes=("accountability",)).on(
                compartment=_("which part"),
                organisation=_("whose custodians review it"),
                danger=_("which danger"),
                verdict=_("what the review found"),
                follows=_("what follows from it"),
            ),
            **WORDS.but(purposes=("accountability",)).on(words=_("why, in words")),
            **DAY.but(purposes=("accountability",)).on(
                opened_at=_("when"), until=_("until when"), reviewed_at=_("when it was reviewed")
            ),
            **WORKER.on(user=_("who opened it"), reviewed_by=_("who reviewed it")),
        },
    ),
)
