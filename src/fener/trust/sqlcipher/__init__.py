"""Django's SQLite backend over SQLCipher: the same SQL, on an encrypted file."""
