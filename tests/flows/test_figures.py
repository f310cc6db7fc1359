"""Lengths of periods stand in deadlines.csv and nowhere else: no hint, refusal or paper writes one out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows
from flows.figures import years
from workflow_app.models import Case

HERE = Path(flows.__file__).parent
# Number and unit of a period: 30日, 5个工作日, 一个月, 1年内. A year of the calendar has four figures, an article of a law 第.
LENGTH = re.compile(r"(?<![\d第月〔])(\d{1,3}|[一二三四五六七八九十]+)(个?工作日|个月|日|天|年(内|有效|）|，|$))")
# Told and invented cases, and words that name no period of the table.
TALES = ("demo.py",)
NO_PERIOD = ("一日两次", "每一天", "一天", "哪一天", "第二天", "这一天", "的一天", "同一天")


def strings(module: Path) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def written_out(text: str) -> list[str]:
    for word in NO_PERIOD:
        text = text.replace(word, "")
    return [found[0] for found in LENGTH.finditer(text)]


def test_the_search_finds_what_it_is_for() -> None:
    for text in ("填满60日之日", "不少于5个工作日", "一个月内未答复", "推荐结果一年内有效", "满1年，不得"):
        assert written_out(text), text
    for text in ("2014年第41条", "从送达的第二天起算", "从哪一天起", "2026年3月20日"):
        assert not written_out(text), text


@pytest.mark.parametrize("module", sorted(str(one.relative_to(HERE)) for one in HERE.rglob("*.py") if one.name not in TALES))
def test_no_module_of_the_procedure_writes_a_period_out(module: str) -> None:
    assert [(text, found) for text in strings(HERE / module) if (found := written_out(text))] == []


@pytest.mark.parametrize(
    ("rule", "words"), [("UP-PROB", "一年"), ("DN-BAR-DEMOTE", "两年"), ("DN-RECTIFY", "6个月"), ("RM-REVIEW-FILE", "30日")]
)
def test_whole_years_are_said_as_years(rule: str, words: str) -> None:
    assert years(Case(), rule) == words


ROOT = HERE.parent
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<style.*?</style>", re.DOTALL)
# No periods of the table: how far the audit looks back, what findings and warnings are about, when rooms remind by their own default.
OWN_STRETCH = {
    "pages/audit.html", "pages/findings.html", "workflow_app/pages/warnings.py", "pages/contracts/list.html", "pages/assessment/notices.html",
    "pages/revising/pilots.html", "pages/visits/units.html",
}  # fmt: skip
NO_PAGE_PERIOD = ("最后一天", "每行写一天", "一二三四五六日")


def on_page(text: str) -> list[str]:
    for word in NO_PAGE_PERIOD:
        text = text.replace(word, "")
    return written_out(COMMENT.sub("", text))


def test_the_search_finds_a_period_in_a_template() -> None:
    assert on_page("<p>请在15日内补正，三十日内申诉</p>") == ["15日", "三十日"]
    assert on_page("{# 30日 #}<p>最后一天：{{ d }}</p>") == []


@pytest.mark.parametrize("page", sorted(str(one.relative_to(ROOT / "templates")) for one in (ROOT / "templates").rglob("*.html")))
def test_no_page_and_no_paper_writes_a_period_out(page: str) -> None:
    assert page in OWN_STRETCH or on_page((ROOT / "templates" / page).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", sorted(str(one.relative_to(ROOT)) for one in (ROOT / "workflow_app" / "pages").rglob("*.py")))
def test_no_page_writes_a_period_out_in_its_code(module: str) -> None:
    assert module in OWN_STRETCH or [(text, found) for text in strings(ROOT / module) if (found := on_page(text))] == []


REMEDIES = sorted([*(HERE / "remedy").rglob("*.py"), HERE / "rules" / "remedy.py", HERE / "service_receipt.py"])
# What figures of the remedies may stand for: bounds of a form (months, steps, percent, sums, days of an extension before the rule
# is asked), lengths of a text, and what cuts a digest or a size for print. No period of the law is counted with any of them.
FORM_BOUNDS = {36, 100, 10_000_000, 366, 40, 60, 16, 1024, 10}


def test_no_figure_in_the_code_of_the_remedies_counts_a_period() -> None:
    for module in REMEDIES:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        spans = [
            node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("timedelta", "relativedelta")
        ]
        assert not spans, f"{module.name} counts days by itself"
        figures = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 3}
        assert figures <= FORM_BOUNDS, f"{module.name}: {sorted(figures - FORM_BOUNDS)}"
