"""What the form of an archive (考核情况表) says on paper: plain values in the shape that the template of records prints. Papers are Chinese."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import override

from workflow_app.models import Cadre
from workflow_app.worklog.archive import Section, archive

TITLE = "考核情况表"
TOLD = "本表照录考核档案中截至打印日的各项记录，逐项并列，不合计、不折算，不对个人作预测性评价。"


def archive_content(cadre: Cadre, purpose: str, today: date) -> dict[str, Any]:
    """考核情况表: who, for what it was printed, and a table a section that has entries; the empty ones are named."""
    with override("zh-hans"):
        sections = archive(cadre, today)
        empty = "、".join(one.title for one in sections if not one.entries)
        return {
            "to": "", "paragraphs": [], "sections": [{"title": "说明", "paragraphs": [TOLD]}], "rights": [],
            "rows": [
                ("姓名", cadre.name), ("干部编号", cadre.number), ("单位及职务", cadre.post_title), ("任现职时间", _dated(cadre.post_since)),
                ("用途", purpose), ("没有记录的项目", empty or "无"),
            ],
            "tables": [_table(one) for one in sections if one.entries],
        }  # fmt: skip


def _dated(on: date | None) -> str:
    return f"{on:%Y年%-m月%-d日}" if on else "——"


def _table(section: Section) -> dict[str, Any]:
    rows = [[one.when, one.text, one.more or "——"] for one in section.entries]
    return {"title": section.title, "head": ["时间", "记录", "说明"], "widths": [18, 46, 36], "rows": rows}
