"""How long ``fener claims check`` takes on a large, consistent file.

``python bench/claims.py [figures]`` (default 1,000,000) prints processor time, time on the clock and findings.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from pathlib import Path

from click.testing import CliRunner

from fener.cli import main

COLUMNS = (
    "id", "jurisdiction", "measure", "unit", "population", "period_start", "period_end", "qualifier", "value",
    "part_of", "parts_complete", "breakdown", "base", "source", "source_type",
)  # fmt: skip


def write(file: Path, figures: int) -> int:
    """Wholes by year and jurisdiction, each with parts by sex, a part of a part, returns and a share."""
    chance = random.Random(1)
    rows = number = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS)
        while rows < figures:
            number += 1
            year, name = 1900 + number // 5000, f"w{number}"
            start = [f"{year}-01-01", f"{year}-12-31", "="]
            place = f"X{chr(65 + number % 5000 // 1000)}-{number % 1000:03d}"  # 5,000 parts of countries of nobody
            women, men = chance.randint(0, 300), chance.randint(1, 300)
            both = women + men
            for suffix, measure, unit, who, value, rest in (
                ("", "identified", "person", "", both, ["", "yes", "", ""]),
                ("f", "identified", "person", "female", women, [name, "", "sex", ""]),
                ("m", "identified", "person", "male", men, [name, "", "sex", ""]),
                ("c", "identified", "person", "female+minor", chance.randint(0, women), [f"{name}f", "", "age", ""]),
                ("r", "returned", "person", "", chance.randint(0, both), ["", "", "", ""]),
                ("s", "share", "percent", "female", (200 * women + both) // (2 * both), ["", "", "", name]),
            ):
                out.writerow([name + suffix, place, measure, unit, who, *start, value, *rest, "Police", "police"])
                rows += 1
    return rows


def run(figures: int) -> None:
    """Write, check, print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.csv"
        rows = write(file, figures)
        clock, processor = time.perf_counter(), time.process_time()
        told = CliRunner().invoke(main, ["claims", "check", str(file), "--json"])
        spent = time.process_time() - processor
        passed = time.perf_counter() - clock
        found = len(told.stdout.splitlines())
        print(f"{rows} figures: {spent:.1f} s of processor time, {passed:.1f} s on the clock, {found} findings")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
