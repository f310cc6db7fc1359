"""The machinery as a Django application."""

from importlib import import_module

from django.apps import AppConfig


class WorkflowAppConfig(AppConfig):
    """Registers the start-up checks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "workflow_app"
    verbose_name = "工作流"

    def ready(self) -> None:
        """Load the checks once every model is known."""
        import_module("workflow_app.checks")
