"""What an entry about training may say: words, never a score."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from workflow_app.refusing import Refused

RULE = "培训"
# A mark or a place among others: "92分", "第3名", a bare figure.
MARK = re.compile(r"\d+(?:\.\d+)?\s*分(?![钟之])|第\s*[\d一二三四五六七八九十]+\s*名|^[\W\d]*\d[\W\d]*$")


def is_mark(text: str) -> bool:
    """Whether a result says a mark or a rank."""
    return MARK.search(text.strip()) is not None


def in_words(text: str, field: str = "text") -> str:
    """A result in words. Raises Refused: a mark could be taken for a score, and none is kept."""
    if len(text.strip()) < 4:
        raise Refused(_("请写明结业情况（不少于4个字）。"), way_out=_("写学到了什么、能做什么。"), rule=RULE, field=field)
    if is_mark(text):
        raise Refused(
            _("结业情况用文字写，不写分数、名次。"),
            way_out=_("改写为学到了什么、能做什么；培训结果不进入考核得分。"),
            rule=RULE,
            field=field,
        )
    return text.strip()
