"""Every page of a node: who goes there, and to which object. A new route without a line here fails the build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from fener.trust.finding import gathered
from tests.e2e.visit import Visit
from tests.e2e.visit import at_ as _at
from tests.e2e.visit import body_and as _body
from tests.e2e.visit import case_and as _case
from tests.e2e.visit import pages as _pages


def routes() -> dict[str, str]:
    """Every route that a browser is led to: its full name, and its pattern. The API answers programs, in JSON."""

    def walk(resolver: Any, space: str, before: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            pattern = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, space + (f"{entry.namespace}:" if entry.namespace else ""), pattern)
            elif isinstance(entry, URLPattern):
                yield space + (entry.name or pattern), pattern

    return {name: pattern for name, pattern in walk(get_resolver(), "", "") if not name.startswith("api:")}


ACCOUNT = [
    *_pages("", lambda _at: [], "account_login", "account_recover", "account_inactive",
            "network:invitation", "web:help", "web:offline",
            "web:privacy"),
    *_pages("helpline", lambda _at: [], "account_logout", "account_unlock", "account_change_password", "mfa_index",
            "account_reauthenticate", "mfa_activate_totp", "network:account", "account_sessions",
            "account_organisation_sign_in", "mfa_list_webauthn", "mfa_add_webauthn"),
    *_pages("careful", lambda _at: [], "mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
            "mfa_deactivate_totp", "mfa_reauthenticate"),
]  # fmt: skip

SHELL = [
    *[Visit("web:today", who) for who in ("inspector", "officer", "manager", "shelter", "decider", "coordinator",
                                          "statistics", "admin", "doctor", "lawyer")],
    Visit("web:search", "manager"),
    Visit("web:search", "manager", query="?q=Nobody"),
    Visit("web:board", "coordinator"),
    Visit("web:board", "inspector", status=404),
    Visit("web:audit", "auditor"),
    Visit("web:audit_roots", "auditor"),
    Visit("web:register", "auditor"),
    Visit("web:styleguide", "manager"),
]  # fmt: skip

CONTACT = [
    *_pages("inspector", lambda _at: [], "contact:screening_start", "contact:receipts", "contact:suspicion"),
    *_pages("inspector", _at("begun"), "contact:screening_needs", "contact:screening_answers",
            "contact:screening_danger"),
    Visit("contact:screening_renewed", "inspector", _at("renewed")),
    Visit("contact:screening_question", "inspector", lambda at: [at["begun"].pk, "papers-kept"]),
    Visit("contact:screening_page", "doctor", _at("one page")),
    *_pages("inspector", _at("told"), "contact:screening_result", "contact:screening_rights",
            "contact:screening_offer", "contact:screening_declined"),
    Visit("contact:intakes", "manager"),
    Visit("contact:intakes", "manager", query="?show=all"),
    Visit("contact:intake", "manager", _case("intake")),
    Visit("contact:intake_contact", "manager", _case("taken on"), press="form[action$='/open/'] button"),
    *_pages("manager", _case("intake"), "contact:intake_close"),
    *_pages("manager", _case("taken on"), "contact:intake_case"),
]  # fmt: skip

CASE = [
    Visit("casework:cases", "manager"),
    Visit("casework:cases", "manager", query="?q=zzz"),
    Visit("casework:case_open", "manager"),
    Visit("casework:handover", "manager"),
    Visit("casework:case", "manager", _case()),
    Visit("casework:case", "manager", _case("other case")),
    Visit("casework:case", "decider", _case()),
    Visit("casework:case", "coordinator", _case()),
    Visit("casework:case", "auditor", _case(), status=404),
    *_pages("manager", _case(), "casework:case_facts", "casework:information", "casework:consent_new",
            "casework:assessment_new", "casework:own_view", "casework:age_dispute", "casework:refusal_new",
            "casework:override_new", "casework:case_assign", "casework:case_close", "casework:who_knows"),
    Visit("casework:compartment_open", "manager", _case(), press="form[action*='/sealed/identity/'] button"),
    Visit("casework:compartment_edit", "manager", lambda at: [at["case"].code, "contact"]),
    Visit("casework:compartment_edit", "manager", lambda at: [at["case"].code, "health"]),
    Visit("casework:words_open", "manager", _case(), press="form[action*='/words/'] button"),
    Visit("casework:consent_withdraw", "manager", _case("case", "consent")),
    Visit("casework:consent", "manager2", _case("withdrawn case", "withdrawn")),
    Visit("casework:assessment", "manager", _case("case", "assessment")),
    Visit("casework:referral_assessment", "officer", _at("asked police")),
    Visit("casework:referral_own_view", "officer", _at("asked police")),
    Visit("casework:decision_new", "decider", _case()),
    Visit("casework:decision_told", "manager", _case("case", "decision")),
    Visit("casework:review_new", "manager", _case("case", "decision")),
    Visit("casework:review_answer", "decider2", _case("case", "review")),
    Visit("casework:age_decide", "manager", _case("other case", "dispute")),
    Visit("casework:override_confirm", "manager2", _case("case", "override")),
    Visit("casework:clock_extend", "manager", _case("case", "clock")),
    Visit("casework:case", "manager", _case("closed case")),
    Visit("casework:case_reopen", "manager", _case("closed case")),
    Visit("casework:clock_end", "manager", _case("case", "clock")),
    *_pages("manager", _case(), "casework:person_copy", "casework:erasure_propose"),
    Visit("casework:erasures", "manager2"),
    Visit("casework:erasures", "looksafter"),
    Visit("casework:retention", "looksafter", query="?of=case_file", session=True),
    *_pages("manager2", _at("erasure"), "casework:erasure", "casework:erasure_refuse", "casework:erasure_stop"),
]  # fmt: skip

PROTECTION = [
    Visit("casework:protected", "manager"),
    Visit("casework:protected", "looksafter"),
    Visit("casework:opening_new", "manager"),
    Visit("casework:opening", "manager", _at("opening")),
    Visit("casework:case", "manager", _case("kept")),
    Visit("casework:case", "looksafter", _case("kept"), status=404),
    Visit("casework:protection", "manager", _case()),
    Visit("casework:protection", "manager", _case("kept")),
    Visit("casework:protection_step", "manager2", _at("step")),
    Visit("casework:second_person", "manager2", _at("beside")),
    Visit("casework:second_ask", "manager", lambda at: [at["case"].code, "narrative"]),
    *_pages("manager", _case(), "casework:shut_outs", "casework:sensitive", "casework:glass"),
    Visit("casework:glass_start", "helpline"),
    Visit("casework:glass_opened", "manager", _at("glass")),
    Visit("casework:glass_reviews", "looksafter"),
    Visit("casework:glass_review", "looksafter", _at("glass")),
    Visit("casework:exposure", "auditor"),
]

HELP = [
    Visit("casework:desk", "manager"),
    Visit("casework:desk", "shelter"),
    Visit("casework:referral", "shelter", _at("waiting")),
    Visit("casework:referral", "shelter", _at("open")),
    Visit("casework:referral", "officer", _at("asked police")),
    Visit("casework:referral_told", "officer", _at("asked police"), press="form[action*='/told/'] button"),
    Visit("casework:referral", "manager", _at("gone on")),
    Visit("casework:referral", "manager2", _at("declined")),
    Visit("casework:referral", "manager2", _at("ended")),
    *_pages("shelter", _at("waiting"), "casework:referral_decline"),
    *_pages("shelter", _at("open"), "casework:referral_outcome"),
    *_pages("manager", _at("gone on"), "casework:referral_withdraw"),
    *_pages("manager", _case(), "casework:referral_new", "casework:need_new", "casework:plan_change"),
    Visit("casework:referral_services", "manager", _case("case", "need")),
    Visit("casework:referral_send", "manager", _case("case", "pristan")),
    Visit("casework:referral_send", "manager", _case("case", "medical")),
    Visit("casework:referral_bodies", "manager", lambda at: [at["case"].code, "assessment"]),
    Visit("casework:referral_ask", "manager", lambda at: [at["case"].code, "assessment", at["police desk"].pk]),
    Visit("casework:need_met", "manager", _case("case", "need")),
    Visit("casework:plan_new", "manager", _case("without plan")),
    Visit("casework:plan_agree", "manager", _case("other case", "asked plan")),
    Visit("casework:plan_leave", "manager", _case("case", "plan")),
    Visit("casework:service_offer", "manager", _case("case", "need")),
    Visit("casework:service_answer", "manager", _case("case", "offered")),
    Visit("casework:service_deliver", "manager", _case("case", "taken")),
    Visit("casework:service_leave", "manager", _case("case", "taken")),
    Visit("casework:service_helpful", "manager", _case("case", "given")),
    Visit("casework:service_again", "manager", _case("case", "refused")),
]

NETWORK = [
    Visit("network:own", "manager"),
    Visit("network:own", "looksafter"),
    Visit("network:bodies", "admin"),
    Visit("network:add_body", "admin", session=True),
    Visit("network:body", "admin", _body()),
    *_pages("admin", _body(), "network:give_mandate", "network:add_desk", "network:add_service", session=True),
    Visit("network:end_mandate", "admin", _body("mandate"), session=True),
    Visit("network:change_desk", "admin", _body("lanterna desk"), session=True),
    Visit("network:change_service", "admin", _body("counselling"), session=True),
    Visit("network:member", "admin", _body("colleague")),
    Visit("network:add_member", "looksafter", _body(), session=True),
    *_pages("looksafter", _body("colleague"), "network:member", "network:change_roles", "network:end_membership",
            "network:take_key", "network:close_account", session=True),
    Visit("network:leaving", "looksafter", _body("colleague")),
    Visit("network:revoke_invitation", "looksafter", _at("invitation"), session=True),
    Visit("network:hand_on_key", "looksafter", _body("newcomer")),
    Visit("network:open_account", "looksafter", _body("closed"), session=True),
]  # fmt: skip

CUSTODY = [
    *_pages("admin", lambda _at: [], "network:administration", "network:administration_begin"),
    Visit("network:administration", "admin", session=True),
    Visit("network:administration_session", "auditor", _at("administration")),
    *_pages("manager", lambda _at: [], "network:custody", "network:custody_code", "network:custody_exchange",
            "network:administration"),
    *_pages("manager", _at("recovery"), "network:custody_recovery", "network:custody_refuse"),
    Visit("network:file_recovery", "manager", _body("newcomer")),
    Visit("network:custody_name", "looksafter", session=True),
    Visit("network:custody_release", "looksafter", lambda at: [at["custodian"]], session=True),
    *_pages("", lambda _at: [], "network:forgotten", "network:forgotten_codes", "network:forgotten_organisation"),
]  # fmt: skip

MAP = [
    *_pages("coordinator", lambda _at: [], "network:map", "network:duties", "network:agreements",
            "network:coordination", "network:contacts", "network:coverage", "network:gaps", "network:partners",
            "network:successions", "network:duty_add", "network:agreement_add", "network:coordination_add",
            "network:contact_add", "network:coverage_add", "network:mapped_add", "network:risk_add",
            "network:area_add"),
    *_pages("manager", lambda _at: [], "network:map", "network:duties", "network:contacts", "network:gaps"),
    Visit("network:duties", "coordinator", query="?on=2025-05-01"),
    *_pages("coordinator", _at("memorandum"), "network:agreement", "network:agreement_end"),
    *_pages("coordinator", _at("draft"), "network:agreement", "network:agreement_change", "network:agreement_start",
            "network:agreement_return", "network:clause_add", "network:sharing_add"),
    Visit("network:agreement", "looksafter", _at("memorandum")),
    Visit("network:agreement_confirm", "looksafter", _at("memorandum"), session=True),
    Visit("network:clause_flag", "looksafter", _at("memorandum", "clause")),
    Visit("network:sharing_remove", "coordinator", _at("memorandum", "rule")),
    Visit("network:duty_end", "coordinator", _at("duty")),
    Visit("network:duty_confirm", "looksafter", _at("duty"), session=True),
    *_pages("coordinator", _at("group"), "network:coordination_change", "network:post_add", "network:meeting_add"),
    Visit("network:post_change", "coordinator", _at("post")),
    *_pages("coordinator", _at("contact point"), "network:contact_change", "network:contact_close"),
    Visit("network:area_change", "coordinator", _at("area")),
    Visit("network:entry_end", "coordinator", lambda at: ["coverage", at["covered"].pk]),
    *_pages("coordinator", _body(), "network:body_place", "network:body_end"),
    Visit("casework:duty_kept", "manager", _case("met case", "timed duty")),
]  # fmt: skip

DIRECTORY = [
    Visit("network:directory_public", ""),
    Visit("network:directory", "manager"),
    Visit("network:directory", "manager", query="?kind=housing&open=night&language=sr"),
    Visit("network:directory_gaps", "coordinator"),
    Visit("network:directory_gaps", "looksafter"),
    Visit("network:directory_service", "manager", _at("counselling")),
    Visit("network:directory_service", "admin", _at("medical")),
    Visit("network:directory_edit", "looksafter", _at("counselling"), session=True),
    Visit("network:directory_places", "shelter", _at("pristan")),
    *_pages("manager", _case(), "casework:attachments", "casework:attachment_new"),
    Visit("casework:attachment", "manager", _case(), press="form[action*='/files/'] button"),
    *_pages("manager", _case("case", "attachment"), "casework:attachment_original", "casework:attachment_remove"),
]  # fmt: skip

GROUPS = {
    "directory and files": DIRECTORY,
    "map": MAP,
    "account and network": ACCOUNT + NETWORK,
    "first contact": SHELL + CONTACT,
    "case": CASE,
    "help": HELP,
    "protection": PROTECTION,
    "custody": CUSTODY,
    # Each chapter of a case brings its own, and what they show.
    "chapters": gathered("tests.e2e.chapters", "VISITS"),
}
ALL = [visit for group in GROUPS.values() for visit in group]

# Looked at in the dark and in Cyrillic too.
SAMPLE = [
    Visit("account_login", ""),
    Visit("web:today", "manager"),
    Visit("web:board", "coordinator"),
    Visit("contact:screening_question", "inspector", lambda at: [at["begun"].pk, "papers-kept"]),
    Visit("contact:intake", "manager", _case("intake")),
    Visit("casework:case", "manager", _case()),
    Visit("casework:assessment_new", "manager", _case()),
    Visit("casework:referral", "shelter", _at("waiting")),
    Visit("casework:referral_send", "manager", _case("case", "medical")),
    Visit("network:body", "admin", _body()),
]

# Addresses of buttons: they have no page, and say so when somebody goes there.
BUTTONS = {"casework:draft_throw_away",
           "contact:screening_close", "contact:intake_receive", "casework:referral_accept", "set_language",
           "account_end_session", "account_end_other_sessions", "account_unlink_organisation",
           "casework:protection_withdraw", "casework:protection_leave", "casework:shut_out_end",
           "network:administration_end", "network:custody_seen", "network:custody_stop",
           "network:contact_verify"}  # fmt: skip
# Addresses that lead on at once, or hand out a file: where, and who asks.
LEADING_ON = {
    "web:health": "a word for probes",
    "casework:attachment_clean": "the clean copy as a file",
    "web:register_file": "the register of processing as a file",
    "web:metrics": "figures for a monitoring system, which brings a token",
    "contact:screening": "to the question where it was left",
    "favicon.ico": "to the picture",
    "network:take_up_invitation": "after a code that fits, which is typed in tests/network/test_invitations.py",
    "openid_connect_login": "to the page of an organisation, in tests/trust/test_sign_in_browser.py",
    "openid_connect_callback": "back from there",
    "mfa_login_webauthn": "with a passkey, in tests/trust/test_sign_in_browser.py",
    "mfa_reauthenticate_webauthn": "needs a passkey: the same test looks at it",
    "mfa_edit_webauthn": "needs a passkey: the same test looks at it",
    "mfa_remove_webauthn": "needs a passkey: the same test looks at it",
    "mfa_authenticate": "the second step of signing in, looked at in a test of its own",
    "mfa_download_recovery_codes": "a text file",
}
