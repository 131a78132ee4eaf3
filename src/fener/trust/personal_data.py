"""What trust keeps about people: accounts, keys, consents, the record of who knew; and the libraries' tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.trust.privacy.declaration import (
    PROGRAM,
    RULE,
    About,
    Controller,
    Erase,
    Mask,
    Personal,
    Whose,
    body,
    link,
    not_personal,
)

FILE = ("subject_id",)
_STAFF = Personal(
    whose=Whose.STAFF,
    purposes=("access", "accountability"),
    controller=Controller.NODE,
    basis="staff",
    retention="staff_account",
    erasure=Erase.WITH_ACCOUNT,
)
_KEY = _STAFF.but(
    purposes=("access",), mask=Mask.NEVER, exported=False, why_not=_("A key tells nothing and protects others.")
)
_SESSION = _STAFF.but(
    purposes=("access",),
    retention="session",
    mask=Mask.NEVER,
    erasure=Erase.ROW,
    exported=False,
    why_not=_("It ends by itself within hours."),
)
_WORKER = _STAFF.but(purposes=("accountability",), retention="audit", erasure=Erase.AUDIT)
_SAID = Personal(purposes=("help", "accountability"), retention="case_file", erasure=Erase.RESIDUE)
_VAULT = Personal(
    purposes=("help",),
    consent="keep",
    retention="case_file",
    mask=Mask.SEALED,
    erasure=Erase.DESTROY_KEY,
)
_FILES = _("The files themselves are handed over one by one, by whoever works with the person.")
_RECORD = Personal(
    purposes=("accountability",),
    controller=Controller.NODE,
    basis="accountability",
    retention="audit",
    mask=Mask.OPEN,
    erasure=Erase.AUDIT,
)

_PEOPLE = (
    About(
        "trust.User",
        _("people who work in the mechanism"),
        fields={
            **link("id"),
            **_STAFF.on(
                username=_("user name"),
                full_name=_("name"),
                language=_("language of the pages"),
                is_active=_("whether the account is open"),
                created_at=_("since when"),
                last_login=_("last sign-in"),
            ),
            **_KEY.on(
                password=_("password, as a hash"),
                public_key=_("public key"),
                wrapped_private_key=_("private key, sealed under the password"),
                wrap_parameters=_("how it was sealed"),
                recovery_wrapped_private_key=_("private key, sealed under the recovery code"),
                recovery_parameters=_("how it was sealed"),
            ),
        },
    ),
    About(
        "trust.Keeper",
        _("keys of a body"),
        fields=body(
            "id",
            "public_key",
            "sealed_index_key",
            "created_at",
            "key_generation",
            "sealed_earlier_key",
            "rotation_due_since",
        ),
    ),
    About(
        "trust.KeeperMember",
        _("who holds a body's key"),
        fields={
            **link("id", "keeper"),
            **_STAFF.on(user=_("worker"), added_at=_("since when")),
            **_KEY.on(sealed_private_key=_("the body's key, sealed to this worker")),
        },
    ),
    About(
        "trust.Custodian",
        _("who watches over a body's keys"),
        fields={
            **link("id", "keeper"),
            **_STAFF.on(user=_("worker"), since=_("since when"), named_by=_("named by whom")),
        },
    ),
    About(
        "trust.AccountRecovery",
        _("giving somebody who lost their password their key back"),
        fields={
            **link("id", "keeper"),
            **_WORKER.on(
                user=_("whose account"),
                filed_at=_("when it was asked for"),
                filed_by=_("by whom"),
                expires_at=_("until when"),
                ended_at=_("when it ended"),
                ended=_("how it ended"),
            ),
            **_KEY.on(sealed_keeper_key=_("the body's key, sealed for this recovery")),
        },
    ),
    About(
        "trust.RecoveryApproval",
        _("custodians who agreed to it"),
        fields={
            **link("id", "recovery"),
            **_WORKER.on(custodian=_("custodian"), at=_("when")),
            **_KEY.on(
                public_key=_("public key"),
                wrapped_private_key=_("private key, sealed"),
                parameters=_("how it was sealed"),
            ),
        },
    ),
    About(
        "trust.OrganisationCode",
        _("a body's printed code"),
        fields={
            **body("keeper", "wrapped_private_key", "parameters", "made_at"),
            **_WORKER.on(made_by=_("who printed it")),
        },
    ),
    About(
        "trust.KeyRotation",
        _("changes of a body's key"),
        fields={
            **body("id", "keeper", "generation", "begun_at", "total", "done", "unreadable", "finished_at"),
            **_WORKER.on(begun_by=_("who began it")),
        },
    ),
    About(
        "trust.CustodyNotice",
        _("what custodians are told"),
        fields={
            **link("id", "keeper", "subject_type", "subject_id"),
            **_WORKER.on(by=_("who did it"), at=_("when"), act=_("what"), detail=_("codes and counts")),
        },
    ),
    About(
        "trust.CustodyNoticeSeen",
        _("which custodian has seen it"),
        fields={**link("id", "notice"), **_WORKER.on(user=_("worker"), at=_("when"))},
    ),
    About(
        "trust.AdministrationSession",
        _("times in which an administrator had rights, with the reason"),
        fields={
            **link("id", "keeper"),
            **_WORKER.on(
                user=_("worker"),
                reason=_("why, in words"),
                begun_at=_("from when"),
                ends_at=_("until when"),
                ended_at=_("when it ended"),
            ),
        },
    ),
    About(
        "trust.BrowserSession",
        _("browsers in which a worker is signed in"),
        fields={
            **link("id"),
            **_SESSION.on(
                session_key=_("key of the session"),
                user=_("worker"),
                device=_("kind of browser"),
                since=_("since when"),
            ),
        },
    ),
    About(
        "trust.Attempts",
        _("failed attempts to sign in"),
        fields={
            **_SESSION.on(
                who=_("user name and source, as a keyed hash"),
                failures=_("how many failed"),
                untold=_("how many the holder was not told of"),
                failed_at=_("the last one"),
                wait_until=_("until when to wait"),
                good_at=_("the last good one"),
            )
        },
    ),
    About(
        "trust.SubmittedForm",
        _("forms that were sent already"),
        fields={
            **link("token"),
            **_SESSION.on(
                user=_("worker"), act=_("kind of form"), result=_("where it led; a code or an id"), at=_("when")
            ),
        },
    ),
)

_FILES = (
    About(
        "trust.Consent",
        _("the person's own sentences"),
        file=FILE,
        fields={
            **link("id", "subject_id"),
            **not_personal(RULE, "text_id", "text_version"),
            **_SAID.on(
                giver=_("who said it: the person or a guardian"),
                child_assent=_("whether the child agrees"),
                holder=_("to which organisation"),
                recipient=_("who may know"),
                purpose=_("so that what can be done"),
                compartments=_("which parts"),
            ),
            **_SAID.but(erasure=Erase.YEAR).on(
                until=_("until when"),
                given_on=_("when it was said"),
                recorded_at=_("when it was written down"),
                withdrawn_at=_("when it was taken back"),
            ),
            **_SAID.but(erasure=Erase.BLANK).on(language=_("in which language it was explained")),
            **_SAID.but(erasure=Erase.BLANK, whose=Whose.THIRD).on(interpreter=_("name of the interpreter")),
            **_WORKER.on(recorded_by=_("who wrote it down"), withdrawn_by=_("who wrote down that it was taken back")),
        },
    ),
    About(
        "trust.DisclosureOverride",
        _("disclosures that the law obliged to, without consent"),
        file=FILE,
        fields={
            **link("id", "subject_id"),
            **_SAID.on(
                holder=_("by which organisation"),
                recipient=_("to whom"),
                compartments=_("which parts"),
                legal_basis=_("which law"),
            ),
            **_SAID.but(erasure=Erase.BLANK).on(reason=_("why, in words")),
            **_SAID.but(erasure=Erase.YEAR).on(
                until=_("until when"), requested_at=_("when it was asked for"), confirmed_at=_("when it was confirmed")
            ),
            **_WORKER.on(requested_by=_("who asked"), confirmed_by=_("who confirmed")),
        },
    ),
    About(
        "trust.SealedItem",
        _("sealed parts and words"),
        file=FILE,
        fields={
            **link("id", "subject_id"),
            **not_personal(_("Counts how often it was sealed."), "version"),
            **_VAULT.but(mask=Mask.OPEN, erasure=Erase.RESIDUE).on(
                compartment=_("which part"), slot=_("beside which record")
            ),
            **_VAULT.on(ciphertext=_("the sealed content")),
            **_VAULT.but(mask=Mask.OPEN, erasure=Erase.YEAR).on(
                created_at=_("when it was sealed"), changed_at=_("when it was changed")
            ),
            **_WORKER.on(created_by=_("who sealed it first")),
        },
    ),
    About(
        "trust.SealedFile",
        _("sealed files"),
        file=("item__subject_id",),
        fields={
            **link("id", "item"),
            **_VAULT.but(mask=Mask.OPEN, erasure=Erase.ROW, exported=False, why_not=_FILES).on(
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
            **_VAULT.but(mask=Mask.OPEN, erasure=Erase.ROW).on(
                keeper=_("body"), in_force=_("whether it opens already"), granted_at=_("since when")
            ),
            **_VAULT.but(
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
            **_VAULT.but(
                mask=Mask.NEVER, erasure=Erase.ROW, exported=False, why_not=_("A hash; the name itself is in the copy.")
            ).on(kind=_("of a name or a number"), token=_("the hash")),
        },
    ),
    About(
        "trust.Erasure",
        _("how erasures came about"),
        fields={
            **link("id", "kind", "subject_id", "holder"),
            **_RECORD.on(
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
            **_WORKER.on(
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
            **_RECORD.on(
                at=_("when"),
                act=_("what"),
                purpose=_("for which purpose"),
                outcome=_("whether it was allowed"),
                detail=_("codes, ids and counts; never words"),
            ),
            **_WORKER.on(actor_id=_("who"), actor_keeper_id=_("for which body")),
        },
    ),
    About(
        "trust.RetentionPeriod",
        _("how long a body keeps things by its own rule"),
        fields={
            **body("id", "holder", "data_class", "months", "reason", "set_at"),
            **_WORKER.on(set_by=_("who set it")),
        },
    ),
)


def _program(model: str, *names: str) -> About:
    return About(model, PROGRAM, fields=not_personal(PROGRAM, *names))


_BOOKS = (
    _program("trust.AuditChain", "id", "kind", "chain_id", "length", "head"),
    _program("trust.AuditRoot", "id", "number", "day", "statement", "digest"),
    _program("trust.AuditRootLeaf", "id", "root", "chain", "name", "length", "head"),
    _program("trust.JobRun", "name", "at", "detail"),
    _program("trust.SharedValue", "key", "value", "until"),
    _program("auth.Permission", "id", "name", "content_type", "codename"),
    _program("auth.Group_permissions", "id", "group", "permission"),
    _program("auth.Group", "id", "name", "permissions"),
    _program("contenttypes.ContentType", "id", "app_label", "model"),
)
_LIBRARIES = (
    About(
        "sessions.Session",
        _("signed-in browsers"),
        fields=_SESSION.on(
            session_key=_("key of the session"),
            session_data=_("who is signed in, and keys that only the browser's cookie opens"),
            expire_date=_("until when"),
        ),
    ),
    About(
        "mfa.Authenticator",
        _("second factors of workers"),
        fields={
            **link("id"),
            **_STAFF.on(user=_("worker"), type=_("which kind"), created_at=_("since when"), last_used_at=_("last use")),
            **_KEY.on(data=_("the factor's secret, sealed")),
        },
    ),
    _program(
        "socialaccount.SocialApp", "id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings"
    ),
    About(
        "socialaccount.SocialAccount",
        _("workers who sign in with their organisation's own account"),
        fields={
            **link("id"),
            **_STAFF.on(
                user=_("worker"),
                provider=_("which organisation's sign-in"),
                uid=_("number of the worker there"),
                last_login=_("last sign-in"),
                date_joined=_("since when"),
                extra_data=_("what that sign-in tells"),
            ),
        },
    ),
    _program("socialaccount.SocialToken", "id", "app", "account", "token", "token_secret", "expires_at"),
    # The library brings these tables; accounts here have no e-mail address, and nothing is written to them.
    _program("account.EmailAddress", "id", "user", "email", "verified", "primary"),
    _program("account.EmailConfirmation", "id", "email_address", "created", "sent", "key"),
)

MODELS = (*_PEOPLE, *_FILES, *_ENTRY, *_BOOKS, *_LIBRARIES)
