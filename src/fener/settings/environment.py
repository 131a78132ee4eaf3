"""What the operator may set, read from the environment in one place."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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
