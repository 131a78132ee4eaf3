"""Pages of the hardest protections of a case."""
