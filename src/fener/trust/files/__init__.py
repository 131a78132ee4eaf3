"""Files that are sealed: taken in from memory, cleaned apart, scanned, kept as ciphertext."""
