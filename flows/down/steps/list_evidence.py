"""D3 证据材料: evidence with a sealed source and a description that may be disclosed."""

from django import forms

from flows import fields, team
from flows.paper import Sheet, Table, day
from flows.people import offer_files
from flows.roles import Duty, Role
from workflow_app import uploads
from workflow_app.models import Upload
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts
from workflow_app.uploads import FileField


class EvidenceRow(forms.Form):
    """One piece of evidence."""

    name = fields.short_text("证据名称（可公开的说明）", "本人可以看到这一栏。")
    source = fields.short_text("来源（密封）", "本人和其他无关人员看不到这一栏。")
    obtained_by = fields.short_text("取得人（两人）", "两名取得人姓名，用顿号分开。", limit=60)
    obtained_on = fields.a_date("取得日期")
    proves = fields.short_text("证明事项", limit=300)
    secret = fields.tick("涉及国家秘密", "秘密级以上材料不得进入本系统。")
    file = FileField(label="附件", help_text="选择已上传的文件，或者在此上传；文件名只在本页显示，不印入文书。")


class EvidenceFacts(Facts):
    """The list of this round."""

    rows = {"evidence": EvidenceRow}  # noqa: RUF012 - read only
    min_rows = {"evidence": 1}  # noqa: RUF012 - read only

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """The actor's own checked files."""
        offer_files(row, situation)


class ListEvidence(Step):
    """The team lists what it found."""

    name, no, title = "list_evidence", "D3", "证据材料"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty = "《处分条例》第42条（类推）", "a"
    document, document_title, signers = "D-EVID", "证据材料清单", 2
    open_to_subject = True
    shelf = "证据清单"
    sealed = ("evidence",)
    Facts = EvidenceFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members, two collectors, nothing classified, nothing from the future."""
        team.check_member(situation)
        for row in facts["evidence"]:
            if row["secret"]:
                raise RuleBroken(
                    "秘密级以上材料不得进入本系统。", way_out="另行按保密规定保管，此处只登记可公开的材料。", rule="涉密", field="evidence"
                )
            if len({name.strip() for name in row["obtained_by"].split("、") if name.strip()}) < 2:
                raise RuleBroken(f"“{row['name']}”须由两人取得。", way_out="写明两名取得人，用顿号分开。", rule="SD-1", field="evidence")
            if row["obtained_on"] > situation.today:
                raise RuleBroken(f"“{row['name']}”的取得日期不能晚于今天。", way_out="更正日期。", rule="D3-DATE", field="evidence")

        files = {row["file"] for row in facts["evidence"] if row["file"]}
        if files - set(uploads.known(files)):
            raise RuleBroken("所选附件不存在。", way_out="重新选择或者重新上传。", rule="附件", field="evidence")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second member."""
        return team.second_signs(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Numbered descriptions of this round; further lists of the round go on counting."""
        before = list(situation.settled("list_evidence").get("names", []))
        return {"names": [*before, *(f"{n}. {row['name']}" for n, row in enumerate(facts["evidence"], len(before) + 1))]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """证据材料清单, without sources."""
        before = len(situation.settled("list_evidence").get("names", []))
        files = uploads.known(row["file"] for row in facts["evidence"] if row["file"])
        rows = tuple(
            (str(n), row["name"], row["obtained_by"], day(row["obtained_on"]), row["proves"], _attached(files.get(row["file"])))
            for n, row in enumerate(facts["evidence"], before + 1)
        )
        return Sheet(
            rows=(("案件当事人", situation.case.cadre.name), ("轮次", f"第{situation.case.round}轮")),
            tables=(Table("证据材料", ("编号", "名称", "取得人", "取得日期", "证明事项", "附件"), rows, (8, 18, 15, 21, 18, 20)),),
        )


def _attached(file: Upload | None) -> str:
    # The cadre reads this list: the name of a file may betray its source, so the digest stands for it.
    return uploads.described(file) if file else "无"
