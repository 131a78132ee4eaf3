"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import definitions, fields, independence, screening_checks, status, vocab  # noqa: F401
