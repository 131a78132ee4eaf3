"""List, case, search and create over 5,000 cases: times over HTTP for one signed-in person, queries of each page.

Example: python bench/cases_5000.py --json build/bench.json
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.browser import Answer, Browser, hidden  # noqa: E402
from bench.serving import environment, fener, served, use_of  # noqa: E402
from bench.users import new_case, searched  # noqa: E402

USER = "manager"
CODE = re.compile(r'href="/cases/([0-9A-Z-]{7,12})/"')
MOST_QUERIES = {"list": 15, "case": 30}
# Today is measured too, without a limit: that one worker holds thousands of open cases is not how anybody works.
LIMITED = frozenset({"list", "case", "search", "create: the form", "create"})
WARM_UP = 10  # requests of each kind before the clock runs: a node is not restarted for each page


@dataclass(frozen=True)
class Measured:
    """Milliseconds of one kind of request. ``cpu``: of the server's own processor time, on average."""

    what: str
    requests: int
    p50: float
    p95: float
    worst: float
    cpu: float | None
    queries: int | None


def main() -> int:
    options = _options()
    with contextlib.ExitStack() as stack:
        home = Path(options.home or stack.enter_context(tempfile.TemporaryDirectory(prefix="fener-bench-")))
        building = _build(home, options.cases)
        queries = _count_queries(home)
        with served(home) as (port, server):
            measured = _measure(Browser(port), home, options.requests, queries, server)
    return _report(measured, building, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", help="use (or make) this node instead of one in a temporary folder")
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--requests", type=int, default=200, help="of each kind")
    parser.add_argument("--limit-ms", type=float, default=100, help="p95 above this fails; 0: measure only")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args()


def _build(home: Path, cases: int) -> float:
    """The demonstration with that many further cases; seconds, 0 where the node was there already."""
    if (home / "demonstration-accounts.json").exists():
        return 0.0
    started = time.perf_counter()
    subprocess.run([fener(), "demo", "--cases", str(cases)], env=environment(home), check=True)  # noqa: S603
    return time.perf_counter() - started


def _password(home: Path) -> str:
    accounts = json.loads((home / "demonstration-accounts.json").read_text(encoding="utf-8"))
    return next(str(account["password"]) for account in accounts if account["username"] == USER)


# -- over HTTP ---------------------------------------------------------------------------------------------------------


def _measure(browser: Browser, home: Path, requests: int, queries: dict[str, int], server: int) -> list[Measured]:
    browser.sign_in(USER, _password(home))
    rng = random.Random(5000)
    codes = _codes(browser)
    search = hidden(browser.get("/search/").text)
    sorts = ("next_due", "-opened_on", "code", "-status")

    def case_list() -> Answer:
        return browser.get(f"/cases/?sort={rng.choice(sorts)}&page={rng.randrange(1, 100)}")

    def case() -> Answer:
        return browser.get(f"/cases/{rng.choice(codes)}/")

    def find() -> Answer:
        return browser.post("/search/", {**search, "text": searched(rng)})

    def form() -> Answer:
        return browser.get("/cases/new/")

    def create() -> Answer:
        fields = hidden(form().text)
        return browser.post("/cases/new/", {**fields, **new_case(rng)})

    plan: list[tuple[str, Callable[[], Answer], int]] = [
        ("today", lambda: browser.get("/"), 200), ("list", case_list, 200), ("case", case, 200),
        ("search", find, 200), ("create: the form", form, 200), ("create", create, 302),
    ]  # fmt: skip
    measured = []
    for what, ask, wanted in plan:
        seconds, cpu = _timed(what, ask, wanted, requests, server)
        at = [_ms(seconds[len(seconds) // 2]), _ms(seconds[int(len(seconds) * 0.95)]), _ms(seconds[-1])]
        measured.append(Measured(what, requests, *at, cpu, queries.get(what)))
    return measured


def _timed(
    what: str, ask: Callable[[], Answer], wanted: int, requests: int, server: int
) -> tuple[list[float], float | None]:
    """The seconds of each request, sorted, and the server's milliseconds of processor time for one."""
    for _each in range(WARM_UP):
        ask()
    before, seconds = _cpu_seconds(server), []
    for _each in range(requests):
        answer = ask()
        if answer.status != wanted:
            raise RuntimeError(f"{what}: {answer.status} instead of {wanted}\n{_errors(answer.text)}")
        seconds.append(answer.seconds)
    after = _cpu_seconds(server)
    cpu = None if before is None or after is None else _ms((after - before) / requests)
    return sorted(seconds), cpu


def _cpu_seconds(server: int) -> float | None:
    """Processor time of the server and all below it so far; None where the system does not tell (only Linux does)."""
    use = use_of(server)
    return use.cpu if use.processes else None


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _errors(page: str) -> str:
    return "\n".join(re.findall(r"error-message[^>]*>(.*?)</p>", page, re.S))[:500]


def _codes(browser: Browser) -> list[str]:
    found: set[str] = set()
    for page in range(1, 80, 8):
        found.update(CODE.findall(browser.get(f"/cases/?sort=code&page={page}").text))
    found.discard("new")
    if not found:
        raise RuntimeError("the list shows no case")
    return sorted(found)


# -- queries -----------------------------------------------------------------------------------------------------------


def _count_queries(home: Path) -> dict[str, int]:
    """Database queries of a page, counted in a process of its own before the server runs: the file is opened once."""
    counted = subprocess.run(  # noqa: S603
        [sys.executable, str(Path(__file__).with_name("queries.py")), USER, _password(home)],
        env=environment(home), check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, int] = json.loads(counted.stdout.splitlines()[-1])
    return found


# -- report ------------------------------------------------------------------------------------------------------------


def _report(measured: list[Measured], building: float, options: argparse.Namespace) -> int:
    print(f"{options.cases} cases, one person, {options.requests} requests of each kind"
          + (f"; made in {building:.0f} s" if building else ""))  # fmt: skip
    print(f"{'':<20}{'p50 ms':>10}{'p95 ms':>10}{'worst':>10}{'cpu ms':>10}{'queries':>10}")
    for row in measured:
        times = [row.p50, row.p95, row.worst, row.cpu, row.queries]
        print(f"{row.what:<20}" + "".join(f"{'' if each is None else each:>10}" for each in times))
    failures = list(_failures(measured, options.limit_ms))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        figures: dict[str, Any] = {
            "cases": options.cases,
            "building_seconds": round(building, 1),
            "limit_ms": options.limit_ms,
            "measured": [asdict(row) for row in measured],
            "failures": failures,
        }
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for failure in failures:
        print(f"FAILED: {failure}")
    if failures and os.getloadavg()[0] > (os.cpu_count() or 1):
        print("Other programs kept this machine busy; the column cpu shows what the server itself needed.")
    return 1 if failures else 0


def _failures(measured: list[Measured], limit_ms: float) -> Iterator[str]:
    for row in measured:
        if limit_ms and row.what in LIMITED and row.p95 > limit_ms:
            yield f"{row.what}: p95 {row.p95} ms is over {limit_ms:.0f} ms"
        most = MOST_QUERIES.get(row.what)
        if most is not None and row.queries is not None and row.queries > most:
            yield f"{row.what}: {row.queries} queries are more than {most}"


if __name__ == "__main__":
    sys.exit(main())
