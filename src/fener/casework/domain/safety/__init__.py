"""Safety: what threatens the person, what was promised, what went wrong."""
