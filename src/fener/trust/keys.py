"""Keys and sealing: thin wrappers over ``cryptography`` and ``argon2-cffi``. No primitive and no mode of our own.

Three operations are enough for the house:

- ``seal_to`` / ``open_sealed``: HPKE (RFC 9180) with the hybrid KEM of ML-KEM-768 and X25519, to somebody's public key;
- ``encrypt`` / ``decrypt``: AES-256-GCM under a random key of 32 bytes that is used for one message;
- ``wrap`` / ``unwrap``: AES-256-GCM under Argon2id of a password or a recovery code.

Each binds a *context*, so that a ciphertext moved to another place does not open. Nothing here logs, and nothing that
holds a secret shows it in its ``repr``.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import threading
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from argon2 import low_level as argon2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
_MLKEM_SEED_BYTES: Final = 64
_MLKEM_PUBLIC_BYTES: Final = 1184
_X25519_BYTES: Final = 32
# Two runs of Argon2id at once: each takes 64 MiB and a core or two, and a sign-in must not starve the others.
ARGON2_RUNS: Final = threading.BoundedSemaphore(2)
_SUITE: Final = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class DoesNotOpen(Exception):
    """A key, password or context does not fit the ciphertext, or the ciphertext was changed. Says no more than that."""


def context(*parts: str | int | uuid.UUID) -> bytes:
    """The bytes that bind a ciphertext to its place: an unambiguous encoding of the parts in their order."""
    return json.dumps([str(part) for part in parts], ensure_ascii=True, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, repr=False)
class PublicKey:
    """The public half of a hybrid key pair (1216 bytes raw: ML-KEM-768 key, then X25519 key)."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != _MLKEM_PUBLIC_BYTES + _X25519_BYTES:
            raise ValueError("a public key has 1216 bytes")

    def __repr__(self) -> str:
        return "PublicKey()"

    def _key(self) -> hpke.MLKEM768X25519PublicKey:
        return hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.raw[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(self.raw[_MLKEM_PUBLIC_BYTES:]),
        )


@dataclass(frozen=True, repr=False, eq=False)
class PrivateKey:
    """The private half (96 bytes raw: ML-KEM-768 seed, then X25519 key). Exists in memory only, unless wrapped."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != _MLKEM_SEED_BYTES + _X25519_BYTES:
            raise ValueError("a private key has 96 bytes")

    def __repr__(self) -> str:
        return "PrivateKey()"

    __str__ = __repr__

    def __reduce__(self) -> Any:
        raise TypeError("a private key is not pickled")

    @classmethod
    def generate(cls) -> PrivateKey:
        return cls(MLKEM768PrivateKey.generate().private_bytes_raw() + X25519PrivateKey.generate().private_bytes_raw())

    def public(self) -> PublicKey:
        mlkem, x25519 = self._halves()
        return PublicKey(mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        return (
            MLKEM768PrivateKey.from_seed_bytes(self.raw[:_MLKEM_SEED_BYTES]),
            X25519PrivateKey.from_private_bytes(self.raw[_MLKEM_SEED_BYTES:]),
        )


def seal_to(public: PublicKey | bytes, plaintext: bytes, *, bound_to: bytes) -> bytes:
    """Seal ``plaintext`` to whoever holds the private half of ``public``."""
    key = public if isinstance(public, PublicKey) else PublicKey(bytes(public))
    return _SUITE.encrypt(plaintext, key._key(), info=bound_to)


def open_sealed(private: PrivateKey, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Open what ``seal_to`` sealed. Raises DoesNotOpen."""
    try:
        return _SUITE.decrypt(bytes(sealed), hpke.MLKEM768X25519PrivateKey(*private._halves()), info=bound_to)
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen from error


def new_data_key() -> bytes:
    """A fresh random key for one ciphertext."""
    return secrets.token_bytes(KEY_BYTES)


