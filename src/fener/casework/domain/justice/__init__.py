"""Justice: words and states that need no database."""
