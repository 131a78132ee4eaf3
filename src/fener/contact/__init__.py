"""Somebody reaches us."""
