"""Screenings and what arrives at a desk. Somebody can stay here without any personal attribute at all."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models import hiding
from fener.network.models import Desk, Organisation
from fener.trust.actor import Actor
from fener.trust.models import Consent, SealedItem, User
from fener.trust.scope import ScopedManager, ScopedQuerySet


class ScreeningQuerySet(ScopedQuerySet["Screening"]):
    """A screening is visible to the officer who asks, while it is open. Closed, only the receipt remains."""

    def visible_to(self, actor: Actor) -> ScreeningQuerySet:
        if actor.user_id is None:
            return self.none()
        return self.filter(officer_id=actor.user_id).exclude(state=Screening.State.CLOSED)


class IntakeQuerySet(ScopedQuerySet["Intake"]):
    """What arrived is visible to the organisation whose desk it is on, unless the case that came of it is hidden."""

    def visible_to(self, actor: Actor) -> IntakeQuerySet:
        if not actor.keeper_id:
            return self.none()
        # What a first contact holds of a person, it holds also after the case is hidden (casework/models/hiding.py).
        hidden = hiding.shut_out(actor, "case_id") | Q(case_id__in=hiding.protected_cases())
        return self.filter(~hidden, organisation_id=actor.keeper_id)


class ScreeningManager(ScopedManager.from_queryset(ScreeningQuerySet)):  # type: ignore[misc]
    """The manager of screenings."""


class IntakeManager(ScopedManager.from_queryset(IntakeQuerySet)):  # type: ignore[misc]
    """The manager of first contacts."""


class Screening(models.Model):
    """One person met, one indicator set in one version. Answers stay tied to it (rule ID-12)."""

    class State(models.TextChoices):
        OPEN = "open", _("not finished")
        SUGGESTED = "suggested", _("finished; help to be offered")
        CLOSED = "closed", _("closed")

    class Answer(models.TextChoices):
        """What the person answered to the offer of a call or visit by an organisation that helps."""

        NOT_ASKED = "", _("not asked yet")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("declined; the offer stays")
        NOT_NEEDED = "not_needed", _("no sign that help is needed; information given")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    setting = models.CharField(max_length=20)
    set_id = models.CharField(max_length=60)
    set_version = models.CharField(max_length=20)
    about_child = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True)
    interpreter = models.CharField(max_length=120, blank=True)
    place_kind = models.CharField(max_length=30, blank=True)
    answers = models.JSONField(default=dict)  # question id -> yes, no, unknown
    suggestion = models.JSONField(default=dict)  # what norms answered when it was finished
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    danger_now = models.BooleanField(default=False)
    immediate_needs = models.JSONField(default=dict)  # need -> offered / given / declined (rule AS-10)
    rights_told = models.JSONField(default=dict)  # items, version, language
    offer_answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.NOT_ASKED, blank=True)
    decline_reason = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ScreeningManager()


class Intake(models.Model):
    """What reached an organisation's desk: from a screening, a call, a third party, or the person."""

    class Source(models.TextChoices):
        SCREENING = "screening", _("a screening")
        SUSPICION = "suspicion", _("a suspicion raised by somebody else")
        HELPLINE = "helpline", _("a call")
        SELF = "self", _("the person")

    class State(models.TextChoices):
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received")
        OPENED = "opened", _("case opened")
        CLOSED = "closed", _("closed without a case")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=9, unique=True)
    source = models.CharField(max_length=12, choices=Source.choices)
    screening = models.OneToOneField(Screening, null=True, on_delete=models.PROTECT, related_name="intake")
    from_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    urgent = models.BooleanField(default=False)
    # Pseudonymous summary that the person agreed to pass on; everything else is in ``sealed``.
    summary = models.JSONField(default=dict)
    # How to reach the person safely, and words: sealed to the receiving organisation alone. The sender cannot open it.
    sealed = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    person_knows = models.BooleanField(default=True)  # a third party's flag: an offer, never a compulsion (ID-16)
    sent_at = models.DateTimeField()
    answer_due = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    close_reason = models.CharField(max_length=40, blank=True)
    case_id = models.UUIDField(null=True)

    objects = IntakeManager()
