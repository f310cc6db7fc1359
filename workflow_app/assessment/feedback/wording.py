"""What the three lists say on paper: plain values in the shape that the template of records prints."""

from __future__ import annotations

from typing import Any

from workflow_app.clock import TZ
from workflow_app.models import Feedback, Point

LIST = Point.List
# To a unit the same is said of it, not of a person.
OF_UNIT = (("对你在", "对你单位在"), ("请按下列", "请你单位按下列"))
SAYS = {
    LIST.RESULT: ("考核成绩清单", "对你在本次考核中的主要成绩，反馈如下。"),
    LIST.PROBLEM: (
        "考核问题清单",
        "对你在本次考核中反映出的问题和不足，反馈如下。对任何一项有不同看法的，可以在系统中逐项说明；说明与本清单一并保存。",
    ),
    LIST.MEND: ("考核整改清单", "请按下列事项、措施和期限整改，并在系统中提交整改情况和佐证。期限届满后组织“回头看”。"),
}
EMPTY = {LIST.PROBLEM: "本次考核没有需要反馈的问题。", LIST.MEND: "本次考核没有需要整改的事项。"}
# (title, share of the width in per cent)
HEADS = {
    LIST.RESULT: (("序号", 10), ("成绩", 90)),
    LIST.PROBLEM: (("序号", 10), ("问题", 90)),
    LIST.MEND: (("序号", 9), ("事项", 30), ("措施", 31), ("期限", 15), ("责任人", 15)),
}


def title_of(which: str) -> str:
    """The title of a list's paper."""
    return SAYS[LIST(which)][0]


def content_of(feedback: Feedback, which: str) -> dict[str, Any]:
    """The words of one list."""
    points = [one for one in feedback.points.all() if one.list == which]
    campaign, head = feedback.subject.campaign, HEADS[LIST(which)]
    table = {
        "title": "",
        "head": [title for title, _ in head],
        "widths": [width for _, width in head],
        "rows": [_row(one) for one in points],
    }
    said, unit = SAYS[LIST(which)][1], feedback.subject.unit
    for person, of_unit in OF_UNIT if unit else ():
        said = said.replace(person, of_unit)
    paragraphs = [said] if points else [EMPTY[LIST(which)]]
    return {
        "to": unit.name if unit else f"{feedback.subject.name}同志", "paragraphs": paragraphs, "tables": [table] if points else [], "sections": [], "rights": [],
        "rows": [
            ("考核", f"{campaign.name}（{campaign.year}年{campaign.period}）"), ("类别" if unit else "单位和职务", feedback.subject.post_title),
            ("评价截止", f"{(campaign.closed_at or campaign.closes_at).astimezone(TZ):%Y年%-m月%-d日}"),
        ],
    }  # fmt: skip


def _row(point: Point) -> list[str]:
    if point.list != LIST.MEND:
        return [str(point.number), point.text]
    return [str(point.number), point.text, point.measure, f"{point.due_on:%Y-%m-%d}", point.responsible]
