"""The desk: what it shows, what it costs, page after page, and several items at once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.token import Token

from tests.story import TO_MEETING, Town, open_case, run
from workflow_app.models import Case, Record, WorkItem, row_id

CEILING = 12
ROW = re.compile(r'<tr class="\w*" id="item-(\d+)"')
NEXT = re.compile(r'rel="next" href="([^"]+)"')

pytestmark = pytest.mark.django_db


def sit_down(client: Client, town: Town, who: str) -> Client:
    """Signed in."""
    client.force_login(town.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def pile_up(town: Town, case: Case, number: int, *, due: datetime | None = None, step: str = "list_evidence") -> list[WorkItem]:
    """`number` more items on the desk of the turn's role, each due a day after the one before."""
    turn = WorkItem.objects.filter(process=case).latest("id")
    found = []
    for n in range(number):
        at = due + timedelta(days=n) if due else None
        found.append(WorkItem(
            id=row_id(case.pk, 300_000 + n), process=case, flow_task=case.flow_class.node_of(step), flow_task_type=turn.flow_task_type,
            status="NEW", token=Token("aside"), desk=turn.desk, step=step, opened_by=1, due_at=at, due_on=at.date() if at else None,
        ))  # fmt: skip
    return WorkItem.objects.bulk_create(found)


@pytest.fixture
def case(town: Town) -> Case:
    """A case that waits at the desk of the examination team."""
    return run(town, open_case(town), *TO_MEETING[:2])


def cost(client: Client, url: str) -> tuple[int, str]:
    """Statements of a page, and the page."""
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(seen), answer.content.decode()


def test_an_empty_desk_says_so_in_a_sentence_and_costs_few_statements(town: Town, client: Client) -> None:
    number, page = cost(sit_down(client, town, "archivist1"), "/desk/")
    assert number <= CEILING
    assert "您的岗位上现在没有待办事项。" in page


@pytest.mark.parametrize("question", ["", "?due=over", "?mine=1", "?step=list_evidence", "?step=list_evidence&due=over&mine=1"])
def test_a_full_desk_costs_no_more_whatever_is_asked(town: Town, client: Client, case: Case, question: str) -> None:
    items = pile_up(town, case, 60, due=town.at - timedelta(days=10))
    WorkItem.objects.filter(pk__in=[one.pk for one in items[:8]]).update(status="ASSIGNED", owner=town.people["examination_team1"])
    number, page = cost(sit_down(client, town, "examination_team1"), f"/desk/{question}")
    assert number <= CEILING
    assert ROW.findall(page)


def test_pages_follow_each_other_by_due_date_without_gap_or_repetition(town: Town, client: Client, case: Case) -> None:
    pile_up(town, case, 60, due=town.at)
    sit_down(client, town, "examination_team1")
    number, first = cost(client, "/desk/")
    url = NEXT.search(first)
    assert url is not None
    number, second = cost(client, url[1].replace("&amp;", "&"))
    assert number <= CEILING
    seen = [int(key) for key in ROW.findall(first) + ROW.findall(second)]
    wanted = WorkItem.objects.filter(desk__seats__account=town.people["examination_team1"], status="NEW").order_by(
        F("due_at").asc(nulls_last=True), "id"
    )
    assert seen == list(wanted.values_list("pk", flat=True))
    assert NEXT.search(second) is None and "回到首页" in second


def test_overdue_shows_what_is_overdue(town: Town, client: Client, case: Case, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    pile_up(town, case, 5, due=town.at - timedelta(days=2))
    page = sit_down(client, town, "examination_team1").get("/desk/?due=over").content.decode()
    assert len(ROW.findall(page)) == 3, "two days ago, yesterday, and this hour"
    assert "已逾期2天" in page


def test_several_items_are_claimed_at_once_and_each_says_what_became_of_it(town: Town, client: Client) -> None:
    case = run(town, open_case(town), *TO_MEETING[:2])
    turn = WorkItem.objects.get(process=case, status="NEW")
    taken, gone = pile_up(town, case, 1, step="record_interview")[0], 77
    WorkItem.objects.filter(pk=taken.pk).update(status="ASSIGNED", owner=town.people["examination_team2"])
    sit_down(client, town, "examination_team1")
    page = client.post("/desk/bulk/", {"do": "claim", "item": [turn.pk, taken.pk, gone], "key": "k1"}).content.decode()
    assert "3件的办理结果" in page
    assert "已领取" in page and "刚刚被他人领取" in page and "已不在您的岗位上" in page
    assert WorkItem.objects.get(pk=turn.pk).owner == town.people["examination_team1"]


def test_several_items_are_given_to_a_colleague_with_a_reason(town: Town, client: Client, case: Case) -> None:
    turn, to = WorkItem.objects.get(process=case, status="NEW"), town.people["examination_team2"]
    sit_down(client, town, "examination_team1")
    asked = {"do": "assign", "item": [turn.pk], "to": to.pk, "key": "k2"}
    assert "改派须写明理由" in client.post("/desk/bulk/", asked).content.decode()
    page = client.post("/desk/bulk/", asked | {"reason": "出差一周"}).content.decode()
    assert f"已改派给{to.display_name}" in page
    assert Record.objects.filter(case=case, kind="ASSIGN").count() == 1
    client.post("/desk/bulk/", asked | {"reason": "出差一周"})
    assert Record.objects.filter(case=case, kind="ASSIGN").count() == 1, "sent twice, done once"


def test_nothing_ticked_is_refused_with_the_way_out(town: Town, client: Client) -> None:
    answer = sit_down(client, town, "examination_team1").post("/desk/bulk/", {"do": "claim"})
    assert answer.status_code == 409
    assert "先在列表左侧勾选" in answer.content.decode()
