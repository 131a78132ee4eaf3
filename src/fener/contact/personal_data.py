"""What first contacts and screenings keep: nothing that names anybody outside what is sealed for one desk."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fener.trust.privacy.declaration import RULE, About, Erase, Mask, Personal, Whose, link, not_personal
from fener.trust.privacy.kinds import Kind

_COUNT = Personal(purposes=("help", "statistics"), retention="screening", erasure=Erase.RESIDUE)
_GONE = _COUNT.but(purposes=("help",), erasure=Erase.BLANK)
_DAY = _COUNT.but(erasure=Erase.YEAR)
_WORKER = Personal(
    whose=Whose.STAFF, purposes=("accountability",), basis="staff", retention="audit", erasure=Erase.AUDIT
)
_CONTACT = {"retention": "first_contact"}


def related(subject_id: UUID) -> set[UUID]:
    """Under which ids the words of somebody's first contact are sealed, for a file that began with it."""
    from fener.contact.services.erasure import contacts_of

    return contacts_of(subject_id)


def kinds() -> tuple[Kind, ...]:
    """First contacts, as trust erases them."""
    from fener.contact.services.erasure import KIND

    return (KIND,)


MODELS = (
    About(
        "contact.Screening",
        _("the questions to one person who was met"),
        file=("id", "intake__case_id"),
        fields={
            **link("id"),
            **not_personal(RULE, "set_id", "set_version"),
            **_COUNT.on(
                organisation=_("which organisation met the person"),
                setting=_("in which setting"),
                about_child=_("whether it was about a child"),
                place_kind=_("what kind of place"),
                state=_("how it stands"),
                danger_now=_("whether there was danger"),
                offer_answer=_("what the person answered to the offer"),
                decline_reason=_("why the person declined"),
            ),
            **_GONE.on(
                language=_("language of the person"),
                answers=_("answers"),
                suggestion=_("what they suggest"),
                immediate_needs=_("what was needed at once"),
                rights_told=_("what the person was told"),
            ),
            **_GONE.but(whose=Whose.THIRD).on(interpreter=_("name of the interpreter")),
            **_DAY.on(started_at=_("when it began"), finished_at=_("when it ended"), closed_at=_("when it was closed")),
            **_WORKER.on(officer=_("who asked")),
        },
    ),
    About(
        "contact.Intake",
        _("what reached a desk about a person"),
        file=("id", "screening_id", "case_id"),
        coarsen={"code": "fener.casework.domain.codes.new_code"},
        fields={
            **link("id", "screening", "consent"),
            **_GONE.but(erasure=Erase.NEW_CODE, **_CONTACT).on(code=_("code that both sides read out")),
            **_COUNT.but(**_CONTACT).on(
                source=_("from whom it came"),
                from_organisation=_("from which organisation"),
                organisation=_("to which organisation"),
                desk=_("which desk"),
                state=_("how it stands"),
                urgent=_("whether it was urgent"),
                person_knows=_("whether the person knows"),
                close_reason=_("why it was closed"),
            ),
            **_GONE.but(**_CONTACT).on(
                summary=_("the few facts that the person agreed to pass on"), case_id=_("file that was opened")
            ),
            **_GONE.but(mask=Mask.SEALED, erasure=Erase.DESTROY_KEY, **_CONTACT).on(
                sealed=_("how the person is reached safely, and words")
            ),
            **_DAY.but(**_CONTACT).on(
                sent_at=_("when it was sent"),
                answer_due=_("until when an answer was due"),
                received_at=_("when it was received"),
            ),
            **_WORKER.on(sent_by=_("who sent it"), received_by=_("who received it")),
        },
    ),
)
