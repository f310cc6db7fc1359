"""Written notices of settled grades: numbered, sealed, served with proof, put right by a new one; the periods run from the service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from flows.remedy.path import RemedyPath
from tests.story import Town
from tests.workflow_app.assessment.settled_campaign import REASON, by, in_person, mended, result, settled, text_of
from workflow_app import notifying
from workflow_app.assessment.results.grades import BadGrades
from workflow_app.models import (
    Campaign,
    Case,
    Decision,
    Desk,
    GradeNotice,
    Lead,
    Message,
    Record,
    Service,
    Unit,
)
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """The settled round."""
    return settled(town)


def test_a_notice_takes_the_organs_next_number_and_says_grade_reason_and_remedies(town: Town, campaign: Campaign) -> None:
    made = notifying.issue(result(), **by(town))
    other = notifying.issue(result("吕志远"), **by(town))
    assert (made.number, other.number) == ("云组〔2026〕1号", "云组〔2026〕2号"), "gapless, with all formal papers of the organ"
    said = text_of(made)
    assert "你2025年度考核结果为：不称职。" in said and "（部务会2026年第2次）" in said
    assert f"理由：{REASON}" in said
    assert "自知道之日起30日内，向中共云溪市委组织部申请复核" in said
    assert "接到复核决定之日起15日内提出申诉" in said
    assert "不因申请复核、提出申诉而加重" in said
    assert "内部安排" not in said, "what the law gives is not called a rule of the house"
    assert Record.objects.filter(kind="ASSESS", outcome="grade_notice", actor=town.people["assessment_office1"]).count() == 2
    assert Message.objects.get(account=town.people["wang"], key=f"grade_notice:{made.pk}").url == f"/mine/grades/{made.pk}/"


def test_a_grade_that_the_law_does_not_name_says_that_its_period_is_a_rule_of_the_house(town: Town, campaign: Campaign) -> None:
    said = text_of(notifying.issue(result("吕志远"), **by(town)))
    assert "法律没有列明对这一等次的复核和申诉；上述期限为本机关的内部安排" in said
    excellent = notifying.issue(result("华清"), **by(town))
    assert "理由：" not in text_of(excellent)
    none = notifying.issue(result("何晓晨"), **by(town))
    assert "考核结果为：不定等次" in text_of(none) and not none.content["content"]["rights"]
    assert RemedyPath.ways(none.decision, on=town.today) == []


def test_an_organ_that_hears_appeals_is_named(town: Town, campaign: Campaign) -> None:
    county = Unit.objects.create(code="YL", name="云岭省", kind="PROVINCE", path="/9999/", organ_name="云岭省公务员主管部门")
    Unit.objects.filter(pk=county.pk).update(path=f"/{county.pk}/")
    Unit.objects.filter(pk=town.city.pk).update(path=f"/{county.pk}/{town.city.pk}/", parent=county)
    Desk.objects.create(role="appeal_office", unit=county, name="省申诉受理")
    said = text_of(notifying.issue(result(), **by(town)))
    assert "内，向云岭省公务员主管部门提出申诉" in said


def test_nobody_issues_their_own_and_nobody_gets_two(town: Town, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="本人的事项"):
        notifying.issue(result(), **by(town, "wang"))
    notifying.issue(result(), **by(town))
    with pytest.raises(Refused, match="已经签发"):
        notifying.issue(result(), **by(town))
    assert GradeNotice.objects.count() == Decision.objects.count() == 1


def test_a_result_whose_decision_was_entered_by_hand_gets_no_second_paper(town: Town, campaign: Campaign) -> None:
    Decision.objects.create(
        cadre=town.wang, organ=town.city, kind="ANNUAL_GRADE", title="年度考核结果通知书", number="旧文1号", decided_on=town.today,
        measure={"kind": "INCOMPETENT", "year": 2025}, result=result(), entered_by=town.people["case_handler1"], entered_at=town.at,
    )  # fmt: skip
    with pytest.raises(Refused, match="旧文1号"):
        notifying.issue(result(), **by(town))


def test_a_notice_is_never_changed_in_the_database(town: Town, campaign: Campaign) -> None:
    made = notifying.issue(result(), **by(town))
    with pytest.raises(DatabaseError), transaction.atomic():
        GradeNotice.objects.update(grade="COMPETENT")
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeNotice.objects.create(
            result=made.result, cadre=made.cadre, organ=made.organ, decision=made.decision, grade="", number="二", content={}, content_hash="",
            template_version="", verify_code="x", issued_on=town.today, issued_by=made.issued_by, issued_at=town.at,
        )  # fmt: skip


def test_no_period_runs_before_the_service_and_from_it_on_the_statutory_one_does(town: Town, campaign: Campaign) -> None:
    made = notifying.issue(result(), **by(town))
    review = RemedyPath.ways(made.decision, on=town.today)[0]
    assert (review.rule, review.starts_on, review.last_day) == ("AS-RECHECK", None, None)
    town.later(days=3)
    notifying.serve(made, in_person(town, served_on=town.today - timedelta(days=1)), **by(town))
    review = RemedyPath.ways(Decision.objects.get(pk=made.decision_id), on=town.today)[0]
    assert review.starts_on == town.today - timedelta(days=1)
    assert review.last_day == date(2026, 4, 3), "30 days from the day after 2026-03-04"
    assert not Case.objects.exists(), "a notice opens nothing"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mode": "online"}, "送达方式"), ({"mode": ""}, "送达方式"), ({"receiver": " "}, "签收人"), ({"mode": "post", "receiver": ""}, "签收人"),
        ({"mode": "relative", "receiver": "王明"}, "关系"), ({"mode": "left", "witnesses": "李敏、李敏"}, "见证人"),
        ({"served_on": date(2026, 3, 1)}, "以后、今天以前"), ({"served_on": date(2026, 3, 3)}, "以后、今天以前"),
    ],
)  # fmt: skip
def test_a_service_that_proves_nothing_is_refused(town: Town, campaign: Campaign, changes: dict[str, Any], words: str) -> None:
    made = notifying.issue(result(), **by(town))
    with pytest.raises(Refused, match=words):
        notifying.serve(made, in_person(town, **changes), **by(town))
    assert not Service.objects.exists()


def test_what_was_served_is_not_served_again_and_not_by_the_person_to_themself(town: Town, campaign: Campaign) -> None:
    made = notifying.issue(result(), **by(town))
    with pytest.raises(Refused, match="本人的事项"):
        notifying.serve(made, in_person(town), **by(town, "wang"))
    notifying.serve(made, in_person(town, mode="left", receiver="", witnesses="李敏、赵磊"), **by(town))
    with pytest.raises(Refused, match="已于2026-03-02送达"):
        notifying.serve(made, in_person(town), **by(town))
    with pytest.raises(Refused, match="已于2026-03-02送达"):
        notifying.receive(made, consent=True, **by(town, "wang"))


def test_in_the_portal_only_consent_makes_a_service_and_who_issued_is_told(town: Town, campaign: Campaign) -> None:
    made = notifying.issue(result(), **by(town))
    with pytest.raises(Refused, match="须经本人同意"):
        notifying.receive(made, consent=False, **by(town, "wang"))
    with pytest.raises(Refused, match="没有给您的"):
        notifying.receive(made, consent=True, **by(town, "org_leader1"))
    service = notifying.receive(made, consent=True, **by(town, "wang"))
    assert (service.mode, service.consent, service.served_on, service.receiver) == ("online", True, town.today, "王建国")
    assert Message.objects.get(account=town.people["assessment_office1"], key=f"grade_received:{made.pk}")
    assert notifying.receipt(made, service).startswith(b"%PDF")


def test_a_corrected_grade_is_a_new_notice_that_names_the_old(town: Town, campaign: Campaign) -> None:
    old = notifying.issue(result(), **by(town))
    notifying.serve(old, in_person(town), **by(town))
    made, new = notifying.correct(result(), mended(), **by(town, "org_leader1"))
    assert new is not None and new.replaces == old and new.correction == made
    assert result().grade == "BASIC" and (made.before, made.after) == ("INCOMPETENT", "BASIC")
    said = text_of(new)
    assert "本通知书替代2026年3月2日云组〔2026〕1号《年度考核结果通知书》。原通知书载明的结果为不称职，现更正为基本称职。" in said
    assert "更正依据：复核决定书云组〔2026〕9号。理由：复核认定事实有误" in said
    assert new.decision.served_on is None, "it is served anew, and the period begins anew"
    assert GradeNotice.objects.filter(pk=old.pk).exists() and old.decision.served_on == town.today
    told = RemedyPath.ways(old.decision, on=town.today)
    assert [one.reason for one in told] == [f"这份通知书已由{new.number}替代。"]
    assert RemedyPath.ways(new.decision, on=town.today)[0].reason == ""
    with pytest.raises(Refused, match="替代"):
        notifying.serve(old, in_person(town), **by(town))
    assert Record.objects.filter(kind="ASSESS", outcome="grade_corrected", actor=town.people["org_leader1"]).exists()


def test_who_handles_a_lead_from_the_old_grade_is_told_and_the_lead_stays(town: Town, campaign: Campaign) -> None:
    lead = Lead.objects.get(rule_id="T-01")
    made, notice = notifying.correct(result(), mended(), **by(town, "org_leader1"))
    assert notice is None, "nothing was issued yet: the notice will say the corrected grade"
    assert Message.objects.filter(key=f"corrected:{made.pk}:{lead.pk}", account=town.people["case_handler1"]).exists()
    assert Lead.objects.get(pk=lead.pk).closed_at is None
    notifying.correct(result("吕志远"), mended("INCOMPETENT"), **by(town, "org_leader1"))
    assert Lead.objects.filter(rule_id="T-01").count() == 2, "what the corrected grade says is a clue like any other"


def test_a_correction_without_its_document_reason_or_another_grade_is_refused(town: Town, campaign: Campaign) -> None:
    leader = by(town, "org_leader1")
    for wrong, words in (
        (mended("INCOMPETENT"), "不同的等次"),
        (mended("最好"), "不同的等次"),
        (mended(document="文"), "依据文件"),
        (mended(reason=" "), "理由"),
    ):
        with pytest.raises(Refused, match=words):
            notifying.correct(result(), wrong, **leader)
    with pytest.raises(Refused, match="本人的事项"):
        notifying.correct(result(), mended(), **by(town, "wang"))
    with pytest.raises(BadGrades) as refused:
        notifying.correct(result(), mended("EXCELLENT"), **leader)
    assert any("优秀2名，超过1名" in one for one in refused.value.faults)
    assert result().grade == "INCOMPETENT"
