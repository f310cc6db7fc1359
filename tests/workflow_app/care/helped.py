"""王建国 came down, the decision was served, and he has a plan of help."""

from __future__ import annotations

from datetime import date, timedelta

from tests.story import TO_SERVED, Town, act, open_case, run
from workflow_app import conduct, helping
from workflow_app.care.plans import Course, Seen
from workflow_app.models import Account, Cadre, CarePlan, Case, Deadline, Post

AIM = "一年内熟悉新岗位的项目管理，能够独立承担一个片区的任务。"


def served(town: Town) -> Case:
    """A case whose decision was served."""
    return run(town, open_case(town), *TO_SERVED)


def plan_for(town: Town, case: Case) -> CarePlan:
    return helping.open_plan(case, AIM, by=town.people["placement_office1"], at=town.at)


def closed(town: Town) -> Case:
    """A case on the way down, closed after its last visit."""
    case = run(town, served(town), "formalize", "place")
    for _ in range(3):
        timer = Deadline.objects.get(case=case, item__status="SCHEDULED")
        town.at = timer.fires_at
        conduct.expire(timer.pk, at=town.at)
        act(town, case, "follow_up")
    return run(town, case, "evaluate_follow_up", "archive")


def course(town: Town, **changes: object) -> Course:
    words = {
        "course": "项目管理专题班", "place": "市委党校", "gap": "工程统筹不力（2025年考核反馈）", "first": town.today,
        "last": town.today + timedelta(days=20),
    }  # fmt: skip
    return Course(**{**words, **changes})  # type: ignore[arg-type]


def seen(town: Town, promised: str = "协调解决跨县工作的周转住处", due_on: date | None = None) -> Seen:
    return Seen(
        town.today, "李敏文、赵磊安", "希望解决周转住处。", promised, due_on or (town.today + timedelta(days=30) if promised else None)
    )


def outsider(town: Town) -> Account:
    """何远, deputy head of another bureau, who has nothing to do with the case."""
    post = Post.objects.create(unit=town.wang.unit, title="总工程师", level="COUNTY_DEPUTY", leadership_post=True)
    cadre = Cadre.objects.create(number="YX00088", name="何远", sex="男", unit=town.wang.unit, post=post)
    return Account.objects.create(username="heyuan", cadre=cadre, password="!")
