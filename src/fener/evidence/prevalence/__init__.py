"""The hidden population from lists that overlap (multiple systems estimation)."""
