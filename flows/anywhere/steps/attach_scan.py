"""X 附扫描件: a hand-signed paper is put to the file with its hash and two names."""

from flows import fields
from flows.paper import Sheet
from flows.people import offer, offer_files
from flows.roles import Role
from workflow_app.models import Document
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts
from workflow_app.uploads import FileField, known


class ScanFacts(Facts):
    """Which paper, which scan."""

    paper = fields.choice("对应文书", [])
    file = FileField(label="扫描件", help_text="选择已上传的扫描件，或者在此上传。", required=True)
    remark = fields.short_text("说明", required=False)

    def arrange(self, situation: Situation) -> None:
        """Papers of the case, files of the actor."""
        papers = Document.objects.filter(case=situation.case).order_by("id")
        offer(self, "paper", [(str(paper.pk), str(paper)) for paper in papers])
        offer_files(self, situation)


class AttachScan(Step):
    """Two handlers put a scan to the file."""

    name, no, title = "attach_scan", "X", "附扫描件"
    role, basis = Role.CASE_HANDLER, "项目默认"
    document, document_title, signers = "X-SCAN", "附件登记", 2
    after_end = True
    Facts = ScanFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The paper belongs to the case."""
        if not Document.objects.filter(pk=facts["paper"], case=situation.case).exists():
            raise RuleBroken("所选文书不属于本案。", way_out="重新选择文书。", rule="X-SCAN", field="paper")
        if facts["file"] not in known([facts["file"]]):
            raise RuleBroken("所选扫描件不存在。", way_out="重新选择或者重新上传。", rule="X-SCAN", field="file")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler."""
        return [Slot(self.role, "复核人")]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """附件登记."""
        paper, file = Document.objects.get(pk=facts["paper"]), known([facts["file"]])[facts["file"]]
        return Sheet(rows=(
            ("对应文书", str(paper)), ("文件名", file.name), ("大小", f"{file.size}字节"), ("摘要值（SHA-256）", file.sha256), ("说明", facts["remark"] or "无"),
        ))  # fmt: skip
