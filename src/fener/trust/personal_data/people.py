"""Accounts, keys, custodians, sessions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.trust.personal_data.kinds import KEY, SESSION, STAFF, WORKER
from fener.trust.privacy.declaration import About, body, link

MODELS = (
    About(
        "trust.User",
        _("people who work in the mechanism"),
        fields={
            **link("id"),
            **STAFF.on(
                username=_("user name"),
                full_name=_("name"),
                language=_("language of the pages"),
                is_active=_("whether the account is open"),
                created_at=_("since when"),
                last_login=_("last sign-in"),
            ),
            **KEY.on(
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
            **STAFF.on(user=_("worker"), added_at=_("since when")),
            **KEY.on(sealed_private_key=_("the body's key, sealed to this worker")),
        },
    ),
    About(
        "trust.Custodian",
        _("who watches over a body's keys"),
        fields={
            **link("id", "keeper"),
            **STAFF.on(user=_("worker"), since=_("since when"), named_by=_("named by whom")),
        },
    ),
    About(
        "trust.AccountRecovery",
        _("giving somebody who lost their password their key back"),
        fields={
            **link("id", "keeper"),
            **WORKER.on(
                user=_("whose account"),
                filed_at=_("when it was asked for"),
                filed_by=_("by whom"),
                expires_at=_("until when"),
                ended_at=_("when it ended"),
                ended=_("how it ended"),
            ),
            **KEY.on(sealed_keeper_key=_("the body's key, sealed for this recovery")),
        },
    ),
    About(
        "trust.RecoveryApproval",
        _("custodians who agreed to it"),
        fields={
            **link("id", "recovery"),
            **WORKER.on(custodian=_("custodian"), at=_("when")),
            **KEY.on(
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
            **WORKER.on(made_by=_("who printed it")),
        },
    ),
    About(
        "trust.KeyRotation",
        _("changes of a body's key"),
        fields={
            **body("id", "keeper", "generation", "begun_at", "total", "done", "unreadable", "finished_at"),
            **WORKER.on(begun_by=_("who began it")),
        },
    ),
    About(
        "trust.CustodyNotice",
        _("what custodians are told"),
        fields={
            **link("id", "keeper", "subject_type", "subject_id"),
            **WORKER.on(by=_("who did it"), at=_("when"), act=_("what"), detail=_("codes and counts")),
        },
    ),
    About(
        "trust.CustodyNoticeSeen",
        _("which custodian has seen it"),
        fields={**link("id", "notice"), **WORKER.on(user=_("worker"), at=_("when"))},
    ),
    About(
        "trust.AdministrationSession",
        _("times in which an administrator had rights, with the reason"),
        fields={
            **link("id", "keeper"),
            **WORKER.on(
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
            **SESSION.on(
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
            **SESSION.on(
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
            **SESSION.on(
                user=_("worker"), act=_("kind of form"), result=_("where it led; a code or an id"), at=_("when")
            ),
        },
    ),
)
