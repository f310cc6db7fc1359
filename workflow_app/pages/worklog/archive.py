"""The archive of assessment at the office: opened with a purpose, which stands in the record of reads and is shown to the person."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, noting
from workflow_app.assessment.results.edition import for_office
from workflow_app.documents import RenderingFailed
from workflow_app.models import ArchivePaper, AssessmentResult, Cadre, ResultUse
from workflow_app.pages.care.office import day
from workflow_app.pages.care.pools import refused_at
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.portal.archive import explained
from workflow_app.pages.printed import printed
from workflow_app.pages.refusals import answered
from workflow_app.pages.worklog.office import Named, managed, managing
from workflow_app.refusing import Refused
from workflow_app.worklog.archive import archive

LEAST, MOST = 5, 200


def _result(one: AssessmentResult) -> str:
    return f"{one.year} {one.get_grade_display() or _('不定等次')}"


class UseForm(forms.Form):
    """For what a year's result was used."""

    result = Named(_result, label=lazy("哪一年的结果"), queryset=AssessmentResult.objects.none(), empty_label=None)
    use = forms.ChoiceField(label=lazy("运用方式"), choices=ResultUse.Use.choices)
    text = forms.CharField(label=lazy("情况"), max_length=200)
    document = forms.CharField(label=lazy("依据文件"), max_length=120)
    used_on = day(lazy("日期"))


def of(place: Place, key: int) -> Cadre:
    """Somebody whom my desks manage. Raises Http404."""
    found = managed(place).filter(pk=key).first()
    if found is None:
        raise Http404(_("没有这名干部，或者您无权查看。"))
    return found


def _key(cadre: Cadre, place: Place) -> str:
    return f"archive:{cadre.pk}:{place.today}"


def _purpose(request: HttpRequest, cadre: Cadre) -> str:
    """The purpose given today; empty where none was."""
    return str(request.session.get(_key(cadre, place_of(request)), ""))


@login_required
@require_http_methods(["GET", "POST"])
@answered
def archive_of(request: HttpRequest, cadre: int) -> HttpResponse:
    """One person's archive; before the purpose was given, only the question for it."""
    place = place_of(request)
    found = of(place, cadre)
    purpose, do = _purpose(request, found), request.POST.get("do", "")
    if do == "purpose" or not purpose:
        return _ask(request, place, found)
    if do == "issue":
        return _issue(request, place, found, purpose)
    form = _use_form(request, found)
    if do == "use" and form.is_valid():
        try:
            noting.use_result(by=place.account, at=place.at, **form.cleaned_data)
            success(request, _("结果运用已经登记。"))
            return redirect("archive_of", cadre=found.pk)
        except Refused as no:
            refused_at(form, no)
    if request.method == "GET":
        ledger.read(
            account=place.account, what="archive", ref=found.pk, case=None, at=place.at, desk=managing(place, found), reason=purpose
        )
    return _page(request, place, found, form, purpose)


def _page(request: HttpRequest, place: Place, cadre: Cadre, form: UseForm, purpose: str) -> HttpResponse:
    context = {
        "cadre": cadre, "sections": explained(archive(cadre, place.today), for_office), "purpose": purpose, "form": form,
        "papers": cadre.archive_papers.defer("pdf", "content").select_related("issued_by__cadre").order_by("-id"),
        "uses": cadre.results.exists(),
    }  # fmt: skip
    return show(request, "worklog/archive", context, status=422 if form.is_bound else 200)


def _use_form(request: HttpRequest, cadre: Cadre) -> UseForm:
    form = UseForm(request.POST if request.POST.get("do") == "use" else None)
    field = form.fields["result"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = cadre.results.order_by("-year")
    return form


def _ask(request: HttpRequest, place: Place, cadre: Cadre) -> HttpResponse:
    """Ask for the purpose, and keep it for today."""
    typed, fault = request.POST.get("purpose", "").strip(), ""
    if request.method == "POST":
        if LEAST <= len(typed) <= MOST:
            request.session[_key(cadre, place)] = typed
            return redirect("archive_of", cadre=cadre.pk)
        fault = _("查阅目的应写明%(least)s至%(most)s个字，例如“拟订年度考核等次建议”。") % {"least": LEAST, "most": MOST}
    return show(request, "worklog/purpose", {"cadre": cadre, "fault": fault, "typed": typed}, status=422 if fault else 200)


def _issue(request: HttpRequest, place: Place, cadre: Cadre, purpose: str) -> HttpResponse:
    try:
        paper = noting.issue(cadre, purpose, by=place.account, at=place.at)
    except RenderingFailed as no:
        raise Refused(str(no), way_out=_("更正后再签发。"), rule=_("文书")) from no
    success(request, _("考核情况表%(n)s已经签发，本人可以在“我的事项”中看到。") % {"n": paper.number})
    return redirect("archive_of", cadre=cadre.pk)


@login_required
@require_GET
def archive_preview(request: HttpRequest, cadre: int) -> HttpResponse:
    """The form as it would be issued now; only after the purpose was given."""
    place = place_of(request)
    found = of(place, cadre)
    purpose = _purpose(request, found)
    if not purpose:
        return redirect("archive_of", cadre=found.pk)
    ledger.read(account=place.account, what="archive", ref=found.pk, case=None, at=place.at, desk=managing(place, found), reason=purpose)
    try:
        return printed(noting.preview(found, purpose, place.at), "preview.pdf")
    except RenderingFailed as no:
        raise Http404(str(no)) from no


@login_required
@require_GET
def archive_paper(request: HttpRequest, paper: int) -> HttpResponse:
    """A form as it was issued: for the person, and for the office once the purpose was given."""
    place = place_of(request)
    found = ArchivePaper.objects.filter(pk=paper).select_related("cadre__unit").first()
    if found is None or (found.cadre_id != place.account.cadre_id and managing(place, found.cadre) is None):
        raise Http404(_("没有这份文书，或者您无权查看。"))
    purpose = "" if found.cadre_id == place.account.cadre_id else _purpose(request, found.cadre)
    if found.cadre_id != place.account.cadre_id and not purpose:
        return redirect("archive_of", cadre=found.cadre_id)
    ledger.read(
        account=place.account, what="archive", ref=found.cadre_id, case=None, at=place.at, desk=managing(place, found.cadre), reason=purpose
    )
    return printed(bytes(found.pdf), f"{found.number}.pdf")
