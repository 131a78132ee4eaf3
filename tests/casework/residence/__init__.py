"""Residence."""
