"""The chapter on children."""
