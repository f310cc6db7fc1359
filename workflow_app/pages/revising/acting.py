"""Several small forms on one page: the one that was sent is looked at, done, or shown again with what is wrong and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib.messages import success
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from workflow_app import uploads
from workflow_app.models import Desk, Upload
from workflow_app.pages.frame import ASSESSORS, LEADER, Place
from workflow_app.refusing import Refused

type_choices = Mapping[str, Any]


def lines(label: Any, limit: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(label=label, max_length=limit, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": 3}))


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A date."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def made(kind: type[forms.Form], name: str, choices: type_choices, sent: tuple[Any, Any] = (None, None), start: Any = None) -> forms.Form:
    """A form of this page; what can be chosen is given by the page."""
    form = kind(*sent, prefix=name, initial=start)
    for field, found in choices.items():
        if field in form.fields:
            form.fields[field].choices = found  # type: ignore[attr-defined]
    return form


def handled(
    request: HttpRequest,
    kinds: Mapping[str, type[forms.Form]],
    perform: Callable[[str, dict[str, Any]], str],
    choices: type_choices | None = None,
    start: Mapping[str, dict[str, Any]] | None = None,
) -> tuple[dict[str, forms.Form], bool]:
    """The forms as they are to be shown, and whether something was done (then the page is loaded again). `do` names the form sent."""
    found = {name: made(kind, name, choices or {}, start=(start or {}).get(name)) for name, kind in kinds.items()}
    name = request.POST.get("do", "") if request.method == "POST" else ""
    if name not in kinds:
        return found, False
    form = found[name] = made(kinds[name], name, choices or {}, (request.POST, request.FILES))
    if form.is_valid():
        try:
            success(request, perform(name, form.cleaned_data))
            return found, True
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, f"{no.reason}{no.way_out}")
    return found, False


def status_of(forms_shown: Mapping[str, forms.Form]) -> int:
    """422 when something that was sent is wrong."""
    return 422 if any(one.is_bound for one in forms_shown.values()) else 200


def file_of(place: Place, sent: UploadedFile | None) -> Upload | None:
    """A document that came with a form, checked and kept. Raises Refused."""
    return uploads.keep(sent, by=place.account, at=place.at) if sent else None


def leading(place: Place, organ: int) -> bool:
    """Whether the person sits at the leaders' desk of the organ."""
    return place.sits(LEADER, [organ]) is not None


def working(place: Place) -> list[Desk]:
    """My desks that work on assessments: the office's and the leaders'."""
    return [one for one in place.desks if one.role in (ASSESSORS, LEADER)]


def pick(label: str = "") -> tuple[str, str]:
    """The empty choice."""
    return "", label or _("请选择")
