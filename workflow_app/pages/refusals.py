"""A refusal as a page says it: which rule, why, and what would make it possible."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from workflow_app.pages.frame import show
from workflow_app.steps import Refused

type_view = Callable[..., HttpResponse]


def busy() -> Refused:
    """What a lock that was not obtained in time means to a person."""
    return Refused(_("系统正忙，这次没有办成。"), way_out=_("请稍后再试一次；已填写的内容没有提交。"), rule=_("并发"))


def answer(request: HttpRequest, refused: Refused, *, status: int = 409) -> HttpResponse:
    """A refusal: a fragment for a part of a page, a whole page otherwise."""
    if request.headers.get("HX-Request"):
        response = show(request, "parts/refusal", {"refused": refused}, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#refusal", "innerHTML"
        return response
    return show(request, "refused", {"refused": refused, "back": _back(request)}, status=status)


def _back(request: HttpRequest) -> str:
    came = str(request.headers.get("Referer", ""))
    own = f"{request.scheme}://{request.get_host()}/"
    return came if came.startswith(own) else "/"


def answered(view: type_view) -> type_view:
    """Turn what the door refuses in `view` into an answer."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return answer(request, refused)
        except OperationalError:
            return answer(request, busy(), status=503)

    return careful
