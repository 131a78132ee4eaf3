"""How a result is shown: JSON Lines, a table, a page to send."""
