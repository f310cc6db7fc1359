"""Several small forms on a page, each an act: which one was sent, what it said, and what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.messages import success
from django.http import Http404, HttpRequest

from workflow_app.pages.care.pools import refused_at
from workflow_app.refusing import Refused

Act = Callable[[dict[str, Any], dict[str, Any]], str]


def bound(request: HttpRequest, name: str, kind: type[forms.Form], **more: Any) -> forms.Form:
    """The form of an act: with what was sent, when it was this one."""
    sent = request.method == "POST" and request.POST.get("do") == name
    return kind(request.POST if sent else None, request.FILES if sent else None, prefix=name, auto_id=False, **more)


def taken(request: HttpRequest, made: dict[str, forms.Form], acts: dict[str, Act], words: dict[str, Any]) -> bool:
    """Whether the act that was sent was done; else its form says why not. `words`: by whom and when."""
    do = request.POST.get("do", "")
    form = made.get(do)
    if form is None or do not in acts:
        raise Http404
    if not form.is_valid():
        return False
    try:
        success(request, acts[do](form.cleaned_data, words))
        return True
    except Refused as no:
        refused_at(form, no)
        return False
