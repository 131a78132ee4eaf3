"""A PostgreSQL that stays, for measuring: python bench/postgres.py FOLDER -- COMMAND. Listens on a socket there alone.

The cluster is made on first use and stopped when the command ends; the command finds it in FENER_DATABASE_URL. What
acknowledged writes need is on (fsync, full-page writes); the rest of the settings stand below.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import postgres as tool  # noqa: E402

SETTINGS = (
    "listen_addresses=", "max_connections=60", "fsync=on", "full_page_writes=on", "synchronous_commit=on",
    "shared_buffers=256MB", "effective_cache_size=2GB", "max_wal_size=4GB", "random_page_cost=1.1",
)  # fmt: skip


@contextmanager
def kept(folder: Path) -> Iterator[str]:
    """The address of the database ``fener`` of the cluster in ``folder``, while it runs."""
    binaries = tool.binaries()
    if binaries is None:
        raise SystemExit(tool.ASK)
    drop = tool._unprivileged()
    folder.mkdir(parents=True, exist_ok=True)
    if drop:
        os.chown(folder, int(str(drop["user"])), int(str(drop["group"])))

    def run(*command: str) -> None:
        done = subprocess.run(  # noqa: S603
            [str(binaries / command[0]), *command[1:]], cwd=folder, capture_output=True, text=True,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}, **drop,  # type: ignore[call-overload]
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")

    data, new = folder / "data", not (folder / "data" / "PG_VERSION").exists()
    if new:
        run("initdb", "--pgdata", str(data), "--username", "postgres", "--encoding", "UTF8", "--locale", "C.UTF-8",
            "--auth-local", "trust", "--auth-host", "reject")  # fmt: skip
        with (data / "postgresql.conf").open("a", encoding="utf-8") as out:
            for each in (*SETTINGS, f"unix_socket_directories={folder}", "unix_socket_permissions=0700"):
                name, _is, value = each.partition("=")
                out.write(f"{name} = '{value}'\n")
    run("pg_ctl", "start", "--pgdata", str(data), "--wait", "--silent", "--log", str(folder / "server.log"))
    try:
        if new:
            role = f"CREATE ROLE {tool.ROLE} LOGIN NOSUPERUSER NOBYPASSRLS"
            run("psql", "--host", str(folder), "--username", "postgres", "--quiet", "--command", role, "postgres")
            run("createdb", "--host", str(folder), "--username", "postgres", "--owner", tool.ROLE, "fener")
        yield f"postgres://{tool.ROLE}@/fener?host={folder}"
    finally:
        run("pg_ctl", "stop", "--pgdata", str(data), "--mode", "fast", "--silent", "--wait")


def main() -> int:
    if len(sys.argv) < 4 or sys.argv[2] != "--":
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with kept(Path(sys.argv[1]).resolve()) as url:
        return subprocess.run(sys.argv[3:], env={**os.environ, "FENER_DATABASE_URL": url}).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
