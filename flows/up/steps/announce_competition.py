"""U2c 竞争上岗公告: post, conditions, rater groups with weights, panel; open for at least five working days."""

from collections.abc import Mapping
from datetime import date

from django import forms

from flows import fields
from flows.figures import length, period
from flows.paper import Section, Sheet, Table, day, lines
from flows.people import CadreField, names_of, offer, seated
from flows.roles import Duty, Role
from flows.rules.competition import weights_are_whole
from flows.up.panel import LEAST_PANEL
from workflow_app import clock, periods
from workflow_app.because import on_paper
from workflow_app.steps import Facts, Posting, RuleBroken, Situation, Step, type_facts

RULE = "UP-COMP-APPLY"


class GroupRow(forms.Form):
    """One group of raters."""

    group = fields.short_text("评分主体", limit=30)
    weight = fields.number("权重（%）", 1, 100)


class PanelRow(forms.Form):
    """One member of the panel."""

    cadre = CadreField(label="评委")


class CompetitionFacts(Facts):
    """The announcement."""

    rows = {"groups": GroupRow, "panel": PanelRow}
    min_rows = {"groups": 2, "panel": LEAST_PANEL}
    row_titles = {"groups": "评分主体和权重", "panel": "评委"}
    post = fields.short_text("职位", limit=80)
    conditions = fields.long_text("报名条件")
    method = fields.long_text("方法和程序")
    days = fields.number("报名天数（工作日）", 1, 60, "可以更长，不得短于规定的天数（项目默认）。")
    contact = fields.short_text("联系方式")

    def arrange(self, situation: Situation) -> None:
        """What the plan says."""
        plan = situation.settled("initiate")
        self.fields["post"].initial, self.fields["conditions"].initial = plan.get("post", ""), plan.get("conditions", "")
        self.fields["days"].initial = length(situation.case, RULE)

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Panel members have a seat in the panel."""
        if "cadre" in row.fields:
            offer(row, "cadre", seated(situation, Role.COMPETITION_PANEL))


class AnnounceCompetition(Step):
    """The organization department announces the competition."""

    name, no, title = "announce_competition", "U2c", "竞争上岗公告"
    role, duty, basis = Role.ORG_LEADER, Duty.AUTHOR, "竞争上岗的通行做法；期限为项目默认"
    document, document_title, formal = "U-COMP", "竞争上岗公告", True
    Facts = CompetitionFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The weights sum to 100 %, every group once; enough and different members."""
        if not weights_are_whole([row["weight"] for row in facts["groups"]]):
            total = sum(row["weight"] for row in facts["groups"])
            raise RuleBroken(f"权重合计为{total}%，应当恰好为100%。", way_out="调整各评分主体的权重。", rule="U2C-WEIGHTS", field="groups")
        if len({row["group"].strip() for row in facts["groups"]}) != len(facts["groups"]):
            raise RuleBroken("评分主体有重复。", way_out="合并重复的评分主体。", rule="U2C-WEIGHTS", field="groups")
        if facts["days"] < length(situation.case, RULE):
            least = period(situation.case, RULE)
            raise RuleBroken(f"报名时间不得少于{least}。", way_out=f"设为{least}或者更长。", rule=RULE, field="days")
        panel = [row["cadre"] for row in facts["panel"]]
        if len(set(panel)) != len(panel) or len(panel) < LEAST_PANEL:
            raise RuleBroken("评委应当是三名以上不同的人员。", way_out="增加或者更换评委。", rule="U2C-PANEL", field="panel")

    def _runs(self, situation: Situation, facts: type_facts) -> clock.Answer:
        return periods.answer_of(situation.case, RULE, situation.today, length=facts["days"])

    def _last_day(self, situation: Situation, facts: type_facts) -> date:
        return self._runs(situation, facts).last_day

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Applications are open from today."""
        return {RULE: situation.today}

    def lengths(self, situation: Situation, facts: type_facts) -> Mapping[str, int]:
        """As long as was announced."""
        return {RULE: int(facts["days"])}

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """The panel."""
        return [(row["cadre"], Duty.PANELIST) for row in facts["panel"]]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Groups, panel, last day."""
        return {
            "groups": [[row["group"].strip(), row["weight"]] for row in facts["groups"]], "panel": [row["cadre"] for row in facts["panel"]],
            "weights_whole": weights_are_whole([row["weight"] for row in facts["groups"]]), "last_day": self._last_day(situation, facts),
        }  # fmt: skip

    def posting(self, situation: Situation, facts: type_facts) -> Posting:
        """Seen by every cadre who signs in; the panel's names are not."""
        return Posting(
            kind="COMPETITION", title=f"竞争上岗公告：{facts['post']}", first_day=situation.today, last_day=self._last_day(situation, facts),
            issuer=situation.case.organ.organ_name or situation.case.organ.name,
            lines=(
                ("职位", facts["post"]), ("评分主体和权重", "；".join(f"{row['group']}{row['weight']}%" for row in facts["groups"])),
                ("联系方式", facts["contact"]),
            ),
            paragraphs=(*lines(facts["conditions"]), *lines(facts["method"])),
        )  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """竞争上岗公告."""
        groups = tuple((row["group"], f"{row['weight']}%") for row in facts["groups"])
        return Sheet(
            to="各有关单位、有关干部",
            paragraphs=(f"为选拔{facts['post']}，决定采取竞争上岗方式，现将有关事项公告如下。",),
            sections=(
                Section("一、报名条件", lines(facts["conditions"])), Section("二、方法和程序", lines(facts["method"])),
                Section("三、报名", (
                    f"自{day(situation.today)}起至{day(self._last_day(situation, facts))}24时止，登录本系统报名。联系方式：{facts['contact']}。",
                    f"报名期限的计算：{on_paper(self._runs(situation, facts).explanation)}",
                )),
                Section("四、评委", (f"由{len(names_of([row['cadre'] for row in facts['panel']]))}人组成，名单另行保管。",)),
            ),
            tables=(Table("评分主体和权重", ("评分主体", "权重"), groups),),
        )  # fmt: skip
