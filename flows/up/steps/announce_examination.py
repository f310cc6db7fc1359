"""U4 考察预告: posted at least a working day before the examination begins; names the team and the four organs asked."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.figures import period
from flows.paper import Section, Sheet, Table, day, lines
from flows.people import CadreField, names_of, offer, organs, seated
from flows.roles import Duty, Role
from flows.up.validity import check_valid
from workflow_app import periods
from workflow_app.models import Unit
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

RULE = "UP-EXNOTICE"
# The four mandatory checks: name, title, the one closed question.
CHECKS = (
    ("archive", "档案必审", "经审核干部人事档案，是否存在影响任职的问题？"),
    ("matters", "个人有关事项报告必核", "经核查个人有关事项报告，是否存在影响任职的问题？"),
    ("discipline", "纪检监察机关意见必听", "对该同志任职，党风廉政方面是否有不同意见？"),
    ("petition", "线索具体的信访举报必查", "是否存在线索具体、尚未查清、可能影响任职的信访举报？"),
)


class Announced(TextChoices):
    """Issued or withdrawn."""

    ISSUE = "issue", "发布预告"
    WITHDRAW = "withdraw", "撤回，重新确定考察对象"


class MemberRow(forms.Form):
    """One member of the team and how to reach them."""

    cadre = CadreField(label="成员")
    phone = fields.short_text("联系电话", limit=40)


class AnnounceFacts(Facts):
    """The pre-notice."""

    rows = {"team": MemberRow}
    min_rows = {"team": 2}
    row_titles = {"team": "考察组成员"}
    begins_on = fields.a_date("考察开始日期")
    posted_in = fields.short_text("发布范围和地点")
    tasks = fields.long_text("考察任务")
    supervision_phone = fields.short_text("监督电话", limit=40)
    archive_organ = fields.choice("档案审核机构", [])
    matters_organ = fields.choice("个人有关事项核查机构", [])
    discipline_organ = fields.choice("纪检监察机关", [])
    petition_organ = fields.choice("信访举报核查机构", [])
    outcome = fields.choice("意见", Announced.choices)
    reason = fields.long_text("撤回理由", required=False)

    def arrange(self, situation: Situation) -> None:
        """Organs with a desk for opinions."""
        for name, _, _ in CHECKS:
            field = self.fields[f"{name}_organ"]
            offer(self, f"{name}_organ", situation.once("organs", organs))
            field.widget = forms.Select(choices=field.choices)  # type: ignore[attr-defined]

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members have a seat in the team."""
        offer(row, "cadre", seated(situation, Role.EXAMINATION_TEAM))


class AnnounceExamination(Step):
    """The organization department announces the examination."""

    name, no, title = "announce_examination", "U4", "考察预告"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第28条；提前时间为地方规定"
    document, document_title, formal = "U-PRE", "干部考察预告", True
    outcomes = Announced
    Facts = AnnounceFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Early enough; at least two members; a withdrawal has its reason."""
        if facts["outcome"] == Announced.WITHDRAW:
            if len((facts["reason"] or "").strip()) < 2:
                raise RuleBroken("撤回须写明理由。", way_out="填写撤回理由。", rule="U4-REASON", field="reason")
            return
        check_valid(situation, situation.today, way_out="选择撤回预告，确定考察对象时选择“重新推荐”。", field="outcome")
        latest = periods.answer_of(situation.case, RULE, facts["begins_on"]).last_day
        if situation.today > latest:
            raise RuleBroken(
                f"预告应当在考察开始前至少{period(situation.case, RULE)}发布，最迟{latest}。",
                way_out="推迟考察开始日期。",
                rule=RULE,
                field="begins_on",
            )
        people = [row["cadre"] for row in facts["team"]]
        if len(set(people)) < 2 or len(set(people)) != len(people):
            raise RuleBroken("考察组应当由两名以上不同的人员组成。", way_out="增加成员或更换重复的成员。", rule="SD-1", field="team")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Team, start, and the four organs."""
        units = dict(Unit.objects.values_list("pk", "name")) if facts["outcome"] == Announced.ISSUE else {}
        checks = [
            {"check": name, "title": title, "question": question, "organ": int(facts[f"{name}_organ"]), "unit": units[int(facts[f"{name}_organ"])],
             "organ_name": f"{units[int(facts[f'{name}_organ'])]}（{title}）"}
            for name, title, question in CHECKS
        ] if units else []  # fmt: skip
        return {"team": [row["cadre"] for row in facts["team"]], "begins_on": facts["begins_on"], "checks": checks}

    def paper_title(self, outcome: str) -> str:
        """A withdrawal has its own paper."""
        return "撤回干部考察预告的决定" if outcome == Announced.WITHDRAW else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """干部考察预告."""
        cadre = situation.case.cadre
        if facts["outcome"] == Announced.WITHDRAW:
            return Sheet(to="有关单位", paragraphs=(f"撤回对{cadre.name}的考察预告，重新确定考察对象。", *lines(facts["reason"])))
        names = names_of([row["cadre"] for row in facts["team"]])
        members = tuple((name, row["phone"]) for name, row in zip(names, facts["team"], strict=True))
        return Sheet(
            to="有关单位",
            paragraphs=(
                f"根据工作安排，将对{cadre.name}（现任{cadre.post_title}）进行考察，现予预告。考察期间欢迎如实反映情况。",
            ),
            sections=(
                Section("一、考察任务", lines(facts["tasks"])), Section("二、考察时间", (f"自{day(facts['begins_on'])}起。",)),
                Section("三、发布范围和地点", (facts["posted_in"],)), Section("四、监督电话", (facts["supervision_phone"],)),
            ),
            tables=(Table("考察组成员", ("姓名", "联系电话"), members),),
        )  # fmt: skip
