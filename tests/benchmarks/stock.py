"""Contender: stock django-viewflow 2.4 on its own tables, the same routing and nothing else: no record, no document, no deadline."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.fields import get_task_ref
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.models import Process, Task

from tests.benchmarks.arena import first
from tests.benchmarks.routing import ENDS, STRETCHES, Act, type_job
from workflow_app.models import Account

NEXT = "SELECT id FROM viewflow_task WHERE process_id = $1 AND flow_task = $2 AND status = 'NEW' ORDER BY id LIMIT 1"


def came_to(outcome: str) -> Any:
    """A condition on what the last act came to."""
    return lambda activation: activation.process.data.get("outcome") == outcome


def no_view(request: object) -> None:
    """Nothing is shown: the activations are called as a view of viewflow calls them."""


class StockFlow(flow.Flow):
    """Two stretches, two starts."""

    process_class, task_class = Process, Task
    lock_impl = SelectForUpdateLock(nowait=False)

    start_inquiry = flow.StartHandle().Next(this.inquire)
    inquire = flow.View(no_view).Next(this.answer_inquiry)
    answer_inquiry = flow.View(no_view).Next(this.warned)
    warned = flow.Switch().Case(this.inquire, came_to("unclear")).Default(this.check_rectification)
    check_rectification = flow.View(no_view).Next(this.checked)
    checked = flow.Switch().Case(this.approve_opening, came_to("not_improved")).Default(this.end)
    approve_opening = flow.View(no_view).Next(this.end)

    start_review = flow.StartHandle().Next(this.review_legality)
    review_legality = flow.View(no_view).Next(this.reviewed)
    reviewed = flow.Switch().Case(this.consult, came_to("pass")).Default(this.end)
    consult = flow.Split().Always(this.ask_discipline).Always(this.ask_partner)
    ask_discipline = flow.View(no_view).Next(this.give_discipline)
    ask_partner = flow.View(no_view).Next(this.give_partner)
    give_discipline = flow.View(no_view).Next(this.consulted)
    give_partner = flow.View(no_view).Next(this.consulted)
    consulted = flow.Join().Next(this.weigh_opinions)
    weigh_opinions = flow.Switch().Case(this.record_meeting, came_to("no_objection")).Default(this.end)
    record_meeting = flow.View(no_view).Next(this.end)
    end = flow.End()


class Request:
    """What `start` of an activation looks at."""

    def __init__(self, user: Account) -> None:
        self.user = user


def node_of(act: Act) -> Any:
    """The node of an act; parallel branches have their own."""
    name = f"{act.step.split('_')[0]}_{act.branch}" if act.branch else act.step
    return getattr(StockFlow, name)


class Stock:
    """viewflow as its users run it without pages: load the task, assign in one transaction, start and execute in another."""

    title = "stock viewflow"

    def __init__(self, user: Account) -> None:
        self.user = user

    def prepare(self, stretches: list[str]) -> list[type_job]:
        """One process a stretch."""
        jobs = []
        for stretch in stretches:
            process = getattr(StockFlow, f"start_{stretch}").run()
            jobs.append((stretch, process.pk))
        return jobs

    def act(self, job: type_job, number: int) -> int:
        """Every act of the stretch."""
        stretch, process = job
        for one in STRETCHES[stretch]:
            task = Task.objects.get(pk=first("next_stock", NEXT, process, get_task_ref(node_of(one)))[0])
            with task.activation() as activation:
                activation.assign(self.user)
            with task.activation() as activation:
                activation.start(Request(self.user))
                if one.outcome:
                    activation.process.data = {**activation.process.data, "outcome": one.outcome}
                    activation.process.save(update_fields=["data"])
                activation.execute()
        return len(STRETCHES[stretch])

    def arrived(self, job: type_job) -> Any:
        """The task that the stretch leads to; raises when it is not there."""
        return Task.objects.get(process=job[1], flow_task=getattr(StockFlow, ENDS[job[0]]), status="NEW")
