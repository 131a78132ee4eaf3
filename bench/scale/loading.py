"""Batch after batch of copies into a node that was begun."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone

from bench.scale import bodies, templates
from bench.scale.bodies import Worker
from bench.scale.copying import Copier, Home
from bench.scale.engines import Bulk
from bench.scale.templates import MADE_ANEW, Key
from fener.casework.models import Case
from fener.casework.services import cases
from fener.network.models import Organisation
from fener.network.selectors import actor_for
from fener.trust import accounts
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry, Keeper, User
from fener.web.demo import mechanism
from fener.web.demo.bulk import Maker
from fener.web.demo.mechanism import Mechanism

SEED = 20260
READS = 10  # of each file, where no number of entries is asked for
LAWYER_CARRIES = 4  # one of so many templates
SOURCE, CLINIC = "lanterna", "clinic"


def make_templates(made: Mechanism, count: int, *, full: bool = False) -> list[UUID]:
    """Cases through the services, in the caller's transaction. ``full``: each with a long history."""
    maker, found = Maker(made, full=full), []
    for number in range(count):
        case = maker.make_case()
        if number % LAWYER_CARRIES == 0 and case.state == Case.State.ACTIVE:
            lawyer = User.objects.get(username="lawyer")
            cases.assign(actor=maker.teller.holder(case), case=case, user=lawyer)
        found.append(case.pk)
    return found


class Loader:
    """Copies the templates of one node."""

    def __init__(self, bulk: Bulk, home: Path, raw: dict[str, Any]) -> None:
        self.bulk, self.wanted = bulk, raw["wanted"]
        made = mechanism.open_again()
        wanted = [UUID(text) for text in raw["templates"]]
        self.templates = templates.read(bulk, wanted, made.actors.values())
        self.first_chain = self._first_chain(wanted)
        keepers = {bulk.identity(keeper.pk): keeper for keeper in Keeper.objects.all()}
        self.copier = Copier(bulk, keepers, SEED)
        workers = bodies.read(home)
        number = self.wanted["bodies"]
        clinics = [Stand(bulk, [w for w in workers if (w.kind, w.body) == ("clinic", n)])
                   for n in range(bodies._clinics(number))]  # fmt: skip
        self.homes = []
        for n in range(number):
            people = [w for w in workers if (w.kind, w.body) == ("keeper", n)]
            self.homes.append(_home(bulk, made, Stand(bulk, people), clinics[n % len(clinics)]))
        self.shares = bodies.shares(number)

    def tables(self) -> list[str]:
        """Every table that is written into."""
        models = {row.model for t in self.templates for row in (t.case, *t.rows)}
        models |= {row.model for t in self.templates for i in t.items for row in (i.row, *i.grants)}
        return sorted({model._meta.db_table for model in {*models, *MADE_ANEW}})

    def load(self, count: int, done: int) -> int:
        """One transaction: ``count`` copies."""
        rng = random.Random(f"{SEED} {done}")
        for _each in range(count):
            template = rng.choice(self.templates)
            home = rng.choices(self.homes, self.shares)[0]
            self.copier.copy(template, home, rng, self._reads(rng, len(template.entries)))
        with self.bulk.transaction(self.tables()):
            self.copier.flush()
        return count

    def _reads(self, rng: random.Random, already: int) -> int:
        """How often a file was read: most seldom, some often; on average what makes the entries asked for."""
        mean = READS
        if self.wanted["audit"]:
            mean = max(0, round(self.wanted["audit"] * 1.01 / self.wanted["cases"]) - self._mean_entries)
        return int(rng.triangular(0, 3 * mean, 0)) if mean else 0

    @property
    def _mean_entries(self) -> int:
        return sum(len(each.entries) for each in self.templates) // len(self.templates)

    def cases_there(self) -> int:
        """Cases of this node beside the story's and the templates."""
        total = Case.objects.unscoped(reason="how many are made").count()
        return total - self.first_chain

    def entries_there(self) -> int:
        """Audit entries of this node."""
        return AuditEntry.objects.count()

    @staticmethod
    def _first_chain(wanted: list[UUID]) -> int:
        """How many cases came through the services."""
        from fener.web.demo.mechanism import BODIES

        own = [body.name for body in BODIES]
        return Case.objects.unscoped(reason="made through the services").filter(organisation__name__in=own).count()


class Stand:
    """The people, desk and services of one body, as the database keeps their keys."""

    def __init__(self, bulk: Bulk, workers: list[Worker]) -> None:
        users = {user.username: user for user in User.objects.filter(username__in=[w.username for w in workers])}
        self.users = [users[worker.username] for worker in workers]
        self.workers = workers
        member = actor_for(user=self.users[0], keyring=None, on=timezone.localdate())
        assert member.keeper_id is not None
        self.organisation = Organisation.objects.get(pk=member.keeper_id)
        self.key = bulk.identity(self.organisation.pk)
        self.places = bodies.places(self.organisation)
        self.user_keys = [bulk.identity(user.pk) for user in self.users]

    def unlocked(self) -> Actor:
        """Its first member, with the keys."""
        keyring = accounts.open_keyring(self.users[0], self.workers[0].password)
        return actor_for(user=self.users[0], keyring=keyring, on=timezone.localdate())


def _home(bulk: Bulk, made: Mechanism, body: Stand, clinic: Stand) -> Home:
    source, source_clinic = made.organisations[SOURCE], made.organisations[CLINIC]
    old = {name: bulk.identity(made.actors[name].user_id) for name in ("manager", "manager2", "lawyer", "doctor")}
    fixed: dict[Key, Any] = {}
    for organisation, stand in ((source, body), (source_clinic, clinic)):
        for label in ("network.Organisation", "trust.Keeper"):
            fixed[label, bulk.identity(organisation.pk)] = stand.key
    for key, stand in ((SOURCE, body), (CLINIC, clinic)):
        fixed["network.Desk", made.desks[key].pk] = stand.places["desk"].pk
    for key, stand in (("counselling", body), ("legal", body), ("medical", clinic)):
        fixed["network.Service", made.services[key].pk] = stand.places[made.services[key].kind].pk
    managers, lawyer = body.user_keys[:-1], body.user_keys[-1]

    def stands_for(rng: random.Random) -> dict[Key, Any]:
        new = dict(fixed)
        new["trust.User", old["manager"]], new["trust.User", old["manager2"]] = rng.sample(managers, 2)
        new["trust.User", old["lawyer"]] = lawyer
        new["trust.User", old["doctor"]] = rng.choice(clinic.user_keys)
        return new

    actor = body.unlocked()
    assert actor.keyring is not None
    keeper = Keeper.objects.get(pk=body.organisation.pk)
    readers = [user.pk for user in body.users[:-1]]
    stands: Callable[[random.Random], dict[Key, Any]] = stands_for
    return Home(keeper, actor.keyring.index_key(keeper.pk), readers, stands)
