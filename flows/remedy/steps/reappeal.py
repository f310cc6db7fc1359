"""R7 再申诉: against an appeal decision, one level up; its decision is final."""

from typing import Any

from flows.remedy.filing import Filing, paper_of_earlier
from workflow_app.steps import Situation


class Reappeal(Filing):
    """The person concerned appeals again, only against an organ of the province or below."""

    name, no, title, level = "reappeal", "R7", "再申诉", "reappeal"
    meant = "对申诉处理决定不服的，请再上一级机关审理。再申诉处理决定是最终决定。"
    deadline, basis = "RM-REAPPEAL-FILE", "《公务员法》第95条（期限未核原文）"
    answers_within = "RM-REAPPEAL-ACCEPT"
    document, document_title = "R-RAPL", "再申诉书"

    def attacked(self, situation: Situation) -> dict[str, Any]:
        """The appeal decision and its date are named as well."""
        return super().attacked(situation) | paper_of_earlier(situation, "decide")
