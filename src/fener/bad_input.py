"""What every command says of a file that it cannot use: one line, exit code 2."""

from __future__ import annotations

from typing import Any

import click


class BadInput(click.ClickException):
    """Bad input: one line that names the file, the place in it and the reason; exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """The line, with neither a traceback nor a usage text around it."""
        click.echo(" ".join(self.format_message().split()), err=True)
