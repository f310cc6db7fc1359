"""People get told: once, the right ones, inside the system; outside of it only that something waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.faults.post_office import PostOffice
from tests.story import TO_MEETING, Town, act, fresh, item_of, key, open_case, run
from workflow_app import absences, conduct, outbox
from workflow_app.models import Account, Case, Deadline, Document, Message, Outgoing, Record, Seat, Wish, WorkItem
from workflow_app.telling import chasing, messages, outside, watching
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LEADERS = {f"org_leader{n}" for n in (1, 2, 3, 4)}


def told(town: Town, kind: str, case: Case) -> set[str]:
    """Who was told, by name."""
    found = Message.objects.filter(kind=kind, case=case).values_list("account", flat=True)
    return {name for name, account in town.people.items() if account.pk in set(found)}


def follow(town: Town) -> None:
    while watching.follow(town.at):
        pass


@pytest.fixture
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's events are never committed, and PostgreSQL shows a reader only what is: here they are read by their number."""
    monkeypatch.setattr(watching.events, "SETTLED", "true")


def test_a_new_item_is_told_to_everybody_at_its_desk_and_to_each_once(town: Town, told_at_once: None) -> None:
    case = open_case(town)
    follow(town)
    assert told(town, "ITEM", case) == LEADERS
    count = Message.objects.count()
    follow(town)
    conduct.claim(item_of(case, "approve_opening"), by=town.people["org_leader1"], at=town.at, key=key())
    follow(town)
    assert Message.objects.count() == count


def test_who_is_given_an_item_is_told(town: Town, told_at_once: None) -> None:
    case = open_case(town)
    item = item_of(case, "approve_opening")
    conduct.claim(item, by=town.people["org_leader1"], at=town.at, key=key())
    follow(town)
    assert not told(town, "ITEM", case)
    town.later(minutes=5)
    conduct.assign(item, to=town.people["org_leader2"], by=town.people["org_leader1"], reason="出差", at=town.at, key=key())
    follow(town)
    assert told(town, "ITEM", case) == {"org_leader2"}


def test_the_person_concerned_is_told_of_what_is_asked_and_of_papers(town: Town, told_at_once: None) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    follow(town)
    asked = Message.objects.get(account=town.people["wang"], kind="ITEM")
    assert asked.title == "请您办理：陈述申辩"
    assert not told(town, "PAPER", case)
    outbox.render(Document.objects.get(case=case, step="inform_cadre").pk, at=town.at)
    follow(town)
    assert told(town, "PAPER", case) == {"wang"}
    assert "告知书" in Message.objects.get(kind="PAPER").title


def test_what_is_late_is_told_to_the_lead(town: Town, told_at_once: None) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    follow(town)
    over = Deadline.objects.get(case=case, rule_id="DN-LEGAL-MAX")
    town.at = over.fires_at
    conduct.expire(over.pk, at=town.at)
    follow(town)
    assert told(town, "LATE", case) == LEADERS


def test_when_nobody_is_there_the_lead_is_told_and_it_stands_on_record(town: Town, told_at_once: None) -> None:
    case = run(town, open_case(town), *TO_MEETING[:8])
    for n in (1, 2, 3, 4):
        who = town.people[f"legal_reviewer{n}"]
        seat = Seat.objects.get(account=who)
        absences.declare(seat, first=town.today, last=town.today + 9 * DAY, reason="学习", by=who, at=town.at)
    act(town, case, "propose")
    follow(town)
    follow(town)
    assert told(town, "NOBODY", case) == LEADERS
    assert Record.objects.filter(case=case, kind="ESCALATE", outcome="nobody").count() == 1
    assert WorkItem.objects.get(process=case, step="review_legality").escalated_at == town.at
    assert not told(town, "LATE", case)


