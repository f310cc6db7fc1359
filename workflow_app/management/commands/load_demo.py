"""Load the demo organization: units, cadres, desks, accounts, three years of results, and the leads that follow."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from workflow_app import clock, conduct
from workflow_app.assessment import demo, monthly_demo
from workflow_app.models import Account, Cadre, Desk, Office, Post, Seat, Unit
from workflow_app.nodes import PATHS

# People at each desk of the city and of every county.
SEATS = {
    "case_handler": 3, "org_leader": 3, "examination_team": 5, "tolerance_panel": 3, "legal_reviewer": 2, "meeting_secretary": 2,
    "decision_body": 9, "appointing_organ": 2, "placement_office": 2, "archivist": 2, "auditor": 1, "opinion_organ": 2, "competition_panel": 5,
    "review_handler": 3, "appeal_office": 2, "appeal_committee": 5, "appeal_organ": 2, "original_organ": 2, "assessment_office": 3,
}  # fmt: skip
# Where appeals and re-appeals go, and the roles of their desks.
APPEALS = {"YX-92": "-g", "YL-92": "-s"}
APPEAL_ROLES = ("case_handler", "org_leader", "appeal_office", "appeal_committee", "appeal_organ", "subject")
SUBJECTS = 20
ADMINISTRATORS = {
    "sysadmin": Office.SYSTEM,
    "sysadmin2": Office.SYSTEM,
    "secadmin1": Office.SECURITY,
    "secadmin2": Office.SECURITY,
    "auditadmin": Office.AUDIT,
}
PASSWORD = "yunxi-demo-2026"


class Command(BaseCommand):
    """manage.py load_demo [--logins]."""

    help = "载入演示组织；--logins 显示演示账号"

    def add_arguments(self, parser: CommandParser) -> None:
        """Show the logins only."""
        parser.add_argument("--logins", action="store_true")
        parser.add_argument("--without-cases", action="store_true", help="只载入组织和考核结果，不载入案件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load once; a second run changes nothing."""
        if options["logins"]:
            self._logins()
            return
        if Unit.objects.filter(code="YX").exists():
            self.stdout.write("演示组织已经载入。")
            return
        call_command("load_law", verbosity=0, stdout=self.stdout)
        with transaction.atomic():
            units = self._units()
            self._people(units)
            self._desks(units)
        with TemporaryDirectory() as scratch:
            demo.write(Path(scratch))
            call_command("import_results", Path(scratch) / "results.xlsx", stdout=self.stdout)
            last = clock.now().astimezone(clock.TZ).date().replace(day=1) - timedelta(days=1)
            monthly_demo.write(Path(scratch) / "statements.xlsx", f"{last:%Y-%m}")
            call_command("import_statements", Path(scratch) / "statements.xlsx", "--unit=YX", "--by=case_handler1", stdout=self.stdout)
        self._decisions(units["YX"])
        call_command("load_demo_assessment", stdout=self.stdout)
        call_command("load_demo_units", stdout=self.stdout)
        if not options["without_cases"]:
            call_command("load_demo_cases", stdout=self.stdout)
        call_command("load_demo_care", stdout=self.stdout)
        call_command("load_demo_visits", stdout=self.stdout)
        call_command("load_demo_revising", stdout=self.stdout)
        call_command("load_demo_worklog", stdout=self.stdout)
        call_command("load_demo_learning", stdout=self.stdout)

    def _units(self) -> dict[str, Unit]:
        units: dict[str, Unit] = {}
        for place in demo.places():
            above = units.get(place.above)
            unit = Unit.objects.create(
                code=place.code, name=place.name, kind=place.kind, parent=above, manages_cadres=place.manages,
                organ_name=f"中共{place.name}委组织部" if place.manages else "", organ_code=f"{place.name[0]}组" if place.manages else "",
            )  # fmt: skip
            unit.path = f"{above.path if above else '/'}{unit.pk}/"
            unit.save(update_fields=["path"])
            units[place.code] = unit
        return units

    def _people(self, units: dict[str, Unit]) -> None:
        by_name = {unit.name: unit for unit in units.values()}
        posts: dict[tuple[int, str], Post] = {}
        rows = []
        for person in demo.people():
            unit = by_name[person.unit]
            post = posts.get((unit.pk, person.post))
            if post is None:
                post = posts[unit.pk, person.post] = Post.objects.create(
                    unit=unit, title=person.post, level=person.level, leadership_post=person.level != "STAFF",
                    is_leading_member=person.level != "STAFF",
                )  # fmt: skip
            rows.append(Cadre(number=person.number, name=person.name, sex=person.sex, birth_month=person.birth, unit=unit, post=post))
        Cadre.objects.bulk_create(rows, batch_size=500)

    def _desks(self, units: dict[str, Unit]) -> None:
        names = next(iter(PATHS.values())).roles
        hashed = make_password(PASSWORD)
        for unit in (unit for unit in units.values() if unit.manages_cadres):
            for role, title in names.items():
                if role != "opinion_organ":
                    self._desk(unit, role, title, "" if unit.code == "YX" else f"-{unit.code[-1]}", hashed)
        for username, office in ADMINISTRATORS.items():
            Account.objects.create(username=username, password=hashed, office=office)
        for code, suffix in {"YX-90": "", "YX-91": "-p", **{code: f"-{code[-2:]}" for code in demo.CHECKING}}.items():
            self._desk(units[code], "opinion_organ", names["opinion_organ"], suffix, hashed)
        for code, suffix in APPEALS.items():
            Unit.objects.filter(pk=units[code].pk).update(organ_name=units[code].name, organ_code=f"{units[code].name[1]}公")
            for role in APPEAL_ROLES:
                self._desk(units[code], role, names[role], suffix, hashed)
        for cadre in Cadre.objects.filter(number__startswith="YX").order_by("number")[:SUBJECTS]:
            Account.objects.create(username=cadre.number.lower(), password=hashed, cadre=cadre)

    def _desk(self, unit: Unit, role: str, title: str, suffix: str, hashed: str) -> None:
        desk = Desk.objects.create(role=role, unit=unit, name=f"{unit.name}{title}")
        start, now = date(2020, 1, 1), clock.now()
        for n in range(1, SEATS.get(role, 0) + 1):
            surname, given = demo.SURNAMES[(desk.pk * 7 + n * 5) % len(demo.SURNAMES)], demo.GIVEN[(desk.pk * 3 + n * 11) % len(demo.GIVEN)]
            name = surname + given + demo.GIVEN[(desk.pk + n * 17) % len(demo.GIVEN)]
            cadre = Cadre.objects.create(number=f"Z{desk.pk:03}{n:02}", name=name, sex="男", unit=unit)
            account = Account.objects.create(username=f"{role}{n}{suffix}", password=hashed, cadre=cadre)
            Seat.objects.create(desk=desk, account=account, valid_from=start, granted_at=now)

    def _decisions(self, organ: Unit) -> None:
        """Two people with a served decision: one demoted (a leading member), one with an annual grade 不称职."""
        now, by = clock.now(), Account.objects.get(username="case_handler1")
        today = now.astimezone(clock.TZ).date()
        service = {"mode": "in_person", "served_on": today - timedelta(days=5)}
        measure = {"kind": "DEMOTE", "months": 24, "rank_steps": 1, "pay_cut": 0}
        for number, kind, title, what in (
            ("YX00003", "ADJUSTMENT", "调整决定书", measure),
            ("YX00006", "ANNUAL_GRADE", "年度考核结果通知书", {"kind": "INCOMPETENT", "year": demo.YEARS[-1]}),
        ):
            cadre = Cadre.objects.get(number=number)
            receiver = {"receiver": cadre.name}
            entry = conduct.Entry(
                kind, title, f"云组〔{today.year - 1}〕{cadre.number[-2:]}号", today - timedelta(days=10), what, {**service, **receiver}
            )
            conduct.enter_decision(cadre, organ, entry, by=by, at=now, key=f"demo-{number}")

    def _logins(self) -> None:
        self.stdout.write(f"演示账号（密码均为 {PASSWORD}）：")
        for desk in (
            Desk.objects.filter(unit__code__in=("YX", "YX-90", *demo.CHECKING, *APPEALS)).prefetch_related("seats__account").order_by("pk")
        ):
            names = "、".join(seat.account.username for seat in desk.seats.all())
            if names:
                self.stdout.write(f"  {desk.name}：{names}")
        for username, office in ADMINISTRATORS.items():
            self.stdout.write(f"  {office.label}：{username}")
        self.stdout.write("  本人：yx00001 至 yx00020（yx00003 已被降职，yx00006 年度考核不称职，决定均已送达）")
