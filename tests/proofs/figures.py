"""What a proof counted, for whoever runs the long form: one line of JSON each in the file ``FENER_PROOF_FIGURES``."""

from __future__ import annotations

import json
import os

from django.db import connection

LONG = os.environ.get("FENER_PROOF") == "long"


def counted(proof: str, **figures: int) -> None:
    """Add a line, where somebody asked for it; processes that run side by side write into one file."""
    if path := os.environ.get("FENER_PROOF_FIGURES"):
        line = json.dumps({"proof": proof, "engine": connection.vendor, **figures}) + "\n"
        with open(path, "a", encoding="utf-8") as out:  # one write of one short line: lines stay whole
            out.write(line)
