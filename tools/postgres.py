"""A PostgreSQL of one's own for as long as a command runs: ``python -m tools.postgres pytest tests/trust``.

Makes a cluster in a temporary folder, listening on a unix socket there and nowhere else, with what acknowledged
writes need left on (fsync, full-page writes). With ``--fast`` first it does not wait for the disk: all is kept as long
as the machine runs, and the folder goes at the end anyway. The command finds it in ``FENER_DATABASE_URL``, as a role
that is neither superuser nor above row-level security. Afterwards nothing of it is left. PostgreSQL does not run as
root: then it runs as the user ``postgres``, or ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAST = 15
ROLE = "fener"
ASK = "PostgreSQL 15 or later is needed; on Debian: apt-get install postgresql"


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL of this machine that is new enough."""
    debian = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdecimal()),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    found = [path for path in debian if int(path.parent.name) >= LEAST]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return next((path for path in found if (path / "initdb").exists() and (path / "postgres").exists()), None)


def _unprivileged() -> dict[str, object]:
    """How to start a process that is not root's."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody")


@contextmanager
def running(*, also: tuple[str, ...] = ()) -> Iterator[str]:
    """The address of a fresh cluster's database ``fener``; ``also``: further settings, as ``name=value``."""
    folder = binaries()
    if folder is None:
        raise SystemExit(ASK)
    home = Path(tempfile.mkdtemp(prefix="fener-postgres-"))
    drop = _unprivileged()
    try:
        if drop:
            os.chown(home, int(str(drop["user"])), int(str(drop["group"])))
        with _server(folder, home, drop, also):
            yield f"postgres://{ROLE}@/fener?host={home}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(folder: Path, home: Path, drop: dict[str, object], also: tuple[str, ...]) -> Iterator[None]:
    def run(*command: str, **options: object) -> None:
        done = subprocess.run(  # noqa: S603
            [str(folder / command[0]), *command[1:]],
            cwd=home, env=environment, capture_output=True, text=True, **drop, **options,  # type: ignore[call-overload]
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")

    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    data = home / "data"
    run(
        "initdb", "--pgdata", str(data), "--username", "postgres", "--encoding", "UTF8", "--locale", "C.UTF-8",
        "--auth-local", "trust", "--auth-host", "reject",
    )  # fmt: skip
    settings = [
        "listen_addresses=", f"unix_socket_directories={home}", "unix_socket_permissions=0700", "max_connections=60",
        "fsync=on", "full_page_writes=on", "synchronous_commit=on", "logging_collector=off", *also,
    ]  # fmt: skip
    with (data / "postgresql.conf").open("a", encoding="utf-8") as out:
        out.writelines(f"{name} = '{value}'\n" for name, _is, value in (each.partition("=") for each in settings))
    run("pg_ctl", "start", "--pgdata", str(data), "--wait", "--silent", "--log", str(home / "server.log"))
    try:
        # Two rights that no node needs: tests make databases, and a proof has everything written out to files.
        for sql in (f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS", f"GRANT pg_checkpoint TO {ROLE}"):
            run("psql", "--host", str(home), "--username", "postgres", "--quiet", "--command", sql, "postgres")
        run("createdb", "--host", str(home), "--username", "postgres", "--owner", ROLE, "fener")
        yield
    finally:
        run("pg_ctl", "stop", "--pgdata", str(data), "--mode", "fast", "--silent", "--wait")


def main() -> int:
    if len(sys.argv) < 2:
        sys.stderr.write("Example: python -m tools.postgres pytest -q tests/trust\n")
        return 2
    if sys.argv[1:] == ["--there"]:
        return 0 if binaries() else 1
    fast = sys.argv[1] == "--fast"
    with running(also=("fsync=off",) if fast else ()) as url:
        command = sys.argv[2:] if fast else sys.argv[1:]
        return subprocess.run(command, env={**os.environ, "FENER_DATABASE_URL": url}).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
