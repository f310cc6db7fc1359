"""Every pair of duties x every way in, and the database behind them: what the table excludes is refused, what it allows goes through.

A newcomer of each pair has had one duty in the case (or in an earlier one) and tries to take on another. Everything is rolled back at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from viewflow.workflow.token import Token

from flows.down.path import DownPath
from flows.remedy.path import RemedyPath
from flows.roles import Duty
from flows.rules.separation import FRESH, PAIRS, RULES, broken_by
from flows.up.path import UpPath
from tests.flows.remedy import story as remedies
from tests.flows.rules.newcomers import Newcomer, Stage
from tests.story import TO_MEETING, Town, facts_for, item_of, key, members, open_case, run, signed_in
from workflow_app import absences, clock, conduct
from workflow_app.api.callers import make_token
from workflow_app.hands import EARLIER, Rule, Separated
from workflow_app.models import Account, Cadre, Case, Desk, Hand, Seat, Tie, WorkItem
from workflow_app.nodes import Path
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db
# A step that is begun by taking on the duty; the others are taken on by being named, or by signing.
BY_STEP: dict[Duty, tuple[type[Path], str]] = {
    Duty.AUTHOR: (DownPath, "propose"), Duty.INVESTIGATOR: (DownPath, "list_evidence"), Duty.TOLERANCE_PANEL: (DownPath, "weigh_tolerance"),
    Duty.LEGAL_REVIEWER: (DownPath, "review_legality"), Duty.DECISION_MAKER: (DownPath, "decide"), Duty.RECORDER: (DownPath, "record_meeting"),
    Duty.PANELIST: (UpPath, "score_applicants"), Duty.APPLICANT: (UpPath, "apply_for_post"), Duty.REVIEW_HANDLER: (RemedyPath, "review"),
    Duty.ADMITTER: (RemedyPath, "admit"), Duty.COMMITTEE_MEMBER: (RemedyPath, "hear"), Duty.APPEAL_DECIDER: (RemedyPath, "decide"),
}  # fmt: skip
type_way = Callable[["Stage", WorkItem, "Newcomer"], None]


@pytest.fixture
def stage(town: Town, monkeypatch: pytest.MonkeyPatch) -> Stage:
    remedies.build_remedies(town)
    monkeypatch.setattr(clock, "now", lambda: town.at)
    return Stage(town)


def claim(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    conduct.claim(item, by=who.account, at=stage.town.at, key=key())


def assign(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    conduct.assign(item, to=who.account, by=stage.leader(Case.objects.get(pk=item.process_id)), reason="接办", at=stage.town.at, key=key())


def bulk(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    """Ticked in the list, with others; the page says what became of each."""
    answer = signed_in(who.account).post("/desk/bulk/", {"item": item.pk, "do": "claim", "key": key()})
    _taken(item, answer.content.decode())


def program(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    """By a program with a token of the seat."""
    head = {
        "Authorization": f"Bearer {make_token(who.seat, purpose='对接', days=3, at=stage.town.at)}",
        "Idempotency-Key": f"program-{key()}",
    }
    _taken(item, Client().post(f"/api/v1/items/{item.pk}/claim", headers=head).content.decode())


def _taken(item: WorkItem, said: str) -> None:
    if WorkItem.objects.get(pk=item.pk).owner_id is None:
        raise Separated(said, way_out="", rule=max((rule for rule in RULES if rule in said), key=len, default="?"))


def substitute(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    """Somebody without any hand stands in for the one who had it."""
    deputy = Newcomer(Desk.objects.get(role="auditor", unit=stage.town.city), stage.town.at)
    _stands_in(stage, who.seat, who.account, deputy)
    claim(stage, item, deputy)


def delegate(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    """The one who had it stands in for somebody without any."""
    holder = Newcomer(item.desk, stage.town.at)
    Seat.objects.filter(pk=who.seat.pk).update(desk=Desk.objects.get(role="auditor", unit=stage.town.city))
    _stands_in(stage, holder.seat, holder.account, who)
    claim(stage, item, who)


def _stands_in(stage: Stage, seat: Seat, holder: Account, deputy: Newcomer) -> None:
    today = stage.town.today
    absences.declare(seat, first=today, last=today, reason="出差", by=holder, at=stage.town.at, deputy=deputy.account)


def parallel(stage: Stage, item: WorkItem, who: Newcomer) -> None:
    """The same in a branch that runs beside others."""
    WorkItem.objects.filter(pk=item.pk).update(token=Token("start/9_1"))
    claim(stage, WorkItem.objects.get(pk=item.pk), who)


WAYS: dict[str, type_way] = {
    "claim": claim, "assign": assign, "bulk": bulk, "program": program, "substitute": substitute, "delegate": delegate, "parallel": parallel,
}  # fmt: skip
NOBODY_STANDS_IN = {Duty.APPLICANT}  # whoever applies acts for themself


def refused_by(work: Callable[[], None]) -> str:
    """The rule that refused, or nothing; what was done is undone."""
    try:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)
    except Refused as refused:
        return refused.rule
    return ""


def expected(had: str, new: Duty) -> str:
    broken = broken_by([had], new)
    return broken.rule if broken else ""


def cells(stage: Stage, way: str, *, earlier: bool = False) -> Iterator[tuple[str, str, str]]:
    """For each pair: the cell's name, what the table says, what the door said."""
    for new, had in product(BY_STEP, Duty):
        if way in ("substitute", "delegate", "bulk", "program") and new in NOBODY_STANDS_IN:
            continue
        path, step = BY_STEP[new]
        with transaction.atomic():
            item = stage.item(stage.cases[path], path, step)
            who = Newcomer(item.desk, stage.town.at)
            who.had(stage.earlier if earlier else stage.cases[path], had)
            before = EARLIER + had if earlier else had
            wanted = "" if earlier and path is not RemedyPath else expected(before, new)
            yield f"{had} -> {new} by {way}", wanted, refused_by(lambda item=item, who=who: WAYS[way](stage, item, who))
            transaction.set_rollback(True)


