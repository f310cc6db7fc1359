"""Who reaches what: every address x every relation to the case x every method, generated from the address table.

An address without a row fails. The answers stand in `access.csv`: one line an address and method, one column a person.
To add an address: run this file with ACCESS_PRINT=1, read its line, and put it there if it is right.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.conftest import seat
from tests.story import TO_MEETING, Town, item_of, open_case, run
from tests.workflow_app.learning.taught import terms
from workflow_app import caring, clock, consulting, engaging, outbox, ruling, talking, training, visiting
from workflow_app.care.pools import Why
from workflow_app.engaged.contracts import Terms
from workflow_app.learning import talks
from workflow_app.learning.participants import Call
from workflow_app.models import Account, Cadre, Case, Desk, Document, Lead, Library, Read, Seat, Unit
from workflow_app.revising.consultations import Asking
from workflow_app.revising.rulings import Text
from workflow_app.visits.planning import Member, Plan

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access.csv")
PEOPLE = ("nobody", "handler", "same_unit", "other_unit", "ended", "auditor", "wang", "other", "steward")
METHODS = ("GET", "POST", "PUT", "DELETE")
# Answer every method alike and change nothing: the description of the interface, and the form to sign in.
ANSWERS_ANYTHING = {"api:openapi-json", "sign_in"}
NOWHERE = 987_654  # a key that is nobody's


@dataclass
class Stage:
    """王建国's case waits for the legality review; the people stand around it."""

    town: Town
    case: Case
    keys: dict[str, Any]
    accounts: dict[str, Account | None]

    def client(self, who: str) -> Client:
        """Somebody at a browser."""
        client = Client(raise_request_exception=False)
        account = self.accounts[who]
        if account is not None:
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def address(self, name: str, parts: list[str], *, nowhere: bool = False) -> str:
        """The address of a name, with keys of the case (or of nothing)."""
        given = {part: self.keys.get(part, NOWHERE) for part in parts}
        if nowhere:
            given = {part: (NOWHERE if isinstance(value, int) else "0" * 12) for part, value in given.items()}
        return reverse(name, kwargs=given)


@pytest.fixture
def stage(town: Town, monkeypatch: pytest.MonkeyPatch) -> Stage:
    case = run(town, open_case(town), *TO_MEETING[:9])
    monkeypatch.setattr(clock, "now", lambda: town.at)
    county = Unit.objects.create(code="YX-20", name="清河县", kind="COUNTY", parent=town.city, path="/", manages_cadres=True)
    county.path = f"{town.city.path}{county.pk}/"
    county.save()
    seat(town, Desk.objects.create(role="case_handler", unit=county, name="清河县经办人"), "qinghe", 1)
    Seat.objects.filter(account=town.people["case_handler4"]).update(valid_to=town.today - timedelta(days=1))
    lead = Lead.objects.create(
        desk=Desk.objects.get(role="case_handler", unit=town.city), cadre=town.wang, rule_id="T-01", origin="t", summary="连续两年末位",
        evidence=[], created_at=town.at, due_on=town.today,
    )  # fmt: skip
    paper = Document.objects.filter(case=case, step="propose").latest("pk")
    outbox.render(paper.pk, at=town.at)
    other = Cadre.objects.create(number="YX00777", name="孙文静", sex="女", unit=town.wang.unit)
    leader = town.people["org_leader1"]
    pool = caring.open_pool(town.city, "后备人选库", "为班子正职储备人选，注重基层经历。", told=True, by=leader, at=town.at)
    entry = caring.propose(pool, town.wang, Why("TESTED", "重点工程中连续驻守一线。", "2025年度通报"), by=leader, at=town.at)
    team = [Member(Cadre.objects.get(account=town.people[f"examination_team{n}"]), "财务审计") for n in (1, 2)]
    plan = Plan(town.wang.unit, "FIELD", "核查重点工程进度数据。", "年度检查计划", town.today, town.today, True, team)
    visit = visiting.plan(town.city, plan, by=leader, at=town.at)
    office = {"by": town.people["assessment_office1"], "at": town.at}
    ruled = ruling.enter(town.city, Text("干部考核总体方案", "云溪市委组织部", "", town.today), **office)
    library = Library.objects.create(organ=town.city, name="指标库", source="市考核办法", opened_on=town.today)
    topic = consulting.add_field(town.city, "绩效评价", **office)
    asking = Asking(library, topic, "现有指标能不能反映乡镇工作的差别？", town.today + timedelta(days=20))
    taught = training.open_class(town.city, "SPECIAL", terms(town), by=leader, at=town.at)
    called = training.call(taught, [Call(town.wang, "分管工程，补项目管理的课。")], by=leader, at=town.at)[0]
    due, talker = town.today + timedelta(days=9), Cadre.objects.get(account=town.people["org_leader2"])
    talk = talking.plan(town.city, talks.Plan(town.wang, "FELL", "年度考核等次下降。", talker, due), by=leader, at=town.at)
    contract_terms = Terms("云聘〔2025〕3号", "总工程师", town.today, town.today + timedelta(days=700), None, "聘任合同第3号")
    contract = engaging.enter(town.wang, town.city, contract_terms, by=town.people["case_handler2"], at=town.at)
    keys = {
        "contract": contract.pk, "talk": talk.pk, "kind": "FELL", "found": taught.pk, "one": called.pk,
        "visit": visit.pk, "ruling": ruled.pk, "consultation": consulting.ask(town.city, asking, **office).pk, "library": library.pk,
        "pool": pool.pk, "entry": entry.pk, "case": case.pk, "item": item_of(case, "review_legality").pk, "paper": paper.pk, "lead": lead.pk, "cadre": town.wang.pk, "seq": 1,
        "step": "suspend", "year": 2026,
    }  # fmt: skip
    accounts = {
        "nobody": None, "handler": town.people["case_handler1"], "same_unit": town.people["archivist1"], "other_unit": town.people["qinghe1"],
        "ended": town.people["case_handler4"], "auditor": town.people["auditor1"], "wang": town.people["wang"],
        "other": Account.objects.create(username="sun", cadre=other, password="!"),
        "steward": Account.objects.create(username="steward", office="SYSTEM", password="!"),
    }  # fmt: skip
    return Stage(town, case, keys, accounts)


