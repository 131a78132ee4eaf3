"""Settings of running a node day after day: backups, probes, figures, logs."""

from __future__ import annotations

import os
from typing import Any

from fener.settings.environment import flag, number, words

# Who may open backups: public keys (``age1...``) with commas, or files that hold one a line.
FENER_BACKUP_RECIPIENTS = words("FENER_BACKUP_RECIPIENTS")
# ``fener check`` speaks up when the last backup is older. 26: a nightly one that is late.
FENER_BACKUP_MAX_HOURS = number("FENER_BACKUP_MAX_HOURS", 26, least=1, most=10_000)

# How much one person does before those who watch are told (trust/pace.py; docs/decisions/0027-pace.md).
FENER_PACE_CASES = number("FENER_PACE_CASES", 60, least=5, most=10_000)
FENER_PACE_SEARCHES = number("FENER_PACE_SEARCHES", 120, least=10, most=10_000)
FENER_PACE_NEW_CASES = number("FENER_PACE_NEW_CASES", 60, least=5, most=10_000)
FENER_PACE_EXPORTS = number("FENER_PACE_EXPORTS", 3, least=1, most=1000)
FENER_PACE_REFUSALS = number("FENER_PACE_REFUSALS", 40, least=5, most=10_000)

# ``/health/`` answers probes of this machine alone, or everybody's.
FENER_HEALTH_PUBLIC = flag("FENER_HEALTH_PUBLIC")
# ``/metrics`` answers whoever brings this token; without one it is not there.
FENER_METRICS_TOKEN = os.environ.get("FENER_METRICS_TOKEN", "").strip()
FENER_BEHIND_PROXY = flag("FENER_BEHIND_PROXY")

# One line a request, by the name of its route and never by its address.
FENER_LOG_REQUESTS = flag("FENER_LOG_REQUESTS")
_json = (words("FENER_LOG_FORMAT") or ["plain"])[0].lower() == "json"

# Logs name acts and places, never people or content: what a formatter does not know by name is dropped (trust/logs.py),
# and the server's own lines of requests are off, so that addresses stay out.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"safe": {"()": "fener.trust.logs.JsonLines" if _json else "fener.trust.logs.PlainLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "safe"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "fener": {"level": "INFO"},
        "fener.requests": {"level": "INFO" if FENER_LOG_REQUESTS else "CRITICAL"},
        # Refused and absent pages are in the audit; a log would keep their addresses.
        "django.security": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "_granian": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
