"""Many people at work on a large node: how long they wait, what fails, what the server takes.

The node is one of bench/make_node.py. With --users each person thinks between clicks (lognormal, median 10 s, mostly
between 5 and 20 s). With --rate so many requests begin each second whatever the answers take, and memory, handles and
waiting are looked at for growth. Only this machine is asked; it ends by itself. The driver runs beside the server and
takes a share of the processor, which is told.

Example: python bench/load.py --home /tmp/large --users 50 --limit-ms 150 --json /tmp/users50.json
         python bench/load.py --home /tmp/large --rate 10 --minutes 30 --json /tmp/soak.json
         python bench/postgres.py /tmp/cluster -- python bench/load.py --home /tmp/large-pg --users 200 --limit-ms 300
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import queue
import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import growth, serving  # noqa: E402
from bench.browser import Browser  # noqa: E402
from bench.users import MIX, Done, Person  # noqa: E402

THINK_MEDIAN, THINK_SIGMA = 10.0, 0.35  # seconds
THINK_LEAST, THINK_MOST = 3.0, 30.0
SIGN_INS_EACH_SECOND = 1.8  # the server takes 120 a minute from one address
MOST_USERS, MOST_MINUTES = 400, 60
MOST_RESIDENT = 512  # MiB
LIMITED = ("list", "case", "search", "create")


@dataclass
class Run:
    """What is shared by the threads of one run."""

    stop: threading.Event = field(default_factory=threading.Event)
    counts: threading.Event = field(default_factory=threading.Event)  # the warm-up is over
    done: list[Done] = field(default_factory=list)
    samples: list[dict[str, float]] = field(default_factory=list)

    def act(self, person: Person, due: float | None = None) -> None:
        """One action. ``due``: when it was to begin, if that was before now."""
        for name, ask in person.steps(person.draws()):
            if self.stop.is_set():
                return
            began = time.perf_counter() if due is None else due
            try:
                answer, error = ask()
                seconds = answer.seconds if due is None else time.perf_counter() - began
            except (OSError, http.client.HTTPException) as problem:
                person.browser._connection = None
                seconds, error = time.perf_counter() - began, type(problem).__name__
            due = None  # the second request of an action begins when the first is answered
            if self.counts.is_set():
                self.done.append(Done(name, time.time(), seconds, error))


def main() -> int:
    options = _options()
    home = options.home.resolve()
    os.environ.update({"FENER_HOME": str(home), "FENER_DEMO": "1", "DJANGO_SETTINGS_MODULE": "fener.settings"})
    with serving.served(home) as (port, server):
        figures = _measure(home, port, server, options)
    return _report(figures, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--rate", type=float, default=0, help="requests a second, instead of thinking")
    parser.add_argument("--minutes", type=float, default=5, help="that count")
    parser.add_argument("--warm-up", type=float, default=45, help="seconds before anything counts")
    parser.add_argument("--limit-ms", type=float, default=0, help="p95 above this fails; 0: measure only")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    options.users = min(options.users, MOST_USERS)
    options.minutes = min(options.minutes, MOST_MINUTES)
    return options


# -- measuring ---------------------------------------------------------------------------------------------------------


def _measure(home: Path, port: int, server: int, options: argparse.Namespace) -> dict[str, Any]:
    people = _signed_in(home, port, options.users)
    run, at_rest = Run(), serving.use_of(server)
    threads = _by_rate(run, people, options.rate) if options.rate else _thinking(run, people)
    for thread in threads:
        thread.start()
    time.sleep(options.warm_up)
    database = serving.database_process()
    before = _taken(server, database)
    run.counts.set()
    _watch(run, server, options)
    after = _taken(server, database)
    run.stop.set()
    for thread in threads:
        thread.join(timeout=60)
    seconds = after["clock"] - before["clock"]
    used = {name: round((after[name] - before[name]) / seconds, 2) for name in after if name != "clock"}
    return {
        "machine": serving.machine(), "engine": "postgresql" if database else "embedded", "users": len(people),
        "rate": options.rate, "think": None if options.rate else [THINK_MEDIAN, THINK_SIGMA], "seconds": round(seconds),
        "requests_a_second": round(len(run.done) / seconds, 2), "actions": _by_action(run.done),
        "errors": dict(Counter(f"{each.action}: {each.error}" for each in run.done if each.error)),
        "cores_used": used, "resident_mib": _resident(run, at_rest.resident), "database_mib":
        round(serving.database_size(home)), "samples": run.samples,
        "growth": growth.of(run.done, run.samples) if options.rate else None,
    }  # fmt: skip


def _signed_in(home: Path, port: int, count: int) -> list[Person]:
    """Different people of different bodies, in the mix of roles."""
    from bench.accounts import chosen

    people, began = [], time.monotonic()
    for number, worker in enumerate(chosen(home, count, MIX)):
        time.sleep(max(0.0, began + number / SIGN_INS_EACH_SECOND - time.monotonic()))
        person = Person(Browser(port), worker["role"], random.Random(number))
        person.sign_in(worker["username"], worker["password"])
        people.append(person)
    return people


def _thinking(run: Run, people: list[Person]) -> list[threading.Thread]:
    def works(person: Person) -> None:
        run.stop.wait(person.rng.uniform(0, THINK_MEDIAN))
        while not run.stop.is_set():
            run.act(person)
            think = person.rng.lognormvariate(0, THINK_SIGMA) * THINK_MEDIAN
            run.stop.wait(min(max(think, THINK_LEAST), THINK_MOST))

    return [threading.Thread(target=works, args=(person,), daemon=True) for person in people]


def _by_rate(run: Run, people: list[Person], rate: float) -> list[threading.Thread]:
    """So many actions a second, each by whoever waited longest; what finds nobody free waits, and that counts."""
    due: queue.Queue[float] = queue.Queue()

    def ticks() -> None:
        at = time.perf_counter()
        while not run.stop.is_set():
            at += 1 / rate
            run.stop.wait(max(0.0, at - time.perf_counter()))
            due.put(at)

    def works(person: Person) -> None:
        while not run.stop.is_set():
            try:
                at = due.get(timeout=1)
            except queue.Empty:
                continue
            run.act(person, due=at)

    workers = [threading.Thread(target=works, args=(person,), daemon=True) for person in people]
    return [*workers, threading.Thread(target=ticks, daemon=True)]


def _watch(run: Run, server: int, options: argparse.Namespace) -> None:
    every = 30 if options.rate else 5
    until = time.monotonic() + options.minutes * 60
    while time.monotonic() < until:
        time.sleep(min(every, max(0.0, until - time.monotonic())))
        use = serving.use_of(server)
        run.samples.append({"at": time.time(), "resident": round(use.resident, 1), "handles": use.handles})


def _taken(server: int, database: int | None) -> dict[str, float]:
    taken = {"clock": time.monotonic(), "server": serving.use_of(server).cpu, "driver": time.process_time(),
             "everything": serving.steal_seconds()}  # fmt: skip
    return {**taken, "database": serving.use_of(database).cpu} if database else taken


def _resident(run: Run, at_rest: float) -> dict[str, float]:
    seen = [sample["resident"] for sample in run.samples]
    return {"signed_in": round(at_rest), "most": round(max(seen)), "last": round(seen[-1])}


def _by_action(done: list[Done]) -> dict[str, dict[str, float]]:
    found = {}
    for action in ("list", "case", "search", "form", "create"):
        times = sorted(each.seconds * 1000 for each in done if each.action == action)
        if times:
            at = {f"p{part}": round(times[min(len(times) - 1, int(len(times) * part / 100))]) for part in (50, 95, 99)}
            found[action] = {"requests": len(times), **at, "worst": round(times[-1])}
    return found


# -- report ------------------------------------------------------------------------------------------------------------


def _report(figures: dict[str, Any], options: argparse.Namespace) -> int:
    failures = list(_failures(figures, options))
    figures = {**figures, "limit_ms": options.limit_ms, "failures": failures}
    how = f"{options.rate:g} actions a second" if options.rate else f"{figures['users']} people who think"
    print(f"{figures['engine']}: {how}, {figures['seconds']} s, {figures['requests_a_second']} requests a second")
    print(f"{'':<10}{'requests':>10}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}{'worst':>10}")
    for action, row in figures["actions"].items():
        print(f"{action:<10}" + "".join(f"{row[name]:>10}" for name in ("requests", "p50", "p95", "p99", "worst")))
    cores, resident = figures["machine"]["cores"], figures["resident_mib"]
    print(f"cores used: {figures['cores_used']} of {cores}; resident MiB: {resident}")
    print(f"database: {figures['database_mib']} MiB; errors: {figures['errors'] or 0}")
    if figures["growth"]:
        print(f"growth: {figures['growth']}")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


def _failures(figures: dict[str, Any], options: argparse.Namespace) -> Any:
    for action, row in figures["actions"].items():
        if options.limit_ms and action in LIMITED and row["p95"] > options.limit_ms:
            yield f"{action}: p95 {row['p95']} ms is over {options.limit_ms:.0f} ms"
    for error, times in figures["errors"].items():
        yield f"{error} ({times} times)"
    if figures["resident_mib"]["most"] > MOST_RESIDENT:
        yield f"{figures['resident_mib']['most']} MiB are resident, over {MOST_RESIDENT}"
    if figures["growth"]:
        yield from figures["growth"]["found"]


if __name__ == "__main__":
    sys.exit(main())
