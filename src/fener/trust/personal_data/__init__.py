"""What trust keeps about people: accounts, keys, consents, the record of who knew; and the libraries' tables."""

from __future__ import annotations

from fener.trust.personal_data import books, files, people

MODELS = (*people.MODELS, *files.MODELS, *books.MODELS)
