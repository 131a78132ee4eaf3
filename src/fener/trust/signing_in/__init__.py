"""Signing in: attempts that are counted, browsers in which one is signed in, second factors, other bodies' sign-in."""
