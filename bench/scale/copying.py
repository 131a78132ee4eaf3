"""Copies of cases: the same rows with new keys, people, data keys and search tokens, and an audit of its own."""

from __future__ import annotations

import json
import random
import re
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from bench.scale.engines import Bulk, utc
from bench.scale.templates import Key, Template, TemplateItem, TemplateRow, columns
from fener.casework.domain import codes
from fener.casework.models import Case
from fener.casework.services.compartments import names_in
from fener.trust import chain, keys, search, vault
from fener.trust.compartments import Compartment
from fener.trust.models import AuditChain, AuditEntry, BlindToken, ItemGrant, Keeper, SealedItem
from fener.web.demo import names

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ENTRY_COLUMNS = ("chain_id", "seq", "at", "actor_id", "actor_keeper_id", "act", "subject_type", "subject_id", "purpose",
                 "outcome", "detail", "prev_hash", "hash")  # fmt: skip
CHAIN_COLUMNS = ("id", "kind", "chain_id", "length", "head")
TOKEN_COLUMNS = ("keeper_id", "subject_id", "kind", "token")
READ = json.dumps({"file": True})  # as ``services.reading`` keeps it
CREATED = {"created_at", "changed_at", "granted_at", "recorded_at", "since"}


@dataclass
class Home:
    """Where a copy lives: who stands for the bodies, people, desks and services of the template."""

    keeper: Keeper
    index_key: bytes
    readers: list[UUID]
    stands_for: Callable[[random.Random], dict[Key, Any]]  # drawn anew for each copy


