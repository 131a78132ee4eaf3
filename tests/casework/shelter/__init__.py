"""Shelters and stays."""
