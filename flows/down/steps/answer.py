"""D4 陈述申辩: the cadre answers, asks to be heard, waives, or stays silent."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, lines, yes
from flows.roles import Role
from workflow_app.enclosures import FilesField, names_of
from workflow_app.plain_words import Page
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Answered(TextChoices):
    """How the cadre answered."""

    STATEMENT = "statement", "提交书面陈述申辩"
    IN_PERSON = "in_person", "要求当面陈述"
    WAIVED = "waived", "放弃陈述申辩"
    SILENT = "silent", "期满未提交"


class Point(forms.Form):
    """One point of the answer."""

    text = fields.long_text("陈述申辩意见")


class AnswerFacts(Facts):
    """The answer; points are weighed one by one."""

    rows = {"points": Point}  # noqa: RUF012 - read only
    row_titles = {"points": "意见"}  # noqa: RUF012 - read only
    min_rows = {"points": 0}  # noqa: RUF012 - read only
    outcome = fields.choice("我的选择", [c for c in Answered.choices if c[0] != "silent"])
    evidence = fields.long_text("我提交的证据", "写明证据的名称、来源和要证明的事；没有可以不填。", required=False)
    enclosures = FilesField(label="证据文件", help_text="没有可以不传。")
    tolerance_claimed = fields.tick("我请求适用容错（三个区分开来）")


class Answer(Step):
    """The person concerned answers the notice."""

    name, no, title = "answer", "D4", "陈述申辩"
    role, certainty, deadline = Role.SUBJECT, "a", "DN-HEARING"
    basis = "《公务员法》第63条、《处分条例》第39条（类推）"
    document, document_title = "D-STMT", "陈述申辩书"
    open_to_subject = True
    shelf = "我提交的材料"
    outcomes = Answered
    meant = "告知书写明的事实和理由，您同意不同意、为什么，都可以在这里说。"
    pages = (
        Page("您想怎样答复", ("outcome",), "书面写、当面说、放弃，都可以。答复不会加重处理；放弃或者没有答复，也不等于承认。"),
        Page("您的意见", ("points",), "一条意见写一点，机关会逐条核实、逐条答复。", when={"outcome": (Answered.STATEMENT,)}),
        Page("您的证据", ("evidence", "enclosures"), "能证明您的意见的材料，都可以提交。", when={"outcome": (Answered.STATEMENT, Answered.IN_PERSON)}),
        Page(
            "是否请求容错", ("tolerance_claimed",),
            "在改革创新、先行先试中出现的失误，或者不是为了私利的无心之过，可以请求从宽认定。", when={"outcome": (Answered.STATEMENT, Answered.IN_PERSON)},
        ),
    )  # fmt: skip
    Facts = AnswerFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A written statement says something."""
        if facts["outcome"] == Answered.STATEMENT and not facts["points"]:
            raise RuleBroken("书面陈述申辩至少写一点意见。", way_out="写明意见，或选择当面陈述、放弃。", rule="D4-POINTS", field="points")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Points to be weighed."""
        return {
            "points": [row["text"] for row in facts["points"]], "tolerance_claimed": bool(facts["tolerance_claimed"]),
            "filed": facts["outcome"] == Answered.STATEMENT,
        }  # fmt: skip

    def silence(self, situation: Situation) -> type_facts:
        """Expiry: recorded as silence, never an admission."""
        return {"outcome": Answered.SILENT, "points": [], "evidence": "", "enclosures": [], "tolerance_claimed": False}

    def paper_title(self, outcome: str) -> str:
        """Silence has its own paper."""
        return "未提交陈述情况记录" if outcome == Answered.SILENT else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """陈述申辩书, or the record of silence."""
        if facts["outcome"] == Answered.SILENT:
            return Sheet(
                paragraphs=(
                    "陈述申辩告知书送达后，本人在规定期限内未提交陈述申辩意见，也未要求当面陈述。",
                    "未提交只作为事实记录，不视为承认所告知的事实。",
                )
            )
        return Sheet(
            rows=(
                ("陈述人", situation.case.cadre.name), ("选择", Answered(facts["outcome"]).label),
                ("请求适用容错", yes(facts["tolerance_claimed"])), ("提交的证据", facts["evidence"] or "无"), ("随文附件", names_of(facts)),
            ),
            sections=tuple(Section(f"意见{n}", lines(row["text"])) for n, row in enumerate(facts["points"], 1)),
        )  # fmt: skip
