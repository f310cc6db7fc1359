"""D1 书面检查: the cadre reports point by point; silence is recorded as silence."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, Table
from flows.roles import Role
from workflow_app.enclosures import FilesField, names_of
from workflow_app.steps import Facts, Situation, Step, type_facts


class Filed(TextChoices):
    """Whether the paper came."""

    FILED = "filed", "已提交"
    SILENT = "silent", "期满未提交"


class Point(forms.Form):
    """One point."""

    asked = fields.short_text("要求", limit=500)
    done = fields.long_text("整改落实情况")
    proof = fields.short_text("佐证材料", required=False, limit=300)


class ReviewOneselfFacts(Facts):
    """Point by point."""

    rows = {"points": Point}  # noqa: RUF012 - read only
    min_rows = {"points": 1}  # noqa: RUF012 - read only
    summary = fields.long_text("自我认识")
    enclosures = FilesField(label="附件", help_text="佐证材料；没有可以不传。")


class ReviewOneself(Step):
    """The cadre files the paper that the 诫勉 asked for."""

    name, no, title = "review_oneself", "D1", "书面检查"
    role, certainty, deadline = Role.SUBJECT, "a", "DN-SELFREV"
    basis = "《关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则》"
    document, document_title = "D-SELF", "书面检查"
    open_to_subject = True
    shelf = "我提交的材料"
    outcomes = Filed
    Facts = ReviewOneselfFacts

    def silence(self, situation: Situation) -> type_facts:
        """Expiry."""
        return {"outcome": Filed.SILENT, "points": [], "summary": "", "enclosures": []}

    def paper_title(self, outcome: str) -> str:
        """Silence has its own paper."""
        return "未提交书面检查情况记录" if outcome == Filed.SILENT else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """书面检查."""
        if facts.get("outcome") == Filed.SILENT:
            return Sheet(paragraphs=("书面检查期限届满，本人未提交书面检查。未提交只作为事实记录，由组织核查认定。",))
        rows = tuple((row["asked"], row["done"], row["proof"] or "——") for row in facts["points"])
        return Sheet(
            rows=(("自我认识", facts["summary"]), ("随文附件", names_of(facts))),
            tables=(Table("逐项落实情况", ("要求", "落实情况", "佐证材料"), rows),),
        )
