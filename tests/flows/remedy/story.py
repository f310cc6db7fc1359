"""Remedies told act by act: 王建国 was demoted, and other people of other organs look at it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flows.remedy.path import RemedyPath
from flows.roles import ROLE_NAMES, Role
from tests import story
from tests.conftest import REMEDY_ROLES, seat
from tests.story import TO_MEETING, Town, act, facts_for, key, open_case, run
from workflow_app import conduct
from workflow_app.models import Account, Case, Decision, Desk, Holder, Unit, Upload
from workflow_app.nodes import Way

DEMOTION = {"kind": "DEMOTE", "months": 24, "rank_steps": 1}
TO_DEMOTED = (
    *TO_MEETING[:3], ("report_findings", DEMOTION), *TO_MEETING[4:8], "assess_risk", ("propose", DEMOTION), *TO_MEETING[9:],
    "record_meeting", "decide", "tell_decision", "serve",
)  # fmt: skip
APPEAL_ROLES = (Role.CASE_HANDLER, Role.ORG_LEADER, Role.APPEAL_OFFICE, Role.APPEAL_COMMITTEE, Role.APPEAL_ORGAN)
RESULT = {"kind": "", "months": None, "rank_steps": None, "pay_cut": None, "grade": ""}


def build_remedies(town: Town) -> Town:
    """The civil service department of the city, and the one of the province above it; people at their desks."""
    province = Unit.objects.create(code="YL", name="云岭省", kind="PROVINCE")
    province.path = f"/{province.pk}/"
    province.save()
    for unit in Unit.objects.filter(path__startswith=town.city.path):
        unit.path = f"/{province.pk}{unit.path}"
        unit.parent = province if unit.pk == town.city.pk else unit.parent
        unit.save()
    town.city.refresh_from_db()
    town.wang.unit.refresh_from_db()
    for role in REMEDY_ROLES:
        seat(town, Desk.objects.get(role=role, unit=town.city), role.value, 4)
    for above, code, name, prefix in (
        (town.city, "YX-92", "云溪市公务员主管部门", "civil"),
        (province, "YL-92", "云岭省公务员主管部门", "prov"),
    ):
        unit = Unit.objects.create(
            code=code, name=name, kind="DEPARTMENT", parent=above, organ_name=name, organ_code="市公" if prefix == "civil" else "省公"
        )
        unit.path = f"{above.path}{unit.pk}/"
        unit.save()
        for role in (*APPEAL_ROLES, Role.SUBJECT):
            desk = Desk.objects.create(role=role.value, unit=unit, name=f"{name}{ROLE_NAMES[role]}")
            if role != Role.SUBJECT:
                seat(town, desk, f"{prefix}_{role}", 6 if role == Role.APPEAL_COMMITTEE else 3)
    return town


def unit_of(code: str) -> Unit:
    """A unit by its code."""
    return Unit.objects.get(code=code)


def demoted(town: Town, *, kind: dict[str, Any] | None = None) -> Decision:
    """王建国 is demoted (or what `kind` says), and the decision is served today."""
    measure = {"pay_cut": 0, **(kind or DEMOTION)}
    steps = [
        (one[0], measure) if isinstance(one, tuple) else one
        for one in TO_DEMOTED
        if one != "assess_risk" or measure["kind"] in ("DEMOTE", "REMOVE")
    ]
    case = run(town, open_case(town), *steps)
    return Decision.objects.get(case=case)


def down_of(decision: Decision) -> Case:
    """The case that the decision ended."""
    return story.fresh(Case.objects.get(pk=decision.case_id))


def way_of(town: Town, decision: Decision, step: str, *, organ: str = "") -> Way:
    """The filing, at the named organ or the first that may take it."""
    ways = [way for way in RemedyPath.ways(decision, on=town.today) if way.step == step]
    return next(way for way in ways if not organ or (way.organ and way.organ.code == organ))


def file(town: Town, decision: Decision, step: str, *, by: Account | None = None, organ: str = "", **changes: Any) -> Case:
    """A remedy is filed; its case."""
    way = way_of(town, decision, step, organ=organ)
    actor, facts = by or town.people["wang"], facts_for(town, step, path=RemedyPath, **changes)
    what: dict[str, Any] = {
        "cadre": decision.cadre, "organ": way.organ or decision.organ, "facts": facts, "first": step, "decision": decision,
    }  # fmt: skip
    seen = conduct.preview_opening(RemedyPath, **what, by=actor, at=town.at).content_hash
    return story.fresh(conduct.open(RemedyPath, **what, seen=seen, by=actor, at=town.at, key=key()))


def committee(town: Town, prefix: str = "civil", count: int = 3) -> list[dict[str, Any]]:
    """Members of an appeal committee, the first in the chair."""
    return [{"cadre": town.cadre(f"{prefix}_appeal_committee{n}"), "chair": n == 1, "no_tie": True} for n in range(1, count + 1)]


def votes(town: Town, vote: str, prefix: str = "civil", count: int = 3) -> list[dict[str, Any]]:
    """Everybody votes alike."""
    return [{"cadre": town.cadre(f"{prefix}_appeal_committee{n}"), "vote": vote, "view": ""} for n in range(1, count + 1)]


def person_for(town: Town, case: Case, step: str, number: int = 1) -> Account:
    """Somebody at the desk of the open item of `step`."""
    item = story.item_of(case, step)
    if item.desk.role == "subject":
        return town.people["wang"]
    prefix = {"YX-92": "civil_", "YL-92": "prov_"}.get(item.desk.unit.code, "")
    return town.people[f"{prefix}{item.desk.role}{number}"]


def go(town: Town, case: Case, *steps: Any, number: int = 1) -> Case:
    """Act after act, each by somebody at the desk of its organ."""
    for one in steps:
        step, changes = (one, {}) if isinstance(one, str) else one
        by = changes.pop("by", None) if "by" in changes else person_for(town, case, step, number)
        act(town, case, step, by=by, **changes)
    return story.fresh(case)


def appealed(town: Town, decision: Decision, result: str, *, step: str = "appeal", prefix: str = "civil", **changes: Any) -> Case:
    """An appeal that ends with `result`, served."""
    case = file(town, decision, step)
    case = go(town, case, "admit", "serve_decision", ("form_committee", {"committee": committee(town, prefix)}))
    more = {"back_to": "D3"} if result == "remand" else {}
    case = go(
        town, case, ("hear", {"votes": votes(town, result, prefix), "outcome": result, "review_head": "复核程序合法。", **more, **changes})
    )
    return go(town, case, ("decide", {"outcome": result, **more, **changes}), "serve_decision")


REPLIES = [{"reason": "延期系汛期所致，不应降职。", "reply": "经查，理由部分成立。"}]
FIVE = dict.fromkeys(("person", "matter", "time", "organ", "material"), "yes")
story.SPECIAL |= {
    "remedy.apply_for_review": lambda t: {"reasons": [{"text": "延期系汛期所致，不应降职。"}], "request": "revoke", "late_reason": "", "enclosures": []},
    "remedy.appeal": lambda t: {"reasons": [{"text": "延期系汛期所致，不应降职。"}], "request": "revoke", "late_reason": "", "enclosures": []},
    "remedy.reappeal": lambda t: {"reasons": [{"text": "延期系汛期所致，不应降职。"}], "request": "revoke", "late_reason": "", "enclosures": []},
    "remedy.review": lambda t: {"outcome": "uphold", "replies": REPLIES, "just_cause": False, "within_scope": False, **RESULT},
    "remedy.admit": lambda t: {"outcome": "accept", "just_cause": False, "within_scope": False, **FIVE},
    "remedy.supplement": lambda t: {"enclosures": []},
    "remedy.form_committee": lambda t: {"committee": committee(t)},
    "remedy.hear": lambda t: {"outcome": "uphold", "votes": votes(t, "uphold"), "back_to": "", **RESULT},
    "remedy.decide": lambda t: {"outcome": "uphold", "replies": REPLIES, "back_to": "", "departure": "", **RESULT},
    "remedy.extend": lambda t: {"days": 30},
    "remedy.serve_decision": lambda t: {"mode": "in_person", "receiver": "王建国", "organ_received_on": t.today},
    "remedy.correct": lambda t: {"due_on": t.today},
    "remedy.confirm_correction": lambda t: {"done": [
        {"item": item, "done_on": t.today, "proof": "任免文件"}
        for item in ("恢复职务", "恢复职级、级别", "恢复工资待遇", "恢复名誉、消除影响", "赔礼道歉、赔偿")
    ]},
    "remedy.end": lambda t: {"outcome": "ended"},
}  # fmt: skip


def scan_of(town: Town, name: str) -> Upload:
    """A scanned letter that somebody has uploaded."""
    scan = Upload.objects.create(
        sha256=f"{Upload.objects.count():064}", name="来信和信封.pdf", mime="application/pdf", size=4096, data=b"x",
        uploaded_by=town.people[name], uploaded_at=town.at,
    )  # fmt: skip
    Holder.objects.create(upload=scan, account=town.people[name], name=scan.name, at=town.at)
    return scan


def day(text: str) -> date:
    """A date from ISO text."""
    return date.fromisoformat(text)


def entered(town: Town, *, served: int | None = 0, kind: dict[str, Any] | None = None) -> Decision:
    """An earlier adjustment of 王建国, entered with its service `served` days ago (None: not proven); no case of ours behind it."""
    on = town.today - timedelta(days=served or 0)
    measure = {"months": 24, "rank_steps": 1, "pay_cut": 0, **(kind or DEMOTION)}
    service = {} if served is None else {"mode": "in_person", "served_on": on, "receiver": "王建国"}
    number = f"云组〔2025〕{Decision.objects.count() + 1}号"
    entry = conduct.Entry("ADJUSTMENT", "调整决定书", number, on - timedelta(days=3), measure, service)
    return conduct.enter_decision(town.wang, town.city, entry, by=town.people["case_handler4"], at=town.at, key=key())
