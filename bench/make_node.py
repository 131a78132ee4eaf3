"""Make a node as large as a country's, with invented people: cases by the ten thousand, audit entries by the million.

The mechanism, its people and some hundred cases are made through the services. The others are copies of those: the
same rows with new keys, other names, really sealed, really findable, with an audit that fener audit verify accepts.
Can be stopped (Ctrl+C) and begun again: it goes on where it was.

Example: python bench/make_node.py --home /tmp/large --cases 50000
         python bench/make_node.py --home /tmp/largest --cases 250000 --audit 25000000
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
BATCH = 250  # copies in one transaction
STATE = "bench-node.json"


def main() -> int:
    options = _options()
    home = options.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(FENER_HOME=str(home), FENER_DEMO="1", DJANGO_SETTINGS_MODULE="fener.settings")
    import django

    django.setup()
    from fener.trust.standing import node_level

    with node_level(reason="a node is made for measuring"):
        return _make(home, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="the node; kept, and gone on with where it exists")
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--audit", type=int, default=0, help="entries of cases; 0: as many as arise, and 10 reads each")
    parser.add_argument("--bodies", type=int, default=0, help="that keep cases; 0: 40, or one for 2,500 cases")
    parser.add_argument("--templates", type=int, default=300, help="cases made through the services")
    parser.add_argument("--full", action="store_true", help="every case with a long history: 60 facts and more")
    parser.add_argument("--no-story", action="store_true", help="without the demonstration's own cases (faster)")
    return parser.parse_args()


@dataclass
class State:
    """What is kept beside the node, so that making it can go on. What is done is counted in the database."""

    path: Path
    raw: dict[str, Any]

    @classmethod
    def of(cls, home: Path) -> State:
        path = home / STATE
        return cls(path, json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})

    def keep(self, **values: Any) -> None:
        self.raw.update(values)
        text = json.dumps(self.raw, indent=1)
        self.path.with_suffix(".new").write_text(text, encoding="utf-8")
        self.path.with_suffix(".new").replace(self.path)


def _make(home: Path, options: argparse.Namespace) -> int:
    state, started = State.of(home), time.monotonic()
    if "templates" not in state.raw:
        _begin(home, options, state)
        _say(f"the mechanism and {options.templates} cases through the services: {time.monotonic() - started:.0f} s")
    if state.raw.get("finished"):
        _say("this node is made")
        return 0
    from bench.scale.engines import bulk
    from bench.scale.loading import Loader

    writer = bulk()
    loader = Loader(writer, home, state.raw)
    if "aside" not in state.raw:
        state.keep(aside=writer.laid_aside(loader.tables()))
    for take_away, _put_back in state.raw["aside"]:
        writer.run(take_away)
    _load(loader, state)
    _say("putting indexes back")
    for take_away, put_back in state.raw["aside"]:
        writer.run(take_away)
        writer.run(put_back)
    writer.finish(loader.tables())
    state.keep(finished=True, seconds=round(state.raw.get("seconds", 0) + time.monotonic() - started))
    _say(f"{loader.cases_there()} cases, {loader.entries_there()} audit entries; {state.raw['seconds']} s in all")
    return 0


def _begin(home: Path, options: argparse.Namespace, state: State) -> None:
    """The mechanism, the bodies, and the cases to copy, through the services."""
    from django.db import transaction

    from bench.scale import bodies
    from bench.scale.loading import make_templates
    from fener.trust.cli import _migrate
    from fener.web.demo import cli, mechanism

    _migrate()
    number = options.bodies or max(40, options.cases // 2500)
    if not mechanism.accounts_file().exists():
        made = _mechanism_alone() if options.no_story else cli._make_story()
        workers = bodies.make(made, number)
        bodies.write(home, workers)
    else:
        raise SystemExit(f"{home} holds a node that was not finished being prepared; take another folder")
    with transaction.atomic():
        templates = make_templates(made, options.templates, full=options.full)
    wanted = {"cases": options.cases, "audit": options.audit, "bodies": number}
    state.keep(templates=[str(case) for case in templates], wanted=wanted)


def _mechanism_alone() -> Any:
    from django.db import transaction

    from fener.web.demo import mechanism

    with transaction.atomic():
        made = mechanism.make()
        mechanism.write_accounts(made.accounts)
    return made


def _load(loader: Any, state: State) -> None:
    wanted = state.raw["wanted"]["cases"]
    done = loader.cases_there()
    began, at_first, before = time.monotonic(), done, state.raw.get("seconds", 0)
    try:
        while done < wanted:
            done += loader.load(min(BATCH, wanted - done), done)
            if (done // BATCH) % 10 == 0:
                took = time.monotonic() - began
                left = took / (done - at_first) * (wanted - done)
                _say(f"{done} of {wanted} cases, {took:.0f} s, about {left:.0f} s to go")
    except KeyboardInterrupt:
        state.keep(seconds=round(before + time.monotonic() - began))
        _say(f"stopped at {done} cases; the same command goes on")
        raise SystemExit(130) from None


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
