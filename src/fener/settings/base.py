"""Settings of a node. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from fener.settings import oidc
from fener.settings.environment import database_url, flag, home, number, secret, words
from fener.settings.running import *  # noqa: F403

PACKAGE = Path(__file__).resolve().parent.parent
FENER_HOME = home()

DEBUG = flag("FENER_DEBUG")
FENER_DEMO = flag("FENER_DEMO")
FENER_REQUIRE_MFA = flag("FENER_REQUIRE_MFA", default=not FENER_DEMO)
FENER_TLS = flag("FENER_TLS", default=not (FENER_DEMO or DEBUG))
FENER_JURISDICTION = (words("FENER_JURISDICTION", "RS") or ["RS"])[0]

SECRET_KEY = secret("FENER_SECRET_KEY", FENER_HOME / "secret.key")
# Signs the daily root of the audit. Empty: a file in the home, made on first use.
FENER_ROOT_KEY = "".join(words("FENER_ROOT_KEY"))
ALLOWED_HOSTS = words("FENER_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = words("FENER_TRUSTED_ORIGINS")

# The rooms, lowest first. The policy table is the sum of their ``policies`` modules.
FENER_ROOMS = ["fener.trust", "fener.network", "fener.casework", "fener.contact", "fener.web"]

INSTALLED_APPS = [
    "fener.web",
    "fener.contact",
    "fener.casework",
    "fener.network",
    "fener.trust",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "fener.web.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "fener.web.headers.ClosedToOthersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fener.trust.middleware.KeyringMiddleware",
    "fener.network.middleware.ActorMiddleware",
    "fener.trust.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "fener.web.root_urls"
WSGI_APPLICATION = "fener.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fener.web.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "fener.web.forms.FenerRenderer"

# One of two engines (docs/decisions/0015). Without a URL: one encrypted file in the home.
if os.environ.get("FENER_DATABASE_URL", "").strip():
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            **database_url(os.environ["FENER_DATABASE_URL"]),
            "ATOMIC_REQUESTS": False,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            # A cursor that the server keeps would be read under whatever standing comes next (trust/standing.py).
            "DISABLE_SERVER_SIDE_CURSORS": True,
        }
    }
    # Several processes serve: what is counted, above all attempts to sign in, is counted for all of them.
    CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "fener.trust.shared_cache.SharedCache"}}
    FENER_WORKERS = number("FENER_WORKERS", min(4, os.cpu_count() or 1), least=1, most=64)
else:
    DATABASES = {
        "default": {
            "ENGINE": "fener.trust.sqlcipher",
            "NAME": str(FENER_HOME / "fener.db"),
            "KEY": secret("FENER_DATABASE_KEY", FENER_HOME / "database.key"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            "ATOMIC_REQUESTS": False,
            "CONN_MAX_AGE": None,
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},  # Django's 300 would forget counts while people work
        }
    }
    FENER_WORKERS = 1  # one process has the file's only writer lock
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sessions -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "trust.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["fener.trust.signing_in.hashing.LimitedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "fener.trust.signing_in.passwords.UncommonPasswordValidator"},
    {"NAME": "fener.trust.signing_in.leaked.LeakedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# A list of passwords that leaked elsewhere, which the operator brings (trust/signing_in/leaked.py). Empty: none.
FENER_PASSWORD_LIST = os.environ.get("FENER_PASSWORD_LIST", "").strip()
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "fener.trust.adapter.ClosedAccountAdapter"
# Behind a proxy attempts are counted by who asks, as the proxy writes it last: else one stranger who guesses passwords
# would shut everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("FENER_BEHIND_PROXY") else 0
MFA_ADAPTER = "fener.trust.adapter.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Fener"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "add_webauthn": "fener.trust.signing_in.forms.AddPasskeyForm",
    "edit_webauthn": "fener.trust.signing_in.forms.EditPasskeyForm",
    "authenticate": "fener.trust.signing_in.forms.SecondStepForm",
    "reauthenticate": "fener.trust.signing_in.forms.SecondStepAgainForm",
}
# As the first factor a passkey has to verify its holder (a finger, a PIN); what is sealed still needs the password.
MFA_PASSKEY_LOGIN_ENABLED = True
# Failed passwords are counted by fener.trust.signing_in.attempts; this is a limit on requests as such, and on the
# second step (an office behind one address signs in at eight o'clock).
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}
# Organisations whose people sign in with the organisation's own account.
SOCIALACCOUNT_ADAPTER = "fener.trust.signing_in.organisations.OrganisationSignInAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.organisations()}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
FENER_INVITATION_DAYS = number("FENER_INVITATION_DAYS", 7, least=1, most=30)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# With this prefix no other host and no plain connection can set or overwrite a cookie; browsers want TLS for it.
COOKIE_PREFIX = "__Host-" if FENER_TLS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}fener_session"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = FENER_TLS
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}fener_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "fener.web.views.errors.csrf_failure"
FENER_IDLE_MINUTES = 30
# However busy somebody is: after so many hours they sign in anew, with the second step.
SESSION_LONGEST_HOURS = 12
# What a page says after an act stands in the session and not in a cookie, which would lie in the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Days between a reviewer's yes to an erasure and the destruction of the keys, in which it can be stopped.
FENER_ERASURE_GRACE_DAYS = number("FENER_ERASURE_GRACE_DAYS", 30, least=1, most=365)

# Argon2id over the password: m in KiB. Tests use cheap values.
FENER_ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 2}

# Headers --------------------------------------------------------------------------------------------------------------
SECURE_HSTS_SECONDS = 63072000 if FENER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = FENER_TLS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("FENER_BEHIND_PROXY") else None
# Not "no-referrer": browsers then send "Origin: null" with every form, and the CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")
}

# Language, time -------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("sr-latn", _("Serbian (Latin)")), ("sr", _("Serbian (Cyrillic)"))]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "packs" / "locale"]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}fener_language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SECURE = FENER_TLS
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = (words("FENER_TIME_ZONE", "Europe/Belgrade") or ["UTC"])[0]
FORMAT_MODULE_PATH = ["fener.settings.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = FENER_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = FENER_HOME / "media"

# Files: in memory until they are sealed, never in a folder for temporary files (see trust/files/uploading.py).
FILE_UPLOAD_HANDLERS = ["fener.trust.files.uploading.MemoryHandler"]
FENER_FILE_MB = number("FENER_FILE_MB", 20, least=1, most=200)
FENER_CLAMAV = os.environ.get("FENER_CLAMAV", "").strip()
FENER_CLAMAV_OPTIONAL = flag("FENER_CLAMAV_OPTIONAL")
DATA_UPLOAD_MAX_NUMBER_FILES = 5
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
