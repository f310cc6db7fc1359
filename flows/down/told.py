"""The way down in plain words: what a person concerned reads about where the case stands. Nothing here decides anything."""

from __future__ import annotations

from flows.down.states import State
from workflow_app.plain_words import Told

_CHECK = "核实结束后，无论认定还是不认定，都会书面告知您；认定之前一定先听取您的陈述和申辩。"
_DECIDE = "由党委（党组）集体讨论后决定。作出决定的，会与您谈话，并把决定书送达给您；决定书会写明您怎样申请复核和申诉。"
_VERIFYING = Told("核实认定", "考察组正在核实情况，还没有任何结论。", _CHECK)
_REMINDED = Told(
    "提醒和整改", "组织上已经就有关情况提醒您，这不是处分，也不是调整决定。", "按照要求如期说明或者整改。改好了，事情就到此为止。"
)
_WEIGHED = Told("研究建议", "您的意见已经听取并记录在案。组织部门正在研究，还没有决定。", _DECIDE)
_REVIEW = Told("审查和征求意见", "正在进行合法性审查，并征求有关机关的意见，还没有决定。", _DECIDE)
_DECIDED = Told(
    "已作出决定", "党委（党组）已经作出决定。", "承办机关会与您谈话，并把决定书正式送达给您。申请复核和申诉的期限，从正式送达的第二天起算。"
)
_SERVED = Told(
    "决定已送达",
    "决定书已经送达，正在办理任免手续和工作安排。",
    "对决定不服的，可以在期限内申请复核，或者直接提出申诉。复核和申诉期间决定照常执行，但不会因此加重处理。",
)
_FOLLOWING = Told(
    "跟踪回访",
    "手续已经办完，组织部门会按期回访，每次回访的日期会显示在这里。",
    "回访时请如实反映困难和需要。影响期满、表现好的，可以重新使用。",
)
_ENDING = Told("不作调整", "本案没有对您作出调整，正在办理终止手续。", "会送达终止办理决定书，并在知情范围内为您澄清正名。")
_ELSEWHERE = Told(
    "承办机关内部办理", "承办机关正在办理内部手续，现在不需要您做什么。", "有需要您知晓或者答复的事项时，会送达书面通知，也会显示在这里。"
)

TOLD: dict[str, Told] = {
    State.TO_REMIND: _REMINDED, State.TO_INQUIRE: _REMINDED, State.TO_ADMONISH: _REMINDED, State.RECTIFYING: _REMINDED,
    State.INQUIRED: Told(
        "函询", "组织上请您就几个问题作书面说明。函询不是处分，也不代表问题已经认定。", "请在期限内逐项答复。答复清楚的，予以了结。"
    ),
    State.ADMONISHED: Told("诫勉", "已经对您诫勉，请按要求提交书面检查。诫勉不是调整决定。", "提交书面检查后，组织部门核查整改情况。"),
    State.CHECKING: Told("核查整改", "您的材料已经收到，组织部门正在核查。", "改好了，事情就到此为止；没有改好的，才会启动核实。"),
    State.SETTLED: _ENDING, State.TRIAGED: _ELSEWHERE, State.CLUE: _ELSEWHERE, State.OPENED: _VERIFYING, State.VERIFYING: _VERIFYING,
    State.FOUND: Told("准备告知", "考察组已经形成初步意见，还没有决定。", "会把查明的事实、依据和证据清单书面告知您，您可以陈述和申辩。"),
    State.INFORMED: Told("准备告知", "陈述申辩告知书已经写好，正在送达。", "从正式送达的第二天起，您有一段时间陈述和申辩；期限会显示在这里。"),
    State.HEARING: Told(
        "请您陈述申辩", "组织上已经把查明的事实告知您，现在听取您的意见。还没有决定。",
        "您可以书面陈述、要求当面陈述，也可以提交证据。陈述申辩不会加重处理；没有提交的，只如实记录，不等于承认。",
    ),
    State.TALKING: Told("当面听取意见", "您要求当面陈述，考察组会与您约定时间。", "谈话由两人进行，笔录会交您核对；记错的地方，您可以要求更正。"),
    State.WEIGHING: Told("核实您的意见", "您的陈述和申辩已经收到，考察组正在逐条核实。", "采纳或者不采纳，都会逐条写明理由，并把结果告诉您。"),
    State.HEARD: _WEIGHED, State.PROPOSED: _REVIEW, State.REVIEWED: _REVIEW, State.CONSULTING: _REVIEW, State.PENDING: _REVIEW,
    State.CONSULTED: Told("等待会议讨论", "材料已经齐备，等待党委（党组）会议讨论，还没有决定。", _DECIDE),
    State.ADOPTED: Told("会议已经讨论", "党委（党组）会议已经讨论，正在制作书面决定。", _DECIDE), State.DECIDED: _DECIDED,
    State.TOLD: Told(
        "等待送达", "已经与您谈话，决定书正在正式送达。", "申请复核和申诉的期限，从正式送达的第二天起算。在这里看到决定书，不等于已经送达。"
    ),
    State.SERVED: _SERVED, State.WAITING: _SERVED, State.TRACKING: _FOLLOWING, State.TRACKED: _FOLLOWING, State.EVALUATED: _FOLLOWING,
    State.NOT_ESTABLISHED: _ENDING, State.EXONERATED: _ENDING, State.REJECTED: _ENDING, State.REFUSED: _ENDING,
    State.TO_CLEAR: Told("澄清正名", "没有对您作出调整，或者原决定已经被撤销，正在为您澄清正名。", "澄清通知会送到所有知道这件事的单位。"),
    State.TERMINATED: Told("已终止", "本案已经终止，对您没有仍然有效的调整决定。", "材料归档后全部结束，不需要您再做什么。"),
    State.MERGED: _ELSEWHERE, State.NO_CASE: _ELSEWHERE,
    # A matter handed to another organ is that organ's to tell: the person hears only that nothing is asked of them here.
    State.TO_TRANSFER: _ELSEWHERE,
    State.TRANSFERRED: Told("本系统内已办结", "本案在本系统内已经办结，没有对您作出调整决定。", "如有疑问，可以向承办机关询问。"),
    State.CLOSED: Told("已办结", "本案已经办结并归档。", "期限没有过的，仍然可以申请复核或者提出申诉；您随时可以查看自己的案卷。"),
}  # fmt: skip
