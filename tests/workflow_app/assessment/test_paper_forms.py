"""Ratings on paper: numbered, each valid once, typed by two people alike, sealed like a link's, and counted for the least samples."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.workflow_app.assessment.stage import Hall
from workflow_app import assessing, clock
from workflow_app.assessment.campaigns import answering, closing, paper
from workflow_app.models import Account, Ballot, Campaign, LinkIssue, PaperEntry, Rating, Record, RecordPart, Slip, Subject, Ticket
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(hall: Hall) -> Campaign:
    return hall.campaign()


def subject(campaign: Campaign) -> Subject:
    return Subject.objects.select_related("campaign__version", "campaign__organ").get(campaign=campaign)


def forms(hall: Hall, campaign: Campaign, count: int = 2) -> list[str]:
    return assessing.issue_forms(subject(campaign), "PUBLIC", count, by=hall.office, at=hall.at)


def points(hall: Hall, campaign: Campaign, serial: str, *given: int) -> dict[str, str]:
    questions = paper.sheet_of(campaign, serial, hall.at).questions
    return {one.field: str(value) for one, value in zip(questions, given or [8] * len(questions), strict=True)}


def typed(hall: Hall, campaign: Campaign, serial: str, by: Account, *given: int, anew: bool = False) -> bool:
    return assessing.enter_form(campaign, serial, points(hall, campaign, serial, *given), anew=anew, by=by, at=hall.at)


def test_a_number_is_long_readable_and_kept_only_as_its_hash(hall: Hall, campaign: Campaign) -> None:
    serials = forms(hall, campaign, 50)
    assert len(set(serials)) == 50 and {len(one) for one in serials} == {12}
    assert not set("".join(serials)) & set("0O1I2Z5S8B"), "no two that a hand writes alike"
    assert paper.serial_of(paper.shown(serials[0]).lower()) == serials[0]
    assert Ticket.objects.count() == 50 and not Ticket.objects.filter(digest__in=serials).exists()
    assert LinkIssue.objects.get().count == 50
    record = Record.objects.get(kind="ASSESS", outcome="forms")
    assert serials[0] not in record.body


def test_one_types_it_another_types_it_again_and_only_then_it_counts(hall: Hall, campaign: Campaign) -> None:
    serial = forms(hall, campaign)[0]
    assert typed(hall, campaign, paper.shown(serial), hall.office) is False
    assert Ballot.objects.count() == 0 and paper.waiting(campaign) == 1
    assert b"8" not in bytes(PaperEntry.objects.get().sealed)[:1]
    with pytest.raises(Refused, match="您已经录入"):
        typed(hall, campaign, serial, hall.office)
    assert typed(hall, campaign, serial, hall.second) is True
    assert Ballot.objects.get().group == "PUBLIC" and paper.waiting(campaign) == 0
    public = next(one for one in closing.progress(campaign) if one.key == "PUBLIC")
    assert (public.expected, public.answered, public.short) == (2, 1, 1), "counted like any other, and one is still too few"
    for by in (hall.office, hall.second):
        with pytest.raises(Refused, match="已经计入"):
            assessing.enter_form(campaign, serial, {}, by=by, at=hall.at)


def test_what_was_typed_differently_is_named_and_nothing_counts(hall: Hall, campaign: Campaign) -> None:
    serial = forms(hall, campaign)[0]
    typed(hall, campaign, serial, hall.office, 8, 8, 9)
    with pytest.raises(Refused, match="“工作实绩”") as refused:
        typed(hall, campaign, serial, hall.second, 8, 7, 9)
    assert "“政治素质”" not in refused.value.reason
    assert Ballot.objects.count() == 0
    assert typed(hall, campaign, serial, hall.second, 8, 7, 9, anew=True) is False, "the first entry was wrong: this is now the first"
    with pytest.raises(Refused, match="您已经录入"):
        typed(hall, campaign, serial, hall.second, 8, 7, 9)
    assert typed(hall, campaign, serial, hall.office, 8, 7, 9) is True
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    assert sorted(int(one.value) for one in Rating.objects.all()) == [7, 8, 9]


@pytest.mark.parametrize("serial", ["", "ABCD", "AAAAAAAAAAAA"])
def test_a_number_that_is_not_of_this_campaign_is_refused(hall: Hall, campaign: Campaign, serial: str) -> None:
    forms(hall, campaign)
    with pytest.raises(Refused, match="没有这个编号"):
        assessing.enter_form(campaign, serial, {}, by=hall.office, at=hall.at)


def test_a_form_of_another_round_is_refused(hall: Hall, campaign: Campaign) -> None:
    serial = forms(hall, campaign)[0]
    Campaign.objects.filter(pk=campaign.pk).update(name="这一次")
    kept = {
        "organ": campaign.organ,
        "year": 2025,
        "period": "年度",
        "version": campaign.version,
        "created_by": hall.office,
        "created_at": hall.at,
    }
    other = Campaign.objects.create(name="另一次", closes_at=campaign.closes_at, opened_by=hall.office, opened_at=hall.at, **kept)
    with pytest.raises(Refused, match="没有这个编号"):
        assessing.enter_form(other, serial, points(hall, campaign, serial), by=hall.office, at=hall.at)
    assert not PaperEntry.objects.exists()


def test_a_form_with_a_gap_is_not_typed_in(hall: Hall, campaign: Campaign) -> None:
    serial = forms(hall, campaign)[0]
    given = points(hall, campaign, serial)
    given[next(iter(given))] = "11"
    with pytest.raises(Refused, match="还没有评分"):
        assessing.enter_form(campaign, serial, given, by=hall.office, at=hall.at)
    assert not PaperEntry.objects.exists()


def test_nobody_types_a_form_about_themself(hall: Hall, campaign: Campaign) -> None:
    serial = forms(hall, campaign)[0]
    with pytest.raises(Refused, match="本人的事项"):
        typed(hall, campaign, serial, hall.town.people["wang"])


def test_forms_are_for_groups_without_names_while_the_round_runs(hall: Hall, campaign: Campaign) -> None:
    one = subject(campaign)
    with pytest.raises(Refused, match="匿名"):
        assessing.issue_forms(one, "PEERS", 2, by=hall.office, at=hall.at)
    for count in (0, 51):
        with pytest.raises(Refused, match="1至50份"):
            assessing.issue_forms(one, "PUBLIC", count, by=hall.office, at=hall.at)
    with pytest.raises(Refused, match="没有在进行"):
        assessing.issue_forms(one, "PUBLIC", 1, by=hall.office, at=campaign.closes_at)


def test_a_form_answered_online_is_not_typed_in_and_typed_once_does_not_count_at_the_end(hall: Hall, campaign: Campaign) -> None:
    online, once = forms(hall, campaign)
    answering.cast(online, points(hall, campaign, online), (), at=hall.at)
    with pytest.raises(Refused, match="已经计入"):
        typed(hall, campaign, online, hall.office)
    typed(hall, campaign, once, hall.office)
    assert assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at) == 1
    assert Slip.objects.count() == 1 and not PaperEntry.objects.exists() and not Ticket.objects.exists()
    record = Record.objects.get(kind="ASSESS", outcome="closed")
    assert '"typed_once":1' in RecordPart.objects.get(chain=record.chain, seq=record.seq, name="facts").value


def test_the_page_prints_forms_and_takes_two_entries(hall: Hall, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: hall.at)
    url, issued = f"/assessment/campaigns/{campaign.pk}/forms/", forms(hall, campaign)
    clients = []
    for account in (hall.office, hall.second):
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        clients.append(client)
    told = {"do": "print", "subject": subject(campaign).pk, "group": "PUBLIC", "count": "2"}
    assert clients[0].post(url, told).content.startswith(b"%PDF")
    assert clients[0].post(url, {**told, "count": "x"}).status_code == 422
    form = clients[0].post(url, {"do": "open", "serial": paper.shown(issued[0])})
    assert "录入对王建国的评价" in form.content.decode()
    gap = clients[0].post(url, {"do": "enter", "serial": issued[0], **points(hall, campaign, issued[0], 8, 8, 8), "score-0": "3"})
    assert gap.status_code == 302
    assert "1张表只录入了一次" in clients[1].get(url).content.decode()
    other = clients[1].post(url, {"do": "enter", "serial": issued[0], **points(hall, campaign, issued[0], 8, 8, 7)})
    assert other.status_code == 422 and other.content.decode().count("selected") >= 3, "what was typed stays"
    same = clients[1].post(url, {"do": "enter", "serial": issued[0], **points(hall, campaign, issued[0], 8, 8, 8)}, follow=True)
    assert "两次录入一致，已经封存计入" in same.content.decode()
    client = Client()
    client.force_login(hall.town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 404
