"""The organ's rules: the list, one rule with its links and reviews, the matrix with its table, and lessons that should go into them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, ruling
from workflow_app.models import Campaign, RuleLesson, RuleLessonWord, Ruling, RulingLink, RulingReview, Upload
from workflow_app.pages.assessment.office import office_of
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.handed_out import handed_out
from workflow_app.pages.revising.acting import day, file_of, handled, lines, pick, status_of
from workflow_app.revising import rulings as room

SHOWN = 50


class RulingForm(forms.Form):
    """A rule."""

    title = forms.CharField(label=lazy("名称"), max_length=120)
    issuer = forms.CharField(label=lazy("制定机关"), max_length=80)
    number = forms.CharField(label=lazy("文号"), max_length=60, required=False)
    first = day(lazy("施行日期"))
    document = forms.FileField(label=lazy("文本"), required=False, help_text=lazy("不能有密级。"))


class LinkForm(forms.Form):
    """How this rule stands to another."""

    kind = forms.ChoiceField(label=lazy("关系"), choices=[("", lazy("请选择")), *RulingLink.Kind.choices])
    other = forms.ChoiceField(label=lazy("另一项制度"), required=False)
    product_rule = forms.ChoiceField(label=lazy("或者系统规则"), required=False, help_text=lazy("系统办案时依照的期限、情形和触发规则。"))
    note = lines(lazy("条款和说明"), 300, lazy("写明第几条、说了什么、差在哪里。"))


class UnlinkForm(forms.Form):
    """A link that no longer holds."""

    link = forms.ChoiceField(label=lazy("关系"))
    reason = forms.CharField(label=lazy("理由"), max_length=200)


class ReviewForm(forms.Form):
    """A review."""

    held_on = day(lazy("评估日期"))
    finding = forms.ChoiceField(label=lazy("结论"), choices=[("", lazy("请选择")), *RulingReview.Finding.choices])
    text = lines(lazy("评估情况和建议"), 1000)


class EndForm(forms.Form):
    """The end of a rule."""

    last = day(lazy("有效至"))
    reason = forms.CharField(label=lazy("废止或者失效的依据"), max_length=300)


class LessonForm(forms.Form):
    """A lesson."""

    source = forms.ChoiceField(label=lazy("来源"), help_text=lazy("您可以查看的已办结案件，或者已结束的测评。"))
    ruling = forms.ChoiceField(label=lazy("涉及的制度"), required=False)
    lesson = lines(lazy("经验教训"), 600, lazy("写事，不写人的姓名。"))
    proposal = lines(lazy("立改废建议"), 600, lazy("建议新立、修改或者废止什么，写到条款。"))


class DecideForm(forms.Form):
    """What becomes of a proposal."""

    lesson = forms.ChoiceField(label=lazy("建议"))
    outcome = forms.ChoiceField(label=lazy("处理"), choices=[("", lazy("请选择")), *RuleLessonWord.Outcome.choices])
    reason = lines(lazy("理由"), 300)


@login_required
@require_http_methods(["GET", "POST"])
def rulings(request: HttpRequest) -> HttpResponse:
    """The rule set, with when each is to be reviewed."""
    place = place_of(request)
    organ = office_of(place).unit

    def perform(_name: str, given: dict[str, Any]) -> str:
        text = room.Text(given["title"], given["issuer"], given["number"], given["first"], file_of(place, given["document"]))
        ruling.enter(organ, text, by=place.account, at=place.at)
        return _("制度已经登记。")

    shown, done = handled(request, {"ruling": RulingForm}, perform)
    if done:
        return redirect("rulings")
    rows = [(one, room.in_force(one, place.today), room.next_review(one), one.reviews.all()) for one in room.rulings(organ)]
    context = {
        "live": [(one, due, list(seen)[-1:], due <= place.today) for one, live, due, seen in rows if live],
        "found": _found([list(seen)[-1:] for _one, live, _due, seen in rows if live]),
        "past": [one for one, live, _due, _seen in rows if not live], "form": shown["ruling"], "months": room.MONTHS,
    }  # fmt: skip
    return show(request, "revising/rulings", context, status=status_of(shown))


def _found(last: list[list[RulingReview]]) -> list[tuple[str, int]]:
    """How many rules in force were found so at their last review; counts of rules, no score."""
    counts = Counter(one.finding for seen in last for one in seen)
    named = [(str(label), counts[value]) for value, label in RulingReview.Finding.choices]
    return [*named, (_("还没有评估"), sum(not seen for seen in last))]


def _ruling(place: Place, key: int) -> Ruling:
    found = room.rulings(office_of(place).unit).select_related("organ").filter(pk=key).first()
    if found is None:
        raise Http404(_("没有这项制度。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def ruling_page(request: HttpRequest, ruling: int) -> HttpResponse:
    """One rule: text, links, reviews, proposals about it."""
    place = place_of(request)
    found, known = _ruling(place, ruling), room.product_rules()
    links = room.between(found)
    others = room.rulings(found.organ).exclude(pk=found.pk)
    choices = {
        "other": [pick(_("不选")), *((str(one.pk), one.title) for one in others)],
        "product_rule": [pick(_("不选")), *((key, f"{key} {one.title}") for key, one in known.items())],
        "link": [pick(), *((str(one.pk), _said(one)) for one in links)],
    }  # fmt: skip

    def perform(name: str, given: dict[str, Any]) -> str:
        return _done(name, given, place, found)

    kinds: dict[str, type[forms.Form]] = {"link": LinkForm, "unlink": UnlinkForm, "review": ReviewForm, "end": EndForm}
    shown, done = handled(request, kinds, perform, choices, {"review": {"held_on": place.today}})
    if done:
        return redirect("ruling", ruling=found.pk)
    context = {
        "ruling": found, "links": [(one, known.get(one.product_rule)) for one in links], "due": room.next_review(found), "today": place.today,
        "live": room.in_force(found, place.today), "reviews": found.reviews.all(), "forms": shown, "did": request.POST.get("do", ""),
        "lessons": found.lessons.select_related("by__cadre", "word"), "ended": getattr(found, "ended", None), "months": room.MONTHS,
    }  # fmt: skip
    return show(request, "revising/ruling", context, status=status_of(shown))


def _said(one: RulingLink) -> str:
    return f"{one.ruling.title} → {one.other.title if one.other else one.product_rule}：{one.get_kind_display()}"


def _done(name: str, given: dict[str, Any], place: Place, found: Ruling) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if name == "link":
        other = Ruling.objects.filter(pk=given["other"] or 0).first()
        ruling.link(found, other, given["product_rule"], given["kind"], given["note"], **words)
        return _("关系已经登记。")
    if name == "unlink":
        ruling.unlink(RulingLink.objects.select_related("ruling__organ").get(pk=given["link"]), given["reason"], **words)
        return _("关系已经解除。")
    if name == "review":
        ruling.review(found, given["held_on"], given["finding"], given["text"], **words)
        return _("评估已经登记，下次评估日期重新计算。")
    ruling.end(found, given["last"], given["reason"], **words)
    return _("废止已经登记。")


@login_required
@require_GET
def ruling_text(request: HttpRequest, ruling: int) -> HttpResponse:
    """The text of a rule, as a file."""
    found = _ruling(place_of(request), ruling)
    if found.document is None:
        raise Http404(_("没有上传文本。"))
    return handed_out(Upload.objects.get(pk=found.document.pk), found.document.name)


@login_required
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Rules by rules, and the same as a table of pairs."""
    place = place_of(request)
    organ = office_of(place).unit
    known = room.product_rules()
    pairs = [(one, known.get(one.product_rule)) for one in room.links(organ) if room.in_force(one.ruling, place.today)]
    counts = [(label, sum(one.kind == kind for one, _known in pairs)) for kind, label in RulingLink.Kind.choices]
    return show(request, "revising/matrix", {"matrix": room.matrix(organ, place.today), "pairs": pairs, "counts": counts})


