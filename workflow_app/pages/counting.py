"""Figures of a unit and those below: counted from what stands in the tables, shown from five people up or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from workflow_app.law import current_edition
from workflow_app.learning import record
from workflow_app.models import AssessmentResult, Case, Decision, Participant, Record, ResultUse, TrainingClass, WorkItem
from workflow_app.nodes import PATHS
from workflow_app.pages import wording
from workflow_app.suppression import K, Shown, suppress

NEWEST = 20_000  # finished items that the times are worked out from


@dataclass(frozen=True)
class Bar:
    """One row of a table and one bar of its picture; `number` is None where it is hidden."""

    name: str
    number: int | None
    width: int  # of 100


@dataclass(frozen=True)
class Figure:
    """One figure: what is counted, of whom, row by row."""

    key: str
    title: str
    note: str
    unit: str
    bars: tuple[Bar, ...]
    total: int | None = None
    hidden: bool = False


def figure(key: str, title: str, note: str, counts: dict[str, int]) -> Figure:
    """A figure of people or cases, hidden below five."""
    shown: Shown = suppress(counts)
    return Figure(
        key,
        title,
        note,
        _("人（件）"),
        _bars(shown.cells),
        shown.total,
        any(one is None for one in shown.cells.values()) or shown.total is None,
    )


def _bars(cells: dict[str, int | None]) -> tuple[Bar, ...]:
    longest = max([one or 0 for one in cells.values()], default=0) or 1
    return tuple(Bar(name, number, max(round(100 * (number or 0) / longest), 1 if number else 0)) for name, number in cells.items())


def within(units: Iterable[str], field: str) -> Q:
    """Rows of units whose path begins with one of `units`."""
    found = Q(pk__in=[])
    for path in units:
        found |= Q(**{f"{field}__path__startswith": path})
    return found


def everything(units: list[str]) -> list[Figure]:
    """All figures of these units, in the order of the page."""
    counted = [grades(units), reasons(units), kinds(units), ages(units), restored(units), filled(units), uses(units), remedies(units)]
    return [*counted, trained(units), *times(units)]


def grades(units: list[str]) -> Figure:
    """Annual grades of the newest year."""
    rows = AssessmentResult.objects.filter(within(units, "cadre__unit"))
    year = rows.order_by("-year").values_list("year", flat=True).first()
    counted = Counter(rows.filter(year=year or 0).values_list("grade", flat=True))
    names = [*wording.labels(AssessmentResult.Grade.choices), ("", _("未定等次"))]
    title = _("%(year)s年度考核等次") % {"year": year} if year else _("年度考核等次")
    return figure("grades", title, _("已导入的年度考核结果。"), {str(label): counted[value] for value, label in names} if year else {})


def _cases(units: list[str], path: str) -> Any:
    return Case.objects.filter(within(units, "organ"), flow_class=PATHS[path])


def reasons(units: list[str]) -> Figure:
    """Situations that cases on the way down are about: as proposed, else as registered. A case may name several."""
    titles = {row["code"]: row["title"] for row in current_edition().figures["situations"]}
    counted: Counter[str] = Counter()
    for settled in _cases(units, "DownPath").values_list("settled", flat=True).iterator():
        named = settled.get("propose", {}).get("situations") or settled.get("register_clue", {}).get("situations") or []
        counted.update(set(named))
    rows = {f"{code} {wording.said(titles.get(code, ''))}": counted[code] for code in sorted(counted)}
    return figure("reasons", _("调整事由"), _("一个案件可以涉及几种情形。"), rows)


def kinds(units: list[str]) -> Figure:
    """Adjustments decided, by kind."""
    titles = {row["code"]: row["title"] for row in current_edition().figures["kinds"]}
    rows = Decision.objects.filter(within(units, "organ"), kind=Decision.Kind.ADJUSTMENT)
    counted = Counter(str(measure.get("kind", "")) for measure in rows.values_list("measure", flat=True))
    return figure("kinds", _("调整方式"), _("已作出的调整决定。"), {wording.said(titles.get(code, code)): counted[code] for code in titles})


AGES = ((0, 34), (35, 39), (40, 44), (45, 49), (50, 54), (55, 200))


def _band(birth: str, on: date) -> str:
    """The band of the age reached by the month of the decision; empty where no month of birth is kept."""
    if not birth:
        return ""
    age = on.year - int(birth[:4]) - (on.month < int(birth[5:7]))
    first, last = next(band for band in AGES if band[0] <= age <= band[1])
    return (
        _("%(n)s岁以下") % {"n": last + 1}
        if first == 0
        else _("%(n)s岁及以上") % {"n": first}
        if last == 200
        else _("%(a)s至%(b)s岁") % {"a": first, "b": last}
    )


def ages(units: list[str]) -> Figure:
    """People whose post was adjusted, by age at their last decision. Of education nothing is kept, so nothing is counted."""
    rows = Decision.objects.filter(within(units, "organ"), kind=Decision.Kind.ADJUSTMENT).order_by("decided_on", "id")
    last = {cadre: _band(birth, on) for cadre, birth, on in rows.values_list("cadre", "cadre__birth_month", "decided_on")}
    counted = Counter(last.values())
    names = [_band("2000-01", date(2000 + (first or 30), 1, 1)) for first, _last in AGES]
    counts = {name: counted[name] for name in names} | ({_("没有出生年月"): counted[""]} if counted[""] else {})
    return figure("ages", _("被调整人员的年龄结构"), _("按最近一次调整决定时的年龄；学历不收集，不统计。"), counts if last else {})


def filled(units: list[str]) -> Figure:
    """Posts filled by cases on the way up, by competition and otherwise."""
    appointed = Record.objects.filter(kind="ACT", step="appoint", case=OuterRef("pk")).exclude(outcome="not_elected")
    cases = _cases(units, "UpPath").filter(Exists(appointed))
    competed = Record.objects.filter(kind="ACT", step="announce_competition", case=OuterRef("pk"))
    posts, by_competition = cases.count(), cases.filter(Exists(competed)).count()
    counts = {_("竞争上岗"): by_competition, _("其他方式"): posts - by_competition} if posts else {}
    return figure("filled", _("任职方式"), _("已任职的案件；竞争上岗占多少，由这里的数相除。"), counts)


def uses(units: list[str]) -> Figure:
    """For what results of years were used, as noted with their documents."""
    rows = ResultUse.objects.filter(within(units, "result__cadre__unit"))
    counted = Counter(rows.values_list("use", flat=True))
    counts = {str(label): counted[value] for value, label in ResultUse.Use.choices} if counted else {}
    return figure("uses", _("考核结果运用"), _("已登记的运用，按方式计数；一个结果可以有几种运用。"), counts)


def restored(units: list[str]) -> Figure:
    """Who came down, and who of them was appointed again later."""
    rows = Decision.objects.filter(within(units, "organ"), kind=Decision.Kind.ADJUSTMENT)
    later = Record.objects.filter(kind="ACT", step="appoint", case__cadre=OuterRef("cadre"), at__date__gt=OuterRef("decided_on"))
    down = rows.values("cadre").distinct().count()
    again = rows.filter(Exists(later)).values("cadre").distinct().count()
    counts = {_("重新任职"): again, _("尚未重新任职"): down - again} if down else {}
    return figure("restored", _("调整后重新任职"), _("作出过调整决定的干部，每人计一次。"), counts)


def remedies(units: list[str]) -> Figure:
    """Reviews and appeals with their outcomes."""
    acts = Record.objects.filter(
        within(units, "case__organ"), kind="ACT", case__flow_class=PATHS["RemedyPath"], step__in=("review", "decide")
    )
    counts: Counter[str] = Counter()
    steps = {name: PATHS["RemedyPath"].node_of(name).step for name in ("review", "decide")}
    for step, outcome, number in acts.values_list("step", "outcome").annotate(n=Count("pk")):
        labels = {str(value): str(label) for value, label in steps[step].outcomes.choices}
        counts[f"{wording.said(steps[step].title)}：{wording.said(labels.get(outcome, outcome))}"] += number
    open_ones = _cases(units, "RemedyPath").filter(finished__isnull=True).count()
    if open_ones or counts:
        counts[_("正在办理")] = open_ones
    return figure("remedies", _("复核、申诉和结果"), _("在本单位办理的复核和申诉。"), dict(counts))


def trained(units: list[str]) -> Figure:
    """People trained in classes that ended in the year of the newest one, by kind of class. Somebody in two kinds counts in both."""
    rows = Participant.objects.filter(within(units, "cadre__unit"), training_class__called_off__isnull=True, results__isnull=False)
    year = max((one.year for one in rows.values_list("training_class__terms__last", flat=True).distinct()), default=0)
    found = record.trained(within(units, "cadre__unit"), year) if year else []
    people = {(one.training_class.kind, one.cadre_id) for one, _result in found}
    counted = Counter(kind for kind, _cadre in people)
    title = _("%(year)s年参加培训的人员") % {"year": year} if year else _("参加培训的人员")
    note = _("班次在这一年结束、登记为完成或者部分参加的干部；参加两类班次的各计一次。")
    return figure("trained", title, note, {str(label): counted[value] for value, label in TrainingClass.Kind.choices} if year else {})


def times(units: list[str]) -> list[Figure]:
    """Median days in each step, from five finished items up."""
    return [one for path in PATHS if (one := _times(units, path)) is not None]


def _times(units: list[str], path: str) -> Figure | None:
    items = WorkItem.objects.filter(within(units, "process__organ"), process__flow_class=PATHS[path], status="DONE", finished__isnull=False)
    took: dict[str, list[float]] = defaultdict(list)
    for step, begun, ended in items.order_by("-id").values_list("step", "created", "finished")[:NEWEST]:
        took[step].append((ended - begun) / timedelta(days=1))
    order = [node.step for node in PATHS[path].humans() if node.step.name in took]
    cells: dict[str, int | None] = {
        f"{step.no} {wording.said(step.title)}": round(median(took[step.name])) if len(took[step.name]) >= K else None for step in order
    }
    if not cells:
        return None
    title = _("各环节用时：%(path)s") % {"path": wording.path_title(PATHS[path])}
    return Figure(f"times-{path}", title, _("从送达岗位到办结的天数，取中位数；办结不足五件的不显示。"), _("天"), _bars(cells), None, None in cells.values())  # fmt: skip
