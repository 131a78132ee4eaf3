"""The organisation's printed code: for the day on which nobody else can get in."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fener.trust import accounts, keys
from fener.trust.actor import SYSTEM
from fener.trust.custody import notices, printed, rotation
from fener.trust.errors import InvalidInput, Locked, Refused
from fener.trust.models import AuditEntry, Custodian, Keeper, KeeperMember, OrganisationCode, User
from fener.trust.roles import Role
from tests.trust.people import PASSWORD, Person, make_person

pytestmark = pytest.mark.django_db
NEW = "seven-herons-by-the-lake"


@pytest.fixture
def vera(mira: Person, ngo: Keeper) -> Person:
    found = make_person("vera")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=found.user)
    for one in (mira, found):
        Custodian.objects.create(keeper=ngo, user=one.user, since=timezone.now())
    return found


def days_later() -> None:
    """Every custodian has had the time to see that a code was made."""
    OrganisationCode.objects.update(made_at=timezone.now() - printed.WAITS)


def use(person: Person, ngo: Keeper, code: str, password: str = NEW) -> accounts.NewAccount:
    days_later()
    return printed.recover_with_code(user=person.user, keeper_id=ngo.pk, code=code, new_password=password)


def test_it_lets_one_member_back_in_with_the_organisations_key(mira: Person, vera: Person, ngo: Keeper) -> None:
    private = mira.keyring.keeper_private(ngo.pk)
    code = printed.make_code(actor=mira.at(ngo))
    told = use(vera, ngo, code.lower())
    assert accounts.open_keyring(told.user, NEW).keeper_private(ngo.pk).raw == private.raw
    assert told.recovery_code
    with pytest.raises(Locked):
        accounts.open_keyring(told.user, PASSWORD)


def test_one_custodian_alone_does_not_become_a_colleague_the_same_day(mira: Person, vera: Person, ngo: Keeper) -> None:
    code = printed.make_code(actor=mira.at(ngo))
    with pytest.raises(InvalidInput, match="every custodian can see it first"):
        printed.recover_with_code(user=vera.user, keeper_id=ngo.pk, code=code, new_password=NEW)
    assert accounts.open_keyring(User.objects.get(pk=vera.user.pk), PASSWORD), "nothing of hers was changed"
    assert "custody.code.make" in [one.act for one in notices.unseen(vera.at(ngo))]
    printed.make_code(actor=vera.at(ngo))  # she did not expect it
    days_later()
    with pytest.raises(InvalidInput, match="do not fit together"):
        printed.recover_with_code(user=vera.user, keeper_id=ngo.pk, code=code, new_password=NEW)


def test_a_wrong_code_is_not_told_that_there_is_a_new_one(mira: Person, vera: Person, ngo: Keeper) -> None:
    printed.make_code(actor=mira.at(ngo))
    with pytest.raises(InvalidInput, match="do not fit together"):
        printed.recover_with_code(user=vera.user, keeper_id=ngo.pk, code="wrong", new_password=NEW)


def test_it_is_used_up_seen_by_the_custodians_and_new_keys_are_due(mira: Person, vera: Person, ngo: Keeper) -> None:
    code = printed.make_code(actor=mira.at(ngo))
    use(vera, ngo, code)
    assert printed.code_of(ngo.pk) is None
    with pytest.raises(InvalidInput):
        use(mira, ngo, code)
    assert "custody.code.use" in [one.act for one in notices.unseen(mira.at(ngo))]
    entry = AuditEntry.objects.get(act="custody.code.use", chain__kind="keeper", chain__chain_id=ngo.pk)
    assert entry.detail == {"user": str(vera.user.pk)}
    assert rotation.is_due(ngo.pk)


def test_a_new_one_destroys_the_one_before(mira: Person, vera: Person, ngo: Keeper) -> None:
    first = printed.make_code(actor=mira.at(ngo))
    second = printed.make_code(actor=vera.at(ngo))
    assert OrganisationCode.objects.count() == 1
    with pytest.raises(InvalidInput):
        use(vera, ngo, first)
    assert use(vera, ngo, second)


def test_it_is_of_high_entropy_and_stored_as_a_ciphertext_alone(mira: Person, vera: Person, ngo: Keeper) -> None:
    codes = {printed.make_code(actor=mira.at(ngo)) for _n in range(5)}
    assert len(codes) == 5
    assert all(len(keys.typed_recovery_code(code)) == 32 for code in codes)  # 160 bits
    row = OrganisationCode.objects.get()
    stored = bytes(row.wrapped_private_key) + str(row.parameters).encode()
    assert mira.keyring.keeper_private(ngo.pk).raw not in stored
    assert row.parameters["kdf"] == "argon2id"
    assert not [code for code in codes if code.encode() in stored]


def test_custodians_make_it_and_nobody_else(mira: Person, vera: Person, ngo: Keeper, arben: Person) -> None:
    plain = make_person("plain")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=plain.user)
    with pytest.raises(Locked):
        printed.make_code(actor=mira.at(ngo, locked=True))
    for actor in (plain.at(ngo), plain.at(ngo, Role.ORGANISATION_ADMIN, elevated=True), arben.at(ngo)):
        with pytest.raises(Refused):
            printed.make_code(actor=actor)
    assert not OrganisationCode.objects.exists()


def test_a_code_of_another_body_opens_nothing_here(
    mira: Person, vera: Person, arben: Person, ngo: Keeper, shelter: Keeper
) -> None:
    Custodian.objects.create(keeper=shelter, user=arben.user, since=timezone.now())
    foreign = printed.make_code(actor=arben.at(shelter))
    printed.make_code(actor=mira.at(ngo))
    OrganisationCode.objects.filter(keeper=ngo).update(
        **OrganisationCode.objects.filter(keeper=shelter).values("wrapped_private_key", "parameters")[0]
    )
    with pytest.raises(InvalidInput):
        use(vera, ngo, foreign)


def test_the_first_body_of_a_node_gets_one_when_it_is_made(mira: Person) -> None:
    keeper, code = printed.create_keeper_with_code(actor=SYSTEM, first_member=mira.user)
    assert KeeperMember.objects.filter(keeper=keeper, user=mira.user).exists()
    # Nobody made it: it is good at once.
    assert printed.recover_with_code(user=mira.user, keeper_id=keeper.pk, code=code, new_password=NEW)


def test_nobody_is_told_what_did_not_fit(mira: Person, vera: Person, ngo: Keeper) -> None:
    code = printed.make_code(actor=mira.at(ngo))
    said = set()
    for user, keeper_id, typed in (
        (None, None, code),
        (None, ngo.pk, code),
        (vera.user, ngo.pk, "wrong"),
        (vera.user, None, code),
    ):
        with pytest.raises(InvalidInput) as refused:
            printed.recover_with_code(user=user, keeper_id=keeper_id, code=typed, new_password=NEW)
        said.add(str(refused.value))
    assert len(said) == 1
