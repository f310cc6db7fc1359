"""Figures: five or nothing, read and exported on the record, targets as words, and nowhere a count of what is still needed."""

from __future__ import annotations

import ast
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from tests.conftest import seat
from tests.flows.up import rising
from tests.story import TO_SERVED, Town, open_case, run
from workflow_app import clock
from workflow_app.models import AssessmentResult, Cadre, Decision, Desk, ImportBatch, Read, Unit
from workflow_app.pages import counting, targets

ROOT = Path(settings.BASE_DIR)
# What a page would say that counts towards a quota.
STILL_NEEDED = re.compile(
    r"还差\S{0,4}[件人名]|尚缺|缺额|仍需\S{0,4}[件人名]|还需(?:要)?(?:调整|处理|认定)|指标(?:缺口|完成率|任务)|目标(?:缺口|完成率|差距)|达标率|(?:cases|people) (?:are )?still needed|remaining quota|short of target",
    re.IGNORECASE,
)


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def graded(town: Town, **numbers: int) -> None:
    """So many cadres with each grade in 2025."""
    batch = ImportBatch.objects.create(file_name="r.xlsx", digest=f"{numbers}", rows=1, imported_at=town.at)
    number = Cadre.objects.count()
    for grade, many in numbers.items():
        for _ in range(many):
            number += 1
            cadre = Cadre.objects.create(number=f"G{number}", name="干部", sex="女", unit=town.wang.unit)
            AssessmentResult.objects.create(
                cadre=cadre, year=2025, unit=cadre.unit, post_title="科员", post_level="STAFF", comparison_group="g", grade=grade, batch=batch, row=number
            )  # fmt: skip


def shown(key: str, town: Town) -> dict[str, int | None]:
    return {bar.name: bar.number for one in counting.everything([town.city.path]) if one.key == key for bar in one.bars}


@pytest.mark.django_db
def test_grades_of_fewer_than_five_are_hidden_with_what_would_tell_them(town: Town) -> None:
    graded(town, EXCELLENT=6, COMPETENT=20, INCOMPETENT=2)
    assert shown("grades", town) == {"优秀": None, "称职": 20, "基本称职": 0, "不称职": None, "未定等次": 0}


@pytest.mark.django_db
def test_one_case_on_the_way_down_tells_nothing(town: Town) -> None:
    run(town, open_case(town), *TO_SERVED)
    for key in ("reasons", "kinds", "restored"):
        assert not [one for one in shown(key, town).values() if one], key
    assert all(number is None for number in shown("times-DownPath", town).values())


@pytest.mark.django_db
def test_people_of_other_units_are_not_counted(town: Town) -> None:
    graded(town, COMPETENT=8)
    other = Unit.objects.create(code="ZZ", name="远山市", kind="PREFECTURE", path="/999/")
    assert [one.bars for one in counting.everything([other.path]) if one.key == "grades"] == [()]


