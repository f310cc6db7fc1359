"""Who rated is sealed: no row, no order and no moment ties a rating to a rater; the audit role alone opens an envelope."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, models, transaction

from tests.workflow_app.assessment.stage import Hall
from workflow_app import assessing
from workflow_app.assessment.campaigns import answering, closing, links, sealed
from workflow_app.models import Account, Ballot, Cadre, Campaign, Invitation, Rating, Record, Slip, Subject, Ticket
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
PHRASE = "审计专用口令2026"


@pytest.mark.parametrize("book", [Ticket, Ballot, Slip, Rating])
def test_no_column_of_a_rating_names_a_person_a_moment_or_a_running_number(book: type[models.Model]) -> None:
    for column in book._meta.get_fields():
        assert getattr(column, "related_model", None) not in (Account, Cadre, Invitation), column.name
        assert not isinstance(column, (models.DateField, models.TimeField, models.GenericIPAddressField)), column.name
    assert isinstance(book._meta.pk, (models.UUIDField, models.CharField)), "a running number would tell the order"


def test_the_issuing_list_knows_who_fetched_and_nothing_of_what_was_answered() -> None:
    names = {column.name for column in Invitation._meta.get_fields()}
    assert names == {"id", "subject", "group", "rater", "fetched"}


def test_a_link_is_fetched_once_and_used_once(hall: Hall) -> None:
    campaign = hall.campaign()
    he = hall.peers[0]
    invitation = Invitation.objects.get(rater=he)
    token = links.fetch(invitation.pk, by=he, at=hall.at)
    with pytest.raises(Refused, match="已经领取"):
        links.fetch(invitation.pk, by=he, at=hall.at)
    hall.answer(token, 8)
    assert answering.sheet_of(token, hall.at) is None
    with pytest.raises(Refused, match="已经使用"):
        answering.cast(token, {}, (), at=hall.at)
    assert Ballot.objects.filter(subject__campaign=campaign).count() == 1


def test_nobody_fetches_for_another(hall: Hall) -> None:
    hall.campaign()
    with pytest.raises(Refused, match="没有给您"):
        links.fetch(Invitation.objects.get(rater=hall.peers[0]).pk, by=hall.peers[1], at=hall.at)
    assert not Ticket.objects.exists()


def test_a_form_with_a_gap_leaves_the_link_as_it_was(hall: Hall) -> None:
    hall.campaign()
    token = links.fetch(Invitation.objects.get(rater=hall.peers[0]).pk, by=hall.peers[0], at=hall.at)
    sheet = answering.sheet_of(token, hall.at)
    assert sheet is not None
    assert [one.name for one in sheet.questions] == ["政治素质", "工作实绩"], "satisfaction is for the public alone"
    for given in (
        {sheet.questions[0].field: "8"},
        {one.field: "11" for one in sheet.questions},
        {one.field: "0" for one in sheet.questions},
    ):
        with pytest.raises(Refused, match="还没有评分"):
            answering.cast(token, given, (), at=hall.at)
    assert answering.sheet_of(token, hall.at) is not None
    assert not Ballot.objects.exists()


def test_while_it_runs_ballots_are_unreadable_and_carry_no_hour(hall: Hall) -> None:
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 3)
    kept = Ballot.objects.get()
    raw = bytes(kept.sealed)
    assert b"scores" not in raw
    assert hall.peers[0].username.encode() not in raw
    assert sealed.sealing.fernet(f"ballots of campaign {campaign.pk}").extract_timestamp(raw) == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.filter(pk=kept.pk).update(group="PUBLIC")
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.filter(pk=kept.pk).delete()


def test_at_closing_ballots_become_scores_in_another_order_and_the_links_go(hall: Hall) -> None:
    campaign = hall.campaign()
    subject = Subject.objects.get(campaign=campaign)
    tokens = assessing.issue_links(subject, "PUBLIC", 40, by=hall.office, at=hall.at)
    for n, token in enumerate(tokens):
        hall.answer(token, 1 + n % 10)
    before = [sealed.opened(bytes(one.sealed), campaign.pk).scores[0][1] for one in Ballot.objects.all()]
    assert assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at) == 40
    assert not Ticket.objects.exists()
    assert not Ballot.objects.exists()
    indicator = Rating.objects.order_by("key").first()
    assert indicator is not None
    scores = list(Rating.objects.filter(indicator=sheet_first(campaign)).values_list("value", flat=True))
    assert sorted(scores) == sorted(before)
    assert scores != before, "one in 40! orders is the same"
    assert not set(Slip.objects.values_list("envelope", flat=True)) - {b""}, "an anonymous link has no envelope"


def sheet_first(campaign: Campaign) -> int:
    """The first indicator of the campaign's scheme."""
    assert campaign.version is not None
    return int(campaign.version.indicators.values_list("pk", flat=True)[0])


