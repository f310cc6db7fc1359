"""Every rule that raises a lead, a bar or a proposal: what triggers it, its guards, where it comes from. Shown beside the lead (assessment §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as lazy


@dataclass(frozen=True)
class Trigger:
    """A rule in words: what it looks at, when it stays silent, what follows, and its source."""

    title: Any  # lazily translated
    guards: Any
    follows: Any
    source: Any


TRIGGERS = {
    "T-01": Trigger(lazy("年度考核不称职"), lazy("以考核结果为准；没有等次的年度不触发"), lazy("线索"), lazy("公务员法第五十条")),
    "T-02": Trigger(lazy("连续两年基本称职"), lazy("两个年度相连；中间没有等次的年度即中断"), lazy("线索"), lazy("地方做法")),
    "T-03": Trigger(
        lazy("连续三年同组末位"), lazy("同类组不少于五人；并列末位不算末位；没有等次的年度即中断"), lazy("线索"), lazy("地方做法")
    ),
    "T-04": Trigger(
        lazy("连续两年同组末位"),
        lazy("同类组不少于五人；并列末位不算末位；没有等次的年度即中断"),
        lazy("线索，不直接免职"),
        lazy("地方做法"),
    ),
    "T-05": Trigger(lazy("群众满意度低于60%"), lazy("有效答卷不少于30份；60.00%不触发"), lazy("线索"), lazy("地方做法")),
    "T-06": Trigger(lazy("季度赛马会后三名"), lazy("同组不少于五人"), lazy("本人作复盘说明，不立案"), lazy("地方做法")),
    "T-07": Trigger(
        lazy("一季度内两次红色预警"), lazy("颜色由对账单计算，不能手填；同一季度"), lazy("先谈话提醒，再作线索"), lazy("项目默认")
    ),
    "T-08": Trigger(
        lazy("政治素质得分低于80"), lazy("80.00不触发；是否核实由专题研究决定"), lazy("专题研究；研究认为需要的作线索"), lazy("地方做法")
    ),
    "T-09": Trigger(
        lazy("整改回头看未到位"), lazy("期限前已送达本人；期限已过；部分到位不触发"), lazy("线索"), lazy("地方做法（三单制度）")
    ),
    "T-10": Trigger(
        lazy("民主测评得票低"), lazy("按有效票计算；不称职过三分之一的，须经组织认定"), lazy("谈话提醒或者线索"), lazy("地方旧规")
    ),
    "T-11": Trigger(
        lazy("因健康不能正常履职"), lazy("超过一年；只登记日期，不登记病情"), lazy("健康原因的线索"), lazy("能上能下规定第五条")
    ),
    "T-12": Trigger(lazy("诫勉后没有改进"), lazy("满六个月；检查结论为没有明显改进"), lazy("线索"), lazy("地方做法")),
    "T-13": Trigger(lazy("举报、巡察、审计或12345反映"), lazy("已经核实；不登记举报人"), lazy("线索"), lazy("地方做法")),
    "T-14": Trigger(lazy("纪检监察机关或者上级建议"), lazy("有正式来函"), lazy("线索"), lazy("能上能下规定")),
    "T-15": Trigger(lazy("班子等次一般以下"), lazy("只及于主要负责人"), lazy("一年内暂不提拔，不立案"), lazy("地方做法")),
    "T-16": Trigger(lazy("不担当不作为的表现"), lazy("属于现行情形清单；对应S03、S07、S08；已经核实"), lazy("线索"), lazy("地方做法")),
    "W-RED": Trigger(lazy("月度红色预警"), lazy("颜色由对账单计算，不能手填"), lazy("谈话提醒"), lazy("项目默认")),
    "B-FRAUD": Trigger(lazy("核心指标数据不实"), lazy("经有权机关认定；只及于核心指标"), lazy("两年内不提拔，不立案"), lazy("地方做法")),
    "B-VETO": Trigger(lazy("一票否决事项"), lazy("经有权机关认定"), lazy("一年内不提拔，不立案"), lazy("项目默认")),
    "C-TERM": Trigger(
        lazy("聘任期内年度考核不称职"), lazy("合同在该年度有效；写明合同编号和合同期"), lazy("专题研究；不终止合同"), lazy("项目默认")
    ),
    "UP-EXC3": Trigger(
        lazy("连续三年优秀"),
        lazy("三个年度相连；没有等次的年度即中断"),
        lazy("建议研究优先晋升，不是必须提拔"),
        lazy("公务员考核规定第十九条"),
    ),
}
