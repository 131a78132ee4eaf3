"""A query that nobody scoped is a mistake that must be loud: evaluating it raises.

A model with personal or operational data uses :class:`ScopedManager` (or a manager made from a subclass of
:class:`ScopedQuerySet`). Selectors start from ``Model.objects.for_actor(actor)``; code that really needs everything
(jobs, statistics on facts, the integrity checker) says so: ``Model.objects.unscoped(reason="...")``.

What stays open on purpose: Django's own row access (``_base_manager``: following a foreign key, saving, refreshing,
cascades), the related manager of an object in hand (it is scoped by its owner), migrations (historical models have
a plain manager), creating rows, and use as a subquery of a query that is itself checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.actor import Actor

_Model = TypeVar("_Model", bound=models.Model)
BY_ACTOR = "actor"
_inside_framework: ContextVar[bool] = ContextVar("fener_scope_inside_framework", default=False)


class UnscopedQuery(RuntimeError):
    """A programming error: rows were read or changed without saying for whom. Never caught, never shown."""


class ScopedQuerySet(models.QuerySet[_Model]):
    """A queryset that knows whether somebody scoped it. Subclasses say in :meth:`visible_to` what an actor may see."""

    _is_scoped: bool = False
    _scope_reason: str = ""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this actor may see. Deny by default: none, until a subclass says otherwise."""
        return self.none()

    def for_actor(self, actor: Actor) -> Self:
        """What ``actor`` may see; the start of every selector."""
        if actor is None:
            raise UnscopedQuery(f"{self.model.__name__}: reading without an actor")
        return self.visible_to(actor).scoped()

    def unscoped(self, *, reason: str) -> Self:
        """All rows, on purpose. ``reason`` is for the reader of the code; it may not be empty."""
        if not reason.strip():
            raise UnscopedQuery(f"{self.model.__name__}: say why this query needs no scope")
        return self.scoped(reason=reason)

    def scoped(self, *, reason: str = BY_ACTOR) -> Self:
        """Mark as scoped. For queryset methods that themselves restrict to an actor."""
        clone = self.all()
        clone._is_scoped, clone._scope_reason = True, reason
        return clone

    def _asks(self) -> AbstractContextManager[None]:
        """Raises UnscopedQuery; else for whom the database is asked: what was unscoped on purpose is the node's own."""
        self._require_scope()
        on_purpose = self._scope_reason and self._scope_reason != BY_ACTOR
        return node_level(reason=self._scope_reason) if on_purpose else nullcontext()

    def _require_scope(self) -> None:
        # "instance" is the hint that related managers and prefetching leave: the owner is in hand already.
        if (
            self._is_scoped
            or _inside_framework.get()
            or "instance" in getattr(self, "_hints", {})
            or self.query.is_empty()
        ):
            return
        raise UnscopedQuery(
            f"{self.model.__name__}: use .for_actor(actor), or .unscoped(reason=...) where everything is really meant"
        )

    # -- keeping the mark -------------------------------------------------------------------------------------------
    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._is_scoped, clone._scope_reason = self._is_scoped, self._scope_reason
        return clone

    def _with_all_scoped(self, result: Any, *others: Any) -> Any:
        # A union with something unscoped is unscoped: else "mine | everything" would pass.
        if isinstance(result, ScopedQuerySet):
            result._is_scoped = all(getattr(q, "_is_scoped", True) or q.query.is_empty() for q in (self, *others))
        return result

    def __or__(self, other: Any) -> Any:
        return self._with_all_scoped(super().__or__(other).all(), other)

    def __xor__(self, other: Any) -> Any:
        return self._with_all_scoped(super().__xor__(other).all(), other)

    def union(self, *other_qs: Any, all: bool = False) -> Any:
        return self._with_all_scoped(super().union(*other_qs, all=all), *other_qs)

    # -- every way to evaluate ----------------------------------------------------------------------------------------
    def _fetch_all(self) -> None:
        if self._result_cache is not None:
            super()._fetch_all()
            return
        with self._asks():
            super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        with self._asks():  # asked here, so read here: a generator would be read under another's standing
            rows = super().iterator(chunk_size)
            return rows if self._scope_reason in {"", BY_ACTOR} else iter(list(rows))

    def aiterator(self, chunk_size: int = 2000) -> Any:
        self._require_scope()
        return super().aiterator(chunk_size)

    def count(self) -> int:
        if self._result_cache is not None:
            return len(self._result_cache)
        with self._asks():
            return super().count()

    def exists(self) -> bool:
        if self._result_cache is not None:
            return bool(self._result_cache)
        with self._asks():
            return super().exists()

    def contains(self, obj: models.Model) -> bool:
        with self._asks():
            return super().contains(obj)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        with self._asks():
            return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        with self._asks():
            return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        with self._asks():
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> int:
        with self._asks():
            return super()._raw_delete(using)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        self._require_scope()
        return super().raw(*args, **kwargs)

    def explain(self, *, format: str | None = None, **options: Any) -> str:
        with self._asks():
            return super().explain(format=format, **options)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of a scoped model. For own rules: ``CaseQuerySet.as_manager()`` or ``Manager.from_queryset``."""


@contextmanager
def framework_access() -> Iterator[None]:
    """For Django's own checks of uniqueness, which use the default manager. Not for reading."""
    token = _inside_framework.set(True)
    try:
        yield
    finally:
        _inside_framework.reset(token)


class ScopedModel(models.Model):
    """Base of a scoped model: the scoped manager, and uniqueness checks of forms that still see every row."""

    class Meta:
        abstract = True

    objects = ScopedManager()

    def validate_unique(self, exclude: Any = None) -> None:
        with framework_access():
            super().validate_unique(exclude=exclude)

    def validate_constraints(self, exclude: Any = None) -> None:
        with framework_access():
            super().validate_constraints(exclude=exclude)
