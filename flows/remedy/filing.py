"""The three filings: 申请复核, 申诉, 再申诉. One form, one check; each says what it attacks and where it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from flows import fields
from flows.paper import Section, Sheet, Table, day, lines
from flows.remedy.counter import arrived_on, ask_days_of_paper, check_days_of_paper, filed_on, rows_of_paper
from flows.remedy.matter import in_words, last_day_of
from flows.roles import Role
from flows.rules.remedy import appeal_track, is_named
from workflow_app import tenures
from workflow_app.enclosures import FilesField
from workflow_app.models import Case, Document
from workflow_app.plain_words import Page
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

FILE_RULES = ("RM-REVIEW-FILE", "AS-RECHECK", "RM-APPEAL-AFTER", "RM-APPEAL-DIRECT", "RM-REAPPEAL-FILE")
REQUESTS = [("revoke", "撤销原决定"), ("change", "变更为较轻的处理"), ("redo", "责令重新处理"), ("explain", "说明理由")]


class Reason(forms.Form):
    """One reason; each is answered in the decision."""

    text = fields.long_text("理由")


class FilingFacts(Facts):
    """Reasons, requests, evidence; why late, when late."""

    rows = {"reasons": Reason}
    min_rows = {"reasons": 1}
    row_titles = {"reasons": "理由"}
    request = fields.choice("我的请求", REQUESTS)
    request_text = fields.long_text("请求的具体内容", required=False)
    evidence = fields.long_text("证据和来源", "写明证据的名称，以及它能说明什么。", required=False)
    enclosures = FilesField(label="附件", help_text="可以附原决定书、复核决定书的复印件和证据。")
    received_on = fields.a_date(
        "本人提出的日期", "当面递交的，填递交日期；邮寄的，填交邮日期（邮戳）。本人的期限按这一天计算。", required=False
    )
    arrived_on = fields.a_date("本机关收到日期", "按收文登记填写。本机关的办理期限从这一天起算；不填的，从今天起算。", required=False)
    late_reason = fields.long_text("逾期的正当理由", "只在超过期限时填写：不可抗力，或者其他正当理由。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Only a handler who enters a paper says when it came."""
        ask_days_of_paper(self, situation)


PAGES = (
    Page("为什么不服这一决定", ("reasons",), "一条理由写一段，决定书会逐条答复。"),
    Page("我请求怎样处理", ("request", "request_text")),
    Page("我有哪些证据", ("evidence", "enclosures")),
    Page(
        "为什么超过了期限",
        ("late_reason",),
        "期限已经过了，仍然可以提出。写明不可抗力或者其他正当理由，由受理的机关判断。复核机关没有按期作出决定的，也写在这里。",
    ),
)


def paper_of_earlier(situation: Situation, step: str) -> dict[str, Any]:
    """The decision of the remedy before this one, as papers name it."""
    paper = Document.objects.filter(case=situation.case.parent_id, step=step).order_by("-id").first()
    return {"after": f"{paper.number}《{paper.title}》", "after_on": paper.issued_on} if paper else {}


