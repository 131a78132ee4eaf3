"""PostgreSQL, with every statement under the standing of whoever asks."""
