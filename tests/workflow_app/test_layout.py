"""The page of GB/T 9704-2012, measured out of the finished files: type area 156 x 225 mm, 22 rows of 28 characters."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any

import pdfplumber
import pytest

from tests.flows.down.stand import PAPER
from workflow_app import documents

MM = 72 / 25.4
PITCH = 29.609  # (225 mm - 16 pt) / 21
PLAIN = "经过核实该同志分管的重点项目连续两个年度没有完成目标任务变更设计没有提交集体研究延期情况没有及时报告造成工程停工三个月"
BROKEN = "经核实，该同志分管的项目“连续两年”未完成任务；变更设计未按规定提交集体研究，延期情况未及时报告，造成停工（三个月）。"
ENVELOPE = PAPER | {
    "dated": "2026-03-20", "header": "中共云溪市委组织部文件", "contact": ["联系人：赵安，电话：0000-1234567"],
    "verify": documents.verify_of("8F3K2M7QXA9D4T6W1Y5Z0B8N3R"),
}  # fmt: skip
THREE = {
    "documents/down/decide.html": "调整决定书", "documents/down/clear_name.html": "澄清正名通知书", "documents/down/inform_cadre.html": "陈述申辩告知书",
}  # fmt: skip


def content(text: str = PLAIN, times: int = 24, **more: Any) -> dict[str, Any]:
    """A long text."""
    return {"to": "王建国", "paragraphs": [text * 4] * (times // 4), "sections": [{"title": "一、查明的事实", "paragraphs": [text]}]} | more


def made(template: str, what: dict[str, Any]) -> Any:
    """The file, opened."""
    paper = ENVELOPE | {"title": THREE.get(template, "调整决定书")}
    return pdfplumber.open(io.BytesIO(documents.render(paper, what, template).pdf))


def rows(page: Any, size: float = 16.0) -> dict[float, list[Any]]:
    """Characters of a size by the height of their baseline over the foot of the page, from the left."""
    found: dict[float, list[Any]] = defaultdict(list)
    for one in page.chars:
        if abs(one["size"] - size) < 0.2 and one["text"].strip():
            found[round(one["matrix"][5], 1)].append(one)
    return {at: sorted(line, key=lambda c: c["matrix"][4]) for at, line in sorted(found.items(), reverse=True)}


def steps(heights: list[float]) -> list[float]:
    """From row to row."""
    return [above - below for above, below in zip(heights, heights[1:], strict=False)]


@pytest.mark.parametrize("template", THREE)
def test_a_full_row_begins_at_28_mm_ends_at_184_mm_and_has_28_characters(template: str) -> None:
    with made(template, content()) as paper:
        full = [line for page in paper.pages for line in rows(page).values() if line[0]["x0"] < 29 * MM and len(line) > 20]
        full = [line for line in full if line[-1]["x0"] > 170 * MM]
    assert len(full) > 30
    assert {len(line) for line in full} == {28}
    for line in full:
        assert line[0]["matrix"][4] / MM == pytest.approx(28.0, abs=0.05)
        assert (line[-1]["matrix"][4] + 16) / MM == pytest.approx(184.0, abs=0.2)


@pytest.mark.parametrize("template", THREE)
def test_a_full_page_has_22_rows_29_6_points_apart_within_the_type_area(template: str) -> None:
    with made(template, content(times=40)) as paper:
        page = paper.pages[1]
        heights = list(rows(page))
        assert len(heights) == 22
        assert steps(heights) == pytest.approx([PITCH] * 21, abs=0.11)  # heights are rounded to a tenth
        top, foot = (297 * MM - heights[0] - 0.88 * 16) / MM, (heights[-1] - 0.12 * 16) / MM
    assert top == pytest.approx(37.0, abs=0.2)
    assert foot == pytest.approx(35.0, abs=0.2)


def test_a_line_that_punctuation_shortened_still_ends_at_the_right_edge() -> None:
    with made("documents/down/decide.html", content(BROKEN)) as paper:
        inner = [line for page in paper.pages for line in rows(page).values() if 25 <= len(line) <= 27 and line[0]["x0"] < 29 * MM]
        ends = [(line[-1]["matrix"][4] + 16) / MM for line in inner if line[-1]["x0"] > 170 * MM]
    assert len(ends) > 3
    assert all(end == pytest.approx(184.0, abs=0.3) for end in ends)


def test_a_rare_name_changes_neither_the_row_nor_the_pitch() -> None:
    with made("documents/down/decide.html", content("经核实䶮㛃𬭊镕同志" + PLAIN)) as paper:
        heights = list(rows(paper.pages[1]))
        assert steps(heights) == pytest.approx([PITCH] * 21, abs=0.11)
        faces = {one["fontname"].split("+")[1] for page in paper.pages for one in page.chars if one["text"] in "䶮㛃𬭊镕"}
    assert "GW-Rare" in faces or "GW-Serif" in faces


def test_the_red_header_stands_where_the_standard_wants_it() -> None:
    with made("documents/down/decide.html", content()) as paper:
        page = paper.pages[0]
        header = [one for one in page.chars if one["size"] > 30]
        top = min(297 * MM - one["matrix"][5] - 0.88 * one["size"] for one in header) / MM
        rule = next(one for one in page.rects + page.lines if one["width"] > 150 * MM and one["top"] > 60 * MM)
        number = next(line for line in rows(page).values() if "〔" in "".join(c["text"] for c in line))
        baseline = (297 * MM - number[0]["matrix"][5] + 0.12 * 16) / MM
        title = next(one for one in page.chars if abs(one["size"] - 22) < 0.2)
    assert "".join(one["text"] for one in header) == "中共云溪市委组织部文件"
    assert top == pytest.approx(37 + 35, abs=0.5), "upper edge 35 mm below the type area's"
    assert rule["top"] / MM - baseline == pytest.approx(4.0, abs=0.3), "4 mm under the number"
    assert (rule["x0"] / MM, rule["x1"] / MM) == (pytest.approx(28, abs=0.1), pytest.approx(184, abs=0.1))
    assert title["top"] > rule["bottom"] + 1.5 * PITCH, "two rows under the rule"


def test_page_numbers_stand_outside_seven_millimetres_below_the_text() -> None:
    with made("documents/down/decide.html", content(times=40)) as paper:
        for number, page in enumerate(paper.pages[:3], 1):
            found = [one for one in page.chars if abs(one["size"] - 14) < 0.2 and one["bottom"] > 262 * MM]
            assert "".join(one["text"] for one in found).replace(" ", "") == f"—{number}—"
            dash = (297 * MM - found[0]["matrix"][5] - 0.38 * 14) / MM
            assert dash == pytest.approx(262 + 7, abs=0.3)
            left, right = min(one["x0"] for one in found) / MM, max(one["x1"] for one in found) / MM
            assert right == pytest.approx(184 - 14 / MM, abs=0.6) if number % 2 else left == pytest.approx(28 + 14 / MM, abs=0.6)


def seal_of(template: str, what: dict[str, Any]) -> tuple[Any, Any]:
    paper = ENVELOPE | {"title": THREE.get(template, "调整决定书")}
    ready = documents.render(paper, what, template)
    return ready.seal, pdfplumber.open(io.BytesIO(ready.pdf))


@pytest.mark.parametrize("length", range(1, 26))
def test_wherever_the_text_ends_the_seal_covers_name_and_date_and_has_text_on_its_page(length: int) -> None:
    seal, opened = seal_of("documents/down/decide.html", {"to": "王建国", "paragraphs": ["经核实，情况属实。"] * length})
    with opened as paper:
        lines = ["".join(c["text"] for c in line) for line in rows(paper.pages[seal.page]).values()]
        body = [line for line in lines if line == "经核实，情况属实。"]
        name = next(c for c in paper.pages[seal.page].chars if c["text"] == "部" and abs(c["size"] - 16) < 0.2 and c["x0"] > 100 * MM)
    side = 42 * MM
    assert body, "a page never carries the seal without text"
    assert "中共云溪市委组织部" in lines and "2026年3月20日" in lines
    assert seal.bottom < name["matrix"][5] < seal.bottom + side and seal.left < name["x0"] < seal.left + side
    assert seal.bottom > 35 * MM - 12, "nothing of it below the type area"


def test_the_imprint_sinks_to_the_foot_of_the_last_page_and_overlaps_nothing() -> None:
    for length in (1, 4, 5, 12, 20, 26):
        what = {"to": "王建国", "paragraphs": ["经核实，情况属实。"] * length, "copies": ["市纪委监委", "市交通运输局"]}
        seal, opened = seal_of("documents/down/decide.html", what)
        with opened as paper:
            page = paper.pages[-1]
            imprint = [one for one in page.chars if abs(one["size"] - 14) < 0.2 and one["bottom"] < 263 * MM]
            text = "".join(one["text"] for one in imprint)
            above = [one["bottom"] for one in page.chars if abs(one["size"] - 16) < 0.2]
        assert "抄送：市纪委监委，市交通运输局。" in text and text.endswith("2026年3月20日印发")
        assert max(one["bottom"] for one in imprint) / MM == pytest.approx(262, abs=2.5)
        assert not above or max(above) < min(one["top"] for one in imprint)
        if seal.page == len(paper.pages) - 1:
            assert 297 * MM - seal.bottom < min(one["top"] for one in imprint) + 1


def test_a_table_that_goes_on_says_so_and_repeats_its_head() -> None:
    table = {
        "title": "证据材料清单",
        "head": ["序号", "名称", "来源"],
        "widths": [10, 60, 30],
        "rows": [[str(n), PLAIN[:20], "市委组织部"] for n in range(1, 90)],
    }
    with made("documents/down/decide.html", content(times=4, tables=[table], attachments=["证据材料清单"])) as paper:
        texts = [page.extract_text() for page in paper.pages]
    assert any("附件：证据材料清单" in text for text in texts)
    annex = [text for text in texts if "序号" in text]
    assert len(annex) >= 3
    assert "（续表）" not in annex[0] and all("（续表）" in text for text in annex[1:])


def test_a_paper_to_a_superior_names_who_issues_it() -> None:
    with made("documents/down/decide.html", content(times=4, signer="陈静远")) as paper:
        page = paper.pages[0]
        line = next(line for line in rows(page).values() if "签" in "".join(c["text"] for c in line))
    assert "".join(c["text"] for c in line) == "云组〔2026〕1号签发人：陈静远"
    assert line[0]["x0"] / MM == pytest.approx(28 + 15.79 / MM, abs=0.5)
    assert line[-1]["fontname"].endswith("GW-Kai") and line[-5]["fontname"].endswith("GW-Fang")


def test_a_letter_has_double_lines_of_170_mm_and_no_number_on_its_first_page() -> None:
    with made("documents/down/inform_cadre.html", content(times=24)) as paper:
        first = paper.pages[0]
        lines = [one for one in first.rects + first.lines if one["width"] / MM == pytest.approx(170, abs=0.5)]
        edges = sorted(one["top"] / MM for one in lines)
        foot = max(one["bottom"] / MM for one in lines)
        numbers = [[one for one in page.chars if abs(one["size"] - 14) < 0.2 and one["bottom"] > 262 * MM] for page in paper.pages[:2]]
    assert edges[0] == pytest.approx(30 + 30 / MM + 4, abs=0.6)
    assert foot == pytest.approx(297 - 20, abs=0.5)
    assert not numbers[0] and numbers[1]
