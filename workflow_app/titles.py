"""Titles in lines of nearly equal length, the longer one first, never breaking a word that belongs together."""

from __future__ import annotations

LINE = 20  # characters of 22 pt in 156 mm
TOGETHER = (
    "公务员", "干部", "专项考察", "考察", "陈述申辩", "陈述", "申辩", "合法性审查", "审查", "审核", "审批", "征求意见", "意见", "答复", "调整", "决定", "任免", "任职",
    "工资", "待遇", "变更", "终止", "中止", "恢复", "办理", "澄清", "正名", "复核", "再申诉", "申诉", "处理", "受理", "公正委员会", "组成", "审理", "延长", "期限", "纠正",
    "执行", "情况", "报告", "通知", "通知书", "公示", "公告", "关于", "同志", "会议", "纪要", "表决", "记录", "方案", "建议", "民主", "推荐", "测评", "结果", "竞争上岗",
    "资格", "名单", "材料", "登记", "回避", "移送", "更正", "附件", "目录",
)  # fmt: skip
NOT_FIRST = "的与和及、，》）"


def lines(title: str) -> list[str]:
    """The title cut in as few lines as hold it."""
    count, rest, found = -(-len(title) // LINE), title, []
    for left in range(count, 1, -1):
        cut = _cut(rest, -(-len(rest) // left))
        found.append(rest[:cut])
        rest = rest[cut:]
    return [*found, rest]


def _cut(text: str, wanted: int) -> int:
    inside = {at for word in TOGETHER for start in _places(text, word) for at in range(start + 1, start + len(word))}
    may = [at for at in range(1, min(len(text), LINE + 1)) if at not in inside and text[at] not in NOT_FIRST]
    return min(may or [wanted], key=lambda at: (abs(at - wanted), -at))


def _places(text: str, word: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(word, at)]
