"""What the operator may set, read from the environment in one place."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting: 1, true, yes or on, in any case."""
    raw = os.environ.get(name)
    return default if raw is None else raw.strip().lower() in TRUE


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated setting."""
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def home() -> Path:
    """The folder that holds everything this node writes; readable by its owner alone."""
    path = Path(os.environ.get("FENER_HOME", "var")).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret(name: str, file: Path) -> str:
    """A secret from the environment, or from a file that is made on first use and readable by its owner alone."""
    if value := os.environ.get(name):
        return value.strip()
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32))
    return file.read_text(encoding="ascii").strip()


URL_FORM = "postgres://user:password@host:port/name, or postgres://user@/name?host=/folder/of/the/socket"
POSTGRES_SCHEMES = {"postgres", "postgresql"}
# What may stand behind the question mark; anything else is more likely a typing error than a wish.
URL_OPTIONS = {"host", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "options"}


def database_url(url: str) -> dict[str, Any]:
    """Django's description of the PostgreSQL database at ``url``. Characters that a URL keeps for itself are %-encoded.

    Raises ImproperlyConfigured with one line that says what is wrong and never repeats the password.
    """

    def refuse(what: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"FENER_DATABASE_URL {what}. Write {URL_FORM}")

    try:
        parts = urlsplit(url.strip())
        port = parts.port
        options = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
    except ValueError:  # its text would repeat a part of the URL
        raise refuse("cannot be read (is the port a number, and every special character %-encoded?)") from None
    if parts.scheme not in POSTGRES_SCHEMES:
        raise refuse("names no engine that this program knows")
    if not set(options) <= URL_OPTIONS:  # a name could be a part of a password with a question mark in it
        raise refuse(f"has options that are not known (known: {', '.join(sorted(URL_OPTIONS))})")
    name = unquote(parts.path.strip("/"))
    if not name or "/" in name:
        raise refuse("names no database")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "fener.trust.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds. Raises ImproperlyConfigured for anything else."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdecimal() or not least <= int(raw) <= most:
        raise ImproperlyConfigured(f"{name} is a whole number from {least} to {most}")
    return int(raw)
