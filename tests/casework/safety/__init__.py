"""Safety of a person: what was promised."""
