"""U2c 评分: every rater group scores every applicant; the weighted total decides the order, the panel signs."""

from decimal import Decimal
from typing import Any

from django import forms

from flows import fields
from flows.paper import Sheet, Table
from flows.people import CadreField, names_of, offer
from flows.roles import Duty, Role
from flows.rules import competition
from flows.up.panel import judging
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class ScoreRow(forms.Form):
    """One group's score for one applicant."""

    cadre = CadreField(label="报名人")
    group = forms.ChoiceField(label="评分主体")
    score = forms.DecimalField(label="平均分", min_value=0, max_value=100, max_digits=5, decimal_places=2)


class ScoreFacts(Facts):
    """All scores."""

    rows = {"scores": ScoreRow}
    min_rows = {"scores": 2}
    row_titles = {"scores": "评分"}
    chosen = CadreField(label="并列第一时确定的人选", required=False, help_text="总分并列第一时由评委集体确定，并写明理由。")
    reason = fields.long_text("并列时的理由", required=False)
    remark = fields.long_text("评分情况")

    def arrange(self, situation: Situation) -> None:
        """The eligible applicants."""
        offer(self, "chosen", competitors(situation))

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Applicants and groups of the announcement."""
        offer(row, "cadre", competitors(situation))
        offer(row, "group", [(group, f"{group}（{weight}%）") for group, weight in weights(situation).items()])


def competitors(situation: Situation) -> list[tuple[str, str]]:
    """Choices of the eligible applicants."""
    eligible = situation.settled("check_applicants").get("eligible", [])
    known = {one["cadre"]: one["name"] for one in situation.settled("apply_for_post").get("applicants", [])}
    return [(str(cadre), str(known[cadre])) for cadre in eligible]


def weights(situation: Situation) -> dict[str, int]:
    """Rater groups and their weights."""
    return {str(group): int(weight) for group, weight in situation.settled("announce_competition").get("groups", [])}


class ScoreApplicants(Step):
    """The panel sums up the scores; all members sign."""

    name, no, title = "score_applicants", "U2c", "评分"
    role, duty, basis = Role.COMPETITION_PANEL, Duty.PANELIST, "竞争上岗的通行做法"
    document, document_title = "U-SCORE", "成绩汇总表"
    Facts = ScoreFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """One row for every applicant and group."""
        rows = [{"cadre": int(cadre), "group": group} for cadre, _ in competitors(situation) for group in weights(situation)]
        return {"scores": rows}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A member of this panel; every applicant by every group once; a tie is decided with a reason; the winner is free."""
        panel = situation.settled("announce_competition")["panel"]
        if situation.actor is not None and situation.actor.cadre_id not in panel:
            raise RuleBroken("您不是公告确定的评委。", way_out="由公告确定的评委办理。", rule="U2C-PANEL")
        wanted = sorted((int(cadre), group) for cadre, _ in competitors(situation) for group in weights(situation))
        if sorted((row["cadre"], row["group"]) for row in facts["scores"]) != wanted:
            raise RuleBroken("每名报名人须有每个评分主体的一个分数。", way_out="补齐或者删去重复的行。", rule="U2C-SCORES", field="scores")
        first = competition.leaders(self._ranked(situation, facts))
        if len(first) > 1 and (facts["chosen"] not in first or not facts["reason"].strip()):
            raise RuleBroken(
                "总分并列第一，须由评委在并列人员中确定人选并写明理由。", way_out="选择人选并填写理由。", rule="U2C-TIE", field="chosen"
            )
        if len(first) == 1 and facts["chosen"] not in (None, first[0]):
            raise RuleBroken("没有并列，人选由总分确定。", way_out="不选择人选。", rule="U2C-TIE", field="chosen")
        self._the_winner_has_no_other_case(situation, self._winner(situation, facts))

    def _the_winner_has_no_other_case(self, situation: Situation, winner: int) -> None:
        if Case.objects.filter(cadre=winner, flow_class=situation.case.flow_class, finished__isnull=True).exists():
            raise RuleBroken(
                "第一名正在另一选拔任用程序中，同一时间只能有一个。", way_out="先办结其另一程序。", rule="一人一案", field="scores"
            )

    def _ranked(self, situation: Situation, facts: type_facts) -> list[tuple[int, Decimal]]:
        scores: dict[int, dict[str, Decimal]] = {}
        for row in facts["scores"]:
            scores.setdefault(int(row["cadre"]), {})[str(row["group"])] = Decimal(row["score"])
        return competition.ranking(scores, weights(situation))

    def _winner(self, situation: Situation, facts: type_facts) -> int:
        first = competition.leaders(self._ranked(situation, facts))
        return int(facts["chosen"]) if len(first) > 1 else first[0]

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """All other members of the panel who may judge."""
        own = situation.actor.cadre_id if situation.actor else None
        return [Slot(self.role, "评委", cadre) for cadre in self._judging(situation)[0] if cadre != own]

    @staticmethod
    def _judging(situation: Situation) -> tuple[list[int], list[int]]:
        return judging(situation, [int(cadre) for cadre, _ in competitors(situation)])

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The winner and the totals."""
        return {
            "winner": self._winner(situation, facts),
            "totals": [[cadre, str(points)] for cadre, points in self._ranked(situation, facts)],
        }

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """成绩汇总表."""
        of, ranked = weights(situation), self._ranked(situation, facts)
        names = dict(zip([cadre for cadre, _ in ranked], names_of([cadre for cadre, _ in ranked]), strict=True))
        given = {(row["cadre"], row["group"]): str(row["score"]) for row in facts["scores"]}
        rows = tuple(
            (str(n), names[cadre], *(given[cadre, group] for group in of), str(points)) for n, (cadre, points) in enumerate(ranked, 1)
        )
        head = ("名次", "姓名", *(f"{group}（{weight}%）" for group, weight in of.items()), "总分")
        return Sheet(
            rows=(
                ("职位", situation.settled("initiate")["post"]), ("考察对象人选", names[self._winner(situation, facts)]),
                ("回避的评委", "、".join(names_of(self._judging(situation)[1])) or "无"), ("并列时的理由", facts["reason"] or "无并列"),
                ("评分情况", facts["remark"]),
            ),
            tables=(Table("成绩", head, rows),),
        )  # fmt: skip
