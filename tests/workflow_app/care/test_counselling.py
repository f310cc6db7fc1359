"""Counselling by consent: only the person says it, it can be taken back, and there is no place for what is spoken about."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, models, transaction

from tests.story import Town, signed_in
from tests.workflow_app.care.helped import plan_for, served
from workflow_app import clock, helping
from workflow_app.care import counselling
from workflow_app.models import CarePlan, ConsentWord, CounsellingDate, CounsellingOffer, Message, RecordPart
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(town: Town) -> CarePlan:
    """王建国's plan."""
    return plan_for(town, served(town))


@pytest.fixture
def offer(town: Town, plan: CarePlan) -> CounsellingOffer:
    """Counselling was offered to him."""
    return helping.offer_counselling(plan, by=town.people["placement_office1"], at=town.at)


def fresh(offer: CounsellingOffer) -> CounsellingOffer:
    return CounsellingOffer.objects.prefetch_related("words").get(pk=offer.pk)


def test_there_is_no_place_for_what_is_spoken_about() -> None:
    for model in (CounsellingOffer, ConsentWord, CounsellingDate):
        free = [one.name for one in model._meta.concrete_fields if isinstance(one, (models.TextField, models.JSONField))]
        texts = [one.name for one in model._meta.concrete_fields if isinstance(one, models.CharField) and not one.choices]
        assert free + texts == [], model.__name__


def test_silence_is_no_consent_and_without_consent_there_is_no_date(town: Town, offer: CounsellingOffer) -> None:
    office = town.people["placement_office1"]
    assert not counselling.consented(fresh(offer))
    with pytest.raises(Refused, match="本人没有同意"):
        helping.note_counselling(offer, town.today, by=office, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        CounsellingDate.objects.create(offer=offer, held_on=town.today, by=office, at=town.at)


def test_nobody_says_it_for_the_person(town: Town, offer: CounsellingOffer) -> None:
    for who in ("placement_office1", "org_leader1"):
        with pytest.raises(Refused, match="只能由本人"):
            helping.say_to_counselling(offer, "CONSENT", by=town.people[who], at=town.at)
        with pytest.raises(DatabaseError), transaction.atomic():
            ConsentWord.objects.create(offer=offer, word="CONSENT", by=town.people[who], at=town.at)


def test_consent_is_given_and_taken_back_in_the_portal(town: Town, offer: CounsellingOffer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    wang, office = signed_in(town.people["wang"]), town.people["placement_office1"]
    assert "没有任何不利后果" in wang.get("/mine/care/").content.decode()
    assert wang.post("/mine/care/", {"key": offer.pk, "word": "WITHDRAW"}).status_code == 422, "nothing to take back yet"
    assert wang.post("/mine/care/", {"key": offer.pk, "word": "CONSENT"}).status_code == 302
    helping.note_counselling(offer, town.today, by=office, at=town.at)
    with pytest.raises(Refused, match="早于本人同意"):
        helping.note_counselling(offer, town.today - timedelta(days=1), by=office, at=town.at)
    assert wang.post("/mine/care/", {"key": offer.pk, "word": "WITHDRAW"}).status_code == 302
    with pytest.raises(Refused, match="已经撤回"):
        helping.note_counselling(offer, town.today, by=office, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        CounsellingDate.objects.create(offer=offer, held_on=town.today, by=office, at=town.at)
    assert wang.post("/mine/care/", {"key": offer.pk, "word": "CONSENT"}).status_code == 302, "and given again"


def test_it_is_offered_once_and_nobody_is_chased(town: Town, plan: CarePlan, offer: CounsellingOffer) -> None:
    with pytest.raises(Refused, match="等待本人答复") as no:
        helping.offer_counselling(plan, by=town.people["placement_office1"], at=town.at)
    assert "不催促" in no.value.way_out
    assert Message.objects.filter(key=f"care:offer:{offer.pk}").count() == 1
    helping.say_to_counselling(offer, "DECLINE", by=town.people["wang"], at=town.at)
    helping.offer_counselling(plan, by=town.people["placement_office1"], at=town.at)


def test_the_journal_knows_that_and_when_and_no_more(town: Town, offer: CounsellingOffer) -> None:
    helping.say_to_counselling(offer, "CONSENT", by=town.people["wang"], at=town.at)
    part = RecordPart.objects.filter(chain=f"J{town.city.pk}").order_by("-seq").first()
    assert part is not None
    assert set(json.loads(part.value)) == {"plan", "case", "offer", "word"}
