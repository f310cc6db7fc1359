"""Vacant posts for a person: reasons for and against, never a score, never a post left out, in the stated order."""

from __future__ import annotations

from datetime import date

import pytest

from tests.story import Town, signed_in
from tests.workflow_app.care.helped import course, plan_for, served
from workflow_app import clock, helping, vacancies
from workflow_app.care import matching
from workflow_app.care.matching import Profile
from workflow_app.care.procedure import Restriction
from workflow_app.models import Cadre, Post, Tenure, Tie, Unit

TOWN, BUREAU = (
    Unit(pk=5, code="YX-05", name="清河镇", kind="TOWN", path="/1/5/"),
    Unit(pk=6, code="YX-06", name="水利局", kind="DEPARTMENT"),
)
OFFICE = Unit(pk=7, code="YX-07", name="交通运输局", kind="DEPARTMENT")
POSTS = [
    Post(pk=1, unit=BUREAU, title="局长", level="COUNTY_HEAD"), Post(pk=2, unit=BUREAU, title="副局长", level="COUNTY_DEPUTY"),
    Post(pk=3, unit=TOWN, title="调研员", level="COUNTY_DEPUTY"), Post(pk=4, unit=OFFICE, title="总工程师", level="COUNTY_DEPUTY"),
    Post(pk=5, unit=OFFICE, title="科员", level="STAFF"),
]  # fmt: skip
RESTRICTED = Restriction("降职影响期", date(2028, 3, 2), "云组下〔2026〕1号")


def profile(**changes: object) -> Profile:
    words = {
        "level": "COUNTY_DEPUTY", "held": ("市交通运输局副局长",), "units": frozenset({7}), "kinds": frozenset({"DEPARTMENT"}), "trained": (),
        "restrictions": (RESTRICTED,), "tied": {},
    }  # fmt: skip
    return Profile(**{**words, **changes})  # type: ignore[arg-type]


def test_every_post_is_shown_in_the_stated_order() -> None:
    found = matching.matches(profile(), POSTS, {})
    assert [one.post.pk for one in found] == [4, 2, 3, 5, 1], "same level: served in, same kind, others; then lower, then higher"
    assert not [name for name in vars(found[0]) if "score" in name or "rank" in name]


def test_the_order_does_not_depend_on_how_the_posts_come() -> None:
    assert [one.post.pk for one in matching.matches(profile(), POSTS[::-1], {})] == [4, 2, 3, 5, 1]


def reasons(post: int, **changes: object) -> tuple[str, str]:
    found = next(one for one in matching.matches(profile(**changes), POSTS, {}) if one.post.pk == post)
    return "；".join(found.favour), "；".join(found.against)


def test_level_unit_and_experience_are_said_for_and_against() -> None:
    assert reasons(4)[0] == "与现职务同一层次（县处级副职）；在这个单位任过职"
    assert reasons(2)[0] == "与现职务同一层次（县处级副职）；在同类单位（部门）任过职"
    assert "没有同类单位（乡镇（街道））任职经历" in reasons(3)[1]
    assert "低于现职务层次" in reasons(5)[1]


def test_a_restriction_speaks_against_a_higher_post_and_not_against_an_equal_one() -> None:
    assert "降职影响期至2028-03-02，期满前不得提拔（云组下〔2026〕1号）" in reasons(1)[1]
    assert "影响期" not in reasons(2)[1] and "影响期" not in reasons(5)[1]
    assert "影响期" not in reasons(1, restrictions=())[1] and "选拔任用程序" in reasons(1, restrictions=())[1]


def test_a_declared_tie_in_the_unit_is_named_against_it_and_the_post_stays_on_the_list() -> None:
    favour, against = reasons(2, tied={6: "何远"})
    assert "与该单位何远有申报的回避关系，须审查任职回避" in against and favour
    assert "回避" not in reasons(4, tied={6: "何远"})[1]


def test_a_competition_that_runs_is_named() -> None:
    found = matching.matches(profile(), POSTS, {2: "云组上〔2026〕3号"})
    assert "正在竞争上岗（云组上〔2026〕3号）" in next(one for one in found if one.post.pk == 2).against


@pytest.mark.django_db
def test_the_profile_is_what_the_records_say(town: Town) -> None:
    plan = plan_for(town, served(town))
    one = helping.train(plan, course(town), by=town.people["placement_office1"], at=town.at)
    office = {"by": town.people["placement_office1"], "at": town.at}
    helping.end_training(one, "COMPLETED", "考试合格。", town.today, **office)
    other = Unit.objects.create(code="YX-30", name="市水利局", kind="DEPARTMENT", parent=town.city, path=f"{town.city.path}x/")
    Tenure.objects.create(
        cadre=town.wang, unit=other, unit_name="市水利局", title="科长", first=date(2015, 1, 1), last=date(2019, 1, 1), entered_at=town.at
    )
    he = Cadre.objects.create(number="YX00066", name="何远", sex="男", unit=other)
    Tie.objects.create(one=he, other=town.wang, kind="COLLATERAL", declared_at=town.at)
    found = matching.profile_of(town.wang, town.today)
    assert found.level == "COUNTY_DEPUTY" and other.pk in found.units and "市水利局科长" in found.held
    assert found.trained == ("项目管理专题班",) and found.tied == {other.pk: "何远"}
    assert [one.words for one in found.restrictions] == ["调整影响期"]
    helping.end_training(one, "BROKEN_OFF", "登记有误，实际没有结业。", town.today, **office)
    assert matching.profile_of(town.wang, town.today).trained == (), "the newest result counts"


@pytest.mark.django_db
def test_a_post_that_somebody_in_office_holds_is_not_vacant(town: Town) -> None:
    units = Unit.objects.filter(path__startswith=town.city.path)
    assert matching.vacant(units) == []
    free = Post.objects.create(unit=town.wang.unit, title="总工程师", level="COUNTY_DEPUTY")
    vacancies.of(free)  # a row that stands for the future holder is nobody
    assert matching.vacant(units) == [free]
    Cadre.objects.filter(pk=town.wang.pk).update(active=False)
    assert town.wang.post in matching.vacant(units)


@pytest.mark.django_db
def test_the_page_is_for_who_manages_the_person(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    Post.objects.create(unit=town.wang.unit, title="总工程师", level="COUNTY_DEPUTY")
    page = signed_in(town.people["placement_office1"]).get(f"/care/plans/posts/{town.wang.pk}/")
    assert page.status_code == 200 and "在这个单位任过职" in page.content.decode() and "不打分" in page.content.decode()
    for who in ("legal_reviewer1", "wang"):
        assert signed_in(town.people[who]).get(f"/care/plans/posts/{town.wang.pk}/").status_code == 404
