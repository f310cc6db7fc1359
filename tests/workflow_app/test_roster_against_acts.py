"""王建国 lost the post by a case: what a workbook of before says is a fault, not a change."""

from __future__ import annotations

from datetime import date

import pytest

from tests.story import TO_SERVED, Town, open_case, run
from tests.workflow_app.test_roster import book, counts, faults, type_rows
from workflow_app import roster, tenures
from workflow_app.models import Cadre

pytestmark = pytest.mark.django_db


def row(since: str = "", *, unit: str = "YX-01", title: str = "", rank: str = "四级调研员") -> type_rows:
    return {"干部": [["YX00001", "王建国", "男", "1974-05", unit, title, rank, since, "是"]]}


def tenure(first: str, last: str, title: str = "副局长") -> type_rows:
    return {"任职经历": [["YX00001", "王建国", "YX-01", title, first, last, ""]]}


@pytest.fixture(autouse=True)
def removed(town: Town) -> None:
    Cadre.objects.filter(pk=town.wang.pk).update(rank="三级调研员", post_since=date(2020, 5, 1))
    run(town, open_case(town), *TO_SERVED, ("formalize", {"rank": "四级调研员"}))
    assert town.today == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"since": "2026-03-02", "title": "副局长"}, "H（任现职时间）列：“2026-03-02”；应为晚于2026-03-02的日期：单位和职务已由案件"),
        ({"since": "2020-05-01", "title": "副局长", "rank": "三级调研员"}, "变动为“市交通运输局”，以案件为准"),
        ({"title": "副局长"}, "H（任现职时间）列：空白；应为晚于2026-03-02"),
        ({"since": "2026-02-01"}, "H（任现职时间）列：“2026-02-01”；应为空白：由案件"),
        ({"rank": "三级调研员"}, "G（职级）列：“三级调研员”；应为“四级调研员”：由案件"),
    ],
)
def test_the_present_is_what_the_case_made_it(town: Town, told: dict[str, str], said: str) -> None:
    found = faults(row(**told))
    assert any(said in one for one in found) and len(found) == 1, found
    assert Cadre.objects.get(pk=town.wang.pk).post is None


def test_a_later_move_is_taken(town: Town) -> None:
    roster.take(book(row("2026-03-03", title="副局长")), "名册.xlsx", by=None, at=town.at)
    assert [one.kind for one in tenures.history(town.wang)] == ["ROSTER", "REMOVED", "ROSTER"]
    assert Cadre.objects.get(pk=town.wang.pk).post_since == date(2026, 3, 3)


def test_another_rank_is_taken(town: Town) -> None:
    roster.take(book(row(rank="二级调研员")), "名册.xlsx", by=None, at=town.at)
    assert Cadre.objects.get(pk=town.wang.pk).rank == "二级调研员"


def test_a_stretch_that_the_case_ended_does_not_go_on(town: Town) -> None:
    for last in ("", "2026-03-15"):
        assert any("G列" in one or "F（至）列" in one for one in faults(tenure("2020-05-01", last)))
    before = counts()
    taken = roster.take(book(tenure("2020-05-01", "2026-03-01")), "名册.xlsx", by=None, at=town.at)
    assert (taken.changes["new"], taken.changes["changed"]) == ({}, []) and counts() == before
    earlier = roster.take(book(tenure("2015-05-01", "2020-04-30", "科长")), "经历.xlsx", by=None, at=town.at)
    assert earlier.changes["new"] == {"任职经历": 1}
