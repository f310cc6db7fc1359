"""X 申请查阅证据: the person concerned asks to see evidence of the list; the request itself hands over the list."""

from django import forms

from flows import fields
from flows.anywhere.evidence import asked_for, listed
from flows.paper import Sheet, Table
from flows.people import offer
from flows.roles import Role
from workflow_app.hands import desk_for
from workflow_app.plain_words import Page
from workflow_app.steps import Beside, Facts, RuleBroken, Situation, Step, type_facts

WAYS = [("look", "当面查阅"), ("copy", "当面查阅，并要一份复制件")]


class AskEvidenceFacts(Facts):
    """Which pieces, in which way, and what they are wanted for."""

    pieces = forms.MultipleChoiceField(label="想查阅哪些证据", choices=[], widget=forms.CheckboxSelectMultiple)
    way = fields.choice("怎样查阅", WAYS)
    reason = fields.long_text("想核对什么", "可以不填。写明了，考察组更容易准备。", required=False)

    def arrange(self, situation: Situation) -> None:
        """The list of this round without what was asked for already."""
        asked = asked_for(situation)
        offer(self, "pieces", [(name, name) for name in listed(situation) if name not in asked])


class AskEvidence(Step):
    """The person concerned asks; the team shows it, or says piece by piece why not."""

    name, no, title = "ask_evidence", "X", "申请查阅证据"
    role, certainty = Role.SUBJECT, "P"
    basis = "《处分条例》第39条、《政务处分法》第43条（类推）；项目默认"
    document, document_title = "X-EVIA", "查阅证据材料申请书"
    open_to_subject = True
    shelf = "我提交的材料"
    meant = "告知书所列的证据，您可以要求看。提出以后马上得到一份完整的证据清单，考察组再安排查阅；不能给您看的，会逐项说明理由。"
    pages = (
        Page("查阅哪些证据", ("pieces",), "清单上的证据都可以选。"),
        Page("怎样查阅", ("way", "reason"), "陈述申辩的期限照常计算；时间不够的，可以另外申请延期。"),
    )
    Facts = AskEvidenceFacts

    def barred(self, situation: Situation) -> RuleBroken | None:
        """There is a list, the person was told, and something on it was not asked for yet."""
        names = listed(situation)
        if not names:
            return RuleBroken(
                "还没有告知您拟认定的事实和证据清单。",
                way_out="收到《陈述申辩告知书》以后可以申请；本案的文书在“我的案卷”里。",
                rule="X-EVID",
            )
        if not set(names) - set(asked_for(situation)):
            return RuleBroken(
                "清单上的证据都已经申请过查阅。", way_out="在“我的案卷”里看答复；没有收到答复的，向承办机关询问。", rule="X-EVID"
            )
        return None

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Pieces of the list, each once."""
        barred = self.barred(situation)
        if barred is not None:
            raise barred
        if not facts["pieces"] or set(facts["pieces"]) - set(listed(situation)):
            raise RuleBroken("所选证据不在清单上。", way_out="从清单中选择。", rule="X-EVID", field="pieces")
        if set(facts["pieces"]) & set(asked_for(situation)):
            raise RuleBroken("所选证据已经申请过查阅。", way_out="选择还没有申请过的证据。", rule="X-EVID", field="pieces")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What was asked for in this round, and how many requests there were."""
        return {
            "pieces": [*asked_for(situation), *facts["pieces"]], "round": situation.case.round,
            "count": int(situation.settled("ask_evidence").get("count", 0)) + 1,
        }  # fmt: skip

    def beside(self, situation: Situation, facts: type_facts) -> list[Beside]:
        """The answer waits at once on the team's desk."""
        desk = desk_for(Role.EXAMINATION_TEAM, list(reversed(situation.case.organ.ancestor_ids)))
        return [
            Beside("show_evidence", desk, {"pieces": list(facts["pieces"]), "way": facts["way"], "asked_on": situation.today.isoformat()})
        ]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """查阅证据材料申请书, with the whole list."""
        wanted = set(facts["pieces"])
        rows = tuple((name, "申请查阅" if name in wanted else "——") for name in listed(situation))
        return Sheet(
            rows=(
                ("申请人", situation.case.cadre.name), ("案号", situation.case.number), ("查阅方式", dict(WAYS)[facts["way"]]),
                ("想核对什么", facts["reason"] or "未说明"),
            ),
            tables=(Table("证据材料清单", ("证据", "是否申请查阅"), rows),),
        )  # fmt: skip
