"""Experts are asked: at the office the question, the draw and the opinions; for the expert a page with what is asked and nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import consulting, ledger
from workflow_app.assessment.library import keeping
from workflow_app.models import (
    AssessorField,
    Consultation,
    ExpertInvitation,
    ExpertOpinion,
    ExpertWord,
    IndicatorVersion,
    Library,
    SchemeVersion,
    Unit,
    Upload,
)
from workflow_app.pages.assessment.office import office_of
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.handed_out import handed_out
from workflow_app.pages.revising.acting import day, file_of, handled, lines, pick, status_of
from workflow_app.revising import consultations as room
from workflow_app.revising.experts import type_matter


class AskForm(forms.Form):
    """A question to experts."""

    matter = forms.ChoiceField(label=lazy("征求什么的意见"))
    field = forms.ChoiceField(label=lazy("领域"))
    question = lines(lazy("征求意见的问题"), 500, lazy("写清要专家回答什么；专家只看得到这个问题和所问的内容。"))
    due_on = day(lazy("答复期限"))


class AnnounceForm(forms.Form):
    """How many are drawn."""

    count = forms.IntegerField(label=lazy("抽取人数"), min_value=1, max_value=30)


class DrawForm(forms.Form):
    """Nothing to fill in: the seed is fixed."""


class NameForm(forms.Form):
    """Somebody by name."""

    assessor = forms.ChoiceField(label=lazy("专家"))
    reason = forms.CharField(label=lazy("点名邀请的理由"), max_length=300)


class WordForm(forms.Form):
    """Whether an invitation is taken."""

    word = forms.ChoiceField(label=lazy("是否接受邀请"), choices=[("", lazy("请选择")), *ExpertWord.Word.choices])
    reason = forms.CharField(label=lazy("谢绝或者回避的理由"), max_length=300, required=False, help_text=lazy("接受的不用填。"))


class OpinionForm(forms.Form):
    """What an expert says."""

    view = forms.ChoiceField(label=lazy("意见"), choices=[("", lazy("请选择")), *ExpertOpinion.View.choices])
    text = lines(lazy("具体意见"), 2000, lazy("提出以后不能改。"))


class LetterForm(forms.Form):
    """A letter of an expert without an account: the answer to the invitation or the opinion."""

    invitation = forms.ChoiceField(label=lazy("专家"))
    word = forms.ChoiceField(label=lazy("是否接受邀请"), choices=[("", lazy("已经答复过")), *ExpertWord.Word.choices], required=False)
    reason = forms.CharField(label=lazy("谢绝或者回避的理由"), max_length=300, required=False)
    view = forms.ChoiceField(label=lazy("意见"), choices=[("", lazy("来函没有提出意见")), *ExpertOpinion.View.choices], required=False)
    text = lines(lazy("具体意见"), 2000, lazy("照来函原文录入。"), required=False)
    letter = forms.FileField(label=lazy("来函"))

    def clean(self) -> dict[str, Any]:
        """A letter says something."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("word") and not given.get("view"):
            raise forms.ValidationError(_("来函须有是否接受邀请的答复，或者有意见。"))
        return given


def matters(organ: Unit, today: Any) -> list[tuple[str, str]]:
    """What can be asked about: libraries, indicators in force, and versions of schemes, drafts too."""
    found = []
    for library in Library.objects.filter(organ=organ):
        found.append((f"library:{library.pk}", _("指标库：%(name)s") % {"name": library.name}))
        found += [(f"indicator:{one.pk}", _("指标：%(name)s") % {"name": one}) for one in keeping.in_force(library, today).values()]
    for version in SchemeVersion.objects.filter(scheme__organ=organ).select_related("scheme").order_by("scheme__name", "-number"):
        found.append((f"version:{version.pk}", _("方案：%(name)s") % {"name": version}))
    return found


