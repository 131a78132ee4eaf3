"""Imports every module that registers a cross-check, so that loading packs runs them all."""

from fener.norms import fields, vocab  # noqa: F401
