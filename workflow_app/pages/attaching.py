"""Files that come along with a form: kept first, so that a form which is refused keeps them too."""

from __future__ import annotations

import re

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow_app import uploads
from workflow_app.pages.filling import RENDERER
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused

NEW = "_new"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


def taken_in(request: HttpRequest) -> tuple[QueryDict, dict[str, Refused]]:
    """What was posted, with every file that came along kept and chosen; and the refusals by field name."""
    place, data = place_of(request), request.POST.copy()
    refusals: dict[str, Refused] = {}
    for name, file in request.FILES.items():
        if name.endswith(NEW) and isinstance(file, UploadedFile):
            try:
                data[name.removesuffix(NEW)] = str(uploads.keep(file, by=place.account, at=place.at).pk)
            except Refused as refused:
                refusals[name.removesuffix(NEW)] = refused
    return data, refusals


@login_required
@require_POST
@answered
def pick(request: HttpRequest) -> HttpResponse:
    """Keep one file and show the choice anew, with the file chosen; the rest of the form stays as it is."""
    key = next(iter(request.FILES), "")
    name = key.removesuffix(NEW)
    if not NAME.fullmatch(name):
        raise Http404(_("没有收到文件。"))
    data, refusals = taken_in(request)
    account = place_of(request).account
    field = uploads.FileField(label=_("附件"))
    field.choices = [("", _("请选择")), *uploads.choices_of(account)]
    field.widget.attrs["class"] = "form-select"
    form = forms.Form({name: data.get(name, "")}, renderer=RENDERER)
    form.fields[name] = field
    held = next((one for one in uploads.held_by(account) if str(one.upload_id) == data.get(name)), None)
    context = {"select": form[name], "name": name, "anchor": f"id_{name}", "refused": refusals.get(name), "kept": held}
    return show(request, "parts/pick", context, status=422 if refusals else 200)
