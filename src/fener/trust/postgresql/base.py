"""Django's PostgreSQL wrapper; before each statement the connection is told for whom it asks (``trust.standing``).

The variables that the policies read are set again whenever the standing of the running context is not the one
that this connection was told last, and after everything that may have undone the telling (a rollback, a new
connection). So neither a connection that is kept nor one that is shared carries anybody's standing on to somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.db.backends.postgresql import base as plain
from psycopg.pq import TransactionStatus

from fener.trust.standing import Standing, current

TELL = (
    "SELECT set_config('fener.keeper', %s, false), set_config('fener.user', %s, false),"
    " set_config('fener.reach', %s, false), set_config('fener.at', %s, false),"
    " set_config('fener.today', %s, false), set_config('fener.node', %s, false)"
)
# These read no row, and the middle one must work where every other statement would be refused.
SAVEPOINTS = ("SAVEPOINT ", "ROLLBACK TO ", "RELEASE ")


class DatabaseWrapper(plain.DatabaseWrapper):
    """PostgreSQL under row-level security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: Standing | None = None
        self.execute_wrappers.append(self._tell_first)

    def init_connection_state(self) -> None:
        self._told = None
        super().init_connection_state()

    def _tell_first(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        wanted = current()
        if wanted != self._told and not (isinstance(sql, str) and sql.startswith(SAVEPOINTS)):
            self._tell(wanted)
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            _keep_rows_out_of(error)
            raise

    def _tell(self, wanted: Standing) -> None:
        connection = self.connection
        if connection is None or connection.info.transaction_status == TransactionStatus.INERROR:
            return  # the statement fails by itself
        self._told = None
        with self.wrap_database_errors, connection.cursor() as cursor:
            node = "on" if wanted.node else ""
            cursor.execute(TELL, [wanted.keeper, wanted.user, wanted.reach, wanted.at, wanted.today, node])
        self._told = wanted

    # What may undo the telling ---------------------------------------------------------------------------------------
    def _rollback(self) -> Any:
        self._told = None
        return super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self._told = None
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        except BaseException:
            self._told = None
            raise

    def close(self) -> None:
        self._told = None
        super().close()


def _keep_rows_out_of(error: BaseException) -> None:
    """PostgreSQL repeats the refused row in the error's detail; an error ends in logs, where no row belongs."""
    for each in (error, error.__cause__):
        if each is not None and each.args and isinstance(each.args[0], str):
            each.args = (each.args[0].partition("\nDETAIL:")[0], *each.args[1:])
