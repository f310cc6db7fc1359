"""The procedure as a Django application: it names the paths."""

from importlib import import_module

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Registers figures, separation rules and paths with the machinery."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "flows"
    verbose_name = "办理程序"

    def ready(self) -> None:
        """Declare everything; viewflow's own start-up checks see the paths only then."""
        import_module("workflow_app.law").register(import_module("flows.law").figures)
        import_module("workflow_app.hands").register(import_module("flows.rules.separation").broken_by)
        import_module("workflow_app.retention").register(lambda: import_module("flows.law").table("retention"))
        import_module("workflow_app.care.procedure").register(lambda: import_module("flows.care").procedure())
        import_module("flows.down.path")
        import_module("flows.up.path")
        import_module("flows.remedy.path")