def _matter(text: str) -> type_matter:
    """What was chosen; the form has checked that it is offered."""
    kind, _colon, key = text.partition(":")
    models: dict[str, Any] = {"library": Library, "indicator": IndicatorVersion, "version": SchemeVersion}
    found: type_matter = models[kind].objects.get(pk=key)
    return found


@login_required
@require_http_methods(["GET", "POST"])
def consultations(request: HttpRequest) -> HttpResponse:
    """Everything the organ has asked experts, and a new question."""
    place = place_of(request)
    organ = office_of(place).unit
    fields = AssessorField.objects.filter(organ=organ)
    choices = {"matter": [pick(), *matters(organ, place.today)], "field": [pick(), *((str(one.pk), one.name) for one in fields)]}

    def perform(_name: str, given: dict[str, Any]) -> str:
        asking = room.Asking(_matter(given["matter"]), fields.get(pk=given["field"]), given["question"], given["due_on"])
        consulting.ask(organ, asking, by=place.account, at=place.at)
        return _("问题已经登记，下一步抽取或者点名邀请专家。")

    shown, done = handled(request, {"ask": AskForm}, perform, choices)
    if done:
        return redirect("consultation", consultation=Consultation.objects.filter(organ=organ).latest("id").pk)
    rows = Consultation.objects.filter(organ=organ).select_related("field", "indicator", "library", "version__scheme")
    context = {
        "rows": [(one, _counts(one)) for one in rows.prefetch_related("invitations__opinion")],
        "form": shown["ask"],
        "fields": fields,
    }
    return show(request, "revising/consultations", context, status=status_of(shown))


def _counts(asked: Consultation) -> tuple[int, int]:
    invited = list(asked.invitations.all())
    return len(invited), sum(hasattr(one, "opinion") for one in invited)


