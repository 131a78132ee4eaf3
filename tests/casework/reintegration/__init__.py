"""Reintegration."""
