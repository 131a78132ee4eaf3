"""The demonstration node: an invented mechanism and invented people, made through the services of every other."""
