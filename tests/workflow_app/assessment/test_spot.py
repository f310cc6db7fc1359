"""随时评: a link good for a day, ratings of another system with their own scale, and what they come to."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.test_sealed_ratings import spot as running
from workflow_app import assessing, clock
from workflow_app.assessment.campaigns import answering, links, spot
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Ballot, Campaign, Message, Rating, Record, ServiceEvent, Slip, Subject, Ticket
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
LINE = ("YX00001", "王建国", "办件001", "2026-01-09 15:30", 4.8, 5, "一次办好、耐心解释")


def book(*rows: tuple[Any, ...], head: tuple[str, ...] = spot.COLUMNS) -> BytesIO:
    made = Workbook()
    made.active.title = "服务评价"
    for row in (head, *rows):
        made.active.append(list(row))
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out


def line(n: int, points: float = 4.8, *tags: str) -> tuple[Any, ...]:
    return (*LINE[:2], f"办件{n:03}", LINE[3], points, 5, "、".join(tags))


def take(hall: Hall, campaign: Campaign, *rows: tuple[Any, ...], **more: Any) -> int:
    return assessing.take_in_ratings(campaign, "ratings.xlsx", book(*rows, **more), by=hall.office, at=hall.at)


def closed(campaign: Campaign) -> spot.Result:
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    return spot.results(Campaign.objects.get(pk=campaign.pk))[0]


def test_a_link_after_a_service_is_good_for_a_day_and_its_row_has_no_moment(hall: Hall) -> None:
    campaign = running(hall)
    subject = Subject.objects.get(campaign=campaign)
    token = links.after_service(subject, "办件001", happened_at=hall.at - timedelta(hours=2), by=hall.office, at=hall.at)
    day = hall.at + timedelta(hours=24)
    assert answering.sheet_of(token, day) is not None
    assert answering.sheet_of(token, day + timedelta(seconds=1)) is None
    with pytest.raises(Refused, match="过期"):
        answering.cast(token, {"score-all": "9"}, (), at=day + timedelta(seconds=1))
    later = token.partition(".")[0] + f".{int(day.timestamp()) + 99999:x}"
    assert answering.sheet_of(later, day) is None, "a moment that was changed is another token"
    assert {column.name for column in Ticket._meta.get_fields()} == {"digest", "subject", "group", "used", "envelope"}


def test_four_point_eight_of_five_is_kept_so_and_counts_ninety_six(hall: Hall) -> None:
    campaign = running(hall)
    assert take(hall, campaign, *[line(n) for n in range(5)]) == 5
    assert Rating.objects.count() == 0, "sealed until the end"
    assert b"4.8" not in bytes(Ballot.objects.all()[0].sealed)
    result = closed(campaign)
    assert {(str(one.value), str(one.scale)) for one in Rating.objects.all()} == {("4.80", "5.00")}
    assert (result.answers, str(result.mean)) == (5, "96.00")


def test_ratings_of_several_scales_are_brought_together(hall: Hall) -> None:
    campaign = running(hall)
    subject = Subject.objects.get(campaign=campaign)
    take(hall, campaign, *[line(n, 4, "一次办好") for n in range(4)])
    token = links.after_service(subject, "办件100", happened_at=hall.at, by=hall.office, at=hall.at)
    hall.answer(token, 10, "一次办好", "态度热情")
    result = closed(campaign)
    assert (result.answers, str(result.mean)) == (5, "84.00"), "four times 80 and once 100"
    assert result.tags == (("一次办好", 5), ("态度热情", 1))


def test_four_ratings_show_no_mean_and_no_tags(hall: Hall) -> None:
    campaign = running(hall)
    take(hall, campaign, *[line(n, 3, "等候过久") for n in range(4)])
    result = closed(campaign)
    assert (result.answers, result.mean, result.tags) == (4, None, ())


@pytest.mark.parametrize(("count", "reminded"), [(29, True), (30, False)])
def test_fewer_than_thirty_in_half_a_year_reminds_the_organization(hall: Hall, count: int, reminded: bool) -> None:
    campaign = running(hall)
    take(hall, campaign, *[line(n) for n in range(count)])
    closed(campaign)
    found = Message.objects.filter(key=f"few:{campaign.pk}", account=hall.town.people["org_leader1"])
    assert found.exists() == reminded


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (("YX99999", *LINE[1:]), "第2行A（经办干部编号）列"),
        ((LINE[0], "王小国", *LINE[2:]), "第2行B（经办干部）列"),
        ((*LINE[:2], "", *LINE[3:]), "第2行C（事项编号）列"),
        ((*LINE[:3], "昨天", *LINE[4:]), "第2行D（办结时间）列"),
        ((*LINE[:3], "2026-01-11 09:00", *LINE[4:]), "不在将来"),
        ((*LINE[:4], 5.5, *LINE[5:]), "第2行E（分数）列：“5.5”；应为0至满分5的数"),
        ((*LINE[:4], "", *LINE[5:]), "第2行E（分数）列：空白"),
        ((*LINE[:5], 7, LINE[6]), "第2行F（满分）列"),
        ((*LINE[:6], "帅气"), "第2行G（标签）列"),
    ],
)
def test_every_fault_has_its_place_and_nothing_is_half_done(hall: Hall, row: tuple[Any, ...], place: str) -> None:
    campaign = running(hall)
    with pytest.raises(BadSheet) as refused:
        take(hall, campaign, row, line(7))
    assert any(place in str(one) for one in refused.value.faults), [str(one) for one in refused.value.faults]
    assert not Ballot.objects.exists()
    assert not ServiceEvent.objects.exists()


def test_a_column_that_would_tell_who_was_served_is_refused(hall: Hall) -> None:
    campaign = running(hall)
    with pytest.raises(BadSheet) as refused:
        take(hall, campaign, (*LINE, "张三"), head=(*spot.COLUMNS, "服务对象"))
    assert "多出的列“服务对象”" in str(refused.value.faults[0])


def test_a_matter_is_rated_once_by_file_or_by_link(hall: Hall) -> None:
    campaign = running(hall)
    take(hall, campaign, line(1))
    for rows in ((line(1),), (line(2), line(2))):
        with pytest.raises(BadSheet, match="1处错误"):
            take(hall, campaign, *rows)
    with pytest.raises(Refused, match="已经发出"):
        links.after_service(Subject.objects.get(campaign=campaign), "办件001", happened_at=hall.at, by=hall.office, at=hall.at)
    assert Record.objects.filter(outcome="ratings").count() == 1


def test_a_round_takes_no_service_ratings(hall: Hall) -> None:
    with pytest.raises(Refused, match="不是随时评"):
        take(hall, hall.campaign(), LINE)


def test_the_page_takes_the_sheet_in_and_shows_what_came_of_it(hall: Hall, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: hall.at)
    campaign = running(hall)
    client.force_login(hall.office, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/assessment/campaigns/{campaign.pk}/"
    assert client.get(f"{url}plan.xlsx").status_code == 200
    bad = book((*LINE[:4], 6, *LINE[5:]))
    bad.name = "bad.xlsx"
    assert "0至满分5的数" in client.post(url, {"do": "ratings", "file": bad}).content.decode()
    good = book(*[line(n) for n in range(6)])
    good.name = "good.xlsx"
    assert "已导入6份评价" in client.post(url, {"do": "ratings", "file": good}, follow=True).content.decode()
    closed(campaign)
    said = client.get(url).content.decode()
    assert "96.00" in said and "不足30份" in said
    assert Slip.objects.count() == 6
