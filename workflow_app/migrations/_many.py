"""Many tables made at once: Django draws every model anew for each table it makes, which takes most of the time of a new database."""

from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """The models in the order given, in which none names a later one; drawn once, when all are known.

    Fields, constraints and indexes that are added to them may stand among them: they are part of their tables from the start.
    """

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations
        self.models = [one for one in operations if isinstance(one, CreateModel)]
        added: Any = [one for one in operations if not isinstance(one, CreateModel)]
        if {one.model_name_lower for one in added} - {one.name_lower for one in self.models}:
            raise ValueError("only to tables that are made here can something be added here")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All of them, without drawing."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState) -> None:
        """Their tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState) -> None:
        """The tables go in the opposite order."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """As `migrate --plan` says it."""
        return f"Create {len(self.models)} models"
