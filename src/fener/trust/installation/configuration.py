"""Questions about settings: what is meant for one's own machine, on a node that others reach; weak or shared keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from fener.trust.installation.finding import Finding, Severity
from fener.trust.signing_in import leaked

# What a demonstration keeps beside its database. A real node has no such file.
DEMONSTRATION = "demonstration-accounts.json"
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
NO_DEMONSTRATION = "FENER_DEMO=1 takes the second factor and TLS away, and this node is no demonstration."
# Style and script without which no page works.
NEEDED_STATIC = ("web/fener.css", "web/fener.js")
LEAST_KEY_LENGTH, LEAST_DIFFERENT = 32, 8


def reachable() -> bool:
    """Whether the node answers under a name that others can use."""
    return not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS


def exposure() -> Iterator[Finding]:
    """Settings that are meant for one's own machine, on a node that others reach."""
    if settings.DEBUG:
        yield Finding("exposure", "Error pages show the program's inside.", "Unset FENER_DEBUG.", "FENER_DEBUG")
    if reachable() and not settings.SESSION_COOKIE_SECURE:
        yield Finding("exposure", "Cookies travel without TLS.", "Serve over TLS and unset FENER_TLS=0.", "FENER_TLS")
    yield from _demonstration()
    if not settings.FENER_DEMO and not settings.FENER_REQUIRE_MFA:
        said, remedy = "A stolen password is enough to sign in.", "Unset FENER_REQUIRE_MFA=0."
        yield Finding("exposure", said, remedy, "FENER_REQUIRE_MFA")
    if "*" in settings.ALLOWED_HOSTS and not settings.FENER_DEMO:
        said = "The node answers under every name, so that a false one can be put into its links."
        yield Finding("exposure", said, "Name the node's own names in FENER_ALLOWED_HOSTS.", "FENER_ALLOWED_HOSTS")
    if 0 < len(settings.FENER_METRICS_TOKEN) < LEAST_KEY_LENGTH:
        said = "The token of the figures is so short that it can be guessed."
        remedy = "Take 32 random characters or more, for example from: openssl rand -hex 32"
        yield Finding("exposure", said, remedy, "FENER_METRICS_TOKEN")
    if reachable() and settings.FENER_TLS and not (settings.SECURE_PROXY_SSL_HEADER or settings.CSRF_TRUSTED_ORIGINS):
        yield Finding(
            "exposure",
            "The node does not know that a proxy ends TLS before it: every form will be refused.",
            "Set FENER_BEHIND_PROXY=1 where the proxy sets X-Forwarded-Proto (see deploy/nginx.conf).",
            "FENER_BEHIND_PROXY",
            Severity.WARNING,
        )


def _demonstration() -> Iterator[Finding]:
    demonstration = Path(settings.FENER_HOME) / DEMONSTRATION
    if (reachable() and settings.FENER_DEMO) or (demonstration.exists() and not settings.FENER_DEMO):
        said, remedy = "The demonstration's passwords are public.", "Unset FENER_DEMO, take a new home."
        yield Finding("exposure", said, remedy, str(demonstration))
    if settings.FENER_DEMO and not demonstration.exists():
        yield Finding("exposure", NO_DEMONSTRATION, "Unset FENER_DEMO.", "FENER_DEMO")


def machine_keys() -> Iterator[Finding]:
    """The machine's two keys are long, random, and not the same."""
    secret, database = str(settings.SECRET_KEY), str(settings.DATABASES["default"].get("KEY") or "")
    where = {"FENER_SECRET_KEY or secret.key": secret}
    if settings.DATABASES["default"]["ENGINE"] == "fener.trust.sqlcipher":
        where["FENER_DATABASE_KEY or database.key"] = database
    for place, key in where.items():
        if _is_weak(key):
            said = "A key of this machine is missing, short, or an example: whoever guesses it forges sessions."
            if "DATABASE" in place:
                said = "The database's key is missing, or an example: whoever guesses it reads codes, facts and times."
            yield Finding("keys", said, "See “A key leaked” in docs/operate.md.", place)
    if secret and secret == database:
        said = "The database and the sessions have the same key: one that leaks takes the other with it."
        yield Finding("keys", said, "See “A key leaked” in docs/operate.md.", "FENER_SECRET_KEY")


def _is_weak(key: str) -> bool:
    example = re.search(r"insecure|change|secret|example|password", key, re.IGNORECASE)
    return len(key) < LEAST_KEY_LENGTH or len(set(key)) < LEAST_DIFFERENT or bool(example)


def password_list() -> Iterator[Finding]:
    """The list of leaked passwords, where one is set, can be read and searched."""
    if not settings.FENER_PASSWORD_LIST:
        return
    wrong = leaked.what_is_wrong(Path(settings.FENER_PASSWORD_LIST))
    if wrong:
        remedy = "Bring the file anew, or unset FENER_PASSWORD_LIST; its form stands in docs/settings.md."
        yield Finding("passwords", f"Leaked passwords are not refused: {wrong}", remedy, settings.FENER_PASSWORD_LIST)


def static_files() -> Iterator[Finding]:
    """Style and script are where the program looks for them."""
    missing = [name for name in NEEDED_STATIC if finders.find(name) is None]
    if missing:
        said = f"Style or script is missing ({', '.join(missing)}): pages would stand there bare."
        yield Finding("static", said, "Install the program anew: make setup.", "fener/web/static")
