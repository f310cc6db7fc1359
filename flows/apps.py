"""The procedure as a Django application: it names the paths."""

from importlib import import_module

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Registers paths, roles and separation rules with the machinery."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "flows"
    verbose_name = "办理程序"

    def ready(self) -> None:
        """Declare the paths; viewflow's own start-up checks see them only then."""
        import_module("flows.down.path")
