"""U9 任职前公示: at least five working days, with what the rule lists and nothing else; anybody may report."""

from collections.abc import Mapping
from datetime import date

from flows import fields
from flows.figures import length, period
from flows.paper import Section, Sheet, day, lines
from flows.roles import Duty, Role
from workflow_app import clock, periods
from workflow_app.because import on_paper
from workflow_app.steps import Facts, Posting, RuleBroken, Situation, Step, type_facts

RULE = "UP-NOTICE"


class NoticeFacts(Facts):
    """The notice."""

    proposed = fields.short_text("拟任职务或者职务类别", limit=80)
    resume = fields.long_text("简历")
    days = fields.number("公示天数（工作日）", 1, 60, "可以更长，不得短于规定的天数。")
    phone = fields.short_text("受理电话", limit=40)
    address = fields.short_text("来信来访地址")
    exceptional_ground = fields.long_text("破格提拔的理由", "属于破格提拔的填写。", required=False)

    def arrange(self, situation: Situation) -> None:
        """What was decided."""
        decided = situation.settled("decide")
        self.fields["proposed"].initial = decided.get("begun", "")
        self.fields["resume"].initial = decided.get("resume", "")
        self.fields["days"].initial = length(situation.case, RULE)


class PostNotice(Step):
    """The organization department posts the notice."""

    name, no, title = "post_notice", "U9", "任职前公示"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第41条"
    document, document_title, formal = "U-NOTICE", "任职前公示", True
    open_to_subject = tells = True
    Facts = NoticeFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Never shorter than five working days."""
        if facts["days"] < length(situation.case, RULE):
            least = period(situation.case, RULE)
            raise RuleBroken(f"公示期不得少于{least}。", way_out=f"设为{least}或者更长。", rule=RULE, field="days")

    def _runs(self, situation: Situation, facts: type_facts) -> clock.Answer:
        return periods.answer_of(situation.case, RULE, situation.today, length=facts["days"])

    def _last_day(self, situation: Situation, facts: type_facts) -> date:
        return self._runs(situation, facts).last_day

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """It runs from the day of posting."""
        return {RULE: situation.today}

    def lengths(self, situation: Situation, facts: type_facts) -> Mapping[str, int]:
        """As long as it says."""
        return {RULE: int(facts["days"])}

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """First and last day."""
        return {"first_day": situation.today, "last_day": self._last_day(situation, facts), "days": facts["days"]}

    def _lines(self, situation: Situation, facts: type_facts) -> tuple[tuple[str, str], ...]:
        cadre, decided = situation.case.cadre, situation.settled("decide")
        ground = (("破格提拔的理由", facts["exceptional_ground"]),) if facts["exceptional_ground"] else ()
        return (
            ("姓名", cadre.name), ("性别", cadre.sex), ("民族", str(decided["nation"])), ("出生年月", cadre.birth_month or "——"),
            ("学历学位", str(decided["education"])), ("政治面貌", str(decided["party"])), ("参加工作时间", str(decided["work_since"])),
            ("现任职务", cadre.post_title), ("拟任职务", facts["proposed"]), ("简历", facts["resume"]), *ground,
            ("公示期", f"{day(situation.today)}至{day(self._last_day(situation, facts))}"), ("受理电话", facts["phone"]), ("来信来访地址", facts["address"]),
        )  # fmt: skip

    def posting(self, situation: Situation, facts: type_facts) -> Posting:
        """The public page."""
        return Posting(
            kind="PUBLIC", title="干部任职前公示", first_day=situation.today, last_day=self._last_day(situation, facts),
            issuer=situation.case.organ.organ_name or situation.case.organ.name, lines=self._lines(situation, facts), reports_to="verify_report",
        )  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """任职前公示."""
        about = dict(self._lines(situation, facts))
        return Sheet(
            paragraphs=("经研究，现对拟任职人选予以公示，接受社会监督。",),
            rows=(
                *((label, value) for label, value in about.items() if label != "简历"),
                ("公示期的计算", on_paper(self._runs(situation, facts).explanation)),
            ),
            sections=(
                Section("简历", lines(facts["resume"])),
                Section("反映方式", (
                    "公示期内，单位和个人均可以实名或者匿名反映公示对象存在的问题，可以在公示页面提交，也可以来信、来电、来访。"
                    "反映情况应当实事求是。",
                )),
            ),
        )  # fmt: skip
