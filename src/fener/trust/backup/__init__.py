"""Backup and restore: everything that a node needs to live again, encrypted so that only custodians open it.

``making.make_backup`` writes one file on a running system; ``restoring.restore_backup`` makes a node of it, in a clean
place only. The format is a tar stream inside age: see ``archive`` and docs/decisions/0016-backup.md.
"""
