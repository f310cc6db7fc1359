"""Contender: the door of Shangxia, with record, paper row, deadline, events and next items."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from django.db.models import F

from flows.down.path import DownPath
from tests import story
from tests.benchmarks.arena import apart, first
from tests.benchmarks.routing import ENDS, STRETCHES, Act, type_job
from tests.story import TO_MEETING, Town, facts_for, item_of, open_case, run
from workflow_app import conduct
from workflow_app.models import Account, Cadre, Case, Seat, WorkItem

HELPERS = 4
NEXT = "SELECT id, desk_id FROM workflow_app_workitem WHERE process_id = $1 AND step = $2 AND status IN ('NEW', 'ASSIGNED') ORDER BY id LIMIT 1"


class Door:
    """Cases are opened and brought to the start of their stretch before the clock runs."""

    title = "Shangxia, the door"

    def __init__(self, town: Town) -> None:
        self.town = town
        self.facts = {act: facts_for(town, act.step, **act.changes) for acts in STRETCHES.values() for act in acts}
        self.seen: dict[tuple[str, int, int], str] = {}
        self.people: dict[int, dict[int, Account]] = {}
        self.subjects: dict[int, Account] = {}

    def prepare(self, stretches: list[str]) -> list[type_job]:
        """One case a stretch."""
        numbered = list(enumerate(stretches, start=Cadre.objects.count()))
        made = apart(self._prepare, [(numbered[n::HELPERS],) for n in range(HELPERS)])
        jobs = [job for number in range(len(made[0])) for job in (part[number] for part in made if number < len(part))]
        owners = Account.objects.select_related("cadre").filter(cadre__cases__in=[case for _, case in jobs])
        self.subjects |= {case: account for account in owners.annotate(case=F("cadre__cases")) for case in [account.case]}
        return jobs

    def _prepare(self, numbered: list[tuple[int, str]]) -> list[type_job]:
        town, unit, post = self.town, self.town.wang.unit, self.town.wang.post
        jobs = []
        for number, stretch in numbered:
            story._keys = count(number * 1000)  # forked processes would count alike
            town.wang = Cadre.objects.create(number=f"B{number:07}", name="何志远", sex="男", unit=unit, post=post)
            town.people["wang"] = Account.objects.create(username=f"own{number}", cadre=town.wang, password="!")
            jobs.append((stretch, self._start(town, stretch).pk))
        return jobs

    def _start(self, town: Town, stretch: str) -> Case:
        case = open_case(town, outcome="inquire" if stretch == "inquiry" else "open")
        if stretch == "review":
            run(town, case, *TO_MEETING[:8], ("propose", {"co_authority": str(town.partner.pk)}))
        return case

    def people_of(self, number: int) -> dict[int, Account]:
        """Worker `number`'s person at each desk; a request has its user loaded, and so have these."""
        if number not in self.people:
            seats = Seat.objects.filter(account__username__regex=rf"^[a-z_]+{number + 1}$").select_related("account__cadre")
            self.people[number] = {seat.desk_id: seat.account for seat in seats}
        return self.people[number]

    def act(self, job: type_job, number: int) -> int:
        """Every act of the stretch."""
        stretch, case = job
        for place, one in enumerate(STRETCHES[stretch]):
            key, desk = first("next_door", NEXT, case, one.step)
            item = WorkItem(pk=key, process_id=case, step=one.step, flow_task=DownPath.node_of(one.step))
            by = self.subjects[case] if one.step == "answer_inquiry" else self.people_of(number)[desk]
            conduct.claim(item, by=by, at=self.town.at, key=uuid4().hex)
            seen = self._seen(stretch, place, number, item, by, one)
            conduct.complete(item, facts=self.facts[one], seen=seen, by=by, at=self.town.at, key=uuid4().hex)
        return len(STRETCHES[stretch])

    def _seen(self, stretch: str, place: int, number: int, item: WorkItem, by: Account, one: Act) -> str:
        # All persons concerned share one name and post, so the previewed content of a step is the same in every case;
        # it is previewed while the worker warms up, and `complete` would refuse a wrong one.
        if (stretch, place, number) not in self.seen:
            shown = conduct.preview(item, facts=self.facts[one], by=by, at=self.town.at)
            self.seen[stretch, place, number] = shown.content_hash
        return self.seen[stretch, place, number]

    def arrived(self, job: type_job) -> Any:
        """The item that the stretch leads to; raises when it is not there."""
        return item_of(Case.objects.get(pk=job[1]), ENDS[job[0]])
