"""考核档案: what is kept of one person's assessment, on one page, each entry as it stands in its own table.

No profile, no prediction, no total of a person: entries of several sources are set side by side and never added up. `SOURCES` names every
source; a test holds which tables are read, so that no other can come in unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app.assessment.results.computing import newest_of
from workflow_app.models import (
    AssessmentResult,
    Award,
    Bar,
    Cadre,
    Colour,
    Feedback,
    Groundwork,
    Point,
    ResultUse,
    Score,
    Training,
)
from workflow_app.worklog import groundworks, objectives, summary

MONTHS = 12


@dataclass(frozen=True)
class Entry:
    """One entry: when, what, and what more there is to it. `score` where the page adds the calculation."""

    when: str
    text: str
    more: str = ""
    score: Score | None = None


@dataclass(frozen=True)
class Section:
    """Entries of one source."""

    key: str
    title: str
    empty: str
    entries: list[Entry]


def results(cadre: Cadre, today: date) -> list[Entry]:
    """Annual results, the newest first."""
    rows = AssessmentResult.objects.filter(cadre=cadre).order_by("-year")
    return [Entry(str(one.year), one.get_grade_display() or _("不定等次"), _result(one)) for one in rows]


def _result(one: AssessmentResult) -> str:
    score = _("得分%(s)s") % {"s": one.score} if one.score is not None else ""
    return "；".join(part for part in (one.post_title, score) if part)


def scores(cadre: Cadre, today: date) -> list[Entry]:
    """Computed scores of campaigns, each with its calculation; of political quality too, where a scheme rates it."""
    return [
        Entry(
            str(one.subject.campaign.year), f"{one.subject.campaign.name}：{one.value if one.value is not None else '—'}",
            _("其中政治素质%(p)s") % {"p": one.political} if one.political is not None else "", one,
        )
        for one in newest_of(cadre)
    ]  # fmt: skip


def months(cadre: Cadre, today: date) -> list[Entry]:
    """The months of the last year with their monthly score."""
    found: dict[str, Colour] = {}
    for one in Colour.objects.filter(cadre=cadre).order_by("month", "id"):
        found[one.month] = one
    newest = sorted(found.values(), key=lambda one: one.month, reverse=True)[:MONTHS]
    return [Entry(one.month, str(one.score), one.get_shade_display()) for one in newest]


def lists(cadre: Cadre, today: date) -> list[Entry]:
    """Points of the signed lists, with what the person answered and how the mending stands."""
    rows = Feedback.objects.filter(cadre=cadre, signed_at__isnull=False).select_related("subject__campaign").order_by("-signed_at")
    return [entry for one in rows for entry in _points(one)]


def _points(feedback: Feedback) -> list[Entry]:
    points = feedback.points.prefetch_related("answers", "checks")
    return [Entry(f"{feedback.signed_at:%Y-%m-%d}", f"{one.get_list_display()}：{one.text}", _mending(one)) for one in points]


def _mending(one: Point) -> str:
    answers, checks = list(one.answers.all()), list(one.checks.all())
    parts = [_("%(d)s前整改") % {"d": one.due_on}] if one.due_on else []
    if answers:
        parts.append(_("本人：%(w)s") % {"w": f"{answers[-1].get_stance_display()} {answers[-1].text}".strip()})
    if checks:
        parts.append(_("回头看：%(w)s") % {"w": checks[-1].get_result_display()})
    return "；".join(parts)


def uses(cadre: Cadre, today: date) -> list[Entry]:
    """For what results were used."""
    rows = ResultUse.objects.filter(result__cadre=cadre).select_related("result").order_by("-used_on", "-id")
    return [
        Entry(
            str(one.used_on),
            f"{one.get_use_display()}：{one.note}",
            _("%(y)s年度考核结果；%(d)s") % {"y": one.result.year, "d": one.document},
        )
        for one in rows
    ]


def trainings(cadre: Cadre, today: date) -> list[Entry]:
    """Trainings of plans of help; of counselling nothing."""
    rows = Training.objects.filter(plan__cadre=cadre, corrected__isnull=True).prefetch_related("results").order_by("-first")
    return [Entry(str(one.first), one.course, _training(one)) for one in rows]


def _training(one: Training) -> str:
    ended = list(one.results.all())
    return "；".join([one.place, ended[-1].get_outcome_display() if ended else _("至%(d)s") % {"d": one.last}])


def awards(cadre: Cadre, today: date) -> list[Entry]:
    """Awards as registered, those that a later entry corrected left out."""
    rows = Award.objects.filter(cadre=cadre, corrected__isnull=True).order_by("-awarded_on")
    return [Entry(str(one.awarded_on), one.get_kind_display(), f"{one.issuer}《{one.document}》{one.number}；{one.basis}") for one in rows]


def summaries(cadre: Cadre, today: date) -> list[Entry]:
    """The person's own accounts of years that were handed in, whole."""
    return [Entry(str(one.year), one.text, _("本人%(d)s提交") % {"d": f"{one.at:%Y-%m-%d}"}) for one in summary.handed_in(cadre)]


