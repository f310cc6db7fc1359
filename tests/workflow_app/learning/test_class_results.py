"""Results of a class: hours and words, corrected with a reason, and never a mark."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.story import Town
from tests.workflow_app.learning.taught import called, came, opened, over
from workflow_app import training
from workflow_app.learning import record
from workflow_app.learning.wording import is_mark
from workflow_app.models import (
    ClassResult,
)
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": ""}, "完成、部分参加、未参加"),
        ({"hours": Decimal("40.5")}, "不超过40.0的学时"),
        ({"hours": Decimal(0)}, "大于0"),
        ({"hours": Decimal("0.25")}, "一位小数"),
        ({"outcome": "ABSENT"}, "未参加的为0"),
        ({"text": "好"}, "请写明结业情况"),
        ({"text": "结业考试92分"}, "不写分数、名次"),
        ({"text": "在全班排第3名"}, "不写分数、名次"),
        ({"text": "92.5"}, "不写分数、名次"),
    ],
)
def test_a_result_is_hours_and_words_and_never_a_mark(town: Town, changes: dict[str, Any], words: str) -> None:
    one = called(town, opened(town))[0]
    over(town)
    with pytest.raises(Refused, match=words) as no:
        training.enter_result(came(one, **changes), by=town.people["org_leader1"], at=town.at)
    assert no.value.way_out and not ClassResult.objects.exists()


@pytest.mark.parametrize("text", ["分组讨论三次，能讲清政策。", "用15分钟讲解案例，表达清楚。", "十分熟悉业务流程。", "完成全部8个专题。"])
def test_plain_words_are_not_taken_for_a_mark(text: str) -> None:
    assert not is_mark(text)


def test_a_result_is_not_entered_before_the_class(town: Town) -> None:
    found = opened(town, first=town.today + timedelta(days=1))
    one = called(town, found)[0]
    leader = town.people["org_leader1"]
    with pytest.raises(Refused, match="以后再登记"):
        training.enter_result(came(one, outcome="PARTLY"), by=leader, at=town.at)
    town.later(days=1)
    with pytest.raises(Refused, match="结束（.*）以后才能登记"):
        training.enter_result(came(one), by=leader, at=town.at)


def test_a_corrected_result_says_why_and_the_newest_counts(town: Town) -> None:
    one, leader = called(town, opened(town))[0], town.people["org_leader1"]
    over(town)
    training.enter_result(came(one), by=leader, at=town.at)
    with pytest.raises(Refused, match="与已登记的相同"):
        training.enter_result(came(one), by=leader, at=town.at)
    less = came(one, outcome="PARTLY", hours=Decimal("24.0"))
    with pytest.raises(Refused, match="更正理由"):
        training.enter_result(less, by=leader, at=town.at)
    training.enter_result(came(one, outcome="PARTLY", hours=Decimal("24.0"), why="签到表核对有误。"), by=leader, at=town.at)
    assert record.hours([town.wang.pk], 2026)[town.wang.pk].total == Decimal("24.0")
    assert ClassResult.objects.count() == 2
