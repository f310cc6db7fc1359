"""代理: who may stand in for whom, and what a deputy may do at the moment of the act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.story import TO_MEETING, Town, act, facts_for, fresh, item_of, key, open_case, run
from workflow_app import absences, conduct, ledger
from workflow_app.models import Absence, Account, Case, Document, Hand, Record, RecordPart, Seat, Tie
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def seat_of(town: Town, name: str) -> Seat:
    return Seat.objects.get(account=town.people[name])


def away(town: Town, name: str, deputy: str | None, *, days: int = 5, **changes: Any) -> Absence:
    what = {"first": town.today, "last": town.today + days * DAY, "reason": "出差", "by": town.people[name], "at": town.at} | changes
    return absences.declare(seat_of(town, name), deputy=town.people[deputy] if deputy else None, **what)


def reviewing(town: Town) -> Case:
    return run(town, open_case(town), *TO_MEETING[:9])


def test_a_deputy_acts_and_both_names_stand_on_paper_and_record(town: Town) -> None:
    case = reviewing(town)
    absence = away(town, "legal_reviewer1", "archivist1")
    act(town, case, "review_legality", by=town.people["archivist1"])
    assert fresh(case).state == "reviewed"
    holder, deputy = (town.people[name].display_name for name in ("legal_reviewer1", "archivist1"))
    paper = Document.objects.get(case=case, step="review_legality")
    assert paper.content["paper"]["signatures"][0]["name"] == f"{deputy}（代{holder}）"
    record = Record.objects.get(case=case, kind="ACT", step="review_legality")
    assert record.actor == town.people["archivist1"]
    assert f'"for":"{holder}"' in RecordPart.objects.get(chain=record.chain, seq=record.seq, name="actor").value
    hands = Hand.objects.filter(case=case, duty="legal_reviewer").values_list("cadre", flat=True)
    assert set(hands) == {absence.holder.cadre_id, absence.deputy.cadre_id}, "the act is the deputy's and counts for the absent person too"


def test_nobody_stands_in_before_or_after_the_days_or_once_it_is_ended(town: Town) -> None:
    case = reviewing(town)
    absence = away(town, "legal_reviewer1", "archivist1", days=2, first=town.today + DAY)
    item, by = item_of(case, "review_legality"), town.people["archivist1"]

    def tried() -> bool:
        try:
            conduct.preview(item, facts=facts_for(town, "review_legality"), by=by, at=town.at)
        except Refused:
            return False
        return True

    assert not tried()
    town.later(days=1)
    assert tried()
    assert case.pk in Case.objects.visible_to(by, on=town.today).values_list("pk", flat=True)
    absences.end(absence, by=town.people["legal_reviewer1"], at=town.at)
    assert not tried()
    assert case.pk not in Case.objects.visible_to(by, on=town.today).values_list("pk", flat=True)


def test_a_deputy_s_own_hand_is_asked_against_every_separation_rule(town: Town) -> None:
    case = reviewing(town)
    away(town, "legal_reviewer1", "examination_team1")
    with pytest.raises(Refused) as no:
        act(town, case, "review_legality", by=town.people["examination_team1"])
    assert no.value.rule == "SD-2"


def test_a_deputy_may_do_nothing_that_the_absent_person_could_not(town: Town) -> None:
    case = reviewing(town)
    away(town, "legal_reviewer1", "archivist1")
    holder = town.people["legal_reviewer1"].cadre
    tie = Tie.objects.create(one=holder, other=town.wang, kind="IN_LAW", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系") as no:
        act(town, case, "review_legality", by=town.people["archivist1"])
    assert no.value.rule == "SD-10"
    tie.delete()
    Hand.objects.create(case=case, cadre=holder, duty="investigator", record=1)
    with pytest.raises(Refused) as no:
        act(town, case, "review_legality", by=town.people["archivist1"])
    assert no.value.rule == "SD-2"


def test_a_deputy_of_the_person_concerned_does_not_work_on_their_case(town: Town) -> None:
    case = reviewing(town)
    Seat.objects.create(desk=item_of(case, "review_legality").desk, account=town.people["wang"], valid_from=town.today, granted_at=town.at)
    away(town, "wang", "archivist1")
    with pytest.raises(Refused, match="是本案当事人") as no:
        act(town, case, "review_legality", by=town.people["archivist1"])
    assert no.value.rule == "SD-9"


def test_a_deputy_signs_for_whoever_has_not_signed_yet(town: Town) -> None:
    case = open_case(town)
    away(town, "org_leader2", "archivist1")
    item, first, facts = item_of(case, "approve_opening"), town.people["org_leader1"], facts_for(town, "approve_opening")
    seen = conduct.preview(item, facts=facts, by=first, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=first, at=town.at, key=key())
    assert conduct.sign(item, seen=seen, by=town.people["archivist1"], at=town.at, key=key())
    assert fresh(case).state == "opened"


def test_a_deputy_of_a_person_who_is_kept_out_is_kept_out(town: Town) -> None:
    case = reviewing(town)
    away(town, "legal_reviewer1", "archivist1")
    case.recused = {str(town.cadre("legal_reviewer1")): "pending"}
    Case.objects.filter(pk=case.pk).update(recused=case.recused)
    with pytest.raises(Refused) as no:
        act(town, case, "review_legality", by=town.people["archivist1"])
    assert no.value.rule == "SD-14"


def test_nobody_signs_twice_by_standing_in(town: Town) -> None:
    case = open_case(town)
    item, first = item_of(case, "approve_opening"), town.people["org_leader1"]
    facts = facts_for(town, "approve_opening")
    seen = conduct.preview(item, facts=facts, by=first, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=first, at=town.at, key=key())
    away(town, "org_leader2", "org_leader1")
    with pytest.raises(Refused, match="已在这份文书上签名"):
        conduct.sign(item, seen=seen, by=first, at=town.at, key=key())
    away(town, "org_leader1", "archivist1", by=first)
    with pytest.raises(Refused, match="已在这份文书上签名"):
        conduct.sign(item, seen=seen, by=town.people["archivist1"], at=town.at, key=key())


def test_a_deputy_takes_over_what_the_absent_person_had_claimed(town: Town) -> None:
    case = reviewing(town)
    item = item_of(case, "review_legality")
    conduct.claim(item, by=town.people["legal_reviewer1"], at=town.at, key=key())
    with pytest.raises(Refused):
        conduct.claim(item, by=town.people["legal_reviewer2"], at=town.at, key=key())
    away(town, "legal_reviewer1", "archivist1")
    conduct.claim(item, by=town.people["archivist1"], at=town.at, key=key())
    claimed = Record.objects.filter(case=case, kind="CLAIM").latest("seq")
    told = RecordPart.objects.get(chain=claimed.chain, seq=claimed.seq, name="for").value
    assert town.people["legal_reviewer1"].display_name in told


def test_the_chain_ends_after_two(town: Town) -> None:
    first = away(town, "legal_reviewer1", "archivist1")
    what = {"first": town.today, "last": town.today + DAY, "reason": "生病", "at": town.at}
    second = absences.declare(first.seat, covers=first, deputy=town.people["archivist2"], by=town.people["archivist1"], **what)
    case = reviewing(town)
    with pytest.raises(Refused, match="最多转一次"):
        absences.declare(first.seat, covers=second, deputy=town.people["placement_office1"], by=town.people["archivist2"], **what)
    act(town, case, "review_legality", by=town.people["archivist2"])
    assert town.people["legal_reviewer1"].display_name in str(
        Document.objects.get(case=case, step="review_legality").content["paper"]["signatures"]
    )


def test_a_handed_on_absence_ends_with_the_one_it_covers(town: Town) -> None:
    first = away(town, "legal_reviewer1", "archivist1")
    what = {"first": town.today, "last": town.today + DAY, "reason": "生病", "at": town.at}
    absences.declare(first.seat, covers=first, deputy=town.people["archivist2"], by=town.people["archivist1"], **what)
    absences.end(first, by=town.people["legal_reviewer1"], at=town.at)
    assert not Absence.objects.deputed_to(town.people["archivist2"], town.today).exists()


def handed_on(absence: Absence, by: Account, deputy: Account, **days: Any) -> Absence:
    return absences.declare(absence.seat, covers=absence, deputy=deputy, by=by, reason="生病", **days)


@pytest.mark.parametrize(("first", "last"), [(1, 3), (2, 6)])
def test_a_deputy_hands_on_for_no_longer_than_they_stand_in(town: Town, first: int, last: int) -> None:
    absence = away(town, "legal_reviewer1", "archivist1", first=town.today + 2 * DAY)
    days = {"first": town.today + first * DAY, "last": town.today + last * DAY, "at": town.at}
    with pytest.raises(Refused, match="不能超出原代理的期间"):
        handed_on(absence, town.people["archivist1"], town.people["archivist2"], **days)


def test_nothing_is_handed_on_of_an_absence_that_has_ended_or_that_nobody_stands_in_for(town: Town) -> None:
    absence, alone = away(town, "legal_reviewer1", "archivist1"), away(town, "legal_reviewer2", None)
    absences.end(absence, by=town.people["legal_reviewer1"], at=town.at)
    absence.refresh_from_db()
    days = {"first": town.today, "last": town.today + DAY, "at": town.at}
    with pytest.raises(Refused, match="不能超出原代理的期间"):
        handed_on(absence, town.people["archivist1"], town.people["archivist2"], **days)
    with pytest.raises(Refused, match="只能由本人"):
        handed_on(alone, town.people["archivist1"], town.people["archivist2"], **days)


def test_the_work_does_not_come_back_to_the_absent_person_by_handing_on(town: Town) -> None:
    absence = away(town, "legal_reviewer1", "archivist1")
    days = {"first": town.today, "last": town.today + DAY, "at": town.at}
    for back in ("legal_reviewer1", "archivist1"):
        with pytest.raises(Refused, match="不能是缺席人本人"):
            handed_on(absence, town.people["archivist1"], town.people[back], **days)


def test_nobody_stands_in_whose_account_is_closed(town: Town) -> None:
    Account.objects.filter(pk=town.people["archivist1"].pk).update(is_active=False)
    town.people["archivist1"].refresh_from_db()
    with pytest.raises(Refused, match="本单位在岗"):
        away(town, "legal_reviewer1", "archivist1")


def test_an_absence_is_ended_once(town: Town) -> None:
    absence, by = away(town, "legal_reviewer1", "archivist1"), town.people["legal_reviewer1"]
    absences.end(absence, by=by, at=town.at)
    with pytest.raises(Refused, match="已经结束"):
        absences.end(absence, by=by, at=town.at)
    assert Record.objects.filter(chain=f"J{town.city.pk}", kind="ABSENCE", outcome="ended").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deputy": "legal_reviewer1"}, "不能是缺席人本人"), ({"deputy": "opinion_organ1"}, "本单位在岗"), ({"first": -1}, "不能追溯"),
        ({"last": -1}, "不能早于"), ({"reason": ""}, "事由"), ({"by": "case_handler1"}, "只能由本人"),
    ],
)  # fmt: skip
def test_an_absence_is_refused_with_the_reason(town: Town, changes: dict[str, Any], words: str) -> None:
    deputy = changes.pop("deputy", "archivist1")
    changes |= {name: town.today + DAY * changes[name] for name in ("first", "last") if name in changes}
    changes |= {"by": town.people[changes["by"]]} if "by" in changes else {}
    with pytest.raises(Refused, match=words):
        away(town, "legal_reviewer1", deputy, **changes)


def test_two_absences_from_a_seat_do_not_overlap(town: Town) -> None:
    away(town, "legal_reviewer1", "archivist1")
    with pytest.raises(Refused, match="已经登记过"):
        away(town, "legal_reviewer1", "archivist2")


def test_a_leader_records_an_absence_and_it_stands_in_the_journal(town: Town) -> None:
    absence = away(town, "legal_reviewer1", "archivist1", by=town.people["org_leader1"])
    absences.end(absence, by=town.people["org_leader1"], at=town.at)
    told = Record.objects.filter(chain=f"J{town.city.pk}", kind="ABSENCE").values_list("outcome", flat=True)
    assert list(told) == ["declared", "ended"]
    assert ledger.verify(f"J{town.city.pk}") == 2


def test_who_is_there_at_a_desk(town: Town) -> None:
    desk = seat_of(town, "legal_reviewer1").desk
    names = [f"legal_reviewer{n}" for n in (1, 2, 3, 4)]
    assert {one.username for one in absences.present_at(desk, town.today)} == set(names)
    away(town, names[0], "archivist1")
    for name in names[1:]:
        away(town, name, None)
    assert [one.username for one in absences.present_at(desk, town.today)] == ["archivist1"]


def test_the_pages_tell_of_it(town: Town, client: Client, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = reviewing(town)
    holder: Account = town.people["legal_reviewer1"]
    client.force_login(holder, backend="django.contrib.auth.backends.ModelBackend")
    stated = {
        "what": f"s{seat_of(town, 'legal_reviewer1').pk}",
        "deputy": town.people["archivist1"].pk,
        "first": town.today,
        "last": town.today + DAY,
        "reason": "出差",
    }
    assert client.post("/absence/", stated | {"last": town.today - DAY}).status_code == 409
    assert client.post("/absence/", stated).status_code == 302
    assert "您已登记缺席" in client.get("/desk/").content.decode()
    client.force_login(town.people["archivist1"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/").content.decode()
    assert f"您正在代理{holder.display_name}" in page
    assert case.number in page, "the absent person's items are on the deputy's desk"
    act(town, case, "review_legality", by=town.people["archivist1"])
    assert f"（代{holder.display_name}）" in client.get(f"/cases/{case.pk}/").content.decode()
    assert client.post(f"/absence/{Absence.objects.get().pk}/end/").status_code == 409, "only the person or the lead"
