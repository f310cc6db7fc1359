"""Talks in the portal: those I am asked to hold, those with me and my own word to them, and asking for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import talking
from workflow_app.learning import talks as room
from workflow_app.models import Cadre, Talk, TalkWish, TalkWord, Unit
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My talks."""
    place, refused = place_of(request), None
    cadre = Cadre.objects.filter(pk=place.account.cadre_id or 0).select_related("unit").first()
    if cadre is None:
        raise Http404(_("没有与您有关的事项。"))
    if request.method == "POST":
        try:
            success(request, _act(request, place, cadre))
            return redirect("portal_talks")
        except Refused as no:
            refused = no
    wish = TalkWish.objects.filter(cadre=cadre).select_related("talk").order_by("-id").first()
    talk = getattr(wish, "talk", None)
    context = {
        "asked": _asked(place, cadre), "with_me": _with_me(place, cadre), "today": place.today, "simple": True, "refused": refused,
        "typed": request.POST if refused else {}, "wish": wish if wish is not None and (talk is None or room.is_open(talk)) else None,
    }  # fmt: skip
    return show(request, "portal/talks", context, status=422 if refused else 200)


def _all() -> Any:
    return room.talks(list(Unit.objects.filter(manages_cadres=True)))


def _asked(place: Place, cadre: Cadre) -> list[dict[str, Any]]:
    """Talks that I am to hold, and those I held that the person disagrees with."""
    rows = [
        one for one in _all().filter(arrangements__talker=cadre, dropped__isnull=True).distinct() if room.set_of(one).talker_id == cadre.pk
    ]
    found = []
    for one in rows:
        held = room.held_of(one)
        word = room.word_of(held)
        if held is None or word is None or word.word != TalkWord.Word.AGREE:
            found.append({"talk": one, "set": room.set_of(one), "held": held, "word": word, "stand": room.stand_of(one, place.today)})
    return sorted(found, key=lambda row: (row["set"].due_on, row["talk"].pk))


def _with_me(place: Place, cadre: Cadre) -> list[dict[str, Any]]:
    """Talks with me, the newest first."""
    rows = []
    for one in _all().filter(cadre=cadre).order_by("-id"):
        held = room.held_of(one)
        row = {"talk": one, "set": room.set_of(one), "held": held, "word": room.word_of(held), "stand": room.stand_of(one, place.today)}
        rows.append(row)
    return rows


def _act(request: HttpRequest, place: Place, cadre: Cadre) -> str:
    typed, words = request.POST, dict[str, Any](by=place.account, at=place.at)
    do = typed.get("do", "")
    if do == "ask":
        talking.ask(cadre, **words)
        return _("已经提出，安排以后您会收到消息。")
    key = int(typed["key"]) if typed.get("key", "").isdigit() and len(typed["key"]) < 19 else 0
    found: Talk | None = _all().filter(pk=key).first()
    if found is None or (found.cadre_id != cadre.pk if do == "say" else room.set_of(found).talker_id != cadre.pk):
        raise Refused(_("没有这次谈话。"), way_out=_("刷新页面。"), rule=room.RULE)
    if do == "say":
        said = talking.say(found, typed.get("word", ""), typed.get("text", ""), **words)
        return _("已经签收。") if said.word == TalkWord.Word.AGREE else _("您的不同意见已经记录，谈话人和组织部门会收到消息。")
    talking.hold(found, _day(typed.get("held_on", "")), typed.get("agreed", ""), why=typed.get("why", ""), **words)
    return _("谈话情况已经登记，本人会收到消息。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Refused(_("谈话日期不对。"), way_out=_("填写谈话日期。"), rule=room.RULE, field="held_on") from wrong
