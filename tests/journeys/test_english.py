"""The pages in English: no Chinese but what people entered, names, numbers of papers and the texts of the law."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.office import Office
from tests.journeys.test_pages import KEPT_TO, PAGES, staged, urls
from workflow_app.nodes import PATHS

__all__ = ["staged"]
pytestmark = pytest.mark.journey

HAN = re.compile(r"[\u4e00-\u9fff]+")
# The map of a path is a drawing with the words of its papers; its twin in words stands beside it.
NOT_SHOWN = re.compile(r"<(script|style|template)\b.*?</\1>|<svg class=\"path-map\".*?</svg>|<svg xmlns.*?</svg>|<!--.*?-->", re.S)
# Shown, but not the page's own words: what a paper says, and a person's own words in a field.
TAG = re.compile(r"<[^>]*>")
SAID = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"')
# Dates as papers write them, and the language's own name.
MEANT = re.compile(r"\d+年\d*(月\d+日)?|\d+月\d+日|简体中文|中文|〔\d+〕")

# What is known to stay Chinese: sentences built with values where the law is written (docs/words.md), the heads of a workbook, and a
# form that is made of its model. Each is a gap; nothing else may join them.
KNOWN = {
    "拟转任职级公务员", "降职影响期", "这份通知书已由云组", "号替代", "对新的通知书提出",  # names and reasons with a value in them
    "只有对申诉处理决定不服才能提出再申诉", "先提出申诉", "不予受理的", "补正后重新提出", "对这一决定已经提出", "正在办理", "在原案件中补充材料",
    "期限届满还没有复核决定的", "可以直接申诉", "不用撤回", "现在没有可以延长的期限", "没有正在计算的答复期限", "或者已经延长过", "来不及的",
    "请在原期限内提交", "先提交主要意见",  # why a filing is closed
    "内部审批和讨论材料", "属于干部人事工作秘密", "不向当事人提供",  # why a paper is withheld, until its words are collected
    "不发", "有新事项即发", "每日汇总一次", "电子邮箱", "邮件", "手机号码", "短信",  # how somebody wants to be told
    "干部编号", "月份", "文件行号", "更正理由", "比较组", "组内人数", "名次",  # columns of a workbook
}  # fmt: skip
READERS = ("case_handler1", "org_leader1", "yx00001")


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a value of the database, also inside of JSON."""
    if isinstance(value, str):
        if value[:1] in "{[":
            try:
                value = json.loads(value)
            except ValueError:
                yield value
        else:
            yield value
    if isinstance(value, dict):
        for one in value.items():
            yield from texts_of(list(one))
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


def entered(office: Office) -> str:
    """Everything that stands in the database: what somebody entered, names, papers, and the tables of the law."""
    found = set()
    for (table,) in office.ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'workflow_app_%'"):
        for row in office.ask(f'SELECT * FROM "{table}"'):
            found |= {text for value in row for text in texts_of(value) if HAN.search(text)}
    # The basis of a step cites the law, in the words of the law.
    return "\n".join([*found, *(str(node.step.basis) for path in PATHS.values() for node in path.humans())])


def foreign(page: str, data: str, units: list[str]) -> list[str]:
    """Runs of Chinese on a page that are nobody's data; a unit with a post after it is a person's place."""
    shown = NOT_SHOWN.sub(" ", page)
    words = html.unescape(" ".join([*SAID.findall(shown), TAG.sub("\n", shown)]))
    found = {run for run in HAN.findall(MEANT.sub(" ", words)) if run not in data and run not in KNOWN}
    return sorted(run for run in found if not any(run.startswith(unit) and run[len(unit) :] in data for unit in units))


@pytest.mark.parametrize("who", READERS)
def test_pages_in_english_have_no_chinese_of_their_own(staged: Office, who: str) -> None:
    page, data, faults = staged.page_of(who), entered(staged), {}
    units = [str(name) for (name,) in staged.ask("SELECT name FROM workflow_app_unit")]
    for name in PAGES:
        if name in KEPT_TO and PAGES[name][0] != who:
            continue
        for url in urls(staged, name, who):
            answer = page.request.get(staged.base + url, headers={"Accept-Language": "en"})
            if answer.status == 404 or "text/html" not in answer.headers.get("content-type", ""):
                continue
            if '<html lang="en"' not in answer.text()[:300]:
                faults[url] = ["lang"]
            elif found := foreign(answer.text(), data, units):
                faults[url] = found
    assert not faults, "\n".join(f"{url}: {'、'.join(found)}" for url, found in faults.items())
