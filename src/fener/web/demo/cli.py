"""``fener demo``: make the demonstration node, in one transaction, and say where to go next."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fener.web.demo.mechanism import Mechanism

BATCH = 50  # further cases that one transaction makes


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where this node holds accounts already.")
@click.option(
    "--cases", default=0, type=click.IntRange(0, 100_000), show_default=True, help="Further cases beside the story's."
)
def demo(if_empty: bool, cases: int) -> None:
    """Create the demonstration node: an invented mechanism with invented people, at FENER_HOME.

    On a node that is a demonstration already, --cases adds cases to it. Any other node that holds accounts is left
    as it is.

    \b
    Example:
      fener demo --if-empty
      fener demo --cases 500
    """
    os.environ.setdefault("FENER_DEMO", "1")
    from fener.trust.cli import _django, _migrate, _refuse

    _django()
    from django.conf import settings

    if not settings.FENER_DEMO:
        _refuse("FENER_DEMO=0 says that this is no demonstration; unset it, or take another FENER_HOME")
    _migrate()
    from fener.trust.models import User
    from fener.web.demo import mechanism

    started = time.monotonic()
    if User.objects.exists():
        if if_empty:
            click.echo("This node holds accounts already; nothing was changed.")
            return
        if not mechanism.read_accounts():
            _refuse("this node holds accounts and is no demonstration; take another FENER_HOME")
        if not cases:
            click.echo("This node is a demonstration already; nothing was changed. Add cases with: --cases 500")
            return
        made = mechanism.open_again()
    else:
        made = _make_story()
    if cases:
        _add(made, cases)
    click.echo(f"The demonstration is ready ({time.monotonic() - started:.0f} s). Next: FENER_DEMO=1 fener serve")
    click.echo("The sign-in page lists the accounts.")


def _make_story() -> Mechanism:
    """Everything in one transaction: a node that is interrupted has no half of a demonstration."""
    from django.db import transaction

    from fener.web.demo import mechanism, story

    with transaction.atomic():
        click.echo("The mechanism: bodies, people with keys, desks, services …")
        made = mechanism.make()
        click.echo("The story: people, what they said, what was done …")
        told = story.tell(made)
        mechanism.write_accounts(made.accounts)
    click.echo(f"  {len(made.organisations)} bodies, {len(made.accounts)} accounts, {told} cases.")
    return made


def _add(made: Mechanism, cases: int) -> None:
    from django.db import transaction

    from fener.web.demo.bulk import Maker

    maker = Maker(made)
    for first in range(0, cases, BATCH):
        with transaction.atomic():
            for _each in range(min(BATCH, cases - first)):
                maker.make_case()
        if (first + BATCH) % 500 == 0:
            click.echo(f"  {first + BATCH} of {cases} further cases")
