"""X 证据查阅答复: the team shows what was asked for, piece by piece, or says why not."""

from typing import Any

from django import forms

from flows import fields, team
from flows.anywhere.steps.ask_evidence import WAYS
from flows.paper import Sheet, Table, day
from flows.people import offer
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts

SHOWN, COPIED, PARTLY, WITHHELD = "shown", "copied", "partly", "withheld"
RESULTS = [(SHOWN, "已当面查阅"), (COPIED, "已当面查阅并提供复制件"), (PARTLY, "已查阅可以公开的部分"), (WITHHELD, "不提供查阅")]


class Shown(forms.Form):
    """What became of one piece."""

    piece = forms.ChoiceField(label="证据", choices=[])
    result = forms.ChoiceField(label="结果", choices=RESULTS)
    reason = fields.short_text("没有全部提供的理由", "例如：会暴露提供情况的人；涉及他人隐私。", required=False, limit=300)


class ShowFacts(Facts):
    """Every piece with its result; when and where it was shown."""

    rows = {"answers": Shown}
    min_rows = {"answers": 1}
    row_titles = {"answers": "逐项答复"}
    shown_on = fields.a_date("查阅日期", "全部不提供查阅的，可以不填。", required=False)
    place = fields.short_text("查阅地点", required=False, limit=100)
    note = fields.long_text("说明", "本人当场提出的意见，记在这里。", required=False)

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """What was asked for."""
        offer(row, "piece", [(name, name) for name in situation.subject.get("pieces", [])])


class ShowEvidence(Step):
    """Two members of the team answer; the item opens with the request."""

    name, no, title = "show_evidence", "X", "证据查阅答复"
    role, duty, certainty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR, "P"
    basis = "《处分条例》第39条、《政务处分法》第43条（类推）；项目默认"
    document, document_title, signers = "X-EVIS", "证据材料查阅答复书", 2
    open_to_subject = True
    shelf = "证据清单"
    by_hand = False
    Facts = ShowFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """One row for every piece."""
        way = COPIED if situation.subject.get("way") == "copy" else SHOWN
        return {"answers": [{"piece": name, "result": way} for name in situation.subject.get("pieces", [])]}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members; every piece once; what is kept back has its reason; what was shown, its day and place."""
        team.check_member(situation)
        answers = facts["answers"]
        if sorted(row["piece"] for row in answers) != sorted(situation.subject["pieces"]):
            raise RuleBroken("申请查阅的每一项证据都要答复，每项一行。", way_out="按申请逐项填写。", rule="X-EVID", field="answers")
        bare = next((row["piece"] for row in answers if row["result"] in (PARTLY, WITHHELD) and not row["reason"].strip()), None)
        if bare is not None:
            raise RuleBroken(f"“{bare}”没有全部提供，须写明理由。", way_out="补写理由，或者提供查阅。", rule="X-EVID", field="answers")
        if any(row["result"] != WITHHELD for row in answers):
            self._day_and_place(situation, facts)

    def _day_and_place(self, situation: Situation, facts: type_facts) -> None:
        on, asked_on = facts["shown_on"], str(situation.subject["asked_on"])
        if not on or on > situation.today or on.isoformat() < asked_on:
            raise RuleBroken("须写明查阅日期，不早于申请之日，不晚于今天。", way_out="查阅以后再答复。", rule="X-EVID", field="shown_on")
        if not facts["place"].strip():
            raise RuleBroken("须写明查阅地点。", way_out="填写查阅地点。", rule="X-EVID", field="place")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second member."""
        return team.second_signs(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """One more request is answered."""
        return {"count": int(situation.settled("show_evidence").get("count", 0)) + 1}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """证据材料查阅答复书."""
        rows = tuple((row["piece"], dict(RESULTS)[row["result"]], row["reason"] or "——") for row in facts["answers"])
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(f"你于{day(situation.subject['asked_on'])}申请查阅证据材料（{dict(WAYS)[situation.subject['way']]}），现答复如下。",),
            rows=(
                ("案号", situation.case.number), ("查阅日期", day(facts["shown_on"])), ("查阅地点", facts["place"] or "——"),
                ("说明", facts["note"] or "无"),
            ),
            tables=(Table("逐项答复", ("证据", "结果", "没有全部提供的理由"), rows),),
        )  # fmt: skip
