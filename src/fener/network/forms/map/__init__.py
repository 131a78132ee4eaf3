"""Forms of the network's map: bodies and offices, never a person."""
