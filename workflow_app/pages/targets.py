"""Targets that local texts have named (assessment §8), as words for context. They are words on purpose: nothing can be computed with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

# (what, what was named, by when). No official national text sets any of them; none is an input to a case.
TARGETS = (
    (lazy("“下”的干部占比"), lazy("百分之三至百分之五"), lazy("某地方案，到2025年")),
    (lazy("其中因不适宜担任现职"), lazy("不低于百分之六十"), lazy("某地方案，到2025年")),
    (lazy("竞争性选拔占比"), lazy("不低于百分之三十"), lazy("某地方案，到2025年")),
    (lazy("优秀等次优先提拔"), lazy("不低于百分之八十"), lazy("某地方案，到2025年")),
    (lazy("权益保障满意度"), lazy("不低于百分之九十"), lazy("某地方案，到2025年")),
    (lazy("群众满意度"), lazy("不低于百分之九十五"), lazy("某地方案，到2027年")),
)
