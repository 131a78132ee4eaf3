"""No table about people without a word on whose its rows are: each model has a rule of the fence, or a reason."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from fener.casework.models import Case
from fener.network.models import Organisation
from fener.trust import fence
from fener.trust.models import Consent, DisclosureOverride, Keeper, SealedItem

# A row that points at one of these, or at a row that is fenced, says something about whoever it is about.
TOUCHY = (Case, Keeper, Organisation, SealedItem, Consent, DisclosureOverride)
NAMES = {"subject_id", "case_id", "keeper_id", "actor_keeper_id", "chain_id"}


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("fener.")]


def points_at_people(model: type[models.Model]) -> bool:
    touchy = {*TOUCHY, *fence.rules()}
    return model in touchy - {Keeper, Organisation} or any(
        field.name in NAMES or field.related_model in touchy
        for field in model._meta.get_fields()
        if getattr(field, "column", None)
    )


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_each_table_that_points_at_a_case_a_subject_or_a_keeper_has_a_rule_or_a_reason(
    model: type[models.Model],
) -> None:
    label = model._meta.label
    assert (model in fence.rules()) + (label in fence.exempt()) <= 1, "a rule and a reason for none"
    if points_at_people(model):
        room = label.partition(".")[0]
        assert model in fence.rules() or label in fence.exempt(), (
            f"{label}: add a line to RULES in fener/{room}/rls.py (how does a row belong to whom?),"
            " or one to EXEMPT with the reason"
        )


def test_reasons_are_given_for_models_that_exist() -> None:
    known = {model._meta.label for model in own_models()}
    assert set(fence.exempt()) <= known
    assert all(len(why.split()) > 3 for why in fence.exempt().values())


def test_a_new_table_without_a_line_would_be_found() -> None:
    class Forgotten(models.Model):
        case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "made_up"

    try:
        assert points_at_people(Forgotten)
        assert Forgotten not in fence.rules()
    finally:
        apps.all_models["made_up"].clear()
        apps.clear_cache()
