"""What changes in ``contact``: screenings, flags, and what a desk does with what arrives."""
