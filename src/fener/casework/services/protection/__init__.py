"""The hardest protections of a case: witness protection, shut-outs, reads by two persons, broken glass."""
