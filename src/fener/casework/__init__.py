"""The person's path."""
