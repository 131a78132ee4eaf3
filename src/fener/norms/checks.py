"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import (  # noqa: F401
    alternatives,
    clocks,
    compensation,
    coverage,
    definitions,
    duties,
    fields,
    gates,
    htcds,
    independence,
    intimate,
    jurisdictions,
    regime_checks,
    regimes,
    retention,
    screening_checks,
    services_catalogue,
    status,
    texts,
    vocab,
)
from fener.norms.path import (  # noqa: F401
    checklists,
    conference,
    exits,
    health,
    neutral_names,
    outcomes,
    pipelines,
    work,
)
