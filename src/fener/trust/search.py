"""Search by name without a readable name in the database.

Every form of a name (see ``names``) becomes a keyed hash under the index key of the keeper that holds the file. Only a
member with an unlocked session has that key, so another keeper's search finds nothing, and a dump of the index tells
neither names nor how many words a name has: forms are not marked, and each entry is filled up with random tokens.

What the index still tells to somebody who has the database and its key: which entries of one keeper share *some* form.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from fener.trust import audit, keys, pace
from fener.trust import names as spelling
from fener.trust.actor import Actor
from fener.trust.errors import Locked, NotGranted, SessionRuns
from fener.trust.models import BlindToken
from fener.trust.policy import ENDS_SESSION
from fener.trust.roles import NEVER_OPENS

NAME, PHONE = "name", "phone"
TOKEN_BYTES = 16
FILL_TO = 8
# How much one word of the question counts when this form of it is found. Strict forms come first in the answer.
WEIGHTS = {"word": 1.0, "pair": 0.9, "sound": 0.8, "frame": 0.45}
# Below this, an answer would be chance: one loose form of one word among three.
ENOUGH = 0.4
MOST = 50


@transaction.atomic
def index(*, actor: Actor, subject_id: UUID, names: Iterable[str], kind: str = NAME) -> int:
    """Make a subject findable under these names (or telephone numbers, ``kind="phone"``) by the actor's keeper.

    Replaces what stood there of this kind; no names take it out of the index. Returns the number of tokens. Raises
    Locked, NotGranted.
    """
    keeper_id, key = _index_key(actor)
    tokens = {_token(key, form, value) for name in names for form, value in _forms_of(name, kind)}
    while len(tokens) % FILL_TO:
        tokens.add(secrets.token_bytes(TOKEN_BYTES))
    BlindToken.objects.filter(keeper_id=keeper_id, subject_id=subject_id, kind=kind).delete()
    BlindToken.objects.bulk_create(
        # In the order of the hashes, so that the order of the words is not kept by accident.
        BlindToken(keeper_id=keeper_id, subject_id=subject_id, kind=kind, token=token)
        for token in sorted(tokens)
    )
    return len(tokens)


def find(*, actor: Actor, text: str, kind: str = NAME, limit: int = MOST) -> list[UUID]:
    """The subjects of the actor's keeper that may be meant, best first. Raises Locked, NotGranted."""
    return [subject_id for subject_id, _score in rank(actor=actor, text=text, kind=kind, limit=limit)]


@transaction.atomic
def rank(*, actor: Actor, text: str, kind: str = NAME, limit: int = MOST) -> list[tuple[UUID, float]]:
    """Like ``find``, with how well each fits (0 to 1). The audit keeps how many answers there were, never words.

    Raises TooFast for whoever searched very often (``pace``).
    """
    keeper_id, key = _index_key(actor)
    pace.note(actor=actor, pace=pace.Pace.SEARCHES)
    wanted: dict[bytes, list[tuple[int, float]]] = defaultdict(list)
    words = 0
    for place, weight, form, value in _question(text, kind):
        wanted[_token(key, form, value)].append((place, weight))
        words = max(words, place + 1)
    best: dict[UUID, list[float]] = {}
    if wanted:
        rows = BlindToken.objects.filter(keeper_id=keeper_id, kind=kind, token__in=list(wanted))
        for subject_id, token in rows.values_list("subject_id", "token"):
            scores = best.setdefault(subject_id, [0.0] * words)
            for place, weight in wanted[bytes(token)]:
                scores[place] = max(scores[place], weight)
    scored = [(subject_id, sum(scores) / words) for subject_id, scores in best.items()]
    found = sorted((hit for hit in scored if hit[1] >= ENOUGH), key=lambda hit: (-hit[1], str(hit[0])))[:limit]
    audit.record(
        actor=actor,
        act="name.search",
        chain=("keeper", keeper_id),
        subject_type="name_index",
        subject_id=None,
        detail={"answers": len(found)},
    )
    return found


@transaction.atomic
def forget(*, subject_id: UUID, keeper_id: UUID | None = None) -> None:
    """Take a subject out of the index of one keeper or of all. Needs no key."""
    rows = BlindToken.objects.filter(subject_id=subject_id)
    (rows if keeper_id is None else rows.filter(keeper_id=keeper_id)).delete()


def _index_key(actor: Actor) -> tuple[UUID, bytes]:
    if not actor.roles - NEVER_OPENS or actor.keeper_id is None:
        raise NotGranted
    if actor.elevation is not None:
        raise SessionRuns(ENDS_SESSION, act="name.search", hidden=False)
    if actor.keyring is None:
        raise Locked
    try:
        return actor.keeper_id, actor.keyring.index_key(actor.keeper_id)
    except keys.DoesNotOpen as error:
        raise NotGranted from error


def _token(key: bytes, form: str, value: str) -> bytes:
    return keys.keyed_hash(key, keys.context("fener", "name", form, value), length=TOKEN_BYTES)


def _forms_of(text: str, kind: str) -> set[tuple[str, str]]:
    """What is kept of one name: (form, value) pairs. A pair of neighbours counts like a word of its own."""
    if kind == PHONE:
        return {("phone", digits) for digits in spelling.phone_forms(text)}
    kept: set[tuple[str, str]] = set()
    for forms in spelling.forms(text):
        kept.add(("word", forms.word))
        kept |= {("sound", value) for value in forms.sounds} | {("frame", value) for value in forms.frames}
    for joined in spelling.pairs(text):
        kept |= {("word", joined), ("sound", spelling.sound(joined))}
    return kept


def _question(text: str, kind: str) -> Iterable[tuple[int, float, str, str]]:
    """(place of the word, weight, form, value) for everything that would count as an answer."""
    if kind == PHONE:
        yield from ((0, 1.0, "phone", digits) for digits in spelling.phone_forms(text))
        return
    for place, forms in enumerate(spelling.forms(text)):
        yield place, WEIGHTS["word"], "word", forms.word
        yield from ((place, WEIGHTS["sound"], "sound", value) for value in forms.sounds)
        yield from ((place, WEIGHTS["frame"], "frame", value) for value in forms.frames)
    for place, joined in enumerate(spelling.pairs(text)):
        for half in (place, place + 1):
            yield half, WEIGHTS["pair"], "word", joined
            yield half, WEIGHTS["sound"], "sound", spelling.sound(joined)
