"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import (  # noqa: F401
    definitions,
    fields,
    htcds,
    independence,
    screening_checks,
    services_catalogue,
    status,
    texts,
    vocab,
)