class Filing(Step):
    """What the three filings share. `level` names the remedy, `against` the paper that it attacks."""

    role, certainty = Role.SUBJECT, "a"
    open_to_subject = True
    shelf = "我提交的材料"
    by_hand = False
    level: ClassVar[str]
    # Rule of the organ's own period, from receipt on.
    answers_within: ClassVar[str]
    Facts = FilingFacts
    pages = PAGES

    def asks(self, situation: Situation) -> Sequence[Page]:
        """Why it is late is asked only of who is late."""
        return PAGES if self._late(situation, {}) else PAGES[:-1]

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """The period that runs since service; none while service is not proven."""
        return next((rule for rule in FILE_RULES if rule in case.anchors), None)

    def check(self, situation: Situation, facts: type_facts) -> None:
        """At least one reason; a late filing is taken, but says why it is late; what came on paper, when it came."""
        if not any(str(row.get("text", "")).strip() for row in facts["reasons"]):
            raise RuleBroken("至少写明一条理由。", way_out="写明对原决定不服的理由。", rule="R-REASON", field="reasons")
        check_days_of_paper(situation, facts)
        if self._late(situation, facts) and not facts["late_reason"].strip():
            rule = str(self.deadline_for(situation.case, {}))
            raise RuleBroken(
                f"期限已于{day(self._last_day(situation))}届满。逾期提出仍可受理，但须说明正当理由，由受理机关判断。",
                way_out="填写不可抗力或者其他正当理由。", rule=rule, field="late_reason",
            )  # fmt: skip

    def _last_day(self, situation: Situation) -> date | None:
        rule = self.deadline_for(situation.case, {})
        return last_day_of(situation.case, rule) if rule else None

    def _late(self, situation: Situation, facts: type_facts) -> bool:
        last = self._last_day(situation)
        return last is not None and filed_on(situation, facts) > last

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """What every later step reads: level, matter, respondent, reasons, whether late."""
        case, decision = situation.case, situation.case.decision
        assert decision is not None
        kind, held = str(decision.measure["kind"]), tenures.before(decision.case_id) if decision.case_id else None
        post = held.post if held else case.cadre.post  # carried out or not, the track is that of the post which was attacked
        track = appeal_track(kind=kind, leading_member=bool(post and post.is_leading_member))
        return {
            "level": self.level, "kind": decision.kind, "measure": decision.measure, "track": track.code, "track_title": track.title,
            "named": is_named(kind), "late": self._late(situation, facts), "late_reason": facts["late_reason"], "last_day": self._last_day(situation),
            "rule": self.deadline_for(case, {}), "filed_on": filed_on(situation, facts), "reasons": [row["text"] for row in facts["reasons"]],
            "request": dict(REQUESTS)[facts["request"]], "attacked": self.attacked(situation),
            "respondent": {"unit": decision.organ_id, "units": list(reversed(decision.organ.ancestor_ids)),
                           "name": decision.organ.organ_name or decision.organ.name},
        }  # fmt: skip

    def attacked(self, situation: Situation) -> dict[str, Any]:
        """The paper that is attacked."""
        decision = situation.case.decision
        assert decision is not None
        return {"title": decision.title, "number": decision.number, "on": decision.decided_on, "served_on": decision.served_on}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, Any]:
        """The organ's period counts from the day it receives the filing."""
        return {self.answers_within: arrived_on(situation, facts)}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """The written application (APL95 art. 7): basics, matter, reasons, requests, date."""
        case, settled = situation.case, self.settle(situation, facts)
        attacked, late = settled["attacked"], settled["late"]
        files = tuple((one["name"], f"{one['size'] // 1024 + 1} KB", one["sha256"][:16]) for one in facts.get("enclosures") or [])
        return Sheet(
            to=case.organ.organ_name or case.organ.name,
            rows=(
                ("申请人", case.cadre.name), ("单位及职务", case.cadre.post_title), ("原处理机关", settled["respondent"]["name"]),
                ("所针对的决定", f"{attacked['number']}《{attacked['title']}》（{day(attacked['on'])}）"),
                *((("前一程序的决定", f"{attacked['after']}（{day(attacked['after_on'])}）"),) if attacked.get("after") else ()),
                *((("复核情况", f"{attacked['overdue']}，复核期限于{day(attacked['overdue_since'])}届满，尚未作出复核决定"),) if attacked.get("overdue") else ()),
                ("处理内容", in_words(settled["measure"])), ("送达日期", day(attacked["served_on"])),
                ("期限届满日", day(settled["last_day"])), ("是否逾期", "是" if late else "否"), ("适用程序", settled["track_title"]),
                *rows_of_paper(situation, facts),
                ("请求", "；".join(part for part in (settled["request"], facts["request_text"]) if part)),
            ),
            sections=(
                *(Section(f"理由{n}", lines(text)) for n, text in enumerate(settled["reasons"], 1)),
                *((Section("证据和来源", lines(facts["evidence"])),) if facts["evidence"] else ()),
                *((Section("逾期的正当理由", lines(facts["late_reason"])),) if facts["late_reason"] else ()),
            ),
            tables=(Table("附件", ("文件名", "大小", "摘要值（前16位）"), files),) if files else (),
        )  # fmt: skip
