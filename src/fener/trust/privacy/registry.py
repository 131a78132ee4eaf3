"""The whole declaration: the sum of the rooms' ``personal_data`` modules and of the packs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings

from fener.norms.fields import Field, compartment_fields, facts_fields
from fener.trust.privacy.declaration import About, Controller, Erase, Mask, Personal, Whose

if TYPE_CHECKING:
    from django.db.models import Model

# A pack's field and the handling that its kind of data gets. What a single field adds stands in the pack.
_SEALED = Personal(
    purposes=("help",), consent="keep", retention="case_file", mask=Mask.SEALED, erasure=Erase.DESTROY_KEY
)
_FACT = Personal(consent="keep", retention="case_file", mask=Mask.OPEN, erasure=Erase.COARSEN)
# Covered also while their part is open: numbers that are seldom needed and easily read over a shoulder.
COVERED = frozenset({"identity_number", "document", "permit_number"})


@cache
def modules() -> tuple[ModuleType, ...]:
    """The rooms' modules, lowest room first."""
    found = []
    for room in settings.FENER_ROOMS:
        name = f"{room}.personal_data"
        try:
            found.append(import_module(name))
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    return tuple(found)


@cache
def models() -> dict[str, About]:
    """Every declared model by its label (``casework.Case``)."""
    return {about.model: about for module in modules() for about in module.MODELS}


def pack_fields() -> dict[str, Personal]:
    """Every field of the packs as ``facts.gender`` or ``identity.first_name``."""
    found = {f"facts.{spec.code}": _fact(spec) for spec in facts_fields()}
    return found | {f"{spec.compartment}.{spec.code}": of_field(spec) for spec in compartment_fields()}


def of_field(spec: Field) -> Personal:
    """The declaration of one sealed field."""
    third = spec.whose == "third"
    from django.utils.translation import gettext_lazy

    return _SEALED.but(
        what=gettext_lazy(spec.label),
        purposes=spec.needed_for,
        whose=Whose.THIRD if third else Whose.PERSON,
        mask=Mask.COVERED if spec.code in COVERED else Mask.SEALED,
        exported=not third,
        why_not=gettext_lazy("It is about somebody else.") if third else "",
    )


def _fact(spec: Field) -> Personal:
    from django.utils.translation import gettext_lazy

    return _FACT.but(
        what=gettext_lazy(spec.label),
        purposes=spec.needed_for,
        controller=Controller.ORGANISATION,
        mask=Mask.NEVER if spec.aggregate_only else Mask.OPEN,
        erasure=Erase.BLANK if spec.residue == "drop" else Erase.COARSEN,
    )


def declared() -> Iterator[tuple[str, Personal]]:
    """Every personal field of models and packs, by its whole name."""
    for label, about in models().items():
        for name, personal in about.personal.items():
            yield f"{label}.{name}", personal
    yield from pack_fields().items()


def undeclared() -> list[str]:
    """Fields of installed models that nobody declared; empty when the declaration is whole."""
    known = models()
    missing = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        fields = known[model._meta.label].fields if model._meta.label in known else {}
        missing += [f"{model._meta.label}.{name}" for name in field_names(model) if name not in fields]
    return missing


def stale() -> list[str]:
    """Declared fields and models that are not there (any more)."""
    there = {model._meta.label: set(field_names(model)) for model in apps.get_models(include_auto_created=True)}
    return [
        f"{label}.{name}"
        for label, about in models().items()
        for name in about.fields
        if name not in there.get(label, set())
    ]


def field_names(model: type[Model]) -> list[str]:
    """The concrete fields of a model, those of joins included."""
    return [each.name for each in model._meta.get_fields() if getattr(each, "concrete", False)]


def reset() -> None:
    """Forget what was read (tests that change the rooms)."""
    modules.cache_clear()
    models.cache_clear()
