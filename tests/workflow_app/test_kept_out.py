"""SD-14: from the application on, the case is not there for whoever is asked to keep out, by any way, until it is refused."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from flows.roles import Role
from tests.flows.anywhere.test_apply_recusal import TO_EVIDENCE, challenge
from tests.flows.anywhere.test_decide_recusal import grant
from tests.story import Town, act, item_of, key, open_case, run, signed_in
from workflow_app import clock, conduct
from workflow_app.api.callers import make_token
from workflow_app.models import Account, Cadre, Case, Document, Message, Seat
from workflow_app.telling import chasing, watching

pytestmark = pytest.mark.django_db
WHO = "examination_team1"


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    cache.clear()
    return run(town, open_case(town), *TO_EVIDENCE)


def body(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def numbers(client: Client) -> list[str]:
    """The figures at the head of the desk: open, overdue, today, mine."""
    found = client.get("/desk/").context["counts"]
    return [found[name] for name in ("open", "overdue", "today", "mine")]


def ways(town: Town, case: Case) -> list[str]:
    """Every address at which the file of the case can be read."""
    item, paper = item_of(case, "list_evidence"), Document.objects.filter(case=case).earliest("pk")
    return [f"/cases/{case.pk}/", f"/items/{item.pk}/", f"/papers/{paper.pk}/", f"/cases/{case.pk}/brief/"]


def test_while_it_is_asked_the_file_is_closed_by_every_way_and_it_is_said_why(town: Town, case: Case) -> None:
    client = signed_in(town.people[WHO])
    open_to_them = [address for address in ways(town, case) if client.get(address).status_code == 200]
    assert {f"/cases/{case.pk}/", f"/items/{item_of(case, 'list_evidence').pk}/"} <= set(open_to_them)
    challenge(town, case, WHO)
    assert {client.get(address).status_code for address in ways(town, case)} == {404}
    for address in ways(town, case)[:2]:
        assert "回避申请尚未决定" in body(client, address)
    assert "没有符合条件的" in body(client, f"/search/?q={case.number}")
    assert case.number not in body(client, "/desk/") and "王建国" not in body(client, "/desk/")
    assert not Case.objects.visible_to(town.people[WHO], on=town.today).exists()


def test_nor_by_program(town: Town, case: Case) -> None:
    seat = Seat.objects.select_related("desk").get(account=town.people[WHO])
    head = {"Authorization": f"Bearer {make_token(seat, purpose='台账系统', days=30, at=town.at)}"}
    get = lambda place: Client().get(f"/api/v1/{place}", headers=head)  # noqa: E731 - one address more
    assert [one["case"] for one in get("desk").json()] == [case.pk] and get(f"cases/{case.pk}").status_code == 200
    challenge(town, case, WHO)
    assert get("desk").json() == [] and get("cases").json()["cases"] == []
    assert get(f"cases/{case.pk}").status_code == get(f"items/{item_of(case, 'list_evidence').pk}").status_code == 404


def test_the_figures_of_the_desk_count_what_the_list_shows(town: Town, case: Case) -> None:
    held, colleague = signed_in(town.people[WHO]), signed_in(town.people["examination_team2"])
    conduct.claim(item_of(case, "list_evidence"), by=town.people[WHO], at=town.at, key=key())
    assert numbers(held) == ["1", "0", "0", "1"]
    challenge(town, case, WHO)
    assert numbers(held) == ["0", "0", "0", "0"] and "1" in numbers(colleague)
    grant(town, case)
    assert numbers(held) == ["0", "0", "0", "0"] and numbers(colleague)[0] == "1"


def test_the_own_case_is_not_counted_either(town: Town, case: Case) -> None:
    Seat.objects.create(desk=item_of(case, "list_evidence").desk, account=town.people["wang"], valid_from=town.today, granted_at=town.at)
    client = signed_in(town.people["wang"])
    assert numbers(client) == ["0", "0", "0", "0"] and client.get("/desk/").context["lines"] == []


def test_the_work_of_ones_unit_is_shown_without_it(town: Town, case: Case) -> None:
    leader = signed_in(town.people["org_leader1"])
    before = leader.get("/workload/").content.decode()
    challenge(town, case, "org_leader1")
    after = leader.get("/workload/").content.decode()
    assert "examination_team" not in after and before != after


def test_nobody_is_told_or_chased_about_it(town: Town, case: Case) -> None:
    challenge(town, case, WHO)
    watching.follow(town.at)
    run(town, case, ("list_evidence", {"by": town.people["examination_team2"]}))
    town.later(days=120)
    watching.follow(town.at)
    chasing.chase(town.at)
    told = Message.objects.filter(case_id=case.pk)
    assert told.filter(account=town.people["examination_team2"]).exists()
    assert not told.filter(account=town.people[WHO]).exists()


def test_refused_the_case_is_there_again(town: Town, case: Case) -> None:
    challenge(town, case, WHO)
    act(town, case, "decide_recusal", outcome="refused", by=town.people["org_leader3"], substitute=None, recheck="")
    client = signed_in(town.people[WHO])
    assert client.get(f"/cases/{case.pk}/").status_code == 200 and numbers(client)[0] == "1"


def test_whoever_never_worked_on_it_is_not_even_told_that_it_is_there(town: Town, case: Case) -> None:
    stranger = Account.objects.create(
        username="stranger", password="!", cadre=Cadre.objects.create(number="S1", name="秦川", sex="男", unit=town.wang.unit)
    )
    challenge(town, case, WHO)
    assert "回避" not in body(signed_in(stranger), f"/cases/{case.pk}/")


def test_granted_nothing_is_said_any_more(town: Town, case: Case) -> None:
    challenge(town, case, WHO)
    grant(town, case)
    client = signed_in(town.people[WHO])
    assert client.get(f"/cases/{case.pk}/").status_code == 404 and "回避申请" not in body(client, f"/cases/{case.pk}/")


def test_whoever_decides_and_the_others_read_on(town: Town, case: Case) -> None:
    challenge(town, case, WHO)
    for name in ("org_leader3", "examination_team2", "case_handler1"):
        assert signed_in(town.people[name]).get(f"/cases/{case.pk}/").status_code == 200, name
    assert item_of(case, "decide_recusal").desk.role == Role.ORG_LEADER


def test_the_application_for_ones_own_recusal_closes_the_file_at_once_and_leads_back_to_the_desk(town: Town, case: Case) -> None:
    item = conduct.begin(case, "apply_recusal", by=town.people[WHO], at=town.at, key=key())
    client = signed_in(town.people[WHO])
    typed = {"person": town.cadre(WHO), "ground": "kin", "reason": "本人的近亲属是本案证人。", "key": key()}
    seen = client.post(f"/items/{item.pk}/", typed | {"do": "preview"}).context["seen"].content_hash
    answer = client.post(f"/items/{item.pk}/", typed | {"do": "sign", "seen_hash": seen})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert client.get(f"/cases/{case.pk}/").status_code == 404
