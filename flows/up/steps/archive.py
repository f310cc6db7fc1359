"""U13 归档: the index of every paper, the full record of the appointment."""

from flows import fields
from flows.paper import Sheet, Table
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class ArchiveFacts(Facts):
    """The file."""

    place = fields.short_text("保管处")
    keeper = fields.short_text("保管人", limit=40)
    complete = fields.tick("已核对目录与文书一致")


class Archive(Step):
    """The archivist closes the file."""

    name, no, title = "archive", "U13", "归档"
    role, basis, certainty = Role.ARCHIVIST, "选拔任用工作纪实制度（未核原文）", "b"
    document, document_title = "U-INDEX", "案卷目录"
    Facts = ArchiveFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Checked against the file."""
        if not facts["complete"]:
            raise RuleBroken("归档前须核对目录与文书一致。", way_out="核对后勾选。", rule="U13-CHECK", field="complete")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """案卷目录."""
        papers = situation.case.documents.order_by("id")
        rows = tuple((str(n), p.number, p.title, str(p.issued_on), p.content_hash[:16]) for n, p in enumerate(papers, 1))
        return Sheet(
            rows=(
                ("案号", situation.case.number), ("姓名", situation.case.cadre.name), ("结果", situation.case.state_label),
                ("保管处", facts["place"]), ("保管人", facts["keeper"]),
            ),
            tables=(Table("目录", ("序号", "文号", "标题", "日期", "内容摘要值"), rows),),
        )  # fmt: skip
