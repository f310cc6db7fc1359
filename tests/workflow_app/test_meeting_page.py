"""The meeting page: what is missing is said, who must keep out has left, and what was entered goes along."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.story import TO_MEETING, Town, item_of, open_case, run
from workflow_app.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(town: Town, client: Client, settings: Any) -> Client:
    """The secretary, signed in on the day of the story."""
    settings.FIXED_NOW = town.at.isoformat()
    client.force_login(town.people["meeting_secretary1"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case(town: Town) -> Case:
    """A case that waits for the meeting."""
    return run(town, open_case(town), *TO_MEETING)


def entered(town: Town, case: Case, **changes: Any) -> dict[str, Any]:
    people = [town.cadre(f"decision_body{n}") for n in range(1, 10)]
    given = {
        "held_on": str(town.today),
        "place": "常委会议室",
        "present": people,
        "leader": people[8],
        "item": [item_of(case, "record_meeting").pk],
    }
    return given | changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"held_on": "2031-01-01"}, "晚于今天"), ({"held_on": ""}, "会议日期没有填写"), ({"place": " "}, "没有填写会议名称和地点"),
        ({"leader": ""}, "没有指明主要负责人"), ({"present": []}, "须指明一名到会成员代为主持"), ({"item": []}, "没有选择列入议程的案件"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_entered_stays(
    secretary: Client, town: Town, case: Case, changes: dict[str, Any], said: str
) -> None:
    answer = secretary.post("/meeting/", entered(town, case, **changes))
    page = answer.content.decode()
    assert answer.status_code == 409 and said in page
    assert (changes.get("place", "常委会议室").strip() or 'name="place" value=""') in page


def test_attendance_is_entered_once_and_the_recused_have_left(secretary: Client, town: Town, case: Case) -> None:
    out = town.cadre("decision_body3")
    Case.objects.filter(pk=case.pk).update(recused={str(out): "granted"})
    page = secretary.post("/meeting/", entered(town, case), follow=True).content.decode()
    assert "议程 第1项，共1项" in page
    assert "讨论本案前须离场回避：" in page and town.people["decision_body3"].cadre.name in page
    ticked = re.findall(r'name="members-(\d)-recused"[^>]*checked', page)
    assert len(ticked) == 1
    orders = re.findall(r'name="members-\d-order" value="(\d)"', page)
    assert orders == [*"12345678"], "the recused has no number, the others have no gap"


def test_the_chair_in_the_leaders_absence_speaks_last(secretary: Client, town: Town, case: Case) -> None:
    people = [town.cadre(f"decision_body{n}") for n in range(1, 10)]
    page = secretary.post("/meeting/", entered(town, case, present=people[:8], stand_in=people[0]), follow=True).content.decode()
    rows = re.findall(r'name="members-(\d)-stand_in"[^>]*checked', page)
    assert rows == ["7"], "the stand-in is the last of the eight who speak"


def test_nobody_but_a_secretary_has_the_page(town: Town, client: Client) -> None:
    client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/meeting/").status_code == 404
