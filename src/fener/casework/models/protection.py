"""The hardest protections of a case: witness protection, shut-outs, reads by two persons, broken glass.

What hides a row stands in ``models/hiding.py``, once; here is what was decided, by whom and when.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import SealedItem, User


class ProtectionStep(models.Model):
    """A case goes under witness protection, or comes out again: one person proposes, another confirms (WP-10)."""

    class Kind(models.TextChoices):
        PROTECT = "protect", _("put under witness protection")
        RELEASE = "release", _("take out of witness protection")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="protection_steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    legal_basis = models.CharField(max_length=300)
    reason = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")
    keepers = models.JSONField(default=list)  # ids of the persons who shall see it; both signers are among them
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    second = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who is asked to confirm
    answered_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        ordering = ("proposed_at",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(second=models.F("proposed_by")), name="protection_needs_two_persons"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(answered_at__isnull=True), name="one_open_protection_step"
            ),
        ]


class ProtectedAccess(models.Model):
    """Who sees a protected case at all. It narrows what role and relationship allow, and never widens it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="protected_access")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # empty: a keeper, until the protection ends or the name is struck out
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=models.Q(ended_at__isnull=True), name="named_once"
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], name="named_lookup")]


class OpeningRequest(models.Model):
    """Somebody who knows a code asks to see what it stands for. Written alike whether or not it stands for anything.

    ``case`` is empty where the code names no protected case; nothing that the requester is shown depends on it.
    """

    class Why(models.TextChoices):
        DANGER = "danger", _("somebody is in danger")
        DUTY = "duty", _("the law obliges me")
        CARE = "care", _("I take over work with the person")
        COURT = "court", _("a court or an authority has set a date")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="opening_requests")
    code = models.CharField(max_length=12)  # as the requester typed it
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    words = models.CharField(max_length=500)  # names nobody, like the reason of an override
    requested_at = models.DateTimeField()
    # When the requester learns that it was not granted. The same for every request: a quick no would tell something.
    answer_at = models.DateTimeField()
    # The reason that is told unless the approvers choose another, drawn at random when it is asked.
    told_reason = models.CharField(max_length=20)
    told_words = models.CharField(max_length=500, blank=True)
    granted_until = models.DateTimeField(null=True)
    as_keeper = models.BooleanField(default=False)  # granted without an end: the requester is a keeper from now on
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-requested_at",)


class OpeningVote(models.Model):
    """One approver's answer. Two different ones grant; one no is a no."""

    request = models.ForeignKey(OpeningRequest, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approves = models.BooleanField()
    days = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="one_vote_each")]


class ShutOut(models.Model):
    """For this person or body the case is absent, whatever role, referral or consent would let them see (WP-11)."""

    class Why(models.TextChoices):
        NAMED = "named", _("the person fears them")
        TIES = "ties", _("they have ties to somebody whom the person fears")
        COMPLICIT = "complicit", _("they may be involved in what happened")
        INTEREST = "interest", _("a conflict of interest")
        WISH = "wish", _("the person wishes it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shut_outs")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, organisation__isnull=False)
                | models.Q(user__isnull=False, organisation__isnull=True),
                name="a_person_or_a_body_is_shut_out",
            ),
        ]
        indexes = [models.Index(fields=["case", "ended_at"], name="shut_out_lookup")]


class SensitiveMark(models.Model):
    """Opening this part of a case takes a second person. No compartment: every sealed part of the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sensitive_marks")
    compartment = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "compartment"], condition=models.Q(ended_at__isnull=True), name="marked_once"
            ),
        ]


class SecondPerson(models.Model):
    """Somebody asked a colleague to stand beside them for one opening of a sensitive part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_persons")
    compartment = models.CharField(max_length=20)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ask_until = models.DateTimeField()  # after this nobody can say yes any more
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)
    open_until = models.DateTimeField(null=True)  # until when the part may be opened

    class Meta:
        ordering = ("asked_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="a_second_person_is_another",
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "case"], name="second_person_lookup")]


class GlassBreak(models.Model):
    """One part opened by somebody whose role does not open it, because a life is in danger; reviewed afterwards."""

    class Danger(models.TextChoices):
        ATTACK = "attack", _("somebody is about to attack the person")
        SELF_HARM = "self_harm", _("the person may harm themselves")
        ILLNESS = "illness", _("the person is gravely ill or hurt")
        MISSING = "missing", _("the person, or a child with them, has disappeared")
        OTHERS = "others", _("another life is in danger")

    class Verdict(models.TextChoices):
        JUSTIFIED = "justified", _("justified")
        NOT_JUSTIFIED = "not_justified", _("not justified")

    class Follows(models.TextChoices):
        NOTHING = "nothing", _("nothing more")
        TALK = "talk", _("a talk with whoever opened it")
        TELL_PERSON = "tell_person", _("the person is told")
        RIGHTS = "rights", _("roles or keys are taken away")
        INQUIRY = "inquiry", _("an inquiry, or a report to an authority")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="glass_breaks")
    compartment = models.CharField(max_length=20)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # whose custodians review
    danger = models.CharField(max_length=10, choices=Danger.choices)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    verdict = models.CharField(max_length=14, choices=Verdict.choices, blank=True)
    follows = models.CharField(max_length=12, choices=Follows.choices, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("user")),
                name="nobody_reviews_their_own_glass",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True) | ~models.Q(verdict=""), name="a_review_has_a_verdict"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "reviewed_at"], name="glass_to_review")]
