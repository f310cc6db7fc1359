"""Schemes: begun, drafted in one form, checked, brought to 100 % by choice, published by another person."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import assessing
from workflow_app.assessment.library import keeping
from workflow_app.assessment.results.grades import highest_share
from workflow_app.assessment.schemes import drafting
from workflow_app.models import Library, Post, Scheme, SchemeGroup, SchemeVersion, UnitGrade
from workflow_app.pages import wording
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused
from workflow_app.revising import consultations

SHARES = ("quantitative", "routine", "multiplier_base")


@login_required
@require_http_methods(["GET", "POST"])
def new_scheme(request: HttpRequest) -> HttpResponse:
    """Begin a scheme."""
    place, refused = place_of(request), None
    organ = office_of(place).unit
    if request.method == "POST":
        try:
            return redirect("scheme", scheme=_begin(request.POST, organ.pk).pk)
        except Refused as no:
            refused = no
    context = {
        "libraries": Library.objects.filter(organ=organ),
        "kinds": wording.labels(Scheme.Kind.choices),
        "abouts": wording.labels(Scheme.About.choices),
        "levels": wording.labels(Post.Level.choices),
        "typed": request.POST,
    }
    return show(request, "assessment/new_scheme", {**context, **said(refused)}, status=422 if refused else 200)


def _begin(typed: QueryDict, organ: int) -> Scheme:
    library = Library.objects.filter(pk=typed.get("library") or 0, organ=organ).first()
    name, kind, level = typed.get("name", "").strip()[:80], typed.get("kind", ""), typed.get("level", "")
    about = typed.get("about") or Scheme.About.PEOPLE.value
    if library is None or kind not in Scheme.Kind.values or about not in Scheme.About.values or (level and level not in Post.Level.values):
        raise Refused(_("须选择指标库和种类。"), way_out=_("逐项选择。"), rule=drafting.RULE, field="library")
    if not name or Scheme.objects.filter(organ=organ, name=name).exists():
        raise Refused(_("须填写名称，且与已有的方案不同。"), way_out=_("改一个名称。"), rule=drafting.RULE, field="name")
    return Scheme.objects.create(
        organ_id=organ, library=library, name=name, kind=kind, about=about, level="" if about == Scheme.About.UNITS else level, region_type=typed.get("region_type", "").strip()[:20],
        post_title=typed.get("post_title", "").strip()[:60],
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def scheme(request: HttpRequest, scheme: int) -> HttpResponse:
    """One scheme: its versions, and the draft that can be worked on."""
    place, refused = place_of(request), None
    found = Scheme.objects.filter(pk=scheme, organ=office_of(place).unit).select_related("library").first()
    if found is None:
        raise Http404(_("没有这个方案。"))
    if request.method == "POST":
        try:
            success(request, _act(request.POST, place, found))
            return redirect("scheme", scheme=found.pk)
        except Refused as no:
            refused = no
    context = {**_context(place, found, request.POST), **said(refused), "opinions": consultations.about_scheme(found)}
    return show(request, "assessment/scheme", context, status=422 if refused else 200)


def _act(typed: QueryDict, place: Place, found: Scheme) -> str:
    """Do what was asked; what it did, in words. Raises Refused."""
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if typed.get("do") == "draft":
        drafting.draft(found, _draft(typed, found, place), **words)
        return _("草稿已经保存，下面列出发布前要改的地方。")
    version = SchemeVersion.objects.filter(scheme=found, published_at__isnull=True).first()
    if version is None:
        raise Refused(_("没有草稿。"), way_out=_("先保存草稿。"), rule=drafting.RULE)
    if typed.get("do") == "normalise":
        assessing.normalise(version, typed.get("why", ""), **words)
        return _("已按比例折算为100%，折算人、理由和原权重都已记录。")
    assessing.publish(version, **words)
    return _("第%(n)s版已经发布，从现在起不能再改。") % {"n": version.number}


def _draft(typed: QueryDict, found: Scheme, place: Place) -> drafting.Draft:
    quantitative, routine, base = (_number(typed, name) for name in SHARES)
    groups = tuple(
        drafting.GroupRow(key, weight, f"trim-{key}" in typed, int(typed.get(f"least-{key}", "") or 1))
        for key in SchemeGroup.Key.values if (weight := _number(typed, f"group-{key}")) is not None and _whole(typed, f"least-{key}")
    )  # fmt: skip
    indicators = tuple(
        drafting.IndicatorRow(code, weight, _number(typed, f"floor-{code}"), tuple(typed.getlist(f"raters-{code}")))
        for code in keeping.in_force(found.library, place.today) if (weight := _number(typed, f"weight-{code}")) is not None
    )  # fmt: skip
    source = typed.get("source", "").strip()[:200]
    return drafting.Draft(
        groups,
        indicators,
        quantitative,
        routine,
        base,
        veto="veto" in typed,
        sources=(("权重", source),) if source else (),
        linked=tuple(_linked(typed)),
    )


def _linked(typed: QueryDict) -> Iterator[drafting.LinkedRow]:
    """The shares by grade of the unit; one without its source is refused, since nothing is linked without a text."""
    source = typed.get("linked-source", "").strip()[:200]
    for grade in UnitGrade.values:
        share = _number(typed, f"linked-{grade}")
        if share is None:
            continue
        if not 0 <= share <= 100:
            raise Refused(_("挂钩比例不对。"), way_out=_("填写0至100的数。"), rule=drafting.RULE, field=f"linked-{grade}")
        if len(source) < 5:
            raise Refused(_("等次挂钩须写明依据。"), way_out=_("填写文件名称和文号。"), rule=drafting.RULE, field="linked-source")
        yield drafting.LinkedRow(grade, share, source)


def _whole(typed: QueryDict, name: str) -> bool:
    text = typed.get(name, "") or "1"
    if not text.isdigit() or int(text) > 9999:
        raise Refused(_("“%(text)s”不是份数。") % {"text": text[:10]}, way_out=_("填写整数。"), rule=drafting.RULE, field=name)
    return True


def _number(typed: QueryDict, name: str) -> Decimal | None:
    text = typed.get(name, "").strip().removesuffix("%")
    if not text:
        return None
    try:
        number = Decimal(text)
        if not number.is_finite() or abs(number) >= 1000 or number != number.quantize(Decimal("0.01")):
            raise InvalidOperation
    except InvalidOperation as wrong:
        raise Refused(
            _("“%(text)s”不是数，或者多于两位小数。") % {"text": text[:10]},
            way_out=_("填写如 35 或 12.5 的数。"),
            rule=drafting.RULE,
            field=name,
        ) from wrong
    return number


def _context(place: Place, found: Scheme, typed: QueryDict) -> dict[str, Any]:
    versions = list(found.versions.select_related("drafted_by__cadre", "published_by__cadre", "normalised_by__cadre"))
    last = versions[-1] if versions else None
    version = last if last is not None and last.published_at is None else None
    kept, groups = _kept(last), dict(wording.labels(SchemeGroup.Key.choices))
    typing = typed.get("do") == "draft"

    def value(name: str) -> str:
        return typed.get(name, "") if typing else kept.get(name, "")

    raters = {code: typed.getlist(f"raters-{code}") if typing else kept.get(f"raters-{code}", ()) for code in _codes(found, place)}
    return {
        "scheme": found, "versions": versions[::-1], "version": version, "wrong": drafting.faults(version, place.today) if version else [],
        "sums": _sums(version), "own": version is not None and version.drafted_by_id == place.account.pk, "limit": keeping.core_limit(found.kind),
        "shares": {name: value(name) for name in SHARES}, "source": value("source"), "veto": "veto" in typed if typing else kept.get("veto", True),
        "groups": [(key, name, value(f"group-{key}"), value(f"least-{key}"), bool(value(f"trim-{key}"))) for key, name in groups.items()],
        "linked": [(grade, name, value(f"linked-{grade}")) for grade, name in wording.labels(UnitGrade.choices)], "linked_source": value("linked-source"),
        "linkable": not found.of_units and found.kind == Scheme.Kind.ANNUAL, "highest": highest_share(found),
        "indicators": [
            (code, one, value(f"weight-{code}"), value(f"floor-{code}"), [(key, name, key in raters[code]) for key, name in groups.items()])
            for code, one in keeping.in_force(found.library, place.today).items()
        ],
    }  # fmt: skip


def _codes(found: Scheme, place: Place) -> list[str]:
    return list(keeping.in_force(found.library, place.today))


def _kept(version: SchemeVersion | None) -> dict[str, Any]:
    """The fields of the form as the last version has them."""
    if version is None:
        return {"veto": True}
    kept: dict[str, Any] = {name: _plain(getattr(version, name)) for name in SHARES}
    kept |= {"veto": version.veto, "source": version.sources[0][1] if version.sources else ""}
    for one in version.groups.all():
        kept |= {f"group-{one.key}": _plain(one.weight), f"least-{one.key}": str(one.least), f"trim-{one.key}": "1" if one.trimmed else ""}
    for link in version.linked.all():
        kept |= {f"linked-{link.grade}": _plain(link.share), "linked-source": link.source}
    for row in version.indicators.select_related("indicator__indicator"):
        code = row.indicator.indicator.code
        kept |= {f"weight-{code}": _plain(row.weight), f"floor-{code}": _plain(row.floor), f"raters-{code}": row.groups}
    return kept


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _sums(version: SchemeVersion | None) -> tuple[str, str] | None:
    """Sums of the draft's weights, when one of them is not 100."""
    if version is None:
        return None
    sums = [sum((one.weight for one in rows), Decimal()) for rows in (version.groups.all(), version.indicators.all())]
    return None if set(sums) == {Decimal(100)} else (_plain(sums[0]), _plain(sums[1]))
