"""Custody of a body's keys: who watches over them, two persons for a forgotten password, the printed code, new keys."""
