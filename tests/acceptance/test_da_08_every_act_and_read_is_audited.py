"""DA-08: every act and every read of personal data is in an append-only audit whose tampering is found offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from fener.trust import audit, triggers, vault
from fener.trust import consent as consents
from fener.trust.actor import Actor
from fener.trust.anchoring.export import export
from fener.trust.audit_cli import audit as command
from fener.trust.compartments import Compartment
from fener.trust.models import AuditEntry
from fener.trust.policy import Relationship
from tests.factories.casework import CaseFactory
from tests.trust.files import give_consent, seal
from tests.trust.people import make_keeper, make_person

pytestmark = pytest.mark.django_db


def test_da_08_acts_and_reads_are_kept_and_tampering_is_found_offline(tmp_path: Path) -> None:
    mira, arben = make_person("mira"), make_person("arben")
    ngo, shelter = make_keeper(mira), make_keeper(arben)
    subject_id = uuid4()
    item = seal(mira.at(ngo), subject_id, Compartment.NARRATIVE, text="planted-narrative Ђорђевић")
    consent = give_consent(mira.at(ngo), subject_id, shelter, [Compartment.NARRATIVE])
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    vault.open_item(actor=arben.at(shelter), item=item, purpose="share_service")
    consents.withdraw(actor=mira.at(ngo), relationship=Relationship.ASSIGNED, consent=consent)

    kept = AuditEntry.objects.filter(chain__kind="case", chain__chain_id=subject_id).order_by("seq")
    who_did_what = [(e.actor_id, e.act) for e in kept]
    read = [entry for entry in who_did_what if "open" in entry[1]]
    assert [who for who, _ in read] == [arben.user.pk], "the read is kept, with its reader"
    assert {"consent.give", "consent.withdraw"} <= {act for _, act in who_did_what}

    file = tmp_path / "audit.jsonl"
    export(file)
    assert b"planted-narrative" not in file.read_bytes()
    assert CliRunner().invoke(command, ["verify", str(file)]).exit_code == 0

    # Somebody would rather not have read it.
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trust_auditentry SET actor_id = %s WHERE act = %s", [mira.user.pk.hex, read[0][1]])
    export(file)
    answer = CliRunner().invoke(command, ["verify", str(file)])
    assert answer.exit_code == 1
    assert f"case:{subject_id}" in answer.output
    assert "hash" in answer.output


def test_da_08_the_audit_is_append_only() -> None:
    with transaction.atomic():
        audit.record(actor=make_person("mira").at(uuid4()), act="case.read", subject_type="case", subject_id=uuid4())
    for statement in ("DELETE FROM trust_auditentry", "UPDATE trust_auditentry SET act = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_da_08_looking_at_a_case_is_kept_with_the_case(case_manager: Actor, signed_in: Any) -> None:
    case = CaseFactory(actor=case_manager)
    signed_in(case_manager).get(reverse("casework:case", args=[case.code]))
    reads = AuditEntry.objects.filter(chain__chain_id=case.pk, act="case.read")
    assert [(entry.actor_id, entry.outcome) for entry in reads] == [(case_manager.user_id, "done")]
