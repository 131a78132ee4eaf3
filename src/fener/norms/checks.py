"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import (  # noqa: F401
    clocks,
    coverage,
    definitions,
    duties,
    fields,
    gates,
    htcds,
    independence,
    intimate,
    jurisdictions,
    regimes,
    retention,
    screening_checks,
    services_catalogue,
    status,
    texts,
    vocab,
)