def addresses(patterns: Any = None, parts: tuple[str, ...] = (), space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address but the administration's: its name and the parts it is made of."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        more = (*parts, *one.pattern.converters)
        if isinstance(one, URLResolver):
            if one.namespace != "admin":
                yield from addresses(one.url_patterns, more, f"{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", list(more)


def table() -> dict[tuple[str, str], list[str]]:
    """The answers as they should be."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {(row[0], row[1]): row[2:] for row in rows}


def answers(stage: Stage, name: str, parts: list[str], method: str) -> list[str]:
    """What everybody gets."""
    return [str(stage.client(who).generic(method, stage.address(name, parts)).status_code) for who in PEOPLE]


NAMES = dict(addresses())


def test_every_address_has_its_row() -> None:
    assert {name for name, _ in table()} == set(NAMES), "declare who reaches a new address in access.csv"


@pytest.mark.parametrize("method", METHODS)
def test_everybody_gets_exactly_what_the_table_says(stage: Stage, method: str) -> None:
    wanted, wrong, cells = table(), [], 0
    for name, parts in sorted(NAMES.items()):
        found = answers(stage, name, parts, method)
        cells += len(found)
        if os.environ.get("ACCESS_PRINT"):
            print(",".join([name, method, *found]))
        if found != wanted.get((name, method)):
            wrong.append(f"{name} {method}: {dict(zip(PEOPLE, found, strict=True))} / {wanted.get((name, method))}")
    print(f"{method}: {cells} cells")
    assert not wrong, "\n".join(wrong)


def test_no_answer_is_a_fault_of_the_server_and_no_foreign_method_does_anything() -> None:
    for (name, method), row in table().items():
        assert all(code < "500" for code in row), (name, method)
        assert method in ("GET", "POST") or name in ANSWERS_ANYTHING or not {code for code in row if code.startswith("2")}, (name, method)


def test_who_may_not_know_of_it_gets_the_answer_of_what_does_not_exist(stage: Stage) -> None:
    asked = 0
    for name, parts in NAMES.items():
        if not {"case", "item", "paper", "lead"} & set(parts) or ":" in name:
            continue
        for who in ("same_unit", "other_unit", "ended", "other", "steward"):
            there, nowhere = (stage.client(who).get(stage.address(name, parts, nowhere=flag)) for flag in (False, True))
            assert there.status_code == nowhere.status_code, (name, who)
            assert "王建国" not in there.content.decode("utf-8", "replace"), (name, who)
            assert stage.case.number not in there.content.decode("utf-8", "replace"), (name, who)
            asked += 1
    assert asked > 50


def test_whoever_gets_nothing_leaves_no_reading_behind(stage: Stage) -> None:
    for name, parts in NAMES.items():
        if ":" not in name:
            stage.client("other_unit").get(stage.address(name, parts))
    assert not Read.objects.filter(account=stage.accounts["other_unit"], case__isnull=False).exists()


def test_the_administration_is_for_administrators(stage: Stage) -> None:
    for model in admin.site._registry:
        try:
            place = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        except NoReverseMatch:
            continue
        for who in PEOPLE:
            code = stage.client(who).get(place).status_code
            assert code == (200 if who == "steward" else 302), (place, who, code)
