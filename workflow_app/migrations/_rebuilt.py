"""Changes for which SQLite builds a table anew: its triggers, and those elsewhere that name it, are taken down and put up again as they were."""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class KeepingTriggers(Operation):
    """Operations in the order given. On PostgreSQL, which alters tables in place, nothing else."""

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All of them."""
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState) -> None:
        """Each with the states around it, between taking the triggers down and putting them up."""
        kept = self._down(schema_editor)
        state = from_state
        for one in self.operations:
            after = state.clone()
            one.state_forwards(app_label, after)
            one.database_forwards(app_label, schema_editor, state, after)
            state = after
        for text in kept:
            schema_editor.execute(text, params=None)

    @staticmethod
    def _down(schema_editor: Any) -> list[str]:
        if schema_editor.connection.vendor != "sqlite":
            return []
        with schema_editor.connection.cursor() as cursor:
            found = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
        for name, _sql in found:
            schema_editor.execute(f'DROP TRIGGER "{name}"', params=None)
        return [sql for _name, sql in found]

    def describe(self) -> str:
        """As `migrate --plan` says it."""
        return f"{len(self.operations)} changes that keep every trigger"
