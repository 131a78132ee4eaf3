"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import definitions, fields, independence, screening_checks, services_catalogue, status, texts, vocab  # noqa: F401
