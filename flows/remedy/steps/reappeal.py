"""R7 再申诉: against an appeal decision, one level up; its decision is final."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.remedy.filing import Filing, paper_of_earlier
from workflow_app.steps import Situation, type_facts


class Reappeal(Filing):
    """The person concerned appeals again, only against an organ of the province or below."""

    name, no, title, level = "reappeal", "R7", "再申诉", "reappeal"
    meant = "对申诉处理决定不服的，请再上一级机关审理。再申诉处理决定是最终决定。"
    deadline, basis = "RM-REAPPEAL-FILE", "《公务员法》第95条（期限未核原文）"
    document, document_title = "R-RAPL", "再申诉书"

    def attacked(self, situation: Situation) -> dict[str, Any]:
        """The appeal decision and its date are named as well."""
        return super().attacked(situation) | paper_of_earlier(situation, "decide")

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The organ has 30 days to accept or refuse."""
        return {"RM-REAPPEAL-ACCEPT": situation.today}