def goals(cadre: Cadre, today: date) -> list[Entry]:
    """Key results of objectives, each with the progress that was checked; an objective is not added up."""
    return [
        Entry(f"{tree.objective.first:%Y-%m}", f"{tree.objective.title}：{one.result.text}", _reached(one))
        for tree in objectives.trees(cadre) if not hasattr(tree.objective, "ended") for one in tree.branches
    ]  # fmt: skip


def _reached(one: objectives.Branch) -> str:
    if one.counts is None:
        return _("目标值%(t)s，还没有核对过的进度") % {"t": one.result.target}
    return _("目标值%(t)s，核对属实%(v)s（%(d)s）") % {"t": one.result.target, "v": one.counts.value, "d": one.counts.reached_on}


def accounts(cadre: Cadre, today: date) -> list[Entry]:
    """The long-term account over all posts, with what was said about the effect."""
    return [Entry(str(one.first), f"{one.get_account_display()}：{one.title}", _effect(one)) for one in groundworks.of(cadre)]


def _effect(one: Groundwork) -> str:
    word = groundworks.word_of(one)
    said = word.get_outcome_display() if word else _("观察期至%(d)s") % {"d": one.last}
    return "；".join([one.post_title, one.document, str(said)])


def bars(cadre: Cadre, today: date) -> list[Entry]:
    """Bars to promotion that run, each with its end; what is over or lifted stays out."""
    rows = Bar.objects.filter(cadre=cadre, lifted_on__isnull=True, last_day__gte=today).order_by("last_day")
    return [Entry(str(one.first_day), one.reason, _("至%(d)s届满，届满自动失效") % {"d": one.last_day}) for one in rows]


# Key: title, what an empty section says, and where its entries come from. Work data only.
SOURCES: dict[str, tuple[object, object, Callable[[Cadre, date], list[Entry]]]] = {
    "results": (lazy("年度考核结果"), lazy("还没有年度考核结果。"), results),
    "scores": (lazy("考核得分和计算过程"), lazy("还没有计算过的考核得分。"), scores),
    "months": (lazy("岗位对账单（近十二个月）"), lazy("还没有岗位对账单。"), months),
    "lists": (lazy("成绩、问题、整改三单"), lazy("还没有签发的三单。"), lists),
    "summaries": (lazy("年度述职"), lazy("还没有提交的述职。"), summaries),
    "uses": (lazy("考核结果运用"), lazy("还没有登记结果运用。"), uses),
    "trainings": (lazy("帮扶培训"), lazy("没有帮扶培训。"), trainings),
    "goals": (lazy("岗位目标"), lazy("还没有设定岗位目标。"), goals),
    "accounts": (lazy("长期账目"), lazy("还没有长期账目。"), accounts),
    "awards": (lazy("奖励"), lazy("还没有登记奖励。"), awards),
    "bars": (lazy("暂不提拔的期限"), lazy("现在没有暂不提拔的期限。"), bars),
}


def archive(cadre: Cadre, today: date) -> list[Section]:
    """Every section in its order."""
    return [Section(key, str(title), str(empty), source(cadre, today)) for key, (title, empty, source) in SOURCES.items()]
