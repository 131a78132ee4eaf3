"""Password hashing that shares one limit with the wrapping of keys: runs of Argon2id at once, for the whole process."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

from fener.trust import keys


class LimitedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id as Django has it; a flood of sign-ins waits in line instead of taking the machine's memory."""

    def encode(self, password: str, salt: str) -> str:
        with keys.ARGON2_RUNS:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with keys.ARGON2_RUNS:
            return super().verify(password, encoded)

    def harden_runtime(self, password: str, encoded: str) -> Any:
        """Argon2 has nothing to harden."""
