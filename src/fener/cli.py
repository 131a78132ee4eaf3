"""``fener``: the one command. Each group is imported only when it is called.

So ``fener norms`` needs no Django and no database.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import click

from fener.lazy_group import LazyGroup
from fener.trust import standing

# name -> (module:attribute, one line for --help). A new command or group needs one line here.
COMMANDS = {
    "audit": ("fener.trust.audit_cli:audit", "The audit chain: verify it, export it."),
    "backup": ("fener.trust.backup.cli:backup", "Save this node to a file that only its custodians open."),
    "check": ("fener.trust.cli:check", "Say what is wrong with this installation."),
    "claims": ("fener.evidence.claims.cli:claims", "Published figures: contradictions, recomputed rates and changes."),
    "demo": ("fener.web.demo.cli:demo", "Create the demonstration node."),
    "export": ("fener.casework.htcds.cli:export_group", "Take cases, or the service directory, out to a file."),
    "import": ("fener.casework.htcds.cli:import_group", "Bring cases, or the service directory, in from a file."),
    "init": ("fener.trust.cli:init", "Prepare this node and make its first account."),
    "norms": ("fener.norms.cli:norms", "Ask the rules: definitions, residence regimes."),
    "prevalence": ("fener.evidence.prevalence.cli:prevalence", "The hidden population, from lists that overlap."),
    "publish": ("fener.evidence.release.cli:publish", "Safe tables and microdata from records about persons."),
    "restore": ("fener.trust.backup.cli:restore", "Make a node of a backup, in a clean place."),
    "serve": ("fener.trust.cli:serve", "Serve this node."),
    "tick": ("fener.trust.tick:tick", "Run what is due, once."),
    "upgrade": ("fener.trust.upgrading:upgrade", "Bring the database up to a new version, saved first."),
}


def _version() -> str:
    try:
        return version("fener")
    except PackageNotFoundError:
        return "unknown"


@click.group(cls=LazyGroup, lazy=COMMANDS, epilog="Example: fener norms qualify examples/norms/workshop.yaml")
@click.version_option(_version(), prog_name="fener")
def main() -> None:
    """The software that a country's anti-trafficking referral mechanism runs on."""
    standing.take(standing.NODE)  # whoever runs commands on the machine works for the node; ``serve`` lays it down


if __name__ == "__main__":
    main()
