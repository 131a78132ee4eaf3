"""What can be wrong with a backup, in one line for whoever stands before the machine."""

from __future__ import annotations


class BackupError(Exception):
    """The backup or restore was not done, and nothing half-done stays. The text is one line and names the file."""
