"""U9 公示结果: not before 24:00 of the last day, and not while a report is open, whatever is pressed."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from flows import fields
from flows.figures import length, reckoned
from flows.paper import Section, Sheet, Table, day, lines
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Noticed(TextChoices):
    """What the notice came to; it follows from the verified reports."""

    PASSED = "passed", "不影响任职"
    AFFECTED = "affected", "影响任职，退回重新讨论决定"


class ClosingFacts(Facts):
    """The report."""

    remark = fields.long_text("公示情况")


class CloseNotice(Step):
    """The organization department reports on the notice."""

    name, no, title = "close_notice", "U9", "公示结果"
    role, duty, certainty, deadline = Role.ORG_LEADER, Duty.AUTHOR, "a", "UP-NOTICE"
    basis = "《党政领导干部选拔任用工作条例》2014年第41条"
    document, document_title = "U-NOTREP", "公示情况报告"
    outcomes = Noticed
    Facts = ClosingFacts

    @staticmethod
    def _has_run(situation: Situation) -> bool:
        posted = situation.settled("post_notice")
        return int(posted["days"]) >= length(situation.case, "UP-NOTICE") and situation.today > date.fromisoformat(
            str(posted["last_day"])[:10]
        )

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The last day is over, and every report is verified."""
        if not self._has_run(situation):
            last = str(situation.settled("post_notice")["last_day"])[:10]
            raise RuleBroken(f"公示期至{last}24时止，期满前不得办结。", way_out=f"{last}的次日起办理。", rule="UP-NOTICE")
        if situation.case.awaited:
            raise RuleBroken(f"还有{situation.case.awaited}件反映没有核查完毕。", way_out="由考察组核查完毕后办理。", rule="U9-REPORTS")

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """A report that affects sends the case back."""
        return Noticed.AFFECTED if situation.case.has("report_affects") else Noticed.PASSED

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """That the notice has run its full time."""
        return {"notice_has_run": self._has_run(situation)}

    @staticmethod
    def _reckoned(situation: Situation, posted: dict[str, Any]) -> str:
        first = date.fromisoformat(str(posted["first_day"])[:10])
        return reckoned(situation.case, "UP-NOTICE", first, lasting=int(posted["days"]), counts_start=settings.COUNT_POSTING_DAY)

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """公示情况报告."""
        posted, reports = situation.settled("post_notice"), situation.settled("verify_report").get("reports", [])
        rows = tuple((str(n), *map(str, row)) for n, row in enumerate(reports, 1))
        return Sheet(
            rows=(
                ("公示对象", situation.case.cadre.name), ("公示期", f"{day(posted['first_day'])}至{day(posted['last_day'])}"),
                ("公示期的计算", self._reckoned(situation, posted)),
                ("收到反映", f"{len(reports)}件"), ("结果", Noticed(self.outcome(situation, facts)).label),
            ),
            sections=(Section("公示情况", lines(facts["remark"])),),
            tables=(Table("反映问题核查情况", ("序号", "概要", "核查结果", "结论"), rows),) if rows else (),
        )  # fmt: skip