@dataclass
class Copier:
    """Makes copies and collects their rows by table; ``flush`` writes them."""

    bulk: Bulk
    keepers: dict[Any, Keeper]  # by the key that the database keeps
    seed: int
    pending: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    columns_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    entries: int = 0
    _skipped: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def copy(self, template: Template, home: Home, rng: random.Random, reads: int) -> None:
        """One case at ``home``, whose file was read ``reads`` times since."""
        case_id = _new_id(rng)
        new: dict[Key, Any] = home.stands_for(rng)
        texts: dict[str, str] = {}
        for model, pk in template.owned:
            self._name(new, texts, model, pk, case_id if model is Case else None, rng)
        for (_label, old), stands in list(new.items()):
            if not isinstance(old, int):
                texts[_text(old)] = _text(stands)
        opened = datetime.combine(template.opened, time(8), UTC) + timedelta(seconds=rng.uniform(1, 36_000))
        created = self.bulk.moment(opened.replace(microsecond=rng.randrange(1, 10**6)))
        self._case(template, new, texts, created)
        for row in template.rows:
            self._add(row, self._values(row, new, texts, created))
        person = (*names.person(rng), rng)
        for item in template.items:
            self._seal(item, new, texts, created, case_id, person, home)
        self._audit(template, new, texts, case_id, opened, home, reads, rng)

    def flush(self) -> int:
        """Write what was collected, in the caller's transaction; how many rows."""
        written = 0
        for table, rows in self.pending.items():
            self.bulk.add(table, self.columns_of[table], rows)
            written += len(rows)
        self.pending.clear()
        return written

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _name(
        self,
        new: dict[Key, Any],
        texts: dict[str, str],
        model: type[models.Model],
        pk: Any,
        given: UUID | None,
        rng: random.Random,
    ) -> None:
        """A key of its own for a row: a random one, or the next number of its table."""
        label = model._meta.label
        if isinstance(pk, int):
            table = model._meta.db_table
            if table not in self.counters:
                self.counters[table] = self.bulk.highest(table, str(model._meta.pk.column))
            self.counters[table] += 1
            new[label, pk] = self.counters[table]
        else:
            new[label, pk] = self.bulk.identity(given or _new_id(rng))

    def _values(self, row: TemplateRow, new: dict[Key, Any], texts: dict[str, str], created: Any) -> list[Any]:
        values = list(row.values)
        for place, key in row.replaced:
            values[place] = new.get(key, values[place])
        for place in row.texts:
            values[place] = _replaced(values[place], texts)
        for place in self._moments(row.model):
            values[place] = created
        return values

    def _moments(self, model: type[models.Model]) -> tuple[int, ...]:
        """The moments at which a row was written: the services take the clock's, a copy its own."""
        label = model._meta.label
        if label not in self._skipped:
            self._skipped[label] = tuple(
                place
                for place, each in enumerate(model._meta.concrete_fields)
                if each.name in CREATED and each.get_internal_type() == "DateTimeField"
            )
        return self._skipped[label]

    def _add(self, row: TemplateRow, values: list[Any]) -> None:
        table = row.model._meta.db_table
        if table not in self.columns_of:
            self.columns_of[table] = tuple(columns(row.model))
        self.pending[table].append(values)

    def _case(self, template: Template, new: dict[Key, Any], texts: dict[str, str], created: Any) -> None:
        values = self._values(template.case, new, texts, created)
        names_of = columns(Case)
        code = codes.new_code()
        while code in self.used_codes:
            code = codes.new_code()
        self.used_codes.add(code)
        values[names_of.index("code")], values[names_of.index("alias")] = code, codes.new_alias()
        self._add(template.case, values)

    # -- what is sealed ------------------------------------------------------------------------------------------------

    def _seal(
        self,
        item: TemplateItem,
        new: dict[Key, Any],
        texts: dict[str, str],
        created: Any,
        case_id: UUID,
        person: tuple[str, str, random.Random],
        home: Home,
    ) -> None:
        first, second, rng = person
        content = dict(item.content)
        if item.compartment == Compartment.IDENTITY and item.slot == "main":
            content.update(first_name=first, second_name=f"{second} {rng.randrange(10_000)}")
            self._index(names_in(content), case_id, home)
        elif item.compartment == Compartment.CONTACT and "mobile_phone" in content:
            content["mobile_phone"] = names.phone(rng)
        sealed = SealedItem(
            id=_uuid(new[item.key]),
            subject_id=case_id,
            compartment=item.compartment,
            slot=_replaced(item.slot, texts),
            version=item.version,
        )
        data_key = vault._encrypt_into(sealed, content)
        values = self._values(item.row, new, texts, created)
        values[columns(SealedItem).index("ciphertext")] = sealed.ciphertext
        self._add(item.row, values)
        places = columns(ItemGrant)
        for grant in item.grants:
            row = self._values(grant, new, texts, created)
            keeper = self.keepers[row[places.index("keeper_id")]]
            bound_to = vault._grant_context(sealed, keeper.pk)
            row[places.index("sealed_data_key")] = keys.seal_to(bytes(keeper.public_key), data_key, bound_to=bound_to)
            row[places.index("key_generation")] = keeper.key_generation
            self._add(grant, row)

    def _index(self, found: list[str], case_id: UUID, home: Home) -> None:
        """As ``search.index`` does it, whose rows have no meaning beside the case's."""
        tokens = {
            search._token(home.index_key, form, value)
            for name in found
            for form, value in search._forms_of(name, search.NAME)
        }
        while len(tokens) % search.FILL_TO:
            tokens.add(uuid.uuid4().bytes)
        table = BlindToken._meta.db_table
        self.columns_of[table] = TOKEN_COLUMNS
        keeper, subject = self.bulk.identity(home.keeper.pk), self.bulk.identity(case_id)
        self.pending[table] += [(keeper, subject, search.NAME, token) for token in sorted(tokens)]

    # -- the audit -----------------------------------------------------------------------------------------------------

    def _audit(
        self,
        template: Template,
        new: dict[Key, Any],
        texts: dict[str, str],
        case_id: UUID,
        opened: datetime,
        home: Home,
        reads: int,
        rng: random.Random,
    ) -> None:
        """The entries of the template, then ``reads`` of the file by those who work there, up to now."""
        acts = [
            (_moved(e.actor_id, texts), _moved(e.actor_keeper_id, texts), e.act, e.subject_type,
             _moved(e.subject_id, texts), e.purpose, e.outcome, _replaced(json.dumps(e.detail), texts))
            for e in template.entries
        ]  # fmt: skip
        keeper = str(home.keeper.pk)
        opens = [
            (_text(new[item.key]), _opening(f"{item.compartment}/{_replaced(item.slot, texts)}/{item.version}"))
            for item in template.items
        ]
        for _each in range(reads):
            reader = str(rng.choice(home.readers))
            if rng.random() < 0.7 or not opens:
                acts.append((reader, keeper, "case.read", "case", str(case_id), "", "done", READ))
            else:
                item, detail = rng.choice(opens)
                acts.append((reader, keeper, "item.open", "sealed_item", item, "keep", "done", detail))
        self._chain(f"case:{case_id}", case_id, acts, opened.timestamp(), rng)

    def _chain(self, name: str, case_id: UUID, acts: list[tuple[Any, ...]], first: float, rng: random.Random) -> None:
        chains, entries = AuditChain._meta.db_table, AuditEntry._meta.db_table
        if chains not in self.counters:
            self.counters[chains] = self.bulk.highest(chains, "id")
        self.counters[chains] += 1
        number, previous, bulk = self.counters[chains], chain.GENESIS, self.bulk
        step = (timezone.now().timestamp() - first) / (len(acts) + 1)
        add, at = self.pending[entries].append, first
        known: dict[Any, Any] = {None: None}
        parsed: dict[str, Any] = {}
        for seq, (actor, keeper, act, kind, subject, purpose, outcome, detail) in enumerate(acts, 1):
            at += rng.random() * step
            # Whole microseconds, and never none: text has six digits then.
            moment = utc(int(at)).replace(microsecond=1 + int(rng.random() * 999_998))
            stored = bulk.moment(moment)
            content = {
                "chain": name, "seq": seq, "at": moment.isoformat()[:26] + "Z", "actor_id": actor,
                "actor_keeper_id": keeper, "act": act, "subject_type": kind, "subject_id": subject, "purpose": purpose,
                "outcome": outcome,
            }  # fmt: skip
            if detail not in parsed:
                parsed[detail] = json.loads(detail)
            content["detail"] = parsed[detail]
            now = chain.digest(previous, content)
            for value in (actor, keeper, subject):
                if value not in known:
                    known[value] = bulk.identity(UUID(value))
            add((number, seq, stored, known[actor], known[keeper], act, kind, known[subject], purpose, outcome,
                 detail, previous, now))  # fmt: skip
            previous = now
        self.columns_of[entries], self.columns_of[chains] = ENTRY_COLUMNS, CHAIN_COLUMNS
        self.pending[chains].append((number, "case", bulk.identity(case_id), len(acts), previous))
        self.entries += len(acts)


def _opening(described: str) -> str:
    """The detail of a reading of one item, as ``vault.open_items`` keeps it."""
    return json.dumps({"items": [described], "grounds": ["holder"]})


def _new_id(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _text(value: Any) -> str:
    """An id as text has it."""
    return str(_uuid(value))


def _moved(value: UUID | None, texts: dict[str, str]) -> str | None:
    return None if value is None else texts.get(str(value), str(value))


def _replaced(text: str, texts: dict[str, str]) -> str:
    return UUIDS.sub(lambda found: texts.get(found[0], found[0]), text)
