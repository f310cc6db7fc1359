"""A newcomer with one duty had before, and cases of every path with items beside their turn: the stage of the separation matrix."""

from __future__ import annotations

from datetime import date
from typing import Any

from viewflow.workflow.token import Token

from flows.down.path import DownPath
from flows.remedy.path import RemedyPath
from flows.roles import Duty
from flows.up.path import UpPath
from tests.flows.remedy import story as remedies
from tests.flows.up import rising
from tests.story import Town
from workflow_app.models import Account, Cadre, Case, Desk, Hand, Seat, WorkItem, row_id
from workflow_app.nodes import Path


class Newcomer:
    """Somebody with a seat at one desk, and one duty that they had before."""

    count = 0

    def __init__(self, desk: Desk, at: Any) -> None:
        Newcomer.count += 1
        self.cadre = Cadre.objects.create(number=f"N{Newcomer.count}", name="陈新来", sex="女", unit=desk.unit)
        self.account = Account.objects.create(username=f"newcomer{Newcomer.count}", cadre=self.cadre, password="!")
        self.seat = Seat.objects.create(desk=desk, account=self.account, valid_from=date(2020, 1, 1), granted_at=at)

    def had(self, case: Case, duty: Duty) -> None:
        """Write the earlier hand straight into the table."""
        Hand.objects.create(case=case, cadre=self.cadre, duty=duty, record=1)


class Stage:
    """A case of every path with an open item for each duty; and for the remedy, an earlier one against the same decision."""

    def __init__(self, town: Town) -> None:
        self.town = town
        rising_one = rising.open_case(town)  # before the decision, whose restriction would bar it
        decision = remedies.demoted(town)
        self.earlier = remedies.go(town, remedies.file(town, decision, "apply_for_review"), "review", "serve_decision")
        self.cases: dict[type[Path], Case] = {
            DownPath: Case.objects.get(pk=decision.case_id), RemedyPath: remedies.file(town, decision, "appeal", organ="YX-92"),
            UpPath: rising_one,
        }  # fmt: skip

    def leader(self, case: Case) -> Account:
        """Who gives work to others in the organ of the case."""
        return self.town.people["civil_org_leader1" if case.organ.code == "YX-92" else "org_leader3"]

    def item(self, case: Case, path: type[Path], step: str, token: str = "aside") -> WorkItem:
        """An item of the step, open beside the case's turn."""
        node, turn = path.node_of(step), WorkItem.objects.filter(process__in=self.cases.values()).latest("id")
        desk = Desk.objects.get(role=str(node.step.role), unit=self.town.city)
        number = 600_000 + WorkItem.objects.filter(process=case).count()
        return WorkItem.objects.create(
            id=row_id(case.pk, number), process=case, flow_task=node, flow_task_type=turn.flow_task_type, status="NEW", token=Token(token),
            desk=desk, step=step, subject={}, opened_by=1, created=self.town.at,
        )  # fmt: skip