def _consultation(place: Place, key: int) -> Consultation:
    rows = Consultation.objects.filter(pk=key, organ=office_of(place).unit)
    found = rows.select_related("organ", "field", "indicator", "library", "version__scheme", "by__cadre").first()
    if found is None:
        raise Http404(_("没有这次征求意见。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def consultation(request: HttpRequest, consultation: int) -> HttpResponse:
    """One question: who may be asked, the draw with what is needed to compute it again, the invitations and what they said."""
    place = place_of(request)
    found = _consultation(place, consultation)
    people = room.candidates(found, place.today)
    invited = found.invitations.select_related("assessor__cadre", "word__letter", "opinion__letter", "draw").order_by("id")
    by_letter = [one for one in invited if one.assessor.account_id is None and not hasattr(one, "opinion")]
    choices = {
        "assessor": [pick(), *((str(one.pk), f"{one.name}（{one.workplace}）") for one, why in people if not why)],
        "invitation": [pick(), *((str(one.pk), one.assessor.name) for one in by_letter)],
    }  # fmt: skip

    def perform(name: str, given: dict[str, Any]) -> str:
        return _done(name, given, place, found)

    kinds: dict[str, type[forms.Form]] = {"announce": AnnounceForm, "draw": DrawForm, "name": NameForm, "letter": LetterForm}
    shown, done = handled(request, kinds, perform, choices)
    if done:
        return redirect("consultation", consultation=found.pk)
    ledger.read(account=place.account, what="consultation", ref=found.pk, case=None, at=place.at, desk=office_of(place))
    draws = list(found.draws.select_related("by__cadre", "drawn__by__cadre"))
    context = {
        "asked": found, "people": people, "free": sum(not why for _one, why in people), "invited": invited, "forms": shown, "by_letter": by_letter,
        "draws": [(one, getattr(one, "drawn", None), room.right(one.drawn) if hasattr(one, "drawn") else None) for one in draws],
        "waiting": next((one for one in draws if not hasattr(one, "drawn")), None), "own": place.account.pk, "did": request.POST.get("do", ""),
    }  # fmt: skip
    return show(request, "revising/consultation", context, status=status_of(shown))


def _done(name: str, given: dict[str, Any], place: Place, found: Consultation) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if name == "announce":
        consulting.announce(found, given["count"], **words)
        return _("抽取已经公布，种子的散列值已经记入台账；由另一名人员抽取。")
    if name == "draw":
        consulting.draw(found.draws.filter(drawn__isnull=True).latest("id"), **words)
        return _("抽取完成，抽中的专家已经邀请。")
    if name == "name":
        consulting.name(found, found.organ.assessors.get(pk=given["assessor"]), given["reason"], **words)
        return _("已经邀请。")
    invitation = found.invitations.select_related("assessor").get(pk=given["invitation"])
    letter = file_of(place, given["letter"])
    consulting.by_letter(invitation, given, letter, **words)
    return _("来函已经登记。")


@login_required
@require_GET
def expert_letter(request: HttpRequest, consultation: int, upload: int) -> HttpResponse:
    """A letter that was entered with an answer; reading it is recorded."""
    place = place_of(request)
    found = _consultation(place, consultation)
    kept = {one.letter_id for kind in (ExpertWord, ExpertOpinion) for one in kind.objects.filter(invitation__consultation=found)}
    if upload not in kept:
        raise Http404(_("没有这份来函。"))
    ledger.read(account=place.account, what="expert_letter", ref=upload, case=None, at=place.at, desk=office_of(place))
    file = Upload.objects.get(pk=upload)
    return handed_out(file, file.name)


@login_required
@require_GET
def my_opinions(request: HttpRequest) -> HttpResponse:
    """What I am asked as an expert."""
    place = place_of(request)
    rows = ExpertInvitation.objects.filter(assessor__account=place.account).select_related(
        "consultation__indicator", "consultation__library", "consultation__version__scheme", "word", "opinion"
    )
    return show(request, "revising/my_opinions", {"rows": rows.order_by("-id"), "simple": True})


@login_required
@require_http_methods(["GET", "POST"])
def my_opinion(request: HttpRequest, invitation: int) -> HttpResponse:
    """One question to me: what is asked about, my answer, my opinion. Of others who are asked nothing is shown."""
    place = place_of(request)
    rows = ExpertInvitation.objects.filter(pk=invitation, assessor__account=place.account)
    found = rows.select_related(
        "assessor", "consultation__indicator__indicator", "consultation__library", "consultation__version__scheme"
    ).first()
    if found is None:
        raise Http404(_("没有征求您的这项意见。"))

    def perform(name: str, given: dict[str, Any]) -> str:
        if name == "word":
            consulting.answer(found, given["word"], given["reason"], None, by=place.account, at=place.at)
            return _("您的答复已经记录。")
        consulting.give(found, given["view"], given["text"], None, by=place.account, at=place.at)
        return _("您的意见已经提出。")

    shown, done = handled(request, {"word": WordForm, "opinion": OpinionForm}, perform)
    if done:
        return redirect("my_opinion", invitation=found.pk)
    word, opinion = (getattr(found, name, None) for name in ("word", "opinion"))
    context = {"one": found, "asked": found.consultation, "word": word, "opinion": opinion, "forms": shown, "simple": True}
    return show(request, "revising/my_opinion", {**context, **_content(found.consultation, place)}, status=status_of(shown))


def _content(asked: Consultation, place: Place) -> dict[str, Any]:
    """What is asked about, as far as an opinion needs it: no ratings, no people."""
    if asked.indicator:
        return {"indicators": [(asked.indicator.indicator.code, asked.indicator, None)]}
    if asked.library:
        return {"indicators": [(code, one, None) for code, one in keeping.in_force(asked.library, place.today).items()]}
    assert asked.version is not None
    rows = asked.version.indicators.select_related("indicator__indicator")
    return {
        "indicators": [(one.indicator.indicator.code, one.indicator, one.weight) for one in rows], "groups": asked.version.groups.all(),
        "weighted": True,
    }  # fmt: skip