def test_raw_scores_are_never_changed(hall: Hall) -> None:
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 9)
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    for change in (
        lambda: Rating.objects.update(value=1),
        lambda: Rating.objects.all().delete(),
        lambda: Slip.objects.update(group="PUBLIC"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.create(subject=Subject.objects.get(campaign=campaign), group="PUBLIC", sealed=b"late")


def test_it_closes_once_by_time_and_earlier_only_with_a_reason(hall: Hall) -> None:
    campaign = hall.campaign()
    with pytest.raises(Refused, match="理由"):
        assessing.close(campaign.pk, by=hall.office, why="好", at=hall.at)
    assert closing.due(campaign.closes_at - timedelta(seconds=1)) == []
    assert assessing.close_due(campaign.closes_at) == 1
    assert assessing.close_due(campaign.closes_at + timedelta(days=1)) == 0
    record = Record.objects.get(kind="ASSESS", outcome="closed")
    assert (record.actor, record.at) == (None, campaign.closes_at)


def test_after_the_hour_no_form_is_taken_even_before_the_worker_comes(hall: Hall) -> None:
    campaign = hall.campaign()
    token = links.fetch(Invitation.objects.get(rater=hall.peers[0]).pk, by=hall.peers[0], at=hall.at)
    assert answering.sheet_of(token, campaign.closes_at - timedelta(seconds=1)) is not None
    assert answering.sheet_of(token, campaign.closes_at) is None


def sealed_slip(hall: Hall) -> tuple[Slip, bytes]:
    """何晓晨's slip after closing, and the private half of the audit key."""
    public, pem = sealed.new_key(PHRASE)
    assessing.add_audit_key(public, hall.town.city, by=hall.town.people["auditor1"], at=hall.at)
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 2)
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    return Slip.objects.get(), pem


def test_the_audit_role_opens_an_envelope_with_its_key_and_a_reason_and_it_is_recorded(hall: Hall) -> None:
    slip, pem = sealed_slip(hall)
    assert hall.peers[0].username.encode() not in bytes(slip.envelope)
    auditor, reason = hall.town.people["auditor1"], "核查涉嫌打击报复的举报（2026年第3号）"
    words = {"reason": reason, "by": auditor, "at": hall.at}
    with pytest.raises(Refused, match="不对"):
        assessing.open_envelope(slip, pem, "别的口令", **words)
    with pytest.raises(Refused, match="不对"):
        assessing.open_envelope(slip, sealed.new_key(PHRASE)[1], PHRASE, **words)
    with pytest.raises(Refused, match="理由"):
        assessing.open_envelope(slip, pem, PHRASE, **{**words, "reason": "看看"})
    assert assessing.open_envelope(slip, pem, PHRASE, **words) == "何晓晨（yx00021）"
    assert Record.objects.filter(kind="ASSESS", outcome="unsealed", actor=auditor).count() == 1


def test_never_the_person_rated_whatever_office_they_hold(hall: Hall) -> None:
    slip, pem = sealed_slip(hall)
    with pytest.raises(Refused, match="被评价人"):
        assessing.open_envelope(slip, pem, PHRASE, reason="核查涉嫌打击报复的举报材料", by=hall.town.people["wang"], at=hall.at)


def test_without_an_audit_key_nobody_at_all_can_tell(hall: Hall) -> None:
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 5)
    assert bytes(Ticket.objects.get().envelope) == b""


def test_an_anonymous_link_follows_its_service_within_a_day(hall: Hall) -> None:
    campaign = spot(hall)
    subject = Subject.objects.get(campaign=campaign)
    words = {"by": hall.office, "at": hall.at}
    token = links.after_service(subject, "办件20260110001", happened_at=hall.at - timedelta(hours=24), **words)
    with pytest.raises(Refused, match="24小时"):
        links.after_service(subject, "办件20260109007", happened_at=hall.at - timedelta(hours=24, seconds=1), **words)
    with pytest.raises(Refused, match="已经发出"):
        links.after_service(subject, "办件20260110001", happened_at=hall.at, **words)
    hall.answer(token, 9, "态度热情", "一次办好")
    with pytest.raises(Refused, match="已经使用"):
        answering.cast(token, {}, (), at=hall.at)
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    assert Slip.objects.get().tags == ["态度热情", "一次办好"]
    assert Rating.objects.get().indicator is None


def spot(hall: Hall) -> Campaign:
    """随时评 of the first half of 2026."""
    now: datetime = hall.at
    campaign = Campaign.objects.create(
        organ=hall.town.city, kind="SPOT", name="2026年上半年随时评", year=2026, period="上半年", closes_at=now + timedelta(days=150),
        created_by=hall.office, created_at=now, opened_by=hall.office, opened_at=now,
    )  # fmt: skip
    Subject.objects.create(campaign=campaign, cadre=hall.town.wang, post_title="副局长", comparison_group="窗口")
    return campaign
