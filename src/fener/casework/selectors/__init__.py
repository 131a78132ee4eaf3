"""The only way for a user to read cases: each starts from what the actor may see at this moment."""
