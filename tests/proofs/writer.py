"""Writes sealed items in several threads until it is killed, and says which of them were acknowledged (proof 4).

For each line of standard input a new process begins to write, and says its number first. The one that waits for the
lines only has Django ready for them: it opens no database, and says "gone" when the writing process has ended.

Each write is one transaction of a real act: a sealed item, its grant and its audit entry. Its id goes to standard
output only after the transaction was committed.
"""

from __future__ import annotations

import os
import sys
import threading
from uuid import UUID, uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "fener.settings.test"
django.setup()

from django.db import transaction  # noqa: E402

from fener.trust import audit, standing, vault  # noqa: E402
from fener.trust.actor import Actor  # noqa: E402
from fener.trust.compartments import Compartment  # noqa: E402


def write(actor: Actor) -> None:
    standing.take(standing.NODE)  # a thread begins as nobody
    while True:
        subject_id = uuid4()
        with transaction.atomic():
            vault.seal(
                actor=actor,
                subject_id=subject_id,
                compartment=Compartment.NARRATIVE,
                content={"account": "x" * 500},
                for_keepers=[UUID(sys.argv[1])],
            )
            audit.record(
                actor=actor,
                act="narrative.seal",
                chain=("case", subject_id),
                subject_type="case",
                subject_id=subject_id,
            )
        os.write(1, f"{subject_id.hex}\n".encode())


def write_until_killed() -> None:
    os.write(1, f"{os.getpid()}\n".encode())
    somebody = Actor(user_id=None, username="system")
    threads = [threading.Thread(target=write, args=(somebody,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            write_until_killed()
            os._exit(1)  # never reached by a writer that writes until it is killed
        os.waitpid(child, 0)
        os.write(1, b"gone\n")
