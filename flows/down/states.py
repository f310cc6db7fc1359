"""Where a case on the way down can stand."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a case stands."""

    CLUE = "clue", "线索"
    TRIAGED = "triaged", "待启动审批"
    TO_REMIND = "to_remind", "待谈话提醒"
    TO_INQUIRE = "to_inquire", "待函询"
    TO_ADMONISH = "to_admonish", "待诫勉"
    INQUIRED = "inquired", "函询待复"
    ADMONISHED = "admonished", "已诫勉"
    RECTIFYING = "rectifying", "整改中"
    CHECKING = "checking", "整改核查"
    SETTLED = "settled", "提醒后办结"
    OPENED = "opened", "已启动"
    VERIFYING = "verifying", "核实认定"
    FOUND = "found", "待告知"
    INFORMED = "informed", "已告知"
    HEARING = "hearing", "陈述申辩"
    TALKING = "talking", "当面陈述"
    WEIGHING = "weighing", "核实陈述"
    HEARD = "heard", "陈述已结"
    PROPOSED = "proposed", "已提建议"
    REVIEWED = "reviewed", "审查通过"
    CONSULTING = "consulting", "征求意见"
    PENDING = "pending", "涉立案待定"
    CONSULTED = "deliberation", "待会议决定"
    ADOPTED = "adopted", "会议已通过"
    DECIDED = "decided", "已决定"
    TOLD = "told", "已谈话"
    SERVED = "served", "已送达"
    WAITING = "waiting", "待人大（政协）程序"
    TRACKING = "tracking", "跟踪管理"
    TRACKED = "tracked", "回访完成"
    EVALUATED = "evaluated", "跟踪评估完成"
    NOT_ESTABLISHED = "not_established", "认定不成立"
    EXONERATED = "exonerated", "容错免责"
    REJECTED = "rejected", "不予调整"
    REFUSED = "refused", "不予启动"
    TO_CLEAR = "to_clear", "待澄清正名"
    TERMINATED = "terminated", "已终止"
    TO_TRANSFER = "to_transfer", "待移送"
    MERGED = "merged", "已并案"
    NO_CASE = "no_case", "不予立案"
    TRANSFERRED = "transferred", "已移送"
    CLOSED = "closed", "已归档"


FINAL = {State.MERGED, State.NO_CASE, State.TRANSFERRED, State.CLOSED}
OPEN = [state for state in State if state not in FINAL]
S = State
