"""A migration's step that makes all tables of a room at once.

Django renders every model that is related to a new one again for each step of a migration, and here nearly all are
related: on each new node, and in each test that makes one, that took a quarter of a minute. One step renders them once.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.optimizer import MigrationOptimizer


class CreateTables(Operation):
    """Carry out ``operations``, which make models and nothing else, as one step. Cannot be taken back.

    The database gets the models as they stand after the last operation, in whatever order Django wrote them.
    """

    reversible = False

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        """All models, on a state that has not been rendered."""
        state.__dict__.pop("apps", None)
        for operation in MigrationOptimizer().optimize(self.operations, app_label):
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """A table for each model that was not there before, its indexes and constraints with it."""
        for key in to_state.models:
            if key[0] == app_label and key not in from_state.models:
                model = to_state.apps.get_model(*key)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Not offered: a node without these tables is an empty directory."""
        raise NotImplementedError

    def describe(self) -> str:
        """The step in words."""
        return "Create all tables"
