"""ASGI entry: pages over HTTP, and one live socket."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")
http = get_asgi_application()

from workflow_app.live import Desk  # noqa: E402 - the models behind it exist only after the line above

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([path("ws/live", Desk.as_asgi())]))),
    }
)