@pytest.mark.django_db
def test_opening_and_exporting_are_readings(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    graded(town, COMPETENT=8, EXCELLENT=3, BASIC=2)
    client = client_of(town, "org_leader1", monkeypatch)
    assert "不足五人的数不显示" in client.get("/figures/").content.decode()
    table = client.get("/figures/export.csv").content.decode("utf-8-sig")
    assert "称职,8," in table
    assert "优秀,不足五，不显示," in table
    book = load_workbook(BytesIO(client.get("/figures/export.xlsx").content))
    assert ("称职", 8) in [row[1:3] for row in book.active.iter_rows(values_only=True)]
    assert list(Read.objects.order_by("id").values_list("what", "reason")) == [
        ("figures", None),
        ("figures_file", "csv"),
        ("figures_file", "xlsx"),
    ]
    assert client.get("/figures/export.exe").status_code == 404


@pytest.mark.django_db
def test_figures_are_for_the_leader_and_the_auditor(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, status in (("org_leader1", 200), ("auditor1", 200), ("case_handler1", 404), ("wang", 404)):
        assert client_of(town, name, monkeypatch).get("/figures/").status_code == status, name


def test_targets_are_words_with_which_nothing_can_be_computed() -> None:
    for what, named, by in targets.TARGETS:
        assert not re.search(r"\d", str(what) + str(named)), (what, by)
    numbers = [
        node.value
        for node in ast.walk(ast.parse(Path(targets.__file__).read_text()))
        if isinstance(node, ast.Constant) and not isinstance(node.value, str)
    ]
    assert numbers == []
    users = [file.name for file in (ROOT / "workflow_app").rglob("*.py") if "import TARGETS" in file.read_text()]
    assert users == ["figures.py"]


def test_nowhere_is_said_how_many_are_still_needed() -> None:
    looked, found = 0, []
    for pattern in ("templates/**/*.html", "workflow_app/**/*.py", "flows/**/*.py", "locale/**/*.po", "workflow_app/static/*.js"):
        for file in ROOT.glob(pattern):
            looked += 1
            found += [f"{file.relative_to(ROOT)}: {one.group()}" for one in STILL_NEEDED.finditer(file.read_text())]
    assert looked > 300
    assert not found
    assert STILL_NEEDED.search("本季度还差3人") and STILL_NEEDED.search("目标完成率"), "the pattern finds what it looks for"


def no_way_from(text: str) -> list[Any]:
    """Names of figures in a text."""
    return re.findall(r"pages\.(?:counting|targets|figures)", text)


def test_no_step_and_no_trigger_looks_at_figures_or_targets() -> None:
    for folder in ("flows", "workflow_app/assessment", "workflow_app/conduct", "workflow_app/telling"):
        for file in (ROOT / folder).rglob("*.py"):
            assert not no_way_from(file.read_text()), file


@pytest.mark.django_db
def test_the_workload_page_counts_by_desk_and_person_and_gives_work_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = open_case(town)
    item = case.task_set.get(step="approve_opening")
    seat(town, item.desk, "newcomer", 1)
    leader = client_of(town, "org_leader1", monkeypatch)
    page = leader.get("/workload/").content.decode()
    assert item.desk.name in page
    town.later(days=30)
    assert 'class="danger"' in leader.get("/workload/").content.decode(), "overdue"
    url, to = f"/workload/{item.desk_id}/", town.people["newcomer1"]
    assert leader.post(url, {"item": item.pk, "to": to.pk, "reason": ""}).status_code == 409
    assert leader.post(url, {"to": to.pk, "reason": "李文休假"}).status_code == 409
    said = leader.post(url, {"item": [item.pk, 999], "to": to.pk, "reason": "李文休假"}).content.decode()
    assert "已改派给" in said
    assert "这一事项已不在您的岗位上" in said
    item.refresh_from_db()
    assert item.owner == to
    assert to.display_name in leader.get("/workload/").content.decode()


@pytest.mark.django_db
def test_nobody_else_sees_the_workload_and_nobody_the_own_case(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = open_case(town)
    desk = case.task_set.get(step="approve_opening").desk
    for name in ("case_handler1", "auditor1", "wang"):
        assert client_of(town, name, monkeypatch).get("/workload/").status_code == 404
        assert client_of(town, name, monkeypatch).get(f"/workload/{desk.pk}/").status_code == 404
    Cadre.objects.filter(pk=town.cadre("org_leader1")).update(name="自己")
    case.__class__.objects.filter(pk=case.pk).update(cadre=town.cadre("org_leader1"))
    assert case.number not in client_of(town, "org_leader1", monkeypatch).get(f"/workload/{desk.pk}/").content.decode()
    assert Desk.objects.filter(pk=desk.pk).exists()


@pytest.mark.django_db
def test_adjusted_people_are_counted_by_age_and_nothing_is_kept_of_education(town: Town) -> None:
    births = ["1992-01"] * 6 + ["1974-03"] * 5 + ["1974-01"] * 5 + ["1966-05"] * 2 + [""] * 5
    for n, birth in enumerate(births):
        cadre = Cadre.objects.create(number=f"A{n}", name="干部", sex="男", birth_month=birth, unit=town.wang.unit)
        Decision.objects.create(
            organ=town.city,
            cadre=cadre,
            kind="ADJUSTMENT",
            title="决定",
            number=f"云组〔2026〕{n}号",
            decided_on=date(2026, 2, 1),
            measure={"kind": "REMOVE"},
            entered_at=town.at,
        )
    found = shown("ages", town)
    assert (found["35岁以下"], found["35至39岁"]) == (6, 0)
    assert found["55岁及以上"] is None and found["50至54岁"] is not None, "two people are not told, nor by subtraction"
    assert counting._band("1974-03", date(2026, 2, 1)) == counting._band("1976-02", date(2026, 2, 1)), "51 and 50"
    assert counting._band("1971-02", date(2026, 2, 1)) == "55岁及以上" and counting._band("1971-03", date(2026, 2, 1)) == "50至54岁"
    assert not [one.name for one in Cadre._meta.get_fields() if "educ" in one.name or "degree" in one.name]


@pytest.mark.django_db
def test_posts_are_counted_by_how_they_were_filled(town: Town) -> None:
    assert shown("filled", town) == {}
    case = rising.to_notice(town, rising.open_case(town))
    assert shown("filled", town) == {}, "nobody is appointed yet"
    town.later(days=12)
    rising.run(town, case, "close_notice", "talk", ("appoint", {"post": case.settled["initiate"]["post"]}))
    assert shown("filled", town) == {"竞争上岗": 0, "其他方式": None}, "one case tells nothing"
