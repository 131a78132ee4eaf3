"""Pages of the chapters of a case: one module for each, with ``VISITS``, and ``prepare`` for what they show."""
