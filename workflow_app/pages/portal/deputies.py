"""Acting for somebody else: who acts for me, for whom I act, and asking for it with a written authority."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workflow_app import authority, uploads
from workflow_app.models import Representation
from workflow_app.pages import wording
from workflow_app.pages.filling import RENDERER, dress, questions
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.portal import guide
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused


class AskForm(forms.Form):
    """For whom, on what ground, how far, how long."""

    person = forms.CharField(label=lazy("当事人姓名"), max_length=40)
    number = forms.CharField(label=lazy("当事人的干部编号"), max_length=20, help_text=lazy("写在授权委托书或者告知书上，例如 YX00001。"))
    name = forms.CharField(label=lazy("您的姓名"), max_length=40)
    relation = forms.CharField(label=lazy("您与当事人的关系"), max_length=40, help_text=lazy("例如：律师、妻子、同事。"))
    ground = forms.ChoiceField(label=lazy("凭什么代为办理"), choices=wording.later(Representation.Ground.choices), widget=forms.RadioSelect)
    case_number = forms.CharField(
        label=lazy("只代办这一个案件（案号）"), max_length=30, required=False, help_text=lazy("不写，就是代办当事人的全部事项。")
    )
    may_withdraw = forms.BooleanField(
        label=lazy("授权书写明可以代为撤回"), required=False, help_text=lazy("没有写明的不要勾选；撤回只能由本人办理。")
    )
    valid_from = forms.DateField(label=lazy("从哪一天起"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(
        label=lazy("到哪一天止"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=lazy("没有写明期限的可以不填。")
    )
    proof = forms.ChoiceField(label=lazy("已上传的授权委托书或者证明"), required=False, help_text=lazy("在下面上传的，不用再选。"))

    def __init__(self, data: Any = None, *, place: Place, initial: Any = None) -> None:
        super().__init__(data, initial=initial, renderer=RENDERER)
        self.fields["proof"].choices = [("", _("没有选择")), *uploads.choices_of(place.account)]  # type: ignore[attr-defined]
        dress(self)

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("valid_to") and found.get("valid_from") and found["valid_to"] < found["valid_from"]:
            self.add_error("valid_to", _("截止日期不能早于开始日期。"))
        return found


@login_required
@require_GET
def deputies(request: HttpRequest) -> HttpResponse:
    """Both directions on one page."""
    place = place_of(request)
    rows = Representation.objects.select_related("principal", "account", "case", "proof").defer("proof__data").order_by("-id")
    for_me = rows.filter(principal=place.account.cadre_id) if place.account.cadre_id else rows.none()
    return show(request, "portal/deputies", {
        "for_me": for_me, "by_me": rows.filter(account=place.account), "key": uuid4().hex, "simple": True,
    })  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to act for somebody; the written authority comes along."""
    place = place_of(request)
    start = {"valid_from": place.today, "ground": "MANDATE", "name": place.account.cadre.name if place.account.cadre else ""}
    if request.method == "GET":
        return _ask(request, AskForm(place=place, initial=start))
    data = request.POST.copy()
    refused = _proof(request, place, data)
    form = AskForm(data, place=place)
    readable = form.is_valid()
    if refused is not None or not data.get("proof"):
        form.add_error("proof", f"{refused.reason}{refused.way_out}" if refused else _("请上传授权委托书或者证明（扫描件或者照片）。"))
        readable = False
    if not readable:
        return _ask(request, form, status=422)
    try:
        _send(place, form.cleaned_data, key=request.POST.get("key") or uuid4().hex)
    except Refused as fault:
        form.add_error(fault.field or None, f"{fault.reason}{fault.way_out}")
        return _ask(request, form, status=409)
    success(request, _("已经提出，等待经办人核验。核验通过后，当事人的案件会出现在“我的事项”中。"))
    return redirect("portal_deputies")


def _proof(request: HttpRequest, place: Place, data: Any) -> Refused | None:
    file = request.FILES.get("proof_new")
    if file is None:
        return None
    try:
        data["proof"] = str(uploads.keep(file, by=place.account, at=place.at).pk)
    except Refused as refused:
        return refused
    return None


def _send(place: Place, stated: dict[str, Any], *, key: str) -> None:
    held = next(one for one in uploads.held_by(place.account) if str(one.upload_id) == stated["proof"])
    named = {name: value for name, value in stated.items() if name != "proof"}
    authority.ask(authority.Asked(**named, proof=held.upload), by=place.account, at=place.at, key=key)


def _ask(request: HttpRequest, form: AskForm, *, status: int = 200) -> HttpResponse:
    faults = [(fault.anchor, fault.text) for bound in form for fault in guide.plain_faults(bound)]
    faults += [("id_person", str(error)) for error in form.non_field_errors()]
    context = {"questions": questions(form), "faults": faults, "key": request.POST.get("key") or uuid4().hex, "simple": True}
    return show(request, "portal/deputy_ask", context, status=status)


@login_required
@require_POST
@answered
def end(request: HttpRequest, stand: int) -> HttpResponse:
    """End an authority, from either side."""
    place = place_of(request)
    found = Representation.objects.select_related("principal__unit", "case", "proof").filter(pk=stand).first()
    if found is None or (found.account_id != place.account.pk and found.principal_id != place.account.cadre_id):
        raise Http404(_("没有这份授权。"))
    authority.end(found, by=place.account, at=place.at, key=request.POST.get("key") or uuid4().hex)
    success(request, _("授权已经终止。以前代为办理的事项仍然有效。"))
    return redirect("portal_deputies")
