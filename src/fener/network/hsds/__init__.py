"""The service directory as files of the Human Services Data Specification (HSDS) 3.0: out, and in again."""