@login_required
@require_http_methods(["GET", "POST"])
def lessons(request: HttpRequest) -> HttpResponse:
    """Lessons of closed cases and campaigns that should go into the rules. People write and decide them."""
    place = place_of(request)
    desk = office_of(place)
    cases = place.cases().filter(finished__isnull=False).order_by("-finished")[:SHOWN]
    campaigns = Campaign.objects.filter(organ=desk.unit, closed_at__isnull=False)[:SHOWN]
    rows = list(RuleLesson.objects.filter(organ=desk.unit).select_related("by__cadre", "word__by__cadre", "case", "campaign", "ruling"))
    sources = [(f"case:{one.pk}", f"{one.number}") for one in cases] + [(f"campaign:{one.pk}", one.name) for one in campaigns]
    choices = {
        "source": [pick(), *sources], "ruling": [pick(_("不选")), *((str(one.pk), one.title) for one in room.rulings(desk.unit))],
        "lesson": [pick(), *((str(one.pk), one.proposal[:40]) for one in rows if not hasattr(one, "word") and one.by_id != place.account.pk)],
    }  # fmt: skip

    def perform(name: str, given: dict[str, Any]) -> str:
        return _learnt(name, given, place)

    shown, done = handled(request, {"learn": LessonForm, "decide": DecideForm}, perform, choices)
    if done:
        return redirect("lessons")
    ledger.read(account=place.account, what="lessons", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    seen = set(place.cases().filter(pk__in=[one.case_id for one in rows if one.case_id]).values_list("pk", flat=True))
    context = {"rows": rows, "seen": seen, "forms": shown, "open": len(choices["lesson"]) > 1, "any": bool(sources)}
    return show(request, "revising/lessons", context, status=status_of(shown))


def _learnt(name: str, given: dict[str, Any], place: Place) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    organ = office_of(place).unit
    if name == "decide":
        ruling.decide(RuleLesson.objects.select_related("organ").get(pk=given["lesson"]), given["outcome"], given["reason"], **words)
        return _("处理情况已经记录，提出人会收到消息。")
    kind, _colon, key = given["source"].partition(":")
    case = place.cases().filter(pk=key).first() if kind == "case" else None
    campaign = Campaign.objects.filter(pk=key, organ=organ).first() if kind == "campaign" else None
    about = Ruling.objects.filter(pk=given["ruling"] or 0, organ=organ).first()
    ruling.learn(organ, room.Lesson(given["lesson"], given["proposal"], case, campaign, about), **words)
    return _("建议已经提出，由另一名人员处理。")
