"""A score's explanation in the reader's words: the tree of the computation, line by line, down to the raw rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app.assessment.scoring.tree import Leaf, Node

FLAGS = {
    "MISSING_GROUP": lazy("评价数不够，权重由其他主体按比例分担"), "NO_TRIM": lazy("不足20个评分，不去最高最低"), "RESPREAD": lazy("有评价主体缺失，权重已重新分配"),
    "FALSIFIED": lazy("数据经查不实，本项计0分"), "NO_DATA": lazy("没有数据，不计入"), "BELOW_FLOOR": lazy("低于底线"),
    "INDICATOR_MISSING": lazy("有指标没有数据，权重已重新分配"), "PART_MISSING": lazy("缺一类指标，权重已重新分配"), "NO_SCORE": lazy("没有得分"),
    "VETO": lazy("一票否决：不评优秀、不提拔；不等于调整"), "REHEAR": lazy("得分低而群众评价高，须一票复议"), "ROUTINE_MISSING": lazy("没有平时考核得分，按年度得分计"),
    "HALVED": lazy("上一年度分差不足30%，经确认权重减半"),
    "COEFFICIENT_MISSING": lazy("没有乘数系数，未乘"), "FLOORED": lazy("触及底线，总分不超过方案规定的上限"), "SEALED": lazy("评价人不足五人，不单列"),
}  # fmt: skip
RULES = {
    "MEAN": lazy("%(n)s个评分的平均"), "TRIMMED": lazy("%(n)s个评分，去掉最高、最低各%(cut)s个后平均"), "MEASURED": lazy("%(n)s个定量数据的平均"),
    "GROUPS": lazy("各评价主体按权重合计"), "INDICATORS": lazy("各指标按权重合计"), "SHARES": lazy("定量、定性两类按占比合计"),
    "ROUTINE": lazy("年度得分和平时考核按占比合计"), "QUARTERS": lazy("平时考核%(n)s次的平均"), "MULTIPLIED": lazy("乘以系数%(coefficient)s÷%(base)s"),
    "DEBT": lazy("负债率超上限%(points)s个百分点，每个百分点扣2%%"), "POINTS": lazy("加分和减分"), "FLOORED": lazy("触及底线，最高%(highest)s分"),
    "TOTAL": lazy("总分，四舍五入到两位小数"), "POLITICAL": lazy("政治素质各指标按权重合计"), "APPROVAL": lazy("群众评价合计"),
}  # fmt: skip
KINDS = {"QUANTITATIVE": lazy("定量指标"), "QUALITATIVE": lazy("定性指标"), "routine": lazy("平时考核")}


@dataclass(frozen=True)
class Line:
    """One figure with its words; `parts` are the figures that it was made of."""

    name: str
    value: str
    weight: str
    rule: str
    flags: tuple[str, ...]
    parts: tuple[Line, ...]
    leaves: tuple[Leaf, ...]


def lines(node: Node) -> Line:
    """The tree in words."""
    figures = {"n": "0", "cut": "0", "coefficient": "—", "base": "—", "points": "0", "highest": "—", **dict(node.figures)}
    sealed = "SEALED" in node.flags
    name = node.name or str(KINDS.get(node.key, "")) or str(_title(node))
    rule = "" if sealed and not node.parts else str(RULES.get(node.rule, node.rule)) % figures
    value = _("不单列") if sealed and node.value is None else "—" if node.value is None else f"{node.value:f}"
    weight = "" if node.weight is None else f"{node.weight.normalize():f}"
    return Line(name, value, weight, rule, _flags(node), tuple(lines(one) for one in node.parts), node.leaves)


def _title(node: Node) -> str:
    titles = {"TOTAL": _("总分"), "SHARES": _("指标合计"), "POLITICAL": _("政治素质")}
    return titles.get(node.rule, _("计算"))


def _flags(node: Node) -> tuple[str, ...]:
    return tuple(str(FLAGS.get(one, one)) for one in node.flags)


def flat(line: Line) -> Iterator[Line]:
    """A line and all below it."""
    yield line
    for one in line.parts:
        yield from flat(one)
