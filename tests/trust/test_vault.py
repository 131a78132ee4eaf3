"""The vault opens for a member of a keeper with a living grant, in the right place, with a trace; else not at all."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.trust import accounts, keys, vault
from fener.trust.actor import SYSTEM
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, Locked, NotGranted, StaleEdit
from fener.trust.models import AuditEntry, Consent, DisclosureOverride, ItemGrant, Keeper, SealedItem
from fener.trust.roles import NEVER_OPENS
from tests.trust.people import PASSWORD, Person

NAME = {"name": "Ђорђе Петровић", "born": "1999-02-03"}
TODAY = datetime.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC), tick=False):
        yield


def put(person: Person, keeper: Keeper, subject_id: uuid.UUID, content: Any = NAME, **kwargs: Any) -> SealedItem:
    kwargs.setdefault("compartment", Compartment.IDENTITY)
    kwargs.setdefault("for_keepers", [keeper.pk])
    return vault.seal(actor=person.at(keeper), subject_id=subject_id, content=content, **kwargs)


def agree(subject_id: uuid.UUID, holder: Keeper, recipient: Keeper, by: Person, **kwargs: Any) -> Consent:
    values = {
        "purpose": "share_service",
        "compartments": ["identity"],
        "until": TODAY + datetime.timedelta(days=30),
        "given_on": TODAY,
        "language": "sr",
        "text_id": "share-service",
        "text_version": "1.0",
        **kwargs,
    }
    return Consent.objects.create(
        subject_id=subject_id, holder=holder, recipient=recipient, recorded_by=by.user, **values
    )


@pytest.fixture
def item(mira: Person, ngo: Keeper, subject_id: uuid.UUID) -> SealedItem:
    return put(mira, ngo, subject_id)


@pytest.fixture
def consent(mira: Person, ngo: Keeper, shelter: Keeper, subject_id: uuid.UUID) -> Consent:
    return agree(subject_id, ngo, shelter, mira)


def read(person: Person, keeper: Keeper, item: SealedItem) -> vault.Content:
    return vault.open_item(actor=person.at(keeper), item=item, purpose="share_service")


def test_what_was_sealed_is_read_again(mira: Person, ngo: Keeper, item: SealedItem) -> None:
    assert read(mira, ngo, item) == NAME


def test_sealing_needs_no_key_and_reading_does(mira: Person, ngo: Keeper, subject_id: uuid.UUID) -> None:
    item = vault.seal(
        actor=SYSTEM, subject_id=subject_id, compartment=Compartment.CONTACT, content=NAME, for_keepers=[ngo.pk]
    )
    with pytest.raises(Locked):
        vault.open_item(actor=mira.at(ngo, locked=True), item=item, purpose="keep")
    with pytest.raises(NotGranted):
        vault.open_item(actor=SYSTEM, item=item, purpose="keep")
    assert read(mira, ngo, item) == NAME


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.dictionaries(
        st.text(max_size=20),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=8
        ),
        max_size=6,
    )
)
def test_any_text_in_any_script_comes_back_as_it_was(mira: Person, ngo: Keeper, content: dict[str, Any]) -> None:
    assert read(mira, ngo, put(mira, ngo, uuid.uuid4(), content)) == content


def test_lone_surrogates_and_controls_do_not_break_the_vault(mira: Person, ngo: Keeper) -> None:
    odd = {"name": "a\ud800b\u202e\u0000\u0301", "": "\U0001f98b"}
    assert read(mira, ngo, put(mira, ngo, uuid.uuid4(), odd)) == odd


def test_short_and_long_names_have_ciphertexts_of_one_length(mira: Person, ngo: Keeper) -> None:
    lengths = {len(put(mira, ngo, uuid.uuid4(), {"name": name}).ciphertext) for name in ("Ana", "Aleksandra" * 5)}
    assert len(lengths) == 1


def test_a_slot_is_sealed_once_and_then_rewritten(mira: Person, ngo: Keeper, item: SealedItem) -> None:
    with pytest.raises(AlreadyDone):
        put(mira, ngo, item.subject_id)
    assert put(mira, ngo, item.subject_id, slot="assessment:1").pk != item.pk


def test_nothing_is_sealed_to_nobody(mira: Person, ngo: Keeper, subject_id: uuid.UUID) -> None:
    for keepers in ([], [uuid.uuid4()], [ngo.pk, uuid.uuid4()]):
        with pytest.raises(NotGranted):
            put(mira, ngo, subject_id, for_keepers=keepers)
    assert not SealedItem.objects.exists()


def test_what_is_taken_down_for_another_body_is_theirs_on_the_consent_and_closed_to_who_wrote_it(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, subject_id: uuid.UUID, consent: Consent
) -> None:
    with pytest.raises(NotGranted):  # the consent names the shelter and nobody else
        put(mira, ngo, subject_id, for_keepers=[ngo.pk], consent=consent)
    item = put(mira, ngo, subject_id, for_keepers=(k for k in [shelter.pk]), consent=consent)
    assert read(arben, shelter, item) == NAME
    with pytest.raises(NotGranted):
        read(mira, ngo, item)
    vault.revoke_consent(consent)
    with pytest.raises(NotGranted):
        read(arben, shelter, item)


@pytest.mark.usefixtures("item")
@pytest.mark.parametrize("field", ["subject_id", "compartment", "slot", "version"])
def test_a_ciphertext_that_was_moved_to_another_place_does_not_open(
    field: str, mira: Person, ngo: Keeper, item: SealedItem
) -> None:
    moved = {"subject_id": uuid.uuid4(), "compartment": "health", "slot": "other", "version": 2}
    SealedItem.objects.filter(pk=item.pk).update(**{field: moved[field]})
    item.refresh_from_db()
    with pytest.raises(NotGranted):
        read(mira, ngo, item)


def test_swapped_rows_do_not_open_even_with_their_keys(mira: Person, ngo: Keeper) -> None:
    one, two = put(mira, ngo, uuid.uuid4()), put(mira, ngo, uuid.uuid4(), {"name": "Other"})
    SealedItem.objects.filter(pk=one.pk).update(ciphertext=two.ciphertext)
    one.refresh_from_db()
    with pytest.raises(NotGranted):
        read(mira, ngo, one)
    ItemGrant.objects.filter(item=one).update(sealed_data_key=ItemGrant.objects.get(item=two).sealed_data_key)
    with pytest.raises(NotGranted):
        read(mira, ngo, one)


def test_an_older_version_put_back_does_not_open(mira: Person, ngo: Keeper, item: SealedItem) -> None:
    old = bytes(item.ciphertext)
    new = vault.rewrite(actor=mira.at(ngo), item=item, content={"name": "New"})
    SealedItem.objects.filter(pk=item.pk).update(ciphertext=old)
    new.refresh_from_db()
    with pytest.raises(NotGranted):
        read(mira, ngo, new)


def test_another_body_opens_nothing(arben: Person, shelter: Keeper, ngo: Keeper, item: SealedItem) -> None:
    for actor in (arben.at(shelter), arben.at(ngo)):  # as itself, and pretending to belong to the other
        with pytest.raises(NotGranted):
            vault.open_item(actor=actor, item=item, purpose="keep")
        assert not vault.may_open(arben.at(shelter), item, timezone.now())


@pytest.mark.parametrize("role", sorted(NEVER_OPENS))
def test_roles_that_never_open_are_refused_even_with_a_key(
    role: Any, mira: Person, ngo: Keeper, item: SealedItem
) -> None:
    actor = mira.at(ngo, role)
    assert not vault.may_open(actor, item, timezone.now())
    with pytest.raises(NotGranted):
        vault.open_item(actor=actor, item=item, purpose="keep")


def test_a_consent_hands_on_one_compartment_and_no_other(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    health = put(mira, ngo, item.subject_id, compartment=Compartment.HEALTH)
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    assert read(arben, shelter, item) == NAME
    with pytest.raises(NotGranted):
        vault.grant(actor=mira.at(ngo), item=health, keeper_id=shelter.pk, consent=consent)
    with pytest.raises(NotGranted):
        read(arben, shelter, health)


def test_no_grant_without_a_living_ground_that_names_recipient_and_person(
    mira: Person, ngo: Keeper, shelter: Keeper, item: SealedItem
) -> None:
    past = {"given_on": TODAY - datetime.timedelta(days=9), "until": TODAY - datetime.timedelta(days=1)}
    grounds: list[Consent | None] = [
        None,
        agree(uuid.uuid4(), ngo, shelter, mira),
        agree(item.subject_id, ngo, ngo, mira),
        agree(item.subject_id, ngo, shelter, mira, compartments=["contact"]),
        agree(item.subject_id, ngo, shelter, mira, **past),
        agree(item.subject_id, ngo, shelter, mira, withdrawn_at=timezone.now()),
    ]
    for ground in grounds:
        with pytest.raises(NotGranted):
            vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=ground)
    assert ItemGrant.objects.filter(keeper=shelter).count() == 0


def test_only_who_can_open_can_hand_on(
    arben: Person, mira: Person, shelter: Keeper, ngo: Keeper, item: SealedItem, consent: Consent
) -> None:
    with pytest.raises(NotGranted):
        vault.grant(actor=arben.at(shelter), item=item, keeper_id=shelter.pk, consent=consent)
    with pytest.raises(Locked):
        vault.grant(actor=mira.at(ngo, locked=True), item=item, keeper_id=shelter.pk, consent=consent)


def test_an_expired_consent_ends_reading_at_midnight(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    for day, readable in [(consent.until, True), (consent.until + datetime.timedelta(days=1), False)]:
        with time_machine.travel(datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC), tick=False):
            assert vault.may_open(arben.at(shelter), item, timezone.now()) is readable
            if readable:
                assert read(arben, shelter, item) == NAME
            else:
                with pytest.raises(NotGranted):
                    read(arben, shelter, item)
    assert read(mira, ngo, item) == NAME


def test_a_withdrawn_consent_ends_reading_at_once_and_its_keys_are_gone(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    with pytest.raises(NotGranted):  # even before the key is deleted
        read(arben, shelter, item)
    assert vault.revoke_consent(consent) == 1
    with pytest.raises(NotGranted):
        read(arben, shelter, item)
    assert not ItemGrant.objects.filter(keeper=shelter).exists()
    assert read(mira, ngo, item) == NAME


def test_after_withdrawal_a_kept_key_does_not_open_the_next_version(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    kept = vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    held = arben.keyring.keeper_keys(shelter.pk)
    data_key = vault._data_key(item, kept, held)  # what a dishonest recipient could have copied
    vault.revoke_consent(consent)
    new = vault.rewrite(actor=mira.at(ngo), item=item, content={"name": "New"})
    place = keys.context("fener", "item", *vault._place(new))
    with pytest.raises(keys.DoesNotOpen):
        keys.decrypt(data_key, new.ciphertext, bound_to=place)
    with pytest.raises(NotGranted):
        vault._data_key(new, kept, held)
    assert not ItemGrant.objects.filter(item=new, keeper=shelter).exists()


def test_a_rewrite_keeps_who_may_read_and_drops_whose_ground_is_dead(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    item = vault.rewrite(actor=mira.at(ngo), item=item, content={"name": "2"})
    assert read(arben, shelter, item) == {"name": "2"}
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    item = vault.rewrite(actor=mira.at(ngo), item=item, content={"name": "3"})
    assert list(item.grants.values_list("keeper_id", flat=True)) == [ngo.pk]
    assert read(mira, ngo, item) == {"name": "3"}
    assert item.version == 3


def test_a_rewrite_by_a_stranger_or_from_an_old_page_is_refused(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem
) -> None:
    with pytest.raises(NotGranted):
        vault.rewrite(actor=arben.at(shelter), item=item, content={})
    vault.rewrite(actor=mira.at(ngo), item=item, content={"name": "2"}, expected_version=1)
    with pytest.raises(StaleEdit):
        vault.rewrite(actor=mira.at(ngo), item=item, content={"name": "3"}, expected_version=1)
    item.refresh_from_db()
    assert read(mira, ngo, item) == {"name": "2"}


def test_a_consent_does_not_turn_own_right_into_something_that_lapses(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, subject_id: uuid.UUID, consent: Consent
) -> None:
    item = put(mira, ngo, subject_id, for_keepers=[ngo.pk, shelter.pk])
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    vault.revoke_consent(consent)
    assert read(arben, shelter, item) == NAME


def test_an_override_opens_only_when_a_second_person_confirmed_it_and_for_its_time(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem
) -> None:
    override = DisclosureOverride.objects.create(
        subject_id=item.subject_id, holder=ngo, recipient=shelter, compartments=["identity"], legal_basis="§",
        reason="danger", until=TODAY + datetime.timedelta(days=1), requested_by=mira.user,
    )  # fmt: skip
    with pytest.raises(NotGranted):
        vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, override=override)
    override.confirmed_by, override.confirmed_at = arben.user, timezone.now()
    override.save()
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, override=override)
    assert read(arben, shelter, item) == NAME
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)), pytest.raises(NotGranted):
        read(arben, shelter, item)


def test_each_read_is_in_the_audit_with_its_ground_and_without_content(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    read(arben, shelter, item)
    given, opened = AuditEntry.objects.filter(chain__kind="case", chain__chain_id=item.subject_id).order_by("seq")
    assert (given.act, given.actor_id) == ("item.grant", mira.user.pk)
    assert (opened.act, opened.actor_id, opened.actor_keeper_id) == ("item.open", arben.user.pk, shelter.pk)
    assert opened.purpose == "share_service"
    assert opened.detail == {"items": ["identity/main/1"], "grounds": [f"consent:{consent.pk}"]}
    assert "Петровић" not in repr(list(AuditEntry.objects.values()))


def test_a_read_whose_audit_entry_fails_does_not_happen(
    mira: Person, ngo: Keeper, item: SealedItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_kwargs: Any) -> None:
        raise RuntimeError("no space")

    monkeypatch.setattr("fener.trust.audit.record", broken)
    with pytest.raises(RuntimeError):
        read(mira, ngo, item)


def test_several_items_are_read_all_or_none_in_a_handful_of_queries(
    mira: Person, ngo: Keeper, shelter: Keeper, subject_id: uuid.UUID
) -> None:
    items = [put(mira, ngo, subject_id, {"c": c}, compartment=c) for c in Compartment]
    fresh = Person(mira.user, accounts.open_keyring(mira.user, PASSWORD), "")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        opened = vault.open_items(actor=fresh.at(ngo), items=items, purpose="keep")
    assert {opened[i.pk]["c"] for i in items} == set(Compartment)
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 7
    foreign = put(mira, ngo, subject_id, slot="x", for_keepers=[shelter.pk])
    with pytest.raises(NotGranted):
        vault.open_items(actor=mira.at(ngo), items=[*items, foreign], purpose="keep")


def test_who_may_open_is_known_without_a_query_for_each_item(mira: Person, ngo: Keeper, subject_id: uuid.UUID) -> None:
    for compartment in Compartment:
        put(mira, ngo, subject_id, compartment=compartment)
    with CaptureQueriesContext(connection) as queries:
        items = list(vault.with_grants(SealedItem.objects.filter(subject_id=subject_id)))
        assert all(vault.may_open(mira.at(ngo), item, timezone.now()) for item in items)
    assert len(queries) == 2
    now = timezone.now()
    assert vault.live_keepers(subject_id=subject_id, compartment=Compartment.HEALTH, now=now) == {ngo.pk}


def test_revoking_takes_the_key_away(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, item: SealedItem, consent: Consent
) -> None:
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    assert vault.revoke(actor=mira.at(ngo), item=item, keeper_id=shelter.pk)
    assert not vault.revoke(actor=mira.at(ngo), item=item, keeper_id=shelter.pk)
    with pytest.raises(NotGranted):
        read(arben, shelter, item)
