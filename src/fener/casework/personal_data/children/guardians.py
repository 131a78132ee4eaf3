"""What is kept of guardians and of parts in a child's case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, GONE, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Guardianship",
        _("who answers for the child"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("guardian, or who stands in"),
                mandate=_("for what"),
                organisation=_("body"),
                conflict=_("conflict of interest"),
                end_reason=_("why it ended"),
            ),
            **GONE.on(legal_basis=_("legal basis")),
            **WORDS.on(who=_("name and how to reach them")),
            **DAY.on(
                since=_("from"),
                until=_("until, by the mandate"),
                conflict_on=_("since when a conflict is known"),
                ended_on=_("day on which it ended"),
            ),
            **WORKER.on(person=_("the guardian, by account"), recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ChildPart",
        _("which body has which part in the child's case"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(part=_("which part"), organisation=_("body")),
            **DAY.on(since=_("from"), until=_("until")),
            **WORKER.on(person=_("who is accountable"), recorded_by=_("who wrote it down")),
        },
    ),
)
