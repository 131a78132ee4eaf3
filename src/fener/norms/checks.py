"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import vocab  # noqa: F401
