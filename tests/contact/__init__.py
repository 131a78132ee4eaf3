"""Tests of the first contact."""
