"""Rows of a case as plain values and back: every table that names the case, and every row that those rows name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models

from workflow_app.models import Account, Carried, Case, Draft, Event, Leaf, Outgoing, Read

# Not of the case's record: what was ordered and told, what is only begun, and our own tree (proofs stand in seals.json).
LEFT_OUT = frozenset({Outgoing, Event, Draft, Leaf, Carried})
# Never leaves the house: how somebody signs in.
SECRET: dict[type[models.Model], dict[str, Any]] = {Account: {"password": "!", "last_login": None}}

type_rows = dict[type[models.Model], dict[Any, dict[str, Any]]]


def table(model: type[models.Model]) -> str:
    """The model's name in a bundle."""
    return str(model._meta.model_name)


def model_of(name: str) -> type[models.Model]:
    """The model of that name. Raises LookupError."""
    return apps.get_model("workflow_app", name)


@dataclass
class Collection:
    """Rows by table and key, and the files (papers, uploads) that they hold."""

    case: Case
    rows: type_rows = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def gather(self) -> Collection:
        """Everything of the case, then everything that is named by it."""
        waiting: list[models.Model] = [self.case]
        for relation in Case._meta.related_objects:
            model = relation.related_model
            if model in LEFT_OUT or model is Case or model._meta.proxy:
                continue
            waiting += model._base_manager.filter(**{relation.field.name: self.case})
        waiting += apps.get_model("workflow_app", "RecordPart")._base_manager.filter(chain=f"C{self.case.pk}")
        waiting += self._renderings(waiting)
        while waiting:
            waiting = [other for row in waiting if self._take(row) for other in self._named_by(row)]
        return self

    @staticmethod
    def _renderings(rows: Iterable[models.Model]) -> list[models.Model]:
        """What stands beside a row of the case under the same key (the PDF of a paper, of a receipt)."""
        found: list[models.Model] = []
        for row in rows:
            for relation in row._meta.related_objects:
                if relation.one_to_one and relation.field.primary_key and relation.related_model not in LEFT_OUT:
                    found += relation.related_model._base_manager.filter(pk=row.pk)
        return found

    def _take(self, row: models.Model) -> bool:
        model = row._meta.concrete_model
        assert model is not None
        kept = self.rows.setdefault(model, {})
        if row.pk in kept:
            return False
        kept[row.pk] = self.plain_row(model, row)
        return True

    def _named_by(self, row: models.Model) -> list[models.Model]:
        found: list[models.Model] = []
        for one in row._meta.concrete_fields:
            other = one.related_model
            key = getattr(row, one.attname)
            if one.many_to_one or one.one_to_one:
                if key is None or other is Case or other in LEFT_OUT or key in self.rows.get(other, {}):  # type: ignore[arg-type]
                    continue
                found += other._base_manager.filter(pk=key)  # type: ignore[union-attr]
        return found

    def plain_row(self, model: type[models.Model], row: models.Model) -> dict[str, Any]:
        """A row as plain values; its bytes become files."""
        told = {}
        for one in model._meta.concrete_fields:
            value = SECRET.get(model, {}).get(one.attname, one.value_from_object(row))
            if isinstance(one, models.BinaryField):
                value = self._file(model, one.attname, bytes(value))
            told[one.attname] = plain(one, value)
        return told

    def _file(self, model: type[models.Model], column: str, data: bytes) -> str:
        name = f"files/{table(model)}/{sha256(data).hexdigest()}{'.pdf' if column == 'pdf' else ''}"
        self.files[name] = data
        return name


def plain(column: models.Field[Any, Any], value: Any) -> Any:
    """A column's value as JSON knows it; times in UTC."""
    if value is None or isinstance(value, (str, bool, int, list, dict)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else column.get_prep_value(value)


def value_of(column: models.Field[Any, Any], told: Any, files: dict[str, bytes]) -> Any:
    """The value that `plain` told of. Raises KeyError for a file that is not there, ValidationError for nonsense."""
    if isinstance(column, models.BinaryField):
        return files[told]
    if told is None or isinstance(column, models.JSONField):
        return told
    return column.to_python(told)


def reads_of(case: Case) -> list[Any]:
    """Who opened what of the case, in order."""
    return list(Read.objects.filter(case=case).select_related("desk__unit").order_by("pk"))
