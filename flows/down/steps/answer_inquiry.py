"""D1 函询回复: the cadre answers question by question; silence is recorded as silence."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet
from flows.roles import Role
from workflow_app.enclosures import FilesField, names_of
from workflow_app.steps import Facts, Situation, Step, type_facts


class Replied(TextChoices):
    """How the inquiry was answered."""

    ANSWERED = "answered", "已逐项答复"
    UNCLEAR = "unclear", "未逐项答复，再次函询"
    SILENT = "silent", "期满未答复"


class Reply(forms.Form):
    """The answer to one question."""

    text = fields.long_text("答复", required=False)


class ReplyFacts(Facts):
    """Answers in the order of the questions."""

    rows = {"answers": Reply}  # noqa: RUF012 - read only
    min_rows = {"answers": 1}  # noqa: RUF012 - read only
    remark = fields.long_text("其他说明", required=False)
    enclosures = FilesField(label="附件", help_text="佐证材料；没有可以不传。")

    def arrange(self, situation: Situation) -> None:
        """Show the questions above the answers."""
        questions = situation.settled("inquire").get("questions", [])
        self.fields["remark"].help_text = "函询问题：" + "；".join(f"{n}. {text}" for n, text in enumerate(questions, 1))


class AnswerInquiry(Step):
    """The cadre replies."""

    name, no, title = "answer_inquiry", "D1", "函询回复"
    role, certainty, deadline = Role.SUBJECT, "a", "DN-INQ-REPLY"
    basis = "《关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则》"
    document, document_title = "D-INQA", "函询回复"
    open_to_subject = True
    shelf = "我提交的材料"
    outcomes = Replied
    Facts = ReplyFacts

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """Unclear when a question was left without an answer: an objective test, nobody's judgment of the person."""
        if facts.get("outcome") == Replied.SILENT:
            return Replied.SILENT
        asked = len(situation.settled("inquire").get("questions", []))
        given = sum(1 for row in facts["answers"] if row["text"].strip())
        return Replied.ANSWERED if given >= asked else Replied.UNCLEAR

    def silence(self, situation: Situation) -> type_facts:
        """Expiry."""
        return {"outcome": Replied.SILENT, "answers": [], "remark": "", "enclosures": []}

    def paper_title(self, outcome: str) -> str:
        """Silence has its own paper."""
        return "函询未答复情况记录" if outcome == Replied.SILENT else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """函询回复."""
        if facts.get("outcome") == Replied.SILENT:
            return Sheet(paragraphs=("函询答复期限届满，本人未提交书面说明。未答复只作为事实记录，不视为承认所询问题。",))
        questions = situation.settled("inquire").get("questions", [])
        answers = [row["text"] for row in facts["answers"]]
        pairs = zip(questions, [*answers, *[""] * len(questions)], strict=False)
        return Sheet(
            sections=tuple(Section(f"问：{question}", (f"答：{text or '（未答复）'}",)) for question, text in pairs),
            rows=(("其他说明", facts["remark"] or "无"), ("随文附件", names_of(facts))),
        )
