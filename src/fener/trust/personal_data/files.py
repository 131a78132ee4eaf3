"""Consents, sealed items, the record of who knew, erasures, periods."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.trust.personal_data.kinds import FILE, FILES_APART, RECORD, SAID, VAULT, WORKER
from fener.trust.privacy.declaration import RULE, About, Erase, Mask, Whose, body, link, not_personal

_FILES = (
    About(
        "trust.Consent",
        _("the person's own sentences"),
        file=FILE,
        fields={
            **link("id", "subject_id"),
            **not_personal(RULE, "text_id", "text_version"),
            **SAID.on(
                giver=_("who said it: the person or a guardian"),
                child_assent=_("whether the child agrees"),
                holder=_("to which organisation"),
                recipient=_("who may know"),
                purpose=_("so that what can be done"),
                compartments=_("which parts"),
            ),
            **SAID.but(erasure=Erase.YEAR).on(
                until=_("until when"),
                given_on=_("when it was said"),
                recorded_at=_("when it was written down"),
                withdrawn_at=_("when it was taken back"),
            ),
            **SAID.but(erasure=Erase.BLANK).on(language=_("in which language it was explained")),
            **SAID.but(erasure=Erase.BLANK, whose=Whose.THIRD).on(interpreter=_("name of the interpreter")),
            **WORKER.on(recorded_by=_("who wrote it down"), withdrawn_by=_("who wrote down that it was taken back")),
        },
    ),
    About(
        "trust.DisclosureOverride",
        _("disclosures that the law obliged to, without consent"),
        file=FILE,
        fields={
            **link("id", "subject_id"),
            **SAID.on(
                holder=_("by which organisation"),
                recipient=_("to whom"),
                compartments=_("which parts"),
            ),
            # Free text: a number of a court or a name may stand in either.
            **SAID.but(erasure=Erase.BLANK).on(legal_basis=_("which law"), reason=_("why, in words")),
            **SAID.but(erasure=Erase.YEAR).on(
                until=_("until when"), requested_at=_("when it was asked for"), confirmed_at=_("when it was confirmed")
            ),
            **WORKER.on(requested_by=_("who asked"), confirmed_by=_("who confirmed")),
        },
    ),
    About(
        "trust.SealedItem",
        _("sealed parts and words"),
        file=FILE,
        fields={
            **link("id", "subject_id"),
            **not_personal(_("Counts how often it was sealed."), "version"),
            **VAULT.but(mask=Mask.OPEN, erasure=Erase.RESIDUE).on(
                compartment=_("which part"), slot=_("beside which record")
            ),
            **VAULT.on(ciphertext=_("the sealed content")),
            **VAULT.but(mask=Mask.OPEN, erasure=Erase.YEAR).on(
                created_at=_("when it was sealed"), changed_at=_("when it was changed")
            ),
            **WORKER.on(created_by=_("who sealed it first")),
        },
    ),
    About(
        "trust.SealedFile",
        _("sealed files"),
        file=("item__subject_id",),
        fields={
            **link("id", "item"),
            **VAULT.but(mask=Mask.OPEN, erasure=Erase.ROW, exported=False, why_not=FILES_APART).on(
                part=_("whether it is the original or its clean copy"), stored=_("how large it is, roughly")
            ),
        },
    ),
    About(
        "trust.ItemGrant",
        _("which body has a key to which sealed part"),
        file=("item__subject_id",),
        fields={
            **link("id", "item", "consent", "override", "key_generation"),
            **VAULT.but(mask=Mask.OPEN, erasure=Erase.ROW).on(
                keeper=_("body"), in_force=_("whether it opens already"), granted_at=_("since when")
            ),
            **VAULT.but(
                mask=Mask.NEVER, erasure=Erase.ROW, exported=False, why_not=_("A key tells nothing by itself.")
            ).on(sealed_data_key=_("the key, sealed to that body")),
        },
    ),
    About(
        "trust.BlindToken",
        _("keyed hashes by which an organisation finds its own files by name"),
        file=FILE,
        fields={
            **link("id", "keeper", "subject_id"),
            **VAULT.but(
                mask=Mask.NEVER, erasure=Erase.ROW, exported=False, why_not=_("A hash; the name itself is in the copy.")
            ).on(kind=_("of a name or a number"), token=_("the hash")),
        },
    ),
    About(
        "trust.Erasure",
        _("how erasures came about"),
        fields={
            **link("id", "kind", "subject_id", "holder"),
            **RECORD.on(
                ground=_("why it was proposed"),
                why=_("how the date was worked out"),
                state=_("how it stands"),
                proposed_at=_("when it was proposed"),
                reviewed_at=_("when it was looked at"),
                hold=_("why not yet"),
                look_again_on=_("when to look again"),
                carry_out_on=_("the day on which it is carried out"),
                stopped_at=_("when it was stopped"),
                stopped_for=_("why it was stopped"),
                done_at=_("when it was done"),
            ),
            **WORKER.on(
                proposed_by=_("who proposed it"), reviewed_by=_("who looked at it"), stopped_by=_("who stopped it")
            ),
        },
    ),
)

_ENTRY = (
    About(
        "trust.AuditEntry",
        _("who did or read what, and when"),
        fields={
            **link("id", "chain", "seq", "prev_hash", "hash", "subject_type", "subject_id"),
            **RECORD.on(
                at=_("when"),
                act=_("what"),
                purpose=_("for which purpose"),
                outcome=_("whether it was allowed"),
                detail=_("codes, ids and counts; never words"),
            ),
            **WORKER.on(actor_id=_("who"), actor_keeper_id=_("for which body")),
        },
    ),
    About(
        "trust.RetentionPeriod",
        _("how long a body keeps things by its own rule"),
        fields={
            **body("id", "holder", "data_class", "months", "reason", "set_at"),
            **WORKER.on(set_by=_("who set it")),
        },
    ),
)


MODELS = (*_FILES, *_ENTRY)