def encrypt(key: bytes, plaintext: bytes, *, bound_to: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front. One key seals one message: callers make a new key for each."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, bound_to)


def decrypt(key: bytes, ciphertext: bytes, *, bound_to: bytes) -> bytes:
    """Open what ``encrypt`` sealed. Raises DoesNotOpen."""
    raw = bytes(ciphertext)
    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen from error


def keyed_hash(key: bytes, message: bytes, *, length: int = 32) -> bytes:
    """HMAC-SHA-256, cut to ``length`` bytes."""
    mac = hmac.HMAC(key, hashes.SHA256())
    mac.update(message)
    return mac.finalize()[:length]


def wrap(secret: str, plaintext: bytes, *, bound_to: bytes) -> tuple[bytes, dict[str, Any]]:
    """Encrypt under Argon2id of a password or code; a new salt each time.

    Returns the ciphertext and the parameters (salt included) that ``unwrap`` needs; the parameters are no secret.
    """
    cost: Mapping[str, int] = settings.FENER_ARGON2
    parameters = {
        "kdf": "argon2id",
        "salt": base64.b64encode(os.urandom(16)).decode("ascii"),
        "time_cost": cost["time_cost"],
        "memory_cost": cost["memory_cost"],
        "parallelism": cost["parallelism"],
    }
    return encrypt(_stretch(secret, parameters), plaintext, bound_to=bound_to), parameters


def unwrap(secret: str, ciphertext: bytes, parameters: Mapping[str, Any], *, bound_to: bytes) -> bytes:
    """Open what ``wrap`` sealed. Raises DoesNotOpen on a wrong secret."""
    return decrypt(_stretch(secret, parameters), ciphertext, bound_to=bound_to)


def _stretch(secret: str, parameters: Mapping[str, Any]) -> bytes:
    if parameters.get("kdf") != "argon2id":
        raise DoesNotOpen
    # NFKC, so that the same password typed on another keyboard or system gives the same bytes.
    typed = unicodedata.normalize("NFKC", secret).encode("utf-8")
    with ARGON2_RUNS:
        return argon2.hash_secret_raw(
            typed,
            base64.b64decode(parameters["salt"]),
            time_cost=int(parameters["time_cost"]),
            memory_cost=int(parameters["memory_cost"]),
            parallelism=int(parameters["parallelism"]),
            hash_len=KEY_BYTES,
            type=argon2.Type.ID,
        )


# 32 signs that are not mistaken for each other in print (no 0/O, 1/I/L, U/V): Crockford's base 32.
CODE_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_recovery_code(groups: int = 8) -> str:
    """A code to print or write down once: groups of four signs, 20 bits each (eight groups: 160 bits)."""
    return "-".join("".join(secrets.choice(CODE_SIGNS) for _ in range(4)) for _group in range(groups))


def typed_recovery_code(typed: str) -> str:
    """A recovery code as somebody typed it, made canonical: case, spaces, dashes and look-alike signs do not matter."""
    signs = "".join(c for c in typed.upper() if c.isalnum())
    return signs.translate(str.maketrans("OIL", "011"))


class Keyring:
    """A signed-in person's unlocked private key, and the keepers' keys that it opens. Lives for one request.

    ``members`` looks up the sealed keeper key of this person (None when not a member): the database stays outside.
    """

    def __init__(
        self, user_id: uuid.UUID, private: PrivateKey, members: Callable[[uuid.UUID, uuid.UUID], KeeperEntry | None]
    ) -> None:
        self.user_id = user_id
        self._private = private
        self._members = members
        self._keepers: dict[uuid.UUID, KeeperKeys] = {}

    def __repr__(self) -> str:
        return f"Keyring(user_id={self.user_id})"

    def __reduce__(self) -> Any:
        raise TypeError("a keyring is not pickled")

    def user_private(self) -> PrivateKey:
        return self._private

    def keeper_private(self, keeper_id: uuid.UUID) -> PrivateKey:
        """The keeper's private key. Raises DoesNotOpen for a person who is no member of the keeper."""
        return self.keeper_keys(keeper_id).current

    def index_key(self, keeper_id: uuid.UUID) -> bytes:
        """The key of the keeper's blind name index. Raises DoesNotOpen like ``keeper_private``."""
        held = self.keeper_keys(keeper_id)
        return open_sealed(held.current, held.sealed_index_key, bound_to=index_key_context(keeper_id))

    def forget(self, keeper_id: uuid.UUID) -> None:
        """The keeper's keys were exchanged: look them up anew."""
        self._keepers.pop(keeper_id, None)

    def keeper_keys(self, keeper_id: uuid.UUID) -> KeeperKeys:
        """The keeper's private keys. Raises DoesNotOpen for a person who is no member of the keeper."""
        if keeper_id not in self._keepers:
            entry = self._members(keeper_id, self.user_id)
            if entry is None:
                raise DoesNotOpen
            bound_to = member_context(keeper_id, self.user_id)
            private = PrivateKey(open_sealed(self._private, entry.sealed_private_key, bound_to=bound_to))
            earlier = None
            if entry.sealed_earlier_key is not None:
                place = earlier_key_context(keeper_id, entry.generation - 1)
                earlier = PrivateKey(open_sealed(private, entry.sealed_earlier_key, bound_to=place))
            self._keepers[keeper_id] = KeeperKeys(entry.generation, private, earlier, entry.sealed_index_key)
        return self._keepers[keeper_id]


@dataclass(frozen=True, repr=False, eq=False)
class KeeperKeys:
    """A keeper's open private keys: the one of now and, while the keys are being exchanged, the one before."""

    generation: int
    current: PrivateKey
    earlier: PrivateKey | None
    sealed_index_key: bytes

    def of(self, generation: int) -> PrivateKey:
        """The private key of that generation. Raises DoesNotOpen for one that is destroyed, or not there yet."""
        if generation == self.generation:
            return self.current
        if self.earlier is not None and generation == self.generation - 1:
            return self.earlier
        raise DoesNotOpen


@dataclass(frozen=True)
class KeeperEntry:
    """What the database holds of a membership: the keeper's key sealed to the member, the index key to the keeper."""

    sealed_private_key: bytes
    sealed_index_key: bytes
    generation: int = 1
    sealed_earlier_key: bytes | None = None


def member_context(keeper_id: uuid.UUID, user_id: uuid.UUID) -> bytes:
    return context("fener", "keeper-key", keeper_id, user_id)


def earlier_key_context(keeper_id: uuid.UUID, generation: int) -> bytes:
    return context("fener", "earlier-keeper-key", keeper_id, generation)


def index_key_context(keeper_id: uuid.UUID) -> bytes:
    return context("fener", "index-key", keeper_id)


def user_key_context(user_id: uuid.UUID, wrapped_by: str) -> bytes:
    """``wrapped_by`` is "password", "recovery" or "session"."""
    return context("fener", "user-key", user_id, wrapped_by)
