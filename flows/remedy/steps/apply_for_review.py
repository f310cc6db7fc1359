"""R1 申请复核: the person asks the organ that decided to look again."""

from flows.remedy.filing import Filing


class ApplyForReview(Filing):
    """The person concerned applies to the original organ."""

    name, no, title, level = "apply_for_review", "R1", "申请复核", "review"
    meant = "请作出决定的机关自己再看一遍，由没有办过原案的人办理。"
    deadline, basis = "RM-REVIEW-FILE", "《公务员法》第95条"
    answers_within = "RM-REVIEW-DECIDE"
    document, document_title = "R-APP", "复核申请书"
