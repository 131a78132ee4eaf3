"""Measurements on real data against a real server. See README.md."""
