"""One organization for all tests: 云溪市 with its desks, and people by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from flows.roles import ROLE_NAMES, Role
from tests.story import AT, Town
from workflow_app import clock, hands, law
from workflow_app.models import Account, Cadre, Desk, Post, Seat, Unit
from workflow_app.pages import throttle

# How fast an example runs says something about the machine and nothing about the rule.
hypothesis.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("any machine")


# Whether somebody may see a page, and how a paper is drawn, is not the database's affair, though a database is needed to ask.
NOT_THE_DATABASES = (
    "test_access.py",
    "test_headers.py",
    "test_samples.py",
    "test_same_bytes.py",
    "test_styling.py",
    "test_layout.py",
    "test_press.py",
    "test_signature.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What would come out the same on every database is marked `once`."""
    for item in items:
        touches = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db") is not None
        if not touches or item.path.name in NOT_THE_DATABASES:
            item.add_marker("once")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Law figures and calendars are part of every database."""
    with django_db_blocker.unblock():
        call_command("load_law", verbosity=0)


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Nothing kept in memory outlives a test's database."""
    hands.forget_desks()
    clock.forget_calendar()
    law.rules_of.cache_clear()
    throttle.REPORTS.forget()


# Seated only where remedies are told (tests/flows/remedy/story.py).
REMEDY_ROLES = (Role.REVIEW_HANDLER, Role.APPEAL_OFFICE, Role.APPEAL_COMMITTEE, Role.APPEAL_ORGAN, Role.ORIGINAL_ORGAN)


@pytest.fixture
def town(db: None) -> Town:
    """云溪市委组织部 with several people at every desk, and 王建国 as the person concerned."""
    return build_town()


def build_town() -> Town:
    """Units, desks, accounts."""
    city = Unit.objects.create(
        code="YX", name="云溪市", kind="PREFECTURE", manages_cadres=True, organ_name="中共云溪市委组织部", organ_code="云组"
    )
    city.path = f"/{city.pk}/"
    city.save()
    office = Unit.objects.create(code="YX-01", name="市交通运输局", kind="DEPARTMENT", parent=city, path=f"{city.path}")
    office.path = f"{city.path}{office.pk}/"
    office.save()
    discipline = Unit.objects.create(code="YX-90", name="市纪委监委", kind="DEPARTMENT", parent=city, path=city.path)
    partner = Unit.objects.create(code="YX-91", name="省交通运输厅党组", kind="DEPARTMENT", parent=city, path=city.path)
    post = Post.objects.create(unit=office, title="副局长", level="COUNTY_DEPUTY", leadership_post=True, is_leading_member=True)
    wang = Cadre.objects.create(number="YX00001", name="王建国", sex="男", birth_month="1974-05", unit=office, post=post)
    town = Town(city=city, wang=wang, discipline=discipline, partner=partner, at=AT)
    town.people["wang"] = Account.objects.create(username="wang", cadre=wang, password="!")
    for role in Role:
        unit_of = {Role.OPINION_ORGAN: (discipline, partner)}.get(role, (city,))
        for unit in unit_of:
            desk = Desk.objects.create(role=role.value, unit=unit, name=f"{unit.name}{ROLE_NAMES[role]}")
            if role not in (Role.SUBJECT, Role.CONCERNED, Role.AUTHOR, Role.APPLICANT, *REMEDY_ROLES):
                seat(town, desk, role.value if unit is not partner else "partner", 9 if role == Role.DECISION_BODY else 4)
    return town


def seat(town: Town, desk: Desk, prefix: str, count: int) -> None:
    """`count` people at a desk."""
    surnames, given = "李赵陈刘周吴郑冯蒋", "敏磊静洋丽强芳浩雪"
    for n in range(1, count + 1):
        name = surnames[(n + desk.pk) % 9] + given[(n * 2 + desk.pk) % 9] + "文安平明远"[desk.pk % 5]
        cadre = Cadre.objects.create(number=f"{prefix[:17].upper()}{n}", name=name, sex="女", unit=desk.unit)
        account = Account.objects.create(username=f"{prefix}{n}", cadre=cadre, password="!")
        Seat.objects.create(
            desk=desk, account=account, valid_from=date(2020, 1, 1), granted_at=datetime.fromisoformat("2020-01-01T00:00+08:00")
        )
        town.people[f"{prefix}{n}"] = account


@pytest.fixture(autouse=True)
def _demo_off() -> None:
    settings.DEMO = True
