"""Every field of every model and pack is declared: what it is, whose, why, for how long, and what an erasure does."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint
from django.utils import timezone

from fener.casework.models import Case
from fener.norms import retention
from fener.trust.actor import SYSTEM, Actor
from fener.trust.models import ItemGrant
from fener.trust.privacy import erasing, registry
from fener.trust.privacy.declaration import About, Erase, Mask, NotPersonal, Whose
from tests.factories.casework import CaseFactory


def test_no_field_of_a_model_is_undeclared() -> None:
    assert registry.undeclared() == [], "declare it in the room's personal_data.py, or say why it is not personal"


def test_no_declaration_is_of_something_that_is_not_there() -> None:
    assert registry.stale() == []


def test_every_declaration_is_whole() -> None:
    classes = retention.classes()
    wrong = {name: one.problems() for name, one in registry.declared() if one.problems()}
    assert wrong == {}
    assert {name for name, one in registry.declared() if one.retention not in classes} == set()


def test_what_is_not_personal_says_why() -> None:
    for about in registry.models().values():
        for name, one in about.fields.items():
            if isinstance(one, NotPersonal):
                assert str(one.reason).strip(), f"{about.model}.{name}"


def test_every_table_about_a_person_knows_whose_file_a_row_belongs_to() -> None:
    """A table with the person's data that no erasure finds would be left behind."""
    lost = [
        about.model
        for about in registry.models().values()
        if not about.file and any(one.whose in (Whose.PERSON, Whose.THIRD) for one in about.personal.values())
    ]
    # The record of who knew, and of how an erasure came about: ids and codes, they stay on purpose.
    assert lost == ["trust.Erasure", "trust.AuditEntry"]


@pytest.mark.parametrize("about", [a for a in registry.models().values() if a.file], ids=lambda a: a.model)
def test_the_way_to_the_file_exists(about: About) -> None:
    rows = apps.get_model(about.model)._base_manager
    for lookup in about.file:
        rows.filter(**{lookup: "00000000-0000-0000-0000-000000000000"}).query.sql_with_params()


def test_what_can_be_emptied_can_be_empty() -> None:
    from fener.trust.privacy.erasing import blank_of

    for about in registry.models().values():
        model = apps.get_model(about.model)
        for name, one in about.personal.items():
            if one.erasure is Erase.BLANK:
                blank_of(model._meta.get_field(name))  # raises where there is nothing empty


def test_sealed_fields_are_sealed_and_go_with_their_key() -> None:
    for name, one in registry.pack_fields().items():
        if not name.startswith("facts."):
            assert one.mask in (Mask.SEALED, Mask.COVERED), name
            assert one.erasure is Erase.DESTROY_KEY, name


def test_a_new_field_without_a_declaration_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    about = registry.models()["casework.Need"]
    without = {name: one for name, one in about.fields.items() if name != "urgent"}
    known = {**registry.models(), "casework.Need": About(about.model, about.what, without)}
    monkeypatch.setattr(registry, "models", lambda: known)
    assert registry.undeclared() == ["casework.Need.urgent"]


@pytest.mark.django_db
def test_an_erasure_that_forgets_a_table_is_found(monkeypatch: pytest.MonkeyPatch, case_manager: Actor) -> None:
    """The proof of erasure can fail: without the declaration of the grants, the keys stay."""
    from fener.casework.services.erasure import KIND

    case = CaseFactory(actor=case_manager)
    known = {label: about for label, about in registry.models().items() if label != "trust.ItemGrant"}
    monkeypatch.setattr(registry, "models", lambda: known)
    erasing.erase(actor=SYSTEM, kind=KIND, subject_id=case.pk, at=timezone.now())
    assert ItemGrant.objects.filter(item__subject_id=case.pk).exists()
    monkeypatch.undo()
    erasing.erase(actor=SYSTEM, kind=KIND, subject_id=case.pk, at=timezone.now())
    assert not ItemGrant.objects.filter(item__subject_id=case.pk).exists()


@pytest.mark.django_db
def test_erasing_twice_changes_nothing_more(case_manager: Actor) -> None:
    from fener.casework.services.erasure import KIND

    case = CaseFactory(actor=case_manager)

    def rows() -> str:
        # A fresh random code is drawn each time; everything else stays.
        found = Case.objects.unscoped(reason="what is left").filter(pk=case.pk).values().get()
        return str({name: value for name, value in found.items() if name != "code"})

    erasing.erase(actor=SYSTEM, kind=KIND, subject_id=case.pk, at=timezone.now())
    once = rows()
    erasing.erase(actor=SYSTEM, kind=KIND, subject_id=case.pk, at=timezone.now())
    assert rows() == once


def test_no_two_rows_become_one_when_only_their_years_stay() -> None:
    """A day of which the year stays tells two rows of one year apart no longer: an erasure would fail on it."""
    wrong = []
    for about in registry.models().values():
        spoilt = {name for name, one in about.personal.items() if one.erasure is Erase.YEAR}
        if not about.file or any(one.erasure is Erase.ROW for one in about.personal.values()):
            continue
        model = apps.get_model(about.model)
        unique = [set(one.fields) for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
        unique += [{one.name} for one in model._meta.fields if one.unique]
        apart = set(about.coarsen)  # what takes a value of its own for each row
        wrong += [f"{about.model}: {sorted(one)}" for one in unique if one & spoilt and not one & apart]
    assert wrong == []
