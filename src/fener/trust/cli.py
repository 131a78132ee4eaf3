"""``fener init``, ``fener check``, ``fener serve``: the life of a node, from its first account."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from fener.trust.installation import Finding

HIDDEN_FILES = 0o077  # nobody but the owner reads what a node writes
# The proxy of this machine, in the group of the node, and nobody else.
SOCKET_FILE = 0o660
OTHERS_WRITE = 0o002


@click.command("init")
@click.option("--username", help="Letters a-z, digits, dots and dashes.")
@click.option("--full-name", help="Shown beside what they did.")
@click.option("--organisation", help="Can be changed later.")
@click.option("--language", default="en", show_default=True, help="Language of the first account.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking twice.")
def init(
    username: str | None, full_name: str | None, organisation: str | None, language: str, password_stdin: bool
) -> None:
    """Prepare this node and make its first account. Prints the account's recovery code once.

    What is not given is asked.

    There is no default password, and the first account administers: it opens no case.

    \b
    Example:
      fener init --username mira --full-name "Mira Savić" --organisation "Office for the mechanism"
    """
    _django()
    from django.db import transaction

    from fener.trust import accounts
    from fener.trust.actor import SYSTEM
    from fener.trust.errors import InvalidInput
    from fener.trust.models import User

    _migrate()
    if User.objects.exists():
        _refuse("this node has its first account already; sign in and make further ones there")
    username = username or click.prompt("User name of the first account")
    full_name = full_name or click.prompt("Name that colleagues know this person by")
    organisation = organisation or click.prompt("Name of the organisation that runs this node")
    password = _password(password_stdin)
    try:
        with transaction.atomic():
            account = accounts.create_user(
                actor=SYSTEM, username=username, full_name=full_name, password=password, language=language
            )
            codes = _tell_rooms(user=account.user, organisation=organisation)
    except InvalidInput as error:
        _refuse("; ".join(f"{field.replace('_', ' ')}: {text}" for field, text in error.errors.items()))
    click.echo(f"The account {account.user.username} is made. Its recovery code, shown this once:\n")
    click.echo(f"    {account.recovery_code}\n")
    for named, code in codes.items():
        click.echo(f"The {named}, shown this once:\n")
        click.echo(f"    {code}\n")
    click.echo("Print both or write them down, and put them into a safe. Without them and without the password")
    click.echo("nobody gets in again.")
    click.echo("Next: fener serve")


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="One finding a line, as JSON.")
def check(as_json: bool) -> None:
    """Say what is wrong with this installation. Exit 0: nothing; 1: findings; 2: it cannot be looked at.

    \b
    Example:
      fener check --json
    """
    _django()
    from fener.trust import installation

    found = installation.findings()
    print_findings(found, as_json=as_json)
    raise SystemExit(1 if found else 0)


def print_findings(found: list[Finding], *, as_json: bool = False) -> None:
    """One finding after the other: what, where, what to do."""
    for finding in found:
        if as_json:
            click.echo(json.dumps(finding.to_json(), ensure_ascii=False))
        else:
            weight = " (warning)" if finding.severity == "warning" else ""
            click.echo(f"{finding.check}{weight}: {finding.message}")
            if finding.where and finding.where not in f"{finding.message} {finding.remedy}":
                click.echo(f"    where: {finding.where}")
            click.echo(f"    {finding.remedy}")
    if not found and not as_json:
        click.echo("Nothing is wrong.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--socket",
    "unix_socket",
    type=click.Path(path_type=Path),
    help="A socket of this machine to listen on instead: only its owner and group reach the node (the proxy's user).",
)
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Requests at a time.")
@click.option(
    "--migrate/--no-migrate",
    default=None,
    help="Bring the database up to date first. Without either: only an empty one, or a demonstration's.",
)
def serve(host: str, port: int, unix_socket: Path | None, threads: int, migrate: bool | None) -> None:
    """Serve this node: one process with several threads, which is the fastest safe way on the embedded database.

    On PostgreSQL as many processes as FENER_WORKERS says. A node whose database is behind its program is not served:
    fener upgrade saves it first, then brings it up to date.

    \b
    Examples:
      fener serve --port 8080
      fener serve --socket /run/fener/node.sock
    """
    _django()
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    from fener.trust import installation

    for finding in [*installation.library(), *installation.permissions()]:
        click.echo(f"{finding.check}: {finding.message} {finding.remedy}", err=True)
        if finding.check == "library":
            raise SystemExit(2)
    if unix_socket is None:
        _require_free(host, port)
    else:
        _require_free_socket(unix_socket)
    if settings.FENER_DEMO and not (Path(settings.FENER_HOME) / installation.DEMONSTRATION).exists():
        _refuse(f"{installation.NO_DEMONSTRATION} Unset FENER_DEMO, or make a demonstration first: fener demo")
    _stand_where_the_program_is(migrate)
    _one_place_for_figures(settings.FENER_WORKERS)
    _ready_to_part()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    click.echo(f"Fener serves on {unix_socket or f'http://{host}:{port}'} (stop it with Ctrl+C)")
    Granian(
        "fener.web.wsgi:application",
        address=host,
        port=port,
        uds=unix_socket,
        uds_permissions=SOCKET_FILE,
        interface=Interfaces.WSGI,
        workers=settings.FENER_WORKERS,
        blocking_threads=threads,
        log_access=False,  # addresses of pages stay out of logs
        log_dictconfig={name: settings.LOGGING[name] for name in ("formatters", "handlers", "loggers")},
        websockets=False,
    ).serve()


def _stand_where_the_program_is(migrate: bool | None) -> None:
    """Exit 2 with one line where changes of a database in use wait, unless somebody asked to make them at once."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from fener.trust import installation

    try:
        waiting, in_use = installation.waiting_migrations()
    except (DatabaseError, ImproperlyConfigured) as error:
        _refuse(" ".join(str(error).split()))
    if waiting and (migrate or (migrate is None and (not in_use or settings.FENER_DEMO))):
        _migrate()
    elif waiting:
        _refuse(f"{waiting} changes of the database wait, and pages would fail; save and make them with: fener upgrade")


