"""A click group whose commands are imported when they are called, so that one command's needs are not another's."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """``lazy`` maps a name to ("module:attribute", one line for --help). A module that is not there is not listed."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        self.lazy = dict(lazy or {})
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands that can be run here."""
        return sorted({*super().list_commands(ctx), *(name for name in self.lazy if self._is_there(name))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command; None for an unknown name."""
        if cmd_name not in self.lazy or not self._is_there(cmd_name):
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.lazy[cmd_name][0]} is not a click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for ``--help``: nothing is imported to print it."""
        rows = []
        for name in self.list_commands(ctx):
            own = super().get_command(ctx, name)
            rows.append((name, own.get_short_help_str(80) if own else self.lazy[name][1]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _is_there(self, name: str) -> bool:
        try:
            return importlib.util.find_spec(self.lazy[name][0].partition(":")[0]) is not None
        except ModuleNotFoundError:
            return False
