"""manage.py deadline, for every row of the table: against a counter that goes day by day and shares no code with the clock."""

from __future__ import annotations

import csv
import json
from calendar import monthrange
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from django.core.management import CommandError, call_command

from flows.law import HERE

pytestmark = pytest.mark.django_db
with (HERE / "deadlines.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["rule_id"]: row for row in csv.DictReader(file)}
DAY = timedelta(days=1)
STARTS = [date(2025, 1, 27), date(2025, 8, 31), date(2025, 9, 30), date(2025, 11, 29)]  # before a long holiday, a month's end, a weekend


def works(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def naive(row: dict[str, str], start: date, extend: int) -> date:
    """The last day by counting on one's fingers."""
    length, way = int(row["length"]) + extend, -1 if row["kind"] == "backward" else 1
    day = start
    if row["unit"] == "working_day":
        while length:
            day += DAY * way
            length -= works(day)
    elif row["unit"] == "calendar_day":
        day += DAY * way * length
    else:
        years, month = divmod(start.month - 1 + way * length, 12)
        year, month = start.year + years, month + 1
        day = date(year, month, min(start.day, monthrange(year, month)[1]))
    while row["rolls"] != "no" and not works(day):
        day += DAY if row["rolls"] == "forward" else -DAY
    return day


def asked(*words: str) -> str:
    out = StringIO()
    call_command("deadline", *words, stdout=out)
    return out.getvalue()


def test_a_file_of_every_rule_from_every_start_with_the_longest_extension(tmp_path: Path) -> None:
    questions = [(rule, start, extend) for rule, row in ROWS.items() for start in STARTS for extend in sorted({0, int(row["extend_by"])})]
    path = tmp_path / "in.csv"
    path.write_text(
        "rule,from,extend\n" + "".join(f"{rule},{start},{extend or ''}\n" for rule, start, extend in questions), encoding="utf-8"
    )
    answers = list(csv.DictReader(StringIO(asked("--batch", str(path)))))
    assert len(answers) == len(questions) > 4 * len(ROWS)
    expected = [(rule, str(start), str(extend), str(naive(ROWS[rule], start, extend))) for rule, start, extend in questions]
    assert [(a["rule"], a["from"], a["extend"], a["last_day"]) for a in answers if a["last_day"] < "2027"] == [
        e for e in expected if e[3] < "2027"
    ]
    assert {a["provisional"] for a in answers if a["last_day"] < "2027"} == {"false"}


@pytest.mark.parametrize("rule", ROWS)
def test_an_answer_names_rule_source_certainty_and_every_skipped_day(rule: str) -> None:
    row = ROWS[rule]
    answer: dict[str, Any] = json.loads(asked(rule, "--from", "2025-09-30", "--json"))
    assert (answer["rule"], answer["from"], answer["source"], answer["certainty"]) == (rule, "2025-09-30", row["source"], row["certainty"])
    assert answer["last_day"] == str(naive(row, date(2025, 9, 30), 0))
    for skipped in answer["skipped"]:
        assert not works(date.fromisoformat(skipped["date"]))
        assert skipped["why"]
    if row["unit"] == "working_day" and row["kind"] != "backward":
        between = [date(2025, 9, 30) + DAY * n for n in range(1, (date.fromisoformat(answer["last_day"]) - date(2025, 9, 30)).days + 1)]
        assert [s["date"] for s in answer["skipped"]] == [str(day) for day in between if not works(day)]


@pytest.mark.parametrize("rule", ROWS)
def test_more_than_the_rule_allows_is_refused(rule: str) -> None:
    with pytest.raises(CommandError, match=f"{rule} 最多可延长{ROWS[rule]['extend_by']}"):
        asked(rule, "--from", "2025-09-30", "--extend", str(int(ROWS[rule]["extend_by"]) + 1))


@pytest.mark.parametrize("rule", [rule for rule, row in ROWS.items() if row["kind"] != "backward"])
def test_a_suspension_moves_internal_periods_and_no_others(rule: str) -> None:
    free, held = (
        json.loads(asked(rule, "--from", "2025-03-03", "--json", *more)) for more in ((), ("--suspended", "2025-03-04..2025-03-14"))
    )
    assert (held["last_day"] > free["last_day"]) is (ROWS[rule]["clock"] == "internal")


def test_words_for_people_say_the_same(tmp_path: Path) -> None:
    said = asked("DN-HEARING", "--from", "2025-09-30")
    assert "届满日 2025-10-14" in said
    assert "2025-10-01" in said, "the skipped days"
    assert "PROJECT DEFAULT" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "需要规则编号"), (("DN-HEARING",), "需要规则编号"), (("NO-RULE", "--from", "2025-09-30"), "没有规则"),
        (("DN-HEARING", "--from", "30.9.2025"), "日期应写作"), (("DN-HEARING", "--from", "2025-09-30", "--suspended", "2025-10-01"), "中止期间应写作"),
        (("DN-HEARING", "--from", "2025-09-30", "--suspended", "2025-10-09..2025-10-08"), "中止期间应写作"),
        (("DN-HEARING", "--from", "2025-09-30", "--extend", "-1"), "最多可延长"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused_in_words(words: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        asked(*words)


def test_a_faulty_row_of_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("rule,from,extend\nDN-HEARING,2025-09-30,\nDN-HEARING,2025-09-30,6\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第3行"):
        asked("--batch", str(path))
