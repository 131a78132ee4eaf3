"""A signed root a day over all audit chains: what a recomputed chain cannot hide from, once the root is published."""
