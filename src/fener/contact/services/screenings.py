"""A screening: needs first, one question at a time, a suggestion that explains itself, an offer. It decides nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.contact.models import Screening
from fener.norms import screening as sets
from fener.norms.packs import Pack, load_packs
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.policy import Relationship
from fener.trust.signing_in.secrets import derived

if TYPE_CHECKING:
    from fener.trust.errors import Text

ANSWERS = ("yes", "no", "unknown")
# What is offered before any question about the crime (rule AS-10), and what became of the offer.
IMMEDIATE_NEEDS = ("safety", "medical", "basics", "phone_call", "interpreter")
NEED_ANSWERS = ("given", "offered", "declined", "not_needed")


def set_of(screening: Screening) -> Pack:
    """The indicator set that the answers are tied to; a newer version of it never re-reads old answers."""
    if not is_current(screening):
        raise InvalidInput(
            {"": _("The questions were renewed since this screening began. Begin a new one; this one stays as it is.")}
        )
    return load_packs().get("screening_set", screening.set_id)


def is_current(screening: Screening) -> bool:
    """Whether its questions are still those of today. If not, only an offer can be added to it."""
    packs = load_packs().of_kind("screening_set")
    return screening.set_id in packs and packs[screening.set_id].version == screening.set_version


def waiting_key(*, actor: Actor, screening: Screening) -> str:
    """The key (base64, 32 bytes) under which answers wait in this person's browser while the line is down.

    It goes with the page and is stored nowhere: a phone that is looked through holds a ciphertext, and the same person
    gets the same key again after a reload or a new sign-in, so that no answer is lost.
    """
    return base64.b64encode(derived("screening-waits", str(actor.user_id), str(screening.pk))).decode("ascii")


def asked_texts(screening: Screening) -> dict[str, str]:
    """Question id -> its words; empty when the set was renewed since, so that no answer stands beside other words."""
    if not is_current(screening):
        return {}
    return {question.id: question.text for question in sets.questions(set_of(screening))}


def own(actor: Actor, screening: Screening, act: str) -> None:
    """Only the officer who asks may go on; for everybody else it does not exist."""
    relationship = Relationship.OWN if screening.officer_id == actor.user_id else Relationship.NONE
    policy.require(actor, act, relationship)


def _must_be(screening: Screening, *states: str) -> None:
    if screening.state not in states:
        raise InvalidInput({"": _("This screening is closed. Its answers cannot be changed.")})


def _log(actor: Actor, screening: Screening, act: str, detail: Mapping[str, Any] | None = None) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", screening.organisation_id),
        subject_type="screening",
        subject_id=screening.pk,
        detail=dict(detail or {}),
    )


@transaction.atomic
def start_screening(
    *, actor: Actor, set_id: str, at: datetime, language: str = "", interpreter: str = "", place_kind: str = ""
) -> Screening:
    """Begin with the set for this setting and age group; no personal attribute is asked for. Raises Refused."""
    policy.require(actor, "screening.start", Relationship.OWN)
    if actor.keeper_id is None or actor.user_id is None:
        raise Refused(act="screening.start", hidden=False)
    packs = load_packs().of_kind("screening_set")
    if set_id not in packs:
        raise InvalidInput({"set_id": _("Choose one of the question sets.")})
    pack = packs[set_id]
    screening: Screening = Screening.objects.create(
        organisation_id=actor.keeper_id,
        officer_id=actor.user_id,
        setting=pack.data["setting"],
        set_id=pack.id,
        set_version=pack.version,
        about_child=pack.data["person"] == "child",
        language=language,
        interpreter=interpreter,
        place_kind=place_kind,
        started_at=at,
    )
    _log(actor, screening, "screening.start", {"set": pack.id, "version": pack.version})
    return screening


@transaction.atomic
def record_immediate_needs(*, actor: Actor, screening: Screening, needs: Mapping[str, str]) -> Screening:
    """What was offered before any question: safety, medical care, food and rest, a call, an interpreter (AS-10)."""
    own(actor, screening, "screening.offer")
    _must_be(screening, Screening.State.OPEN, Screening.State.SUGGESTED)
    errors: dict[str, Text] = {
        need: _("Say whether this was offered.") for need in IMMEDIATE_NEEDS if needs.get(need) not in NEED_ANSWERS
    }
    if errors:
        raise InvalidInput(errors)
    screening.immediate_needs = {need: needs[need] for need in IMMEDIATE_NEEDS}
    screening.save(update_fields=["immediate_needs"])
    _log(actor, screening, "screening.offer", {"needs": screening.immediate_needs})
    return screening


@transaction.atomic
def raise_alarm(*, actor: Actor, screening: Screening) -> Screening:
    """Danger now: the screening can wait, and what is sent on from it is urgent."""
    own(actor, screening, "screening.answer")
    _must_be(screening, Screening.State.OPEN, Screening.State.SUGGESTED)
    screening.danger_now = True
    screening.save(update_fields=["danger_now"])
    _log(actor, screening, "screening.answer", {"danger_now": True})
    return screening


@transaction.atomic
def answer_question(*, actor: Actor, screening: Screening, question_id: str, answer: str) -> Screening:
    """Store one answer. The same answer sent twice is stored once; a second thought replaces the first.

    A changed answer after the result asks for a new result. Raises InvalidInput for an unknown question or answer, and
    before the immediate needs were offered (rule AS-10).
    """
    return _store(actor, screening, {question_id: answer})


@transaction.atomic
def answer_all(*, actor: Actor, screening: Screening, answers: Mapping[str, str]) -> Screening:
    """Store the answers of a set that stands on one page; what was left open stays open."""
    return _store(actor, screening, {question: answer for question, answer in answers.items() if answer})


def _store(actor: Actor, screening: Screening, given: Mapping[str, str]) -> Screening:
    own(actor, screening, "screening.answer")
    current: Screening = (
        Screening.objects.select_for_update().unscoped(reason="the officer's own, checked above").get(pk=screening.pk)
    )
    _must_be(current, Screening.State.OPEN, Screening.State.SUGGESTED)
    _check_answers(current, given)
    changed = {question: answer for question, answer in given.items() if current.answers.get(question) != answer}
    if changed:
        again = current.state == Screening.State.SUGGESTED
        current.answers = {**current.answers, **changed}
        current.state, current.suggestion, current.finished_at = Screening.State.OPEN, {}, None
        current.save(update_fields=["answers", "state", "suggestion", "finished_at"])
        _log(actor, current, "screening.answer", {"questions": sorted(changed), "after_the_result": again})
    for name in ("answers", "state", "suggestion", "finished_at"):
        setattr(screening, name, getattr(current, name))
    return current


def _check_answers(screening: Screening, given: Mapping[str, str]) -> None:
    questions = {question.id: question for question in sets.questions(set_of(screening))}
    for question_id, answer in given.items():
        if answer not in ANSWERS:
            raise InvalidInput({"answer": _("Choose yes, no or not known.")})
        if question_id not in questions:
            raise InvalidInput(
                {"": _("This question is not in the set. Go back to the screening and continue from there.")}
            )
        if not screening.immediate_needs and questions[question_id].block != "immediate":
            raise InvalidInput({"": _("First offer safety, medical care and what is needed at once. Then ask.")})


@transaction.atomic
def finish_screening(*, actor: Actor, screening: Screening, at: datetime) -> Screening:
    """Let norms say what the answers suggest, and keep that with rules, versions, sources. Sets no status (ID-13)."""
    own(actor, screening, "screening.finish")
    _must_be(screening, Screening.State.OPEN, Screening.State.SUGGESTED)
    suggestion = sets.evaluate(set_of(screening), screening.answers)
    screening.suggestion = suggestion.to_json()
    screening.danger_now = screening.danger_now or suggestion.urgent
    screening.state = Screening.State.SUGGESTED
    screening.finished_at = at
    screening.save(update_fields=["suggestion", "danger_now", "state", "finished_at"])
    _log(
        actor,
        screening,
        "screening.finish",
        {"suggests": suggestion.status_suggested or "", "set": screening.set_id, "version": screening.set_version},
    )
    return screening


@transaction.atomic
def record_rights_told(
    *, actor: Actor, screening: Screening, items: list[str], version: str, language: str, interpreter: str = ""
) -> Screening:
    """Which items of the rights card the person was told, in which language, by which interpreter."""
    own(actor, screening, "screening.offer")
    _must_be(screening, Screening.State.OPEN, Screening.State.SUGGESTED)
    if not language:
        raise InvalidInput({"language": _("Say in which language it was told.")})
    screening.rights_told = {"items": items, "version": version, "language": language, "interpreter": interpreter}
    screening.language, screening.interpreter = language, interpreter or screening.interpreter
    screening.save(update_fields=["rights_told", "language", "interpreter"])
    _log(actor, screening, "screening.offer", {"rights": items, "version": version, "language": language})
    return screening
