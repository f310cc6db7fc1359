"""What comes on paper: a handler enters it for a person without an account, and says when it was posted and when it arrived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import Form

from flows.paper import Table, day
from flows.people import offer_files
from flows.roles import Role
from workflow_app.hands import on_paper
from workflow_app.models import Representation, Upload
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts
from workflow_app.uploads import known

DAYS = ("received_on", "arrived_on")


def enters_paper(situation: Situation) -> bool:
    """Whether a handler enters what the person wrote; whoever stands for the person files today, like the person."""
    if situation.actor is None:
        return False
    stands = Representation.objects.filter(account=situation.actor, principal=situation.case.cadre_id, standing="VALID")
    return on_paper(situation.case) and not stands.exists()


def ask_days_of_paper(form: Form, situation: Situation) -> None:
    """Only a handler who enters a paper says when it came."""
    if not enters_paper(situation):
        for name in DAYS:
            form.fields.pop(name, None)


def check_days_of_paper(situation: Situation, facts: Mapping[str, Any]) -> None:
    """Nothing came tomorrow, and nothing arrived before it was posted."""
    posted, arrived = (facts.get(name) for name in DAYS)
    for name, on in zip(DAYS, (posted, arrived), strict=True):
        if on and on > situation.today:
            raise RuleBroken("收到日期不能晚于今天。", way_out="按收文登记或者邮戳填写。", rule="R-PAPER", field=name)
    if posted and arrived and arrived < posted:
        raise RuleBroken("本机关收到日期不能早于交邮日期。", way_out="按邮戳和收文登记填写。", rule="R-PAPER", field="arrived_on")


def filed_on(situation: Situation, facts: Mapping[str, Any]) -> date:
    """The day that keeps the period of the person: of posting, or today (time in transit is not counted, CPL 85)."""
    posted: date | None = facts.get("received_on") if enters_paper(situation) else None
    return posted or situation.today


def arrived_on(situation: Situation, facts: Mapping[str, Any]) -> date:
    """The day from which the organ's own period counts: of receipt, or today."""
    arrived: date | None = facts.get("arrived_on") if enters_paper(situation) else None
    return arrived or situation.today


def rows_of_paper(situation: Situation, facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """That it came on paper, and when, as the paper of the act says it."""
    if not enters_paper(situation):
        return ()
    posted, arrived = filed_on(situation, facts), arrived_on(situation, facts)
    return (("提出方式", f"书面提出，经办人录入。提出日期：{day(posted)}；收到日期：{day(arrived)}"),)


class LetterFacts(Facts):
    """What every letter has, whoever wrote it; a subclass gives the field `file`, the scan."""

    def arrange(self, situation: Situation) -> None:
        """Files of the actor."""
        offer_files(self, situation)


class Letter(Step):
    """What came by letter about a remedy that was filed in the portal: two handlers of the organ that has it enter it, with the scan."""

    role, certainty, signers = Role.CASE_HANDLER, "P", 2
    open_to_subject = by_letter = True
    shelf = "我提交的材料"

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Possible days, and the scan at hand."""
        check_days_of_paper(situation, facts)
        if self._scan(facts) is None:
            raise RuleBroken("须附书面材料的扫描件。", way_out="选择已上传的扫描件，或者重新上传。", rule="R-PAPER", field="file")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler compares it with the letter."""
        return [Slot(self.role, "核对人")]

    def files(self, situation: Situation, facts: type_facts) -> list[dict[str, Any]]:
        """The scan goes to the file."""
        scan = self._scan(facts)
        return [{"name": scan.name, "sha256": scan.sha256, "size": scan.size}] if scan else []

    def _scan(self, facts: type_facts) -> Upload | None:
        return known([facts["file"]]).get(facts["file"]) if facts["file"] else None

    def table(self, facts: type_facts) -> Table:
        """The scan, as the paper names it."""
        scan = known([facts["file"]])[facts["file"]]
        return Table("扫描件", ("文件名", "大小", "摘要值（前16位）"), ((scan.name, f"{scan.size // 1024 + 1} KB", scan.sha256[:16]),))
