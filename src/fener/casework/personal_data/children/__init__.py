"""Children: who answers for a child, what it says, what is decided, and what lasts."""
