"""1,000 random releases of national tables, each attacked by integer programming that shares no code with the product.

    python -m bench.publish_attack [RELEASES] [FIRST_SEED]

Prints the small counts that stood in the tables, how many of them an attacker brackets within the protection (10
persons) and how many exactly, and the time. Both must be 0.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from fener.evidence.release import publish
from tests.evidence.release.random_releases import random_release
from tests.evidence.release.test_attack import recovered


def main(releases: int, first: int) -> int:
    """Exit code 1 where anything was recovered."""
    started, small, narrow, exact, refused, cells, hidden, unproven = time.time(), 0, 0, 0, 0, 0, 0, 0
    longest = 0.0
    for seed in range(first, first + releases):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            data, spec, raw = random_release(seed, folder)
            before = time.process_time()
            outcome = publish(data, spec, folder / "out")
            longest = max(longest, time.process_time() - before)
            if outcome.report is None:
                refused += 1
                print(f"seed {seed}: {outcome.refused or outcome.findings[0].message}", flush=True)
                continue
            found = recovered(data, raw, folder / "out")
            small, narrow, exact = small + found[0], narrow + found[1], exact + found[2]
            cells, hidden, unproven = cells + outcome.cells, hidden + outcome.hidden, unproven + (outcome.gap > 0)
        if (seed - first + 1) % 50 == 0:
            print(f"{seed - first + 1}: {small} small, {narrow} narrow, {exact} exact", flush=True)
    print(f"releases               {releases}, of which {refused} not published")
    print(f"cells                  {cells:,}, of which {hidden:,} left out ({small:,} of them small)")
    print(f"small counts bracketed within 10 persons: {narrow}; recovered exactly: {exact}")
    print(f"pattern not proven cheapest: {unproven} releases")
    print(f"longest release        {longest:.1f} s of processor; all with attacks {time.time() - started:.0f} s")
    return 1 if narrow or exact or refused else 0


if __name__ == "__main__":
    arguments = [int(a) for a in sys.argv[1:]] + [1000, 0][len(sys.argv) - 1 :]
    raise SystemExit(main(arguments[0], arguments[1]))
