"""What is kept of a person's lawyer, of legal advice and of statements."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, INTERPRETER, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

_BY = WORKER.on(recorded_by=_("who wrote it down"))
_AT = DAY.on(recorded_at=_("when it was written down"))

MODELS = (
    About(
        "casework.LegalMandate",
        _("a lawyer who acts for the person"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(alone=_("whether for the person alone"), competent=_("whether trained for such cases")),
            **WORDS.on(words=_("the lawyer's name and how to reach them")),
            **DAY.on(since=_("from"), ended_on=_("until")),
            **_BY,
        },
    ),
    About(
        "casework.LegalTold",
        _("what the person was told before a statement"),
        file=CASE,
        fields={
            **link("id", "case", "mandate"),
            **COUNTED.on(items=_("what was told"), language=_("language")),
            "interpreter": INTERPRETER,
            **DAY.on(on=_("on which day")),
            **_BY,
        },
    ),
    About(
        "casework.Statement",
        _("a statement that the person gave"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(kind=_("which statement"), to=_("before whom")),
            **WORDS.on(reference=_("the reference of the file")),
            **DAY.on(on=_("on which day")),
            **_BY,
        },
    ),
    About(
        "casework.ChildOpinion",
        _("an opinion on the best interests of a child before testimony"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(by=_("whose opinion"), favours=_("whether it is in favour")),
            **WORDS.on(words=_("the reasons")),
            **DAY.on(on=_("on which day")),
            **_AT,
            **_BY,
        },
    ),
    About(
        "casework.AdaptedProcedure",
        _("a procedure fit for a child"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                asked_by=_("who asks"), times=_("how often at most"), recorded_once=_("whether it is recorded once")
            ),
            **WORDS.on(words=_("where the child is heard, and by whom")),
            **DAY.on(on=_("on which day")),
            **_AT,
            **_BY,
        },
    ),
)
