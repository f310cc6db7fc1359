"""No paper prints the last day of a period without saying how it was counted: basis, first day, and what was moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from workflow_app.because import basis, on_paper
from workflow_app.clock import calendar_from_db, last_day
from workflow_app.law import known_rules
from workflow_app.samples import samples

pytestmark = pytest.mark.django_db
DAY = r"\d{4}年\d+月\d+日"
# A date that a text calls the end of something, before it or after it.
END = re.compile(rf"(?:届满|期满|有效期至|截止)\D{{0,6}}{DAY}|{DAY}(?:24时)?(?:届满|期满|止)|至{DAY}")
COUNTED = re.compile(
    rf"(?:依据《|本期限由本机关|本期限为本机关的办理时限).*自{DAY}起(?:向前推)?\d+(?:个工作日|日|个月)，当日(?:不)?计入.*届满日{DAY}"
)


def said(value: Any) -> Iterator[str]:
    """Every text of a content; a row is one text with its label."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from said(one)
    elif isinstance(value, (list, tuple)):
        if value and all(isinstance(one, str) for one in value):
            yield "".join(value)
        else:
            for one in value:
                yield from said(one)


def test_every_paper_with_a_last_day_says_how_it_was_counted() -> None:
    bare, explained = [], set()
    for one in samples():
        texts = list(said(one.content))
        ends = [text for text in texts if END.search(text)]
        if any(COUNTED.search(text) for text in texts):
            explained.add(one.step)
        elif ends:
            bare.append((one.name, ends[0][:80]))
    assert not bare, "\n".join(map(str, bare))
    assert explained >= {
        "announce_service", "extend", "ask_extension", "resume", "post_notice", "close_notice", "announce_competition",
        "report_recommendation", "confirm_candidates", "appoint", "decide", "suggest_return", "admonish",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("RM-REVIEW-FILE", "依据《公务员法》第95条"),
        ("RM-ANNOUNCE", "依据《公务员申诉规定（试行）》（2008年）第32条"),
        ("UP-NOTICE", "依据《党政领导干部选拔任用工作条例》（2014年）第41条"),
        ("DN-HEARING", "本期限为本机关的办理时限，不是法定期限"),
        ("DN-INQ-REPLY", "本期限由本机关参照有关规定确定"),
        ("RM-REAPPEAL-FILE", "本期限由本机关参照有关规定确定"),
    ],
)
def test_the_basis_is_named_as_papers_name_it_and_only_where_the_law_sets_the_figure(rule: str, words: str) -> None:
    assert basis(vars(known_rules()[rule])) == words


def test_no_basis_shows_a_word_of_the_table_s_own_notes() -> None:
    for rule in known_rules().values():
        assert not re.search(r"[A-Za-z]", basis(vars(rule))), rule.rule_id


@pytest.mark.parametrize(
    ("rule", "start", "words"),
    [
        ("RM-REVIEW-FILE", date(2026, 5, 1), "2026年5月31日为休息日，顺延，届满日2026年6月1日"),
        ("UP-PROB-FILE", date(2026, 4, 15), "自2026年4月15日起向前推1个月"),
        ("UP-PROB-FILE", date(2026, 4, 15), "2026年3月15日为休息日，提前，届满日2026年3月13日"),
    ],
)
def test_what_was_moved_is_said(rule: str, start: date, words: str) -> None:
    assert words in on_paper(last_day(rule=known_rules()[rule], start=start, calendar=calendar_from_db()).explanation)
