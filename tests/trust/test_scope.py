"""A query that nobody scoped raises, whatever way it is evaluated; Django's own access goes on working."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from django.db import connection, models
from django.db.models import Count, Prefetch
from django.test.utils import isolate_apps

from fener.trust.actor import SYSTEM, Actor
from fener.trust.scope import ScopedModel, ScopedQuerySet, UnscopedQuery

pytestmark = pytest.mark.django_db(transaction=True)
Models = tuple[Any, Any, Any]


@pytest.fixture
def tables() -> Iterator[Models]:
    """A shelf (not scoped), boxes (scoped: by the actor's name) and slips in boxes (scoped, nobody may see)."""
    with isolate_apps("fener.trust"):

        class Shelf(models.Model):
            class Meta:
                app_label = "trust"

        class BoxQuerySet(ScopedQuerySet[Any]):
            def visible_to(self, actor: Actor) -> Any:
                return self.filter(owner=actor.username)

        class Box(ScopedModel):
            shelf = models.ForeignKey(Shelf, null=True, on_delete=models.CASCADE, related_name="boxes")
            owner = models.CharField(max_length=20, unique=True)
            objects: ClassVar[Any] = BoxQuerySet.as_manager()

            class Meta:
                app_label = "trust"

        class Slip(ScopedModel):
            box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="slips")

            class Meta:
                app_label = "trust"

        made = (Shelf, Box, Slip)
        with connection.schema_editor() as editor:
            for model in made:
                editor.create_model(model)
        yield made
        with connection.schema_editor() as editor:
            for model in reversed(made):
                editor.delete_model(model)


EVALUATIONS: dict[str, Callable[[Any], Any]] = {
    "iterate": list,
    "len": len,
    "bool": bool,
    "index": lambda q: q[0],
    "slice": lambda q: list(q[:1]),
    "count": lambda q: q.count(),
    "exists": lambda q: q.exists(),
    "get": lambda q: q.get(owner="mira"),
    "first": lambda q: q.first(),
    "last": lambda q: q.last(),
    "latest": lambda q: q.latest("pk"),
    "aggregate": lambda q: q.aggregate(n=Count("pk")),
    "update": lambda q: q.update(owner="x"),
    "delete": lambda q: q.delete(),
    "values": lambda q: list(q.values("owner")),
    "values_list": lambda q: list(q.values_list("owner", flat=True)),
    "in_bulk": lambda q: q.in_bulk([1]),
    "iterator": lambda q: list(q.iterator()),
    "explain": lambda q: q.explain(),
    "get_or_create": lambda q: q.get_or_create(owner="mira"),
    "update_or_create": lambda q: q.update_or_create(owner="mira"),
    "filter": lambda q: list(q.filter(owner="mira").exclude(pk=0).order_by("pk").distinct()),
    "bulk_update": lambda q: q.bulk_update([q.model(pk=1, owner="z")], ["owner"]),
    "raw": lambda q: list(q.raw("SELECT * FROM trust_box")),
}


@pytest.mark.parametrize("name", EVALUATIONS)
def test_evaluating_a_query_that_nobody_scoped_raises(tables: Models, name: str) -> None:
    _, box, _ = tables
    box.objects.create(owner="mira")
    with pytest.raises(UnscopedQuery):
        EVALUATIONS[name](box.objects.all())
    assert box.objects.unscoped(reason="test").get().owner == "mira"


@pytest.mark.parametrize("name", sorted(set(EVALUATIONS) - {"raw"}))
def test_a_scoped_query_evaluates_in_every_way(tables: Models, name: str) -> None:
    _, box, _ = tables
    box.objects.create(owner="mira")
    EVALUATIONS[name](box.objects.unscoped(reason="test"))


def test_an_actor_sees_what_the_model_says_and_nothing_by_default(tables: Models) -> None:
    _, box, slip = tables
    mine, other = box.objects.create(owner="mira"), box.objects.create(owner="arben")
    slip.objects.create(box=mine)
    mira = Actor(user_id=None, username="mira")
    assert list(box.objects.for_actor(mira)) == [mine]
    assert not box.objects.for_actor(mira).filter(pk=other.pk).exists()
    assert list(slip.objects.for_actor(mira)) == []
    assert list(box.objects.for_actor(SYSTEM)) == []


def test_reading_for_nobody_and_unscoping_without_a_reason_raise(tables: Models) -> None:
    _, box, _ = tables
    with pytest.raises(UnscopedQuery):
        box.objects.for_actor(None)
    with pytest.raises(UnscopedQuery):
        box.objects.unscoped(reason="  ")


def test_adding_everything_to_what_is_mine_is_unscoped_again(tables: Models) -> None:
    _, box, _ = tables
    mine = box.objects.for_actor(Actor(user_id=None, username="mira"))
    for mixed in (mine | box.objects.all(), mine ^ box.objects.all(), mine.union(box.objects.all())):
        with pytest.raises(UnscopedQuery):
            list(mixed)
    assert list(mine & box.objects.all()) == []


def test_rows_in_hand_lead_to_their_neighbours(tables: Models) -> None:
    shelf_model, box, slip = tables
    shelf = shelf_model.objects.create()
    mine = box.objects.create(owner="mira", shelf=shelf)
    paper = slip.objects.create(box=mine)
    assert list(shelf.boxes.all()) == [mine]
    assert shelf.boxes.filter(owner="mira").count() == 1
    fetched = shelf_model.objects.prefetch_related("boxes__slips").get()
    assert list(fetched.boxes.all()[0].slips.all()) == [paper]
    paper.refresh_from_db()
    assert paper.box.owner == "mira"
    shelf.delete()
    assert not box.objects.unscoped(reason="test").exists()


def test_a_prefetch_with_a_query_of_its_own_belongs_to_the_rows_in_hand(tables: Models) -> None:
    shelf_model, box, _ = tables
    shelf = shelf_model.objects.create()
    box.objects.create(owner="mira", shelf=shelf)
    chosen = Prefetch("boxes", queryset=box.objects.order_by("owner"), to_attr="chosen")
    assert [b.owner for b in shelf_model.objects.prefetch_related(chosen).get().chosen] == ["mira"]


def test_uniqueness_is_still_checked_over_all_rows(tables: Models) -> None:
    from django.core.exceptions import ValidationError

    _, box, _ = tables
    box.objects.create(owner="mira")
    with pytest.raises(ValidationError):
        box(owner="mira").full_clean(exclude=["shelf"])


def test_it_works_as_a_subquery_of_a_checked_query(tables: Models) -> None:
    shelf_model, box, _ = tables
    shelf = shelf_model.objects.create()
    box.objects.create(owner="mira", shelf=shelf)
    assert shelf_model.objects.filter(pk__in=box.objects.values("shelf")).count() == 1
