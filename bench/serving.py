"""The server as an operator runs it, and what the system knows of it: memory, handles, processor time."""

from __future__ import annotations

import contextlib
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench.browser import Browser

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# One person of a measurement does the work of many; what tells the custodians of that is not what is measured.
PACE = {f"FENER_PACE_{name}": "10000" for name in ("CASES", "SEARCHES", "NEW_CASES")}


def environment(home: Path) -> dict[str, str]:
    """Of a node for measuring: a demonstration, so that no second step is asked for."""
    return {
        **os.environ,
        **PACE,
        "FENER_HOME": str(home),
        "FENER_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "fener.settings",
    }


def fener() -> str:
    """The command of this environment."""
    return str(Path(sys.executable).with_name("fener"))


@contextlib.contextmanager
def served(home: Path, *options: str) -> Iterator[tuple[int, int]]:
    """(port, process) of a server on a free port of this machine; stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(  # noqa: S603
        [fener(), "serve", "--port", str(port), *options], env=environment(home), stdout=subprocess.DEVNULL
    )
    try:
        for _attempt in range(240):
            if server.poll() is not None:
                raise RuntimeError("the server did not start")
            with contextlib.suppress(OSError):
                if Browser(port).get("/account/login/").status == 200:
                    break
            time.sleep(0.5)
        else:
            raise RuntimeError("the server does not answer")
        yield port, server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


@dataclass(frozen=True)
class Use:
    """What a process and all below it take: processor seconds so far, resident MiB, open handles, how many they are."""

    cpu: float
    resident: float
    handles: int
    processes: int


def use_of(pid: int) -> Use:
    """Of a process and all below it. Memory that processes share is counted for each of them."""
    family = _family(pid)
    cpu = resident = handles = 0.0
    for each in family:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            cpu += (int(fields[11]) + int(fields[12])) / TICKS
            resident += int(fields[21]) * PAGE / 2**20
            handles += len(os.listdir(f"/proc/{each}/fd"))
    return Use(cpu, resident, int(handles), len(family))


def _family(pid: int) -> set[int]:
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = {pid} & set(parents)
    while more := {each for each, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def database_process() -> int | None:
    """The first process of the PostgreSQL that bench/postgres.py started; None on the embedded engine."""
    url = os.environ.get("FENER_DATABASE_URL", "")
    folder = parse_qs(urlsplit(url).query).get("host", [""])[0]
    with contextlib.suppress(OSError):
        return int((Path(folder) / "data" / "postmaster.pid").read_text().split()[0])
    return None


def database_size(home: Path) -> float:
    """MiB on disk."""
    url = os.environ.get("FENER_DATABASE_URL", "")
    folder = Path(parse_qs(urlsplit(url).query).get("host", [""])[0]) / "data" if url else home
    files = folder.rglob("*") if url else folder.glob("fener.db*")
    return sum(path.stat().st_size for path in files if path.is_file()) / 2**20


def machine() -> dict[str, object]:
    """What figures have to be read with."""
    with contextlib.suppress(OSError):
        text = Path("/proc/cpuinfo").read_text()
        model = next((line.split(":")[1].strip() for line in text.splitlines() if line.startswith("model name")), "")
        total = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
        return {
            "processor": model, "cores": os.cpu_count(), "memory_mib": int(total.split()[1]) // 1024,
            "python": platform.python_version(), "load_average": [round(each, 2) for each in os.getloadavg()],
        }  # fmt: skip
    return {"cores": os.cpu_count()}


def steal_seconds() -> float:
    """Seconds that all other programs of this machine and the machine itself took: everything that was not idle."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    busy = [int(value) for place, value in enumerate(fields) if place not in (3, 4, 8, 9)]
    return sum(busy) / TICKS