def report(what: str, found: list[tuple[str, str, str]]) -> None:
    wrong = [
        f"{name}: {said or 'goes through'}, the table says {wanted or 'goes through'}" for name, wanted, said in found if wanted != said
    ]
    refused = Counter(said for _, _, said in found if said)
    print(f"separation matrix, {what}: {len(found)} cells, refused {sum(refused.values())} {dict(sorted(refused.items()))}")
    assert not wrong, "\n".join(wrong)


def test_every_pair_by_every_way_in(stage: Stage) -> None:
    for way in WAYS:
        report(way, list(cells(stage, way)))


def test_appeal_after_appeal(stage: Stage) -> None:
    report("appeal after appeal", list(cells(stage, "claim", earlier=True)))


def test_in_a_case_that_is_done_again_what_was_done_before_counts(town: Town) -> None:
    """A remand: hands of the first case come along, so that nobody votes on what they once examined."""
    remedies.build_remedies(town)
    decision = remedies.demoted(town)
    first = Case.objects.get(pk=decision.case_id)
    newcomers = {}
    for new, had in product((one for one in BY_STEP if BY_STEP[one][0] is DownPath), Duty):
        desk = Desk.objects.get(role=str(DownPath.node_of(BY_STEP[new][1]).step.role), unit=town.city)
        newcomers[new, had] = Newcomer(desk, town.at)
        newcomers[new, had].had(first, had)
    remedies.appealed(town, decision, "remand")
    again = Case.objects.get(parent=first, flow_class=DownPath)
    stage = Stage.__new__(Stage)
    stage.town, stage.cases = town, {DownPath: first}
    found = []
    for (new, had), who in newcomers.items():
        with transaction.atomic():
            item = stage.item(again, DownPath, BY_STEP[new][1])
            found.append(
                (f"{had} -> {new} in the case done again", expected(had, new), refused_by(lambda i=item, w=who: claim(stage, i, w)))
            )
            transaction.set_rollback(True)
    report("sub-case", found)


def database_says(work: Callable[[], None]) -> str:
    try:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


def insert(case: Case, cadre: Cadre, duty: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_app_hand (case_id, cadre_id, duty, record) VALUES (%s, %s, %s, 1)", [case.pk, cadre.pk, duty]
        )  # fmt: skip


def brought_in(case: Case, cadre: Cadre, duty: str) -> None:
    """As the import of a bundle writes."""
    Hand._base_manager.bulk_create([Hand(case=case, cadre=cadre, duty=duty, record=1)], batch_size=200)