def _one_place_for_figures(workers: int) -> None:
    """Where several processes serve, they put what they count into one folder; else each would tell its own share."""
    from django.conf import settings

    folder = Path(settings.FENER_HOME) / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    if workers > 1:
        folder.mkdir(mode=0o700)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _ready_to_part() -> None:
    """Before the processes that serve come into being: they inherit no connection and no standing."""
    from django.db import connections

    from fener.trust import standing

    connections.close_all()
    standing.take(standing.NOBODY)


def _require_free(host: str, port: int) -> None:
    """Exit 2 with one line when somebody listens there already, before anything is changed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            _refuse(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port")


def _require_free_socket(place: Path) -> None:
    """Exit 2 with one line where the socket cannot be made, or somebody listens there. What a killed node left is none.

    Whoever may write into its folder could take its place and be given passwords: nobody else may.
    """
    folder = place.absolute().parent
    if not folder.is_dir():
        _refuse(f"{place}: the folder {folder} does not exist")
    if folder.stat().st_mode & OTHERS_WRITE:
        _refuse(f"{folder}: others may write there and could take the socket's place; choose another folder")
    if place.exists() and not place.is_socket():
        _refuse(f"{place}: is there already and is no socket")
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(place))
        except OSError:
            return
    _refuse(f"somebody listens on {place} already; choose another one with --socket")


def _django() -> None:
    """Settings and apps. Exit 2 with one line when they cannot be read."""
    os.umask(HIDDEN_FILES)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, OSError, UnicodeDecodeError) as error:
        _refuse(str(error))


def _migrate() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (ImproperlyConfigured, OperationalError) as error:
        _refuse(" ".join(str(error).split()))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True)
    return typed


def _tell_rooms(**first: Any) -> dict[str, str]:
    """Let each room that has something to set up do so: its module ``first_account``, function ``set_up``. What each
    has to show once, by what it is called.
    """
    from django.conf import settings

    shown: dict[str, str] = {}
    for room in settings.FENER_ROOMS:
        if importlib.util.find_spec(f"{room}.first_account"):
            shown |= importlib.import_module(f"{room}.first_account").set_up(**first) or {}
    return shown


def _refuse(reason: str) -> NoReturn:
    click.echo(f"fener: {reason}", err=True)
    raise SystemExit(2)