def test_chasers_come_before_on_and_after_the_due_date_and_once_a_day(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    last = item_of(case, "review_legality").due_on
    target = date.fromisoformat(Deadline.objects.get(case=case, rule_id="DN-LEGAL-MAX").explanation["target"])
    for day in range((last - town.today).days + 7):
        at = datetime.combine(town.today + day * DAY, datetime.min.time(), tzinfo=town.at.tzinfo)
        assert chasing.chase(at.replace(hour=7)) == 0, "not before eight"
        chasing.chase(at.replace(hour=8))
        assert chasing.chase(at.replace(hour=9)) == 0, "once a day"
    mine = Message.objects.filter(account=town.people["legal_reviewer1"], kind="CHASE").order_by("id")
    assert [one.created_at.astimezone(town.at.tzinfo).date() for one in mine] == [target, last, last + DAY, last + 3 * DAY, last + 6 * DAY]
    assert [one.title.split("，")[1] for one in mine] == [
        f"还剩{(last - target).days}天",
        "今天到期",
        "已逾期1天",
        "已逾期3天",
        "已逾期6天",
    ]


def test_what_stands_still_is_not_chased(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    due = item_of(case, "review_legality").due_on
    conduct.begin(case, "suspend", by=town.people["case_handler1"], at=town.at, key=key())
    act(town, case, "suspend", by=town.people["case_handler1"])
    assert fresh(case).suspended_on
    chasing.chase(datetime.combine(due, datetime.min.time(), tzinfo=town.at.tzinfo).replace(hour=9))
    assert not told(town, "CHASE", case)


def wish(account: Account, how: str, **more: Any) -> None:
    Wish.objects.create(account=account, address="somebody@example.com", mail=how, **more)


def send(at: datetime) -> None:
    for kind in ("MAIL", "SMS"):
        for row in Outgoing.objects.filter(kind=kind, done_at=None):
            outbox.HANDLERS[kind](row, at)
            Outgoing.objects.filter(pk=row.pk).update(done_at=at)


def test_a_mail_says_that_something_waits_and_nothing_of_what(town: Town, told_at_once: None) -> None:
    wish(town.people["org_leader1"], "EACH")
    case = open_case(town)
    follow(town)
    send(town.at)
    (sent,) = mail.outbox
    words = sent.subject + sent.body
    for secret in (case.number, town.wang.name, "启动审批", town.wang.unit.name):
        assert secret not in words
    assert "1条未读" in words


def test_a_digest_comes_once_a_day_and_only_when_something_is_unread(town: Town, told_at_once: None) -> None:
    reader = town.people["org_leader1"]
    wish(reader, "DAILY")
    open_case(town)
    follow(town)
    assert not Outgoing.objects.filter(kind="MAIL").exists()
    for hour in (8, 9, 10):
        chasing.chase(town.at.replace(hour=hour) + DAY)
    send(town.at)
    assert len(mail.outbox) == 1
    messages.read(reader, town.at)
    chasing.chase(town.at.replace(hour=8) + 2 * DAY)
    send(town.at)
    assert len(mail.outbox) == 1


class Gateway:
    """A gateway that keeps what it was given."""

    sent: list[tuple[str, str]] = []

    def send(self, number: str, text: str) -> None:
        """Keep."""
        self.sent.append((number, text))


def test_a_text_goes_through_the_office_s_own_gateway(town: Town, settings: Any, told_at_once: None) -> None:
    Gateway.sent.clear()
    wish(town.people["org_leader1"], "NEVER", texts=True, phone="13800000000")
    case = open_case(town)
    follow(town)
    send(town.at)
    assert Gateway.sent == []
    assert outside.gateway() is None
    settings.SMS_GATEWAY = f"{__name__}.Gateway"
    Outgoing.objects.filter(kind="SMS").update(done_at=None)
    send(town.at)
    assert [number for number, _ in Gateway.sent] == ["13800000000"]
    assert case.number not in Gateway.sent[0][1]


def test_mail_that_cannot_be_sent_is_tried_again_and_then_put_aside(town: Town, settings: Any, told_at_once: None) -> None:
    server = PostOffice()
    server.mood = "unknown"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    wish(town.people["org_leader1"], "EACH")
    open_case(town)
    follow(town)
    Outgoing.objects.exclude(kind="MAIL").delete()
    worker, row = Worker(), Outgoing.objects.get(kind="MAIL")
    while row.next_at:
        worker.work_off(max(row.next_at, town.at))
        row.refresh_from_db()
    server.close()
    assert (row.attempts, row.done_at, row.dead_at is not None) == (outbox.TRIES, None, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    admin = Account.objects.create(username="steward", office="SYSTEM", password="!")
    outbox.retry(row.pk, by=admin, at=town.at)
    worker.work_off(town.at)
    assert len(mail.outbox) == 1


def test_nobody_reads_another_s_messages(town: Town, client: Client, settings: Any, told_at_once: None) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = open_case(town)
    follow(town)
    mine = Message.objects.get(account=town.people["org_leader1"])
    client.force_login(town.people["org_leader2"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/messages/{mine.pk}/").status_code == 404
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/messages/").content.decode()
    assert f"新的待办：{case.number} 启动审批" in page
    assert '<span class="bell-count">1</span>' in page
    assert client.get(f"/messages/{mine.pk}/")["Location"] == mine.url
    assert "bell-count" not in client.get("/messages/count/").content.decode()


def test_the_wishes_are_kept_and_need_an_address(town: Town, client: Client) -> None:
    client.force_login(town.people["wang"], backend="django.contrib.auth.backends.ModelBackend")
    assert "须填写电子邮箱" in client.post("/messages/", {"mail": "DAILY", "address": ""}).content.decode()
    client.post("/messages/", {"mail": "DAILY", "address": "wang@example.com"})
    assert Wish.objects.get(account=town.people["wang"]).mail == "DAILY"
