"""People who sign in, and the bodies that hold keys."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Looks users up by name; accounts are made by ``trust.accounts``, which also makes their keys."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works in the mechanism. Holds a key pair whose private half only the password opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=12, default="", blank=True)  # empty: as the browser asks
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    public_key = models.BinaryField(editable=False)
    # The private key, wrapped under Argon2id of the password; salt and parameters travel with it.
    wrapped_private_key = models.BinaryField(editable=False)
    wrap_parameters = models.JSONField(default=dict, editable=False)
    # The same key wrapped under the recovery code that was printed once.
    recovery_wrapped_private_key = models.BinaryField(null=True, editable=False)
    recovery_parameters = models.JSONField(default=dict, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: the policy table decides."""
        return False


class Keeper(models.Model):
    """A body that holds keys. What it is called and does is the network's matter; here it is a pair of keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_key = models.BinaryField(editable=False)
    # Key of the blind name index, sealed to ``public_key``.
    sealed_index_key = models.BinaryField(editable=False)
    # Counts its key pairs. While the keys are being exchanged, the private key before lies here, sealed to this one.
    key_generation = models.PositiveIntegerField(default=1)
    sealed_earlier_key = models.BinaryField(null=True, editable=False)
    # Since when somebody outside may know the private key: they left, or a printed code was used.
    rotation_due_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class KeeperMember(models.Model):
    """One person's way to a keeper's private key: the key, sealed to that person's public key."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="keepers")
    sealed_private_key = models.BinaryField(editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keeper", "user"], name="one_key_per_member")]
