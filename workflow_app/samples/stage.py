"""A sample organization and case, written inside a transaction that is rolled back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from workflow_app.law import known_rules, load
from workflow_app.models import (
    Account,
    Cadre,
    Case,
    Deadline,
    Decision,
    Desk,
    Document,
    Hand,
    Holder,
    LawEdition,
    Post,
    Seat,
    Unit,
    Upload,
    WorkItem,
    row_id,
)
from workflow_app.nodes import Human, Path

AT = datetime.fromisoformat("2026-03-20T09:30:00+08:00")
SINCE = date(2020, 1, 1)
NAMES = ("李敏文", "赵安平", "陈静远", "刘洋", "周丽华", "吴强", "郑芳", "冯雪", "蒋浩然")


class Stage:
    """云溪市委组织部 with people at every desk of a path, and a case of 王建国 with a paper in it."""

    def __init__(self, path: type[Path]) -> None:
        self.path, self.accounts = path, {}  # type: ignore[var-annotated]
        self.city = self._unit("云溪市", "PREFECTURE", None, manages_cadres=True, organ_name="中共云溪市委组织部", organ_code="云组")
        self.office = self._unit("市交通运输局", "DEPARTMENT", self.city)
        post = Post.objects.create(unit=self.office, title="副局长", level="COUNTY_DEPUTY", leadership_post=True, is_leading_member=True)
        self.wang = Cadre.objects.create(
            number="SAMPLE-W",
            name="王建国",
            sex="男",
            birth_month="1974-05",
            unit=self.office,
            post=post,
            rank="二级调研员",
            post_since=SINCE,
        )
        self.own = Account.objects.create(username="sample-wang", cadre=self.wang, password="!")
        for number, (role, title) in enumerate(path.roles.items()):
            self._people(str(role), title, number)
        self.case = self._case()
        self._paper()
        for number, account in enumerate((self.own, *self.accounts.values())):
            self._file(account)
            if account != self.own:
                Hand.objects.get_or_create(case=self.case, cadre_id=account.cadre_id, duty="investigator", defaults={"record": number})

    def _unit(self, name: str, kind: str, parent: Unit | None, **more: Any) -> Unit:
        unit = Unit.objects.create(code=f"S-{name}", name=name, kind=kind, parent=parent, **more)
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save()
        return unit

    def _people(self, role: str, title: str, number: int) -> None:
        desk = Desk.objects.create(role=role, unit=self.city, name=title)
        for place, name in enumerate(NAMES[number % 5 :] + NAMES[: number % 5]):
            cadre = Cadre.objects.create(number=f"S-{number}-{place}", name=name, sex="女", unit=self.city, rank="一级主任科员")
            account = Account.objects.create(username=f"sample-{role}-{place}", cadre=cadre, password="!")
            Seat.objects.create(desk=desk, account=account, valid_from=SINCE, granted_at=AT)
            self.accounts.setdefault(role, account)

    def _case(self) -> Case:
        law = LawEdition.objects.order_by("-pk").first() or load(at=AT)
        case: Case = self.path.process_class(
            number="云组案〔2026〕1号", cadre=self.wang, organ=self.city, state=str(self.path.process_class.STATES[0]), law=law,
            flow_class=self.path, path_version=self.path.version, created=AT, status="NEW", suspended_on=date(2026, 3, 1),
        )  # fmt: skip
        while Case.objects.filter(number=case.number).exists():
            case.number = case.number.replace("号", "0号")
        case.decision = Decision.objects.create(
            cadre=self.wang, organ=self.city, kind="ADJUSTMENT", title="调整决定书", number="云组〔2026〕1号", decided_on=date(2026, 3, 2),
            measure={"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}, entered_at=AT,
        )  # fmt: skip
        case.save()
        return case

    def _paper(self) -> None:
        """One paper and one open item of every step (what is served, corrected or scanned), and periods that may be extended."""
        desk = Desk.objects.filter(unit=self.city, role="subject").first() or Desk.objects.filter(unit=self.city).earliest("pk")
        for number, node in enumerate(self.path._nodes_by_name.values(), 1):
            if isinstance(node, Human):
                self._issued(number, node.step.name, node.step.document, node.step.document_title)
                WorkItem.objects.create(
                    id=row_id(self.case.pk, number), process=self.case, flow_task=node, desk=desk, step=node.step.name, opened_by=1,
                    created=AT, status="NEW",
                )  # fmt: skip
        item = WorkItem.objects.get(process=self.case, step=str(self.path.first))
        extensible = [rule.rule_id for rule in known_rules().values() if rule.extend_times]
        for number, rule in enumerate(extensible, 1):
            Deadline.objects.create(
                id=row_id(self.case.pk, number),
                case=self.case,
                item=item,
                rule_id=rule,
                starts_on=AT.date(),
                last_day=date(2026, 4, 3),
                explanation=[],
            )

    def _issued(self, number: int, step: str, code: str, title: str) -> None:
        Document.objects.create(
            id=row_id(self.case.pk, number), case=self.case, record_seq=number, code=code, title=title, number=f"{self.case.number}-{number}",
            step=step, template="documents/record.html", template_version="", issued_on=AT.date(), content={"paper": {}, "content": {}},
            content_hash=f"{number:064x}",
        )  # fmt: skip

    def _file(self, account: Account) -> None:
        upload, _ = Upload.objects.get_or_create(
            sha256="5a" * 32,
            defaults={
                "name": "扫描件.pdf",
                "mime": "application/pdf",
                "size": 20480,
                "data": b"",
                "uploaded_by": account,
                "uploaded_at": AT,
            },
        )
        Holder.objects.create(upload=upload, account=account, name="扫描件.pdf", at=AT)

    def actor(self, role: str) -> Account:
        """Somebody who acts in a role."""
        return self.accounts.get(role, self.own) if role != "subject" else self.own
