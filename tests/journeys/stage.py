"""Sets the stage in an office, through the door: `python -m tests.journeys.stage SCENE` in the office's environment.

Only the items beside a case's turn are written straight into the table, so that each step's page can be looked at.
"""

from __future__ import annotations

import itertools
import os
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")

import django

django.setup()

from viewflow.workflow.token import Token  # noqa: E402

from flows.up.case import UpCase  # noqa: E402
from flows.up.path import UpPath  # noqa: E402
from tests import story  # noqa: E402
from tests.conftest import REMEDY_ROLES, seat  # noqa: E402 - the models exist only after the line above
from tests.flows.remedy import story as remedies  # noqa: E402
from tests.flows.up import rising  # noqa: E402
from tests.story import TO_MEETING, TO_SERVED, Town, act, facts_for, item_of, open_case, run  # noqa: E402
from tests.story import key as fresh_key  # noqa: E402
from workflow_app import clock, conduct, engaging, grading, helping, notifying, noting  # noqa: E402
from workflow_app.assessment.results.grades import Wish  # noqa: E402
from workflow_app.care import plans  # noqa: E402
from workflow_app.engaged import contracts  # noqa: E402
from workflow_app.models import Account, AssessmentResult, Cadre, Campaign, Case, Deadline, Desk, Record, Unit, WorkItem, row_id  # noqa: E402
from workflow_app.notified.notices import Mended, Served  # noqa: E402


def town() -> Town:
    """The demo prefecture as the stories know it."""
    people = {account.username: account for account in Account.objects.select_related("cadre")}
    people["wang"] = people["yx00001"]
    people |= {f"partner{n}": people[f"opinion_organ{n}-p"] for n in (1, 2)}
    unit = {one.code: one for one in Unit.objects.filter(code__startswith="YX")}
    return Town(unit["YX"], Cadre.objects.get(number="YX00001"), unit["YX-90"], unit["YX-91"], clock.now(), people)


ADMINISTRATORS = {"admin1": "SYSTEM", "admin2": "SECURITY", "admin3": "AUDIT"}
STANDS_FOR = {"concerned": "case_handler", "author": "case_handler", "applicant": "subject"}


def open_every_step(here: Town, case: Case) -> None:
    """One open item a step of the case's path, beside its turn."""
    turn = WorkItem.objects.filter(process=case).latest("id")
    for number, node in enumerate(case.flow_class.humans(), 1):
        role = STANDS_FOR.get(str(node.step.role), str(node.step.role))
        asked = role == "opinion_organ"
        desk = Desk.objects.get(role=role, unit=here.discipline if asked else here.city)
        subject = {"organ": here.discipline.pk, "organ_name": here.discipline.name} if asked else {}
        WorkItem.objects.create(
            id=row_id(case.pk, 500_000 + number), process=case, flow_task=node, flow_task_type=turn.flow_task_type, status="NEW", token=Token("aside"),
            desk=desk, step=node.step.name, subject=subject, opened_by=1, due_on=None,
        )  # fmt: skip


def turn_to(here: Town, number: str) -> Town:
    """The story goes on about another cadre."""
    here.wang, here.people["wang"] = Cadre.objects.get(number=number), here.people[number.lower()]
    return here


def about(here: Town, number: str) -> Case:
    """A new case about another cadre."""
    return open_case(turn_to(here, number))


def going_up(here: Town, number: str) -> Case:
    """A motion that has come to the public notice, about which somebody reports."""
    case = rising.to_notice(here, rising.open_case(turn_to(here, number)))
    rising.reported(here, case)
    return rising.fresh(case)


def reviewed(here: Town, number: str) -> Case:
    """A demoted cadre asks for a review; people sit at the desks of remedies."""
    for role in REMEDY_ROLES:
        if not Account.objects.filter(username=f"{role}1").exists():
            seat(here, Desk.objects.get(role=role, unit=here.city), str(role), 4)
    Account.objects.filter(password="!").update(password=here.people["yx00001"].password)
    return remedies.file(here, remedies.demoted(turn_to(here, number)), "apply_for_review")


def wait_for_signatures(here: Town) -> None:
    """A case whose findings one member of the team has signed."""
    case = run(here, about(here, "YX00002"), *TO_MEETING[:3])
    item, by = item_of(case, "report_findings"), here.people["examination_team1"]
    facts = facts_for(here, "report_findings")
    seen = conduct.preview(item, facts=facts, by=by, at=here.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=by, at=here.at, key=fresh_key())


def administrators(here: Town) -> None:
    """The three, with the password of everybody else."""
    for name, office in ADMINISTRATORS.items():
        Account.objects.create(username=name, office=office, password=here.people["yx00001"].password)


def everything(here: Town) -> None:
    """A case before the meeting, a sheet waiting for signatures, cases of every way with every step open once, an administrator."""
    administrators(here)
    run(here, about(here, "YX00001"), *TO_MEETING)
    wait_for_signatures(here)
    remedy = reviewed(here, "YX00006")
    helped(here, Case.objects.get(pk=remedy.decision.case_id))
    recorded(here)
    notified(here)
    engaged(here)
    for case in (run(here, about(here, "YX00003"), *TO_MEETING), going_up(here, "YX00005"), remedy):
        open_every_step(here, case)


