"""Where somebody is signed in, and how often somebody tried to be."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fener.trust.models.accounts import User


class BrowserSession(models.Model):
    """One browser in which a person is signed in: what ends all sessions of a person without walking everybody's.

    Says no more of the device than "Firefox on Windows"; neither address nor version is stored.
    """

    session_key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="browser_sessions")
    device = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "pk"]


class Attempts(models.Model):
    """Failed attempts of one kind of "who": a user name, a source, or the two together, each as a keyed hash.

    Rows come into being for user names that nobody has as well, so that they tell nothing about who has an account.
    """

    who = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)  # what the waiting time grows with
    untold = models.PositiveIntegerField(default=0)  # what the holder has not been told of yet
    failed_at = models.DateTimeField(null=True)
    wait_until = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)  # of a name and a source together: the last sign-in from there

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["failed_at"], name="attempts_failed_at")]
