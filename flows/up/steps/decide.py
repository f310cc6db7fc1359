"""U8 任免决定: the form of appointment, signed by the decision body; exempt from the notice only with a stated ground."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, day, lines
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Decided(TextChoices):
    """What follows the decision."""

    NOTICE = "notice", "进行任职前公示"
    EXEMPT = "exempt", "按规定不进行公示（写明依据）"


class FormFacts(Facts):
    """The form: what the official form requires and no more."""

    nation = fields.short_text("民族", limit=20)
    education = fields.short_text("学历学位", limit=60)
    party = fields.short_text("政治面貌", limit=30)
    work_since = fields.short_text("参加工作时间", "年月，例如1996.08。", limit=20)
    resume = fields.long_text("简历")
    begun = fields.short_text("拟任职务", limit=80)
    ended = fields.short_text("拟免职务", required=False, limit=80)
    appraisal = fields.long_text("考察评价", "包括主要优点和不足。")
    outcome = fields.choice("公示", Decided.choices)
    exempt_ground = fields.long_text("不进行公示的依据", required=False)

    def arrange(self, situation: Situation) -> None:
        """The post of the plan."""
        self.fields["begun"].initial = situation.settled("initiate").get("post", "")


class Decide(Step):
    """The decision body signs what the meeting adopted."""

    name, no, title = "decide", "U8", "任免决定"
    role, duty, certainty = Role.DECISION_BODY, Duty.DECISION_MAKER, "a"
    basis = "《党政领导干部选拔任用工作条例》讨论决定；《公务员法》第48条"
    document, document_title = "U-FORM", "干部任免审批表"
    outcomes = Decided
    Facts = FormFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A lawful vote; the post that was moved; an exemption with its ground."""
        if not situation.case.has("vote_carried"):
            raise RuleBroken("会议表决未依法通过。", way_out="重新召开会议表决。", rule="M-2")
        if facts["begun"].strip() != situation.settled("initiate")["post"]:
            raise RuleBroken(
                "拟任职务与动议的职务不一致；另一职务须重新推荐。", way_out="按动议的职务填写。", rule="U2-POST", field="begun"
            )
        if facts["outcome"] == Decided.EXEMPT and len((facts["exempt_ground"] or "").strip()) < 5:
            raise RuleBroken(
                "不进行公示须写明依据的规定。", way_out="写明规定名称和条款，或者选择公示。", rule="U9-EXEMPT", field="exempt_ground"
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What the notice and the appointment need."""
        kept = ("nation", "education", "party", "work_since", "resume", "begun", "ended")
        return {name: facts[name] for name in kept} | {
            "decided_on": str(situation.settled("record_meeting")["held_on"])[:10], "exemption_stated": facts["outcome"] == Decided.EXEMPT,
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """干部任免审批表."""
        cadre = situation.case.cadre
        return Sheet(
            rows=(
                ("姓名", cadre.name), ("性别", cadre.sex), ("民族", facts["nation"]), ("出生年月", cadre.birth_month or "——"),
                ("学历学位", facts["education"]), ("政治面貌", facts["party"]), ("参加工作时间", facts["work_since"]),
                ("现任职务", cadre.post_title), ("拟任职务", facts["begun"]), ("拟免职务", facts["ended"] or "无"),
                ("决定日期", day(situation.settled("record_meeting")["held_on"])), ("公示", Decided(facts["outcome"]).label),
                ("不进行公示的依据", facts["exempt_ground"] or "不涉及"),
            ),
            sections=(Section("简历", lines(facts["resume"])), Section("考察评价", lines(facts["appraisal"]))),
        )  # fmt: skip
