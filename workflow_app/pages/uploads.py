"""Scans and other files that somebody has uploaded, and the form for one more."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import uploads
from workflow_app.pages.frame import place_of, show
from workflow_app.steps import Refused

PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My files; nobody else's are listed or named."""
    place, refused = place_of(request), None
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise uploads.UploadRefused(_("没有选择文件。"), way_out=_("选择文件后再上传。"))
            kept = uploads.keep(file, by=place.account, at=place.at)
        except Refused as fault:
            refused = fault
        else:
            success(request, _("“%(name)s”已上传。") % {"name": kept.name})
            return redirect("uploads")
    files = [(one, uploads.described(one.upload)) for one in uploads.held_by(place.account)[:PAGE]]
    return show(request, "uploads", {"files": files, "refused": refused}, status=422 if refused else 200)
