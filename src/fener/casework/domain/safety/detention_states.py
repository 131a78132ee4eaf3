"""The states of a detention (WP-12): only a transfer or a release ends it."""

from __future__ import annotations

from fener.casework.domain.machine import Machine, Step

TRANSFER, RELEASE = "transfer", "release"

DETENTION = Machine(
    name="detention",
    title="One detention of a person",
    start="held",
    states=("held", "transferred", "released"),
    acts=(TRANSFER, RELEASE),
    steps={
        ("held", TRANSFER): Step("transferred", "the day of the transfer to a place of help"),
        ("held", RELEASE): Step("released", "the day of the release"),
    },
    rules=("WP-12",),
)
MACHINES = (DETENTION,)
