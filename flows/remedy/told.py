"""A remedy in plain words: what the person who filed it reads about where it stands."""

from __future__ import annotations

from flows.remedy.case import State
from workflow_app.plain_words import Told

_RUNS_ON = "办理期间原决定照常执行；无论结果怎样，都不会比原来的处理更重。"
_ACCEPTING = Told(
    "等待受理", "您的申诉书已经收到，正在审查是否受理。", "会书面告知您：受理、不予受理，或者还要补交什么材料。不予受理的，会写明理由。"
)
_HEARD = Told(
    "公正委员会审理",
    "公正委员会正在审理，成员都没有办过您的案件。您可以申请成员回避。",
    f"审理后由受理机关作出决定，并送达给您。{_RUNS_ON}",
)
_MENDING = Told("正在纠正", "决定改变或者撤销了原来的处理，原机关正在纠正。", "恢复职务、级别和工资等事项会逐项写明日期，并为您澄清影响。")

TOLD: dict[str, Told] = {
    State.NEW: Told("准备提出", "还没有提出。", "提交以后，机关马上收到。"),
    State.REVIEWING: Told("正在复核", "您的复核申请已经收到，由没有办过原案的人办理。", f"复核决定会书面送达给您。不同意的，还可以在期限内申诉。{_RUNS_ON}"),
    State.FILED: _ACCEPTING,
    State.ASKED: Told("要补材料", "还要补交一些材料，补正通知书正在送达。", "从送达的第二天起算期限；期限会显示在这里。"),
    State.SUPPLEMENTING: Told("请您补交材料", "请按补正通知书补交材料。", "如期补齐，就重新审查是否受理；期满没有补的，不予受理。"),
    State.LAPSED: Told(
        "补正期限已过", "期限内没有收到您补交的材料。",
        "是否受理，会书面告知您；不予受理的，写明理由。已经在期限内寄出的，请告诉受理机关交邮日期：以邮戳为准，仍算如期。",
    ),
    State.ADMITTED: Told("已经受理", "您的申诉已经受理，受理通知书正在送达。", f"接着组成公正委员会审理。{_RUNS_ON}"),
    State.REFUSED: Told("不予受理", "审查决定不予受理，决定书正在送达。", "决定书写明理由。材料不齐的，在期限内补齐后可以重新提出。"),
    State.ACCEPTED: Told("组成委员会", "正在组成公正委员会，成员都没有办过您的案件。", f"组成以后开始审理。{_RUNS_ON}"),
    State.PANEL: _HEARD, State.HEARD: _HEARD,
    State.DECIDED: Told("已作出决定", "决定已经作出，正在送达给您。", "不同意的，还可以继续申诉的，决定书会写明向哪个机关、在多少天内提出；期限从送达的第二天起算。"),
    State.CORRECTING: _MENDING, State.CORRECTED: _MENDING,
    State.EXECUTED: Told("已经纠正", "纠正已经办完。", "恢复了哪些事项、从哪一天起，都写在纠正执行情况报告里。"),
    State.CONCLUDED: Told("已办结", "本案已经办结，决定已经送达。", "不同意的，还可以继续申诉的，请看决定书写明的机关和期限。"),
    State.NOT_ACCEPTED: Told("不予受理", "本案没有受理，理由写在决定书里。", "材料不齐的，在期限内补齐后可以重新提出。"),
    State.ENDED: Told("已撤回", "您撤回了申请，本案已经终结。", "期限没有过的，其他的申请仍然可以提出。"),
}  # fmt: skip
