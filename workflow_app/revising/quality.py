"""Eleven figures about assessment work itself (004), each from what this system has: no figure is typed in, none is about a person."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as lazy

from workflow_app.assessment.campaigns.closing import progress
from workflow_app.assessment.results.computing import newest
from workflow_app.assessment.scoring.tree import Node
from workflow_app.clock import TZ
from workflow_app.models import Campaign, Feedback, LookBack, Measured, Point, PointAnswer, Score, Unit
from workflow_app.revising.spreads import of_trees
from workflow_app.suppression import suppress

LISTED = timedelta(days=30)  # after the end of a round the three lists are signed within (P)


@dataclass(frozen=True)
class Share:
    """So many of so many. `about_people`: shown only where no count of fewer than five could be worked out from it."""

    part: int
    whole: int
    about_people: bool = True

    @property
    def hidden(self) -> bool:
        """Whether it would tell of fewer than five."""
        cells = suppress({"yes": self.part, "no": self.whole - self.part}).cells
        return self.about_people and any(one is None for one in cells.values())

    @property
    def percent(self) -> Decimal | None:
        """One decimal, half-up; None where there is nothing to count, or it is hidden."""
        if not self.whole or self.hidden:
            return None
        return (Decimal(100 * self.part) / self.whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Figure:
    """A figure with what it means."""

    title: Any
    meaning: Any
    share: Share


@dataclass(frozen=True)
class Work:
    """The closed rounds of a year, with the explanations of their scores read once."""

    rounds: list[Campaign]
    trees: dict[int, list[Node]]

    @property
    def all_trees(self) -> list[Node]:
        """Of all rounds."""
        return [tree for trees in self.trees.values() for tree in trees]


def work_of(organ: Unit, year: int) -> Work:
    """What there is of a year."""
    rows = Campaign.objects.filter(organ=organ, year=year, kind=Campaign.Kind.ROUND, closed_at__isnull=False).select_related("version")
    rounds = list(rows)
    return Work(rounds, {one.pk: [Node.read(row.explanation["total"]) for row in newest(one).values()] for one in rounds})


def _in_time(work: Work) -> Share:
    return Share(sum(not one.closed_why for one in work.rounds), len(work.rounds), about_people=False)


def _returned(work: Work) -> Share:
    parts = [part for one in work.rounds for part in progress(one)]
    whole = sum(part.expected for part in parts)
    return Share(min(sum(part.answered for part in parts), whole), whole)


def _sampled(work: Work) -> Share:
    rows = [(part.short, one.subjects.count()) for one in work.rounds for part in progress(one)]
    whole = sum(count for _short, count in rows)
    return Share(whole - sum(short for short, _count in rows), whole)


def _complete(work: Work) -> Share:
    lacking = {"MISSING_GROUP", "INDICATOR_MISSING", "PART_MISSING", "NO_SCORE"}
    return Share(sum(not lacking & set(tree.all_flags()) for tree in work.all_trees), len(work.all_trees))


def _left_out(work: Work) -> Share:
    leaves = [leaf for tree in work.all_trees for node in tree.every() if node.rule in ("MEAN", "TRIMMED") for leaf in node.leaves]
    return Share(sum(leaf.left_out for leaf in leaves), len(leaves))


def _recomputed(work: Work) -> Share:
    counts = Score.objects.filter(subject__campaign__in=work.rounds).values("subject").annotate(n=Count("pk")).order_by()
    rows = [one["n"] for one in counts]
    return Share(sum(n > 1 for n in rows), len(rows))


def _corrected(work: Work) -> Share:
    rows = Measured.objects.filter(subject__campaign__in=work.rounds)
    return Share(rows.exclude(reason="").count(), rows.count())


def _listed(work: Work) -> Share:
    rows = Feedback.objects.filter(subject__campaign__in=work.rounds).select_related("subject__campaign")
    kept = sum(
        1 for one in rows if one.signed_at and one.subject.campaign.closed_at and one.signed_at <= one.subject.campaign.closed_at + LISTED
    )
    return Share(kept, sum(one.subjects.count() for one in work.rounds))


def _objected(work: Work) -> Share:
    signed = Feedback.objects.filter(subject__campaign__in=work.rounds, signed_at__isnull=False)
    said = PointAnswer.objects.filter(point__feedback=OuterRef("pk"), stance=PointAnswer.Stance.DISAGREE)
    return Share(signed.filter(Exists(said)).count(), signed.count())


def _mended(work: Work) -> Share:
    rows = Point.objects.filter(list=Point.List.MEND, feedback__subject__campaign__in=work.rounds, checks__isnull=False).distinct()
    found = [
        (one, [check for check in one.checks.all() if check.result == LookBack.Result.MENDED]) for one in rows.prefetch_related("checks")
    ]
    kept = sum(any(one.due_on and check.at.astimezone(TZ).date() <= one.due_on for check in checks) for one, checks in found)
    return Share(kept, len(found))


def _apart(work: Work) -> Share:
    rows = [one for trees in work.trees.values() for one in of_trees(trees) if one.part == "INDICATOR"]
    return Share(sum(not one.close for one in rows), len(rows), about_people=False)


FIGURES: tuple[tuple[Any, Any, Callable[[Work], Share]], ...] = (
    (lazy("测评按时结束"), lazy("没有提前结束的测评，占已结束的测评"), _in_time),
    (lazy("评价回收"), lazy("收到的评价，占邀请和制发的份数"), _returned),
    (lazy("样本达标"), lazy("评价达到方案最少份数的“人×主体”，占全部"), _sampled),
    (lazy("得分完整"), lazy("没有缺主体、缺指标、缺一类指标的得分，占全部得分"), _complete),
    (lazy("去除的评分"), lazy("因去掉最高最低而不计的评分，占全部评分"), _left_out),
    (lazy("得分重算"), lazy("第一次计算以后得分有变化的人，占有得分的人"), _recomputed),
    (lazy("数据更正"), lazy("更正登记的定量得分，占全部登记"), _corrected),
    (lazy("三单按时签发"), lazy("测评结束后30日内（项目默认）签发三单的人，占被考核人"), _listed),
    (lazy("本人异议"), lazy("对三单中至少一项有不同意见的人，占已签发三单的人"), _objected),
    (lazy("按期整改到位"), lazy("在期限内查看认定已到位的整改事项，占已查看的"), _mended),
    (lazy("分差达标"), lazy("分差不低于30%的指标，占可以计算分差的指标"), _apart),
)


def figures(work: Work) -> Collection[Figure]:
    """All eleven, in their order."""
    return [Figure(title, meaning, count(work)) for title, meaning, count in FIGURES]
