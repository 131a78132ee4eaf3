"""National tables: counts of tens, protected by suppression or by rounding."""
