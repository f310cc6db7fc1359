"""The machinery as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class WorkflowAppConfig(AppConfig):
    """Registers the start-up checks, and keeps the templates of papers whenever the database is brought up to date."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "workflow_app"
    verbose_name = "工作流"

    def ready(self) -> None:
        """Load the checks once every model is known."""
        import_module("workflow_app.checks")
        seating = import_module("workflow_app.seating")
        for name in ("Seat", "Absence", "Account"):
            post_save.connect(seating.changed, sender=self.get_model(name), dispatch_uid=f"seating-{name}")
        entrance, signals = import_module("workflow_app.pages.entrance"), import_module("allauth.mfa.signals")
        for signal in ("added", "removed"):
            getattr(signals, f"authenticator_{signal}").connect(getattr(entrance, signal), dispatch_uid=f"factor-{signal}")
        signals.authentication_failed.connect(entrance.failed, dispatch_uid="factor-failed")
        post_migrate.connect(import_module("workflow_app.patterns").keep_all, sender=self)
