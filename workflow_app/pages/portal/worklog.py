"""My record of work in the portal, made for a phone: a few lines a week, the month beside its statement, the year's own account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import noting, uploads
from workflow_app.models import Cadre, MonthWord, WorkLine
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.worklog.office import around, month_asked, own_unit
from workflow_app.refusing import Refused
from workflow_app.worklog import lines, summary
from workflow_app.worklog.rules import A_WEEK, DIARY, monday, month_of, weeks_of

BACK = 8  # weeks offered in the form; an earlier one is opened by its month


class LineForm(forms.Form):
    """One line of a week."""

    week = forms.TypedChoiceField(label=lazy("哪一周"), coerce=date.fromisoformat)
    text = forms.CharField(
        label=lazy("做了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("一两句话：做了什么、到什么程度。只写履行职责的事；不写行踪，不写个人和家庭生活。"),
    )  # fmt: skip
    duty = forms.CharField(label=lazy("对应职责或者目标"), max_length=120, widget=forms.TextInput(attrs={"list": "duties"}))
    file = forms.FileField(
        label=lazy("佐证材料（可以不附）"), required=False, help_text=lazy("带有拍摄位置的照片不收。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"}),
    )  # fmt: skip
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(label=lazy("更正理由"), max_length=200, required=False)

    def __init__(self, *args: Any, weeks: list[date], correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["week"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [(str(one), _words_of(one)) for one in weeks]
        if not correcting:
            del self.fields["why"]
        for name in ("week", "text", "duty", "file", "why"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "form-select" if name == "week" else "form-control"


def _words_of(week: date) -> str:
    last = week + timedelta(days=6)
    return _("%(a)s至%(b)s") % {"a": f"{week.month}月{week.day}日", "b": f"{last.month}月{last.day}日"}


def own(place: Place) -> Cadre:
    """The person themself. Raises Http404 for accounts of nobody."""
    found = Cadre.objects.filter(pk=place.account.cadre_id or 0).select_related("unit", "post__unit").first()
    if found is None:
        raise Http404(_("没有与您有关的事项。"))
    return found


def _weeks(place: Place, month: str, extra: date | None) -> list[date]:
    now = monday(place.today)
    recent = [now - n * A_WEEK for n in range(BACK)]
    shown = [one for one in weeks_of(month) if one <= now]
    return sorted({*recent, *shown, *([extra] if extra else [])}, reverse=True)


def _old(cadre: Cadre, key: str) -> WorkLine | None:
    return WorkLine.objects.filter(cadre=cadre, pk=int(key), corrected__isnull=True).first() if key.isdigit() and len(key) < 18 else None


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My weeks of a month, the statement beside them, and the form for one more line."""
    place = place_of(request)
    cadre, refused = own(place), None
    old = _old(cadre, request.POST.get("corrects") or request.GET.get("correct", ""))
    month = month_asked(request.GET.get("month", month_of(old.week) if old else ""), place.today)
    form = _form(request, place, month, old)
    if request.method == "POST":
        try:
            if _posted(request, place, cadre, form, old):
                return redirect(f"{reverse('portal_worklog')}?month={month}")
        except Refused as no:
            refused = no
            if no.field in form.fields:
                form.add_error(no.field, f"{no.reason}{no.way_out}")
    return show(request, "portal/worklog", _context(place, cadre, month, form, refused), status=422 if request.method == "POST" else 200)


def _form(request: HttpRequest, place: Place, month: str, old: WorkLine | None) -> LineForm:
    kept: dict[str, Any] = {"weeks": _weeks(place, month, old.week if old else None), "correcting": old is not None}
    if request.method == "POST" and request.POST.get("do") == "write":
        return LineForm(request.POST, request.FILES, **kept)
    first = {"week": str(monday(place.today))}
    if old is not None:
        first = {"week": str(old.week), "text": old.text, "duty": old.duty, "corrects": str(old.pk)}
    return LineForm(initial=first, **kept)


def _posted(request: HttpRequest, place: Place, cadre: Cadre, form: LineForm, old: WorkLine | None) -> bool:
    """Whether what was sent was taken; else its form says why not. Raises Refused."""
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if request.POST.get("do") == "month":
        typed = request.POST
        noting.reconcile(cadre, typed.get("month", "")[:7], typed.get("stance", ""), typed.get("text", "")[:500], **words)
        success(request, _("对账意见已经记录。"))
        return True
    if not form.is_bound or not form.is_valid():
        return False
    said, file = form.cleaned_data, form.cleaned_data["file"]
    if said["corrects"] and old is None:
        raise Refused(_("这一条已经更正过。"), way_out=_("更正最新的一条。"), rule=DIARY, field="text")
    kept = _kept(file, place) if file else None
    name = uploads.plain_name(file.name) if file else ""
    one = lines.Written(
        said["week"], said["text"], said["duty"], kept or (old.upload if old else None), name or (old.file_name if old else "")
    )
    noting.write(cadre, one, corrects=old, why=said.get("why", ""), **words)
    success(request, _("更正已经记录，原来的一条保留。") if old else _("已经记录。"))
    return True


def _kept(file: Any, place: Place) -> Any:
    """The file, checked. Raises Refused at its field."""
    try:
        return uploads.keep(file, by=place.account, at=place.at, placeless=True)
    except Refused as no:
        raise Refused(no.reason, way_out=no.way_out, rule=no.rule, field="file") from no


def _context(place: Place, cadre: Cadre, month: str, form: LineForm, refused: Refused | None) -> dict[str, Any]:
    before, after = around(month, place.today)
    duties = WorkLine.objects.filter(cadre=cadre).order_by("duty").values_list("duty", flat=True).distinct()[:20]
    return {
        "month": lines.month(cadre, month, place.today), "form": form, "duties": duties, "before": before, "after": after, "simple": True,
        "refused": refused if refused and refused.field not in form.fields else None, "stances": MonthWord.Stance.choices,
        "correcting": "why" in form.fields, "heads": bool(own_unit(place)), "year": month[:4], "most": lines.MOST,
    }  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def my_summary(request: HttpRequest, year: int) -> HttpResponse:
    """My account of a year: the text of the last edition, or drawn from the lines; kept as often as wanted, then handed in."""
    place, refused = place_of(request), None
    cadre = own(place)
    if not 2000 <= year <= place.today.year:
        raise Http404(_("没有这个年度。"))
    newest, typed = summary.newest(cadre, year), request.POST.get("text")
    if request.method == "POST" and request.POST.get("do") in ("save", "hand_in"):
        hand_in = request.POST["do"] == "hand_in"
        try:
            noting.save_summary(cadre, year, typed or "", hand_in=hand_in, by=place.account, at=place.at)
            success(request, _("述职已经提交，存入考核档案。") if hand_in else _("草稿已经保存，只有您自己能看到。"))
            return redirect("my_summary", year=year)
        except Refused as no:
            refused = no
    drawn = summary.drawn(cadre, year)
    text = drawn if request.POST.get("do") == "draw" else typed if typed is not None else newest.text if newest else drawn
    context = {
        "year": year, "text": text, "newest": newest, "drawn": bool(drawn), "refused": refused, "simple": True, "most": summary.MOST,
        "editions": cadre.duty_summaries.filter(year=year), "years": summary.years(cadre, place.today),
    }  # fmt: skip
    return show(request, "portal/summary", context, status=422 if refused else 200)
