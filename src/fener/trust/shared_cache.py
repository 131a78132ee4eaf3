"""What several processes must count together, above all attempts to sign in: a cache in the database.

Django's own database cache keeps Python pickles, so that whoever may write that table runs code in the program. This
one keeps JSON. Keys are hashed: those of sign-in attempts are made of addresses and user names.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone

SWEEP_EVERY = 256  # one write in so many also removes what has run out
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class SharedCache(BaseCache):
    """Values that JSON can hold, in the table of ``SharedValue``. ``add`` is atomic across processes."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._writes = 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = _rows().filter(pk=self._place(key, version), until__gt=timezone.now()).values_list("value").first()
        return default if row is None else row[0]

    def set(
        self, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        _rows().update_or_create(pk=self._place(key, version), defaults={"value": value, "until": self._until(timeout)})
        self._sweep()

    def add(
        self, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        place = self._place(key, version)
        _rows().filter(pk=place, until__lte=timezone.now()).delete()
        try:
            with transaction.atomic():
                _rows().create(pk=place, value=value, until=self._until(timeout))
        except IntegrityError:
            return False
        self._sweep()
        return True

    def touch(self, key: str, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        alive = _rows().filter(pk=self._place(key, version), until__gt=timezone.now())
        return bool(alive.update(until=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        removed, _each = _rows().filter(pk=self._place(key, version)).delete()
        return bool(removed)

    def clear(self) -> None:
        _rows().delete()

    def _place(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_and_validate_key(key, version=version).encode()).hexdigest()

    def _until(self, timeout: float | object | None) -> datetime:
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        return NEVER if timeout is None else timezone.now() + timedelta(seconds=float(timeout))  # type: ignore[arg-type]

    def _sweep(self) -> None:
        self._writes += 1
        if self._writes % SWEEP_EVERY == 0:
            _rows().filter(until__lte=timezone.now()).delete()


def _rows() -> Any:
    from fener.trust.models import SharedValue

    return SharedValue.objects.all()
