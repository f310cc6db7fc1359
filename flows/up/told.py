"""The way up in plain words. What is discussed about a candidate is told to nobody, the candidate included, before the notice."""

from __future__ import annotations

from flows.up.case import State
from workflow_app.plain_words import Told

_INSIDE = Told("承办机关内部办理", "承办机关正在办理内部手续，现在不需要您做什么。", "有需要您知晓或者签名的事项时，会显示在这里。")
_POSTED = Told("任职前公示", "拟任职情况正在公示。", "公示期满没有影响任职的问题的，会与您谈话并办理任职手续。")
_TALK = Told("任职谈话", "公示已经结束，组织上会与您进行任职谈话。", "谈话记录请您核对后签名。")
_TRIAL = Told("任职试用期", "您正在任职试用期内。", "试用期满后进行考核，合格的正式任职，试用时间计入任职时间。")
_ENDED = Told("已办结", "这一程序已经办结。", "如有疑问，可以向承办机关询问。")

TOLD: dict[str, Told] = {
    **dict.fromkeys((str(state) for state in State), _INSIDE),
    State.NOTICE: _POSTED, State.TO_TALK: _TALK, State.TALKED: Told("办理任职手续", "任职谈话已经完成，正在办理任职手续。", "任职通知会送达给您。"),
    State.APPOINTED: Told("已任职", "任职手续已经办完。", "材料归档后全部结束。"), State.PROBATION: _TRIAL,
    State.CONFIRMED: Told("正式任职", "试用期满考核合格，正式任职。", "试用时间计入任职时间。"),
    State.PROBATION_FAILED: Told("试用期不合格", "试用期满考核不合格，免去试任职务。", "组织部门会安排您的工作；对处理有意见的，可以向承办机关提出。"),
    State.NOT_ELECTED: _ENDED, State.STOPPED: _ENDED, State.DROPPED: _ENDED, State.TRANSFERRED: _ENDED, State.CLOSED: _ENDED,
}  # fmt: skip
