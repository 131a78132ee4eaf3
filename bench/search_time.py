"""How long the server itself takes to find a name: in its process, sealed session and all, without HTTP and pages.

Example: python bench/search_time.py --home /tmp/largest --limit-ms 25
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--limit-ms", type=float, default=25)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    from bench import serving

    os.environ.update(serving.environment(options.home.resolve()))
    import django

    django.setup()
    figures = _measure(options.home.resolve(), options.searches)
    figures["machine"] = serving.machine()
    print(json.dumps(figures, indent=1))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if options.limit_ms and figures["p95_ms"] > options.limit_ms else 0


def _measure(home: Path, searches: int) -> dict[str, object]:
    """As the member of the body with the most cases, who is found among all cases of the node."""
    from django.db import connection
    from django.utils import timezone

    from bench.accounts import chosen
    from bench.users import searched
    from fener.casework.models import Case
    from fener.casework.selectors import cases
    from fener.network.selectors import actor_for
    from fener.trust import accounts
    from fener.trust.fence import standing_of
    from fener.trust.models import BlindToken, User
    from fener.trust.standing import node_level, standing_as

    worker = chosen(home, 1, ("case_manager",))[0]
    with node_level(reason="a measurement prepares itself"):
        user = User.objects.get(username=worker["username"])
        password, today = worker["password"], timezone.localdate()
        total, tokens = Case.objects.unscoped(reason="how large").count(), BlindToken.objects.count()
    rng, times, found = random.Random(25), [], 0
    for number in range(searches + 20):
        with node_level(reason="a request begins"):
            keyring = accounts.open_keyring(user, password)  # a request opens it from its session, which is not timed
            actor = actor_for(user=user, keyring=keyring, on=today)
        text = searched(rng)
        with standing_as(standing_of(actor)):
            began = time.perf_counter()
            answer = cases.search(actor, text)
            taken = time.perf_counter() - began
        if number >= 20:
            times.append(taken * 1000)
            found += len(answer)
    times.sort()
    return {
        "engine": connection.vendor, "cases": total, "tokens": tokens, "searches": searches,
        "found_each": round(found / searches, 1), "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1), "worst_ms": round(times[-1], 1),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
