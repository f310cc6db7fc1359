"""R3 申诉: after a review, or directly; to another organ."""

from typing import Any

from flows.remedy.filing import Filing, paper_of_earlier
from flows.remedy.matter import last_day_of
from flows.remedy.overdue import RULE, overdue_review
from workflow_app.steps import Situation


class Appeal(Filing):
    """The person concerned appeals to the competent department of the same level or to the organ above."""

    name, no, title, level = "appeal", "R3", "申诉", "appeal"
    meant = "请另一个机关审理，由公正委员会审查。可以先申请复核再申诉，也可以直接申诉。"
    deadline, basis = "RM-APPEAL-AFTER", "《公务员法》第95条"
    answers_within = "RM-ACCEPT"
    document, document_title = "R-APL", "申诉书"

    def attacked(self, situation: Situation) -> dict[str, Any]:
        """After a review the review decision is named as well; a review that is not decided in time, as such."""
        late = overdue_review(situation.case.decision_id, situation.today)
        overdue = {"overdue": late.number, "overdue_since": last_day_of(late, RULE)} if late else {}
        return super().attacked(situation) | paper_of_earlier(situation, "review") | overdue