@pytest.mark.parametrize("how", [insert, brought_in])
def test_the_database_refuses_what_the_table_excludes(stage: Stage, how: Callable[[Case, Cadre, str], None]) -> None:
    found = []
    for new, had, earlier in product(Duty, Duty, (False, True)):
        with transaction.atomic():
            case = stage.cases[RemedyPath]
            who = Newcomer(Desk.objects.get(role="archivist", unit=stage.town.city), stage.town.at)
            who.had(stage.earlier if earlier else case, had)
            said = database_says(lambda new=new, who=who, case=case: how(case, who.cadre, new)) if earlier or new != had else ""
            assert not said or "separation of duties" in said
            wanted = bool(broken_by([EARLIER + had if earlier else had], new))
            found.append((f"{had}{' earlier' if earlier else ''} -> {new} by {how.__name__}", "refused" * wanted, "refused" * bool(said)))
            transaction.set_rollback(True)
    report(f"the database, {how.__name__}", found)


def test_the_database_refuses_the_person_concerned_their_kin_and_whoever_must_keep_out(stage: Stage) -> None:
    count = 0
    for case, duty in product(stage.cases.values(), Duty):
        with transaction.atomic():
            kin, out = (Newcomer(Desk.objects.get(role="archivist", unit=stage.town.city), stage.town.at).cadre for _ in range(2))
            Tie.objects.create(one=kin, other=case.cadre, kind="IN_LAW", declared_at=stage.town.at)
            Case.objects.filter(pk=case.pk).update(recused={str(out.pk): "pending"})
            for cadre in (case.cadre, kin, out):
                assert "separation of duties" in database_says(lambda case=case, cadre=cadre, duty=duty: insert(case, cadre, duty))
                count += 1
            transaction.set_rollback(True)
    print(f"separation matrix, persons: {count} cells")


def test_no_hand_is_changed_or_taken_out(stage: Stage) -> None:
    hand = Hand.objects.filter(case=stage.cases[DownPath]).earliest("pk")
    for text in ("UPDATE workflow_app_hand SET duty = 'reporter' WHERE id = %s", "DELETE FROM workflow_app_hand WHERE id = %s"):
        with connection.cursor() as cursor:
            assert "append-only" in database_says(lambda cursor=cursor, text=text: cursor.execute(text, [hand.pk]))


def refusal(work: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as said, transaction.atomic():
        work()
    return said.value.rule


def test_whoever_is_named_for_a_duty_is_asked_as_well(town: Town) -> None:
    """Votes, teams and panels are named by somebody else: the pair, kinship and recusal are asked of everybody named."""
    case = run(town, open_case(town), *TO_MEETING)
    item, by = item_of(case, "record_meeting"), town.people["meeting_secretary1"]
    count = 0
    for had in Duty:
        with transaction.atomic():
            Hand.objects.get_or_create(case=case, cadre_id=town.cadre("decision_body3"), duty=had, defaults={"record": 1})
            told = facts_for(town, "record_meeting", members=members(town))
            wanted = expected(had, Duty.DECISION_MAKER)
            assert refused_by(lambda told=told: conduct.preview(item, facts=told, by=by, at=town.at)) == wanted, had
            transaction.set_rollback(True)
        count += 1
    Tie.objects.create(one=town.wang, other_id=town.cadre("decision_body4"), kind="SPOUSE", declared_at=town.at)
    told = facts_for(town, "record_meeting", members=members(town))
    assert refusal(lambda: conduct.preview(item, facts=told, by=by, at=town.at)) == Rule.KIN
    told["members"][3] |= {"recused": True, "view": "", "vote": "", "order": None}
    conduct.preview(item, facts=told, by=by, at=town.at)
    print(f"separation matrix, named: {count + 2} cells")


def test_every_rule_of_the_procedure_is_in_the_table_and_every_rule_asked_is_one_of_them() -> None:
    assert list(RULES) == [f"SD-{n}" for n in range(1, 20)]
    assert {pair.rule for pair in PAIRS} | {rule for rule, _ in FRESH.values()} | set(Rule.values) <= set(RULES)
    assert {rule for rule, (_, by) in RULES.items() if "PAIRS" in by} == {pair.rule for pair in PAIRS}
