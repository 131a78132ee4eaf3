"""What is sealed opens for its key in its place, and for nothing else."""

from __future__ import annotations

import inspect
import pickle
import secrets
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.trust import keys

HERE = keys.context("test", 1)


@pytest.fixture(scope="module")
def pair() -> keys.PrivateKey:
    return keys.PrivateKey.generate()


@settings(max_examples=60, deadline=None)
@given(plaintext=st.binary(max_size=4000))
def test_sealed_to_a_public_key_opens_with_the_private_one(plaintext: bytes) -> None:
    private = keys.PrivateKey.generate()
    sealed = keys.seal_to(private.public(), plaintext, bound_to=HERE)
    assert keys.open_sealed(private, sealed, bound_to=HERE) == plaintext


def test_another_key_another_place_or_a_changed_byte_does_not_open(pair: keys.PrivateKey) -> None:
    sealed = keys.seal_to(pair.public(), b"name", bound_to=HERE)
    changed = bytearray(sealed)
    changed[-1] ^= 1
    for private, text, place in [
        (keys.PrivateKey.generate(), sealed, HERE),
        (pair, sealed, keys.context("test", 2)),
        (pair, bytes(changed), HERE),
        (pair, b"", HERE),
        (pair, sealed[:-1], HERE),
    ]:
        with pytest.raises(keys.DoesNotOpen):
            keys.open_sealed(private, text, bound_to=place)


def test_the_key_encapsulation_is_hybrid_and_each_sealing_differs(pair: keys.PrivateKey) -> None:
    first, second = (keys.seal_to(pair.public(), b"name", bound_to=HERE) for _ in range(2))
    assert first != second
    # 1088 bytes of ML-KEM-768, 32 of X25519, then the text and 16 bytes of tag
    assert len(first) == 1088 + 32 + len(b"name") + 16
    assert len(pair.public().raw) == 1184 + 32


def test_a_private_key_survives_being_written_and_read_back(pair: keys.PrivateKey) -> None:
    again = keys.PrivateKey(bytes(pair.raw))
    assert again.public() == pair.public()
    assert keys.open_sealed(again, keys.seal_to(pair.public(), b"x", bound_to=HERE), bound_to=HERE) == b"x"


def test_encrypted_content_opens_with_its_key_and_place_only() -> None:
    key = keys.new_data_key()
    sealed = keys.encrypt(key, b"content", bound_to=HERE)
    assert keys.decrypt(key, sealed, bound_to=HERE) == b"content"
    for other, place in [(keys.new_data_key(), HERE), (key, keys.context("test", 2))]:
        with pytest.raises(keys.DoesNotOpen):
            keys.decrypt(other, sealed, bound_to=place)
    for damaged in (b"", sealed[:5], sealed[:-1], b"\0" + sealed):
        with pytest.raises(keys.DoesNotOpen):
            keys.decrypt(key, damaged, bound_to=HERE)


@pytest.mark.parametrize("left, right", [(("a", "b,c"), ("a,b", "c")), (("a", ""), ("a",)), (('a"', "b"), ("a", '"b'))])
def test_two_places_never_have_the_same_context(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert keys.context(*left) != keys.context(*right)


def test_a_password_unwraps_what_it_wrapped_however_the_keyboard_composed_it() -> None:
    wrapped, parameters = keys.wrap("lozinka Đorđe é", b"key", bound_to=HERE)
    assert keys.unwrap("lozinka Đorđe é", wrapped, parameters, bound_to=HERE) == b"key"
    with pytest.raises(keys.DoesNotOpen):
        keys.unwrap("Lozinka Đorđe é", wrapped, parameters, bound_to=HERE)
    assert keys.wrap("x", b"key", bound_to=HERE)[1]["salt"] != parameters["salt"]


def test_a_real_node_stretches_passwords_with_64_mib_of_memory() -> None:
    from fener.settings import base

    assert base.FENER_ARGON2["memory_cost"] >= 64 * 1024
    assert base.FENER_ARGON2["time_cost"] >= 3


def test_only_argon2id_is_accepted_as_a_stored_method() -> None:
    wrapped, parameters = keys.wrap("x", b"key", bound_to=HERE)
    with pytest.raises(keys.DoesNotOpen):
        keys.unwrap("x", wrapped, {**parameters, "kdf": "md5"}, bound_to=HERE)


def test_a_recovery_code_may_be_typed_with_other_signs_that_look_alike() -> None:
    code = keys.new_recovery_code()
    assert len(code) == 39
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert keys.typed_recovery_code(typed) == keys.typed_recovery_code(code) == code.replace("-", "")


def test_nothing_that_holds_a_secret_shows_it(pair: keys.PrivateKey) -> None:
    ring = keys.Keyring(uuid.uuid4(), pair, lambda _keeper, _user: None)
    for thing in (pair, ring, pair.public()):
        for shown in (repr(thing), str(thing), f"{thing}", f"{[thing]}"):
            assert pair.raw.hex() not in shown
            assert repr(pair.raw) not in shown
            assert len(shown) < 80
    for thing in (pair, ring):
        with pytest.raises(TypeError):
            pickle.dumps(thing)


def test_keyed_hashes_depend_on_the_key() -> None:
    key, other = secrets.token_bytes(32), secrets.token_bytes(32)
    assert keys.keyed_hash(key, b"word") == keys.keyed_hash(key, b"word")
    assert keys.keyed_hash(key, b"word") != keys.keyed_hash(other, b"word")
    assert len(keys.keyed_hash(key, b"word", length=16)) == 16


def test_no_module_that_handles_secrets_writes_to_a_log_or_prints() -> None:
    from fener.trust import accounts, adapter, names, search, session, vault

    for module in (keys, accounts, adapter, names, search, session, vault):
        source = inspect.getsource(module)
        for word in ("import logging", "getLogger", "print(", "warnings.warn", "click.echo"):
            assert word not in source, (module.__name__, word)