def helped(here: Town, case: Case) -> None:
    """A plan of help with an entry of every kind, about somebody whose decision was served."""
    words = {"by": here.people["placement_office1"], "at": here.at}
    plan = helping.open_plan(case, "一年内熟悉新岗位，能够独立承担一个片区的任务。", **words)
    helping.train(plan, plans.Course("项目管理专题班", "市委党校", "工程统筹不力", here.today, here.today + timedelta(days=20)), **words)
    mentor = Cadre.objects.get(number="YX00005")
    helping.name_mentor(plan, mentor, here.today, here.today + timedelta(days=365), **words)
    seen = plans.Seen(here.today, "李敏文、赵磊安", "希望参加培训。", "协调名额", here.today + timedelta(days=30))
    made = helping.visit(plan, seen, **words)
    helping.issue(plan, made, **words)
    helping.offer_counselling(plan, **words)


def notified(here: Town) -> None:
    """An annual round is settled; of the notices one is served, one waits, and one took the place of another."""
    campaign = Campaign.objects.get(version__scheme__kind="ANNUAL", version__scheme__about="PEOPLE", closed_at__isnull=False)
    office, leader = ({"by": here.people[name], "at": here.at} for name in ("assessment_office1", "org_leader1"))
    grading.propose(campaign, [Wish(one, "COMPETENT") for one in campaign.subjects.select_related("cadre")], **office)
    grading.settle(campaign, "部务会2026年第2次", **leader)
    made = [notifying.issue(one, **office) for one in AssessmentResult.objects.filter(batch__settled__campaign=campaign)[:3]]
    notifying.serve(made[0], Served("in_person", here.today, "本人"), **office)
    mended = Mended("BASIC", "复核认定有一项任务没有完成", "复核决定书云组〔2026〕9号")
    notifying.correct(made[2].result, mended, **leader)


def engaged(here: Town) -> None:
    """A contract that runs, and one of 王建国 that ended."""
    words = {"by": here.people["case_handler1"], "at": here.at}
    for number, cadre in (("云聘〔2025〕1号", "YX00001"), ("云聘〔2025〕2号", "YX00010")):
        days = (here.today - timedelta(days=300), here.today + timedelta(days=40), here.today + timedelta(days=10))
        terms = contracts.Terms(number, "信息化主管", *days, f"聘任合同（{number}）")
        made = engaging.enter(Cadre.objects.get(number=cadre), here.city, terms, **words)
        if cadre == "YX00001":
            ended = contracts.Ended("AGREED", "解除聘任合同协议书第1号", "双方协商一致", here.today, here.today)
            engaging.end(made, ended, **words)


def recorded(here: Town) -> None:
    """A form of an archive as it is issued, a superior's word, and a proposal that waits for another."""
    writer, by = Cadre.objects.get(number="YX00005"), here.people["org_leader1"]
    noting.issue(writer, "干部监督抽查", by=by, at=here.at)
    noting.propose_award(writer, "TITLE", 2025, "重点工程和防汛中连续驻守，成绩突出。", by=by, at=here.at)


def meeting(here: Town) -> None:
    """Two cases that wait for the meeting."""
    for number in ("YX00001", "YX00002"):
        run(here, about(here, number), *TO_MEETING)


def fallen(here: Town) -> None:
    """王建国's case on the way down, closed after the last visit."""
    case = run(here, about(here, "YX00001"), *TO_SERVED, "formalize", "place")
    for _ in range(3):
        timer = Deadline.objects.get(case=case, item__status="SCHEDULED")
        here.at = timer.fires_at
        conduct.expire(timer.pk, at=here.at)
        act(here, case, "follow_up")
    run(here, case, "evaluate_follow_up", "archive")


def on_trial(here: Town) -> None:
    """The open case on the way up, from where it stands to the trial notice: what the journey of a single post walks page by page."""
    case = UpCase.objects.filter(flow_class=UpPath, finished__isnull=True).latest("id")
    here.wang, post = case.cadre, {"post": case.settled["initiate"]["post"]}
    here.people["wang"] = Account.objects.get(cadre=here.wang)
    if case.state == "recommendation":
        rising.run(here, case, *rising.TO_CANDIDATE)
    rising.examine(here, case)
    rising.run(here, case, "close_four_checks", "ask_opinion", "give_opinion", "record_meeting", ("decide", {"begun": post["post"]}))
    rising.run(here, case, ("post_notice", {"proposed": post["post"]}))
    here.later(days=12)
    rising.run(here, case, "close_notice", "talk", ("appoint", post))


def demoted(here: Town) -> None:
    """A leading member was demoted, and the decision is served."""
    run(here, open_case(here), *remedies.TO_DEMOTED)


SCENES = {
    "everything": everything,
    "administrators": administrators,
    "meeting": meeting,
    "fallen": fallen,
    "on_trial": on_trial,
    "demoted": demoted,
}

if __name__ == "__main__":
    office = town()
    story._keys = itertools.count(1000 * (1 + Record.objects.count()))  # beyond the keys of the scene before
    SCENES[sys.argv[1]](office)
    Path(os.environ["FIXED_NOW"].removeprefix("@")).write_text(office.at.isoformat())  # the hour to which the scene has come
