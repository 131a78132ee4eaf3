"""The copy of everything that is kept about one person, for that person: on paper and for a machine."""
