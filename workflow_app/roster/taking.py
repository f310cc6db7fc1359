"""Taking a checked workbook into the roster: all of it or nothing, once; what was before stays readable."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.db import transaction

from workflow_app import clock, ledger, tenures
from workflow_app.hands import midnight
from workflow_app.models import Account, Cadre, Post, RosterImport, Tenure, Tie, Unit
from workflow_app.roster.changes import Changes
from workflow_app.roster.reading import Plan, read


class AlreadyTaken(Exception):
    """The same file was taken in before; its words say when."""


def check(data: bytes, name: str, *, within: str = "/", at: datetime) -> Changes:
    """What the file would change; nothing is written. Raises BadSheet."""
    plan = read(BytesIO(data), name, within=within)
    with transaction.atomic():
        found = Taking(plan, at, None).all()
        transaction.set_rollback(True)
    return found


def take(data: bytes, name: str, *, by: Account | None, at: datetime, unit: Unit | None = None) -> RosterImport:
    """Take the file in; `unit` limits it to a unit and those below. Raises BadSheet or AlreadyTaken; then nothing is written."""
    digest = sha256(data).hexdigest()
    earlier = RosterImport.objects.filter(digest=digest).first()
    if earlier is not None:
        raise AlreadyTaken(f"这个文件已于{earlier.taken_at.astimezone(clock.TZ):%Y-%m-%d}导入（{earlier.rows}行），没有重复导入。")
    with transaction.atomic():
        plan = read(BytesIO(data), name, within=unit.path if unit else "/")
        batch = RosterImport.objects.create(file_name=name[:200], digest=digest, rows=plan.rows, taken_at=at, taken_by=by, changes={})
        changes = Taking(plan, at, batch, by).all()
        batch.changes = changes.told()
        batch.save(update_fields=["changes"])
        told = {"facts": {"file": batch.file_name, "digest": digest, "rows": plan.rows, **batch.changes}}
        book = unit or Unit.objects.filter(parent__isnull=True).earliest("pk")
        ledger.journal(book, ledger.Entry(kind="IMPORT", at=at, actor=by, outcome="roster", parts=told))
    return batch


class Taking:
    """Writes a plan, sheet by sheet, and notes what changes."""

    def __init__(self, plan: Plan, at: datetime, batch: RosterImport | None, by: Account | None = None) -> None:
        self.plan, self.at, self.batch, self.by, self.changes = plan, at, batch, by, Changes()
        self.units: dict[str, Unit] = {}
        self.posts: dict[tuple[str, str], Post] = {}
        self.cadres: dict[str, Cadre] = {}

    def all(self) -> Changes:
        """Everything, in the order in which one leans on the other."""
        self._units()
        self._posts()
        self._cadres()
        self._tenures()
        self._ties()
        return self.changes

    def _units(self) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        for code, told in self.plan.units.items():
            values = {name: told[name] for name in ("name", "manages_cadres", "organ_name", "organ_code")}
            known = self.units.get(code)
            if known is None:
                above = self.units.get(told["above"])
                known = self.units[code] = Unit.objects.create(code=code, kind=told["kind"], parent=above, **values)
                known.path = f"{above.path if above else '/'}{known.pk}/"
                known.save(update_fields=["path"])
                self.changes.add("单位")
            elif self.changes.compare("单位", known, values):
                known.save()

    def _posts(self) -> None:
        self.posts = {(post.unit.code, post.title): post for post in Post.objects.select_related("unit")}
        for (code, title), values in self.plan.posts.items():
            known = self.posts.get((code, title))
            if known is None:
                self.posts[code, title] = Post.objects.create(unit=self.units[code], title=title, **values)
                self.changes.add("职务")
            elif self.changes.compare("职务", known, values):
                known.save()

    def _cadres(self) -> None:
        self.cadres = {cadre.number: cadre for cadre in Cadre.objects.select_related("unit", "post__unit")}
        for number, told in self.plan.cadres.items():
            unit = self.units[told["unit"]]
            values = told | {"unit": unit, "post": self.posts.get((told["unit"], told["post"]))}
            known = self.cadres.get(number)
            if known is None:
                known = self.cadres[number] = Cadre.objects.create(number=number, **values)
                self.changes.add("干部")
                tenures.begin(known, self._ground())
            else:
                self._compare(known, values)

    def _compare(self, known: Cadre, values: dict[str, Any]) -> None:
        was = copy(known)
        if self.changes.compare("干部", known, values):
            known.save()
        if (was.unit_id, was.post_id) != (known.unit_id, known.post_id):
            tenures.succeed(was, known, self._ground(), first=known.post_since)

    def _ground(self) -> tenures.Ground:
        return tenures.Ground(Tenure.Kind.ROSTER, self.at, batch_id=self.batch.pk if self.batch else None)

    def _tenures(self) -> None:
        self.changes.unchanged += self.plan.told
        for (number, code, title, first), told in self.plan.tenures.items():
            cadre, unit = self.cadres[number], self.units[code]
            known = Tenure.objects.filter(cadre=cadre, unit=unit, title=title, first=first, case__isnull=True).first()
            if known is None:
                Tenure.objects.create(
                    cadre=cadre, unit=unit, unit_name=unit.name, post=self.posts.get((code, title)), title=title, first=first, since=first,
                    last=told["last"], ground=told["ground"], batch=self.batch, entered_at=self.at,
                )  # fmt: skip
                self.changes.add("任职经历")
            elif self.changes.compare("任职经历", known, {"last": told["last"], "ground": told["ground"]}):
                known.save(update_fields=["last", "ground"])

    def _ties(self) -> None:
        known = {(*sorted((one, other)), kind) for one, other, kind in Tie.objects.values_list("one__number", "other__number", "kind")}
        for (one, other, kind), told in self.plan.ties.items():
            if (one, other, kind) in known:
                self.changes.unchanged += 1
                continue
            Tie.objects.create(
                one=self.cadres[one], other=self.cadres[other], kind=kind, declared_by=self.by, declared_at=midnight(told["day"])
            )
            self.changes.add("回避关系")
