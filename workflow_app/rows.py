"""Rows as fixed SQL texts. The ORM's Python is what makes an act slow (docs/decisions), so the door reads and
writes its few tables as text, with the ORM's own converters, and sends all writes of an act in one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


class Verbatim(str):
    """A value that is SQL text of ours, never data."""


class Table:
    """A model's columns, with the converters of one database."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
        self.by_name = {field.attname: field for field in self.fields}
        self.names = [field.attname for field in self.fields]
        self.converters = [
            (place, [*connection.ops.get_db_converters(col), *field.get_db_converters(connection)], col)
            for place, field in enumerate(self.fields)
            for col in [field.get_col(model._meta.db_table)]
        ]
        self.converters = [row for row in self.converters if row[1]]
        self.name = connection.ops.quote_name(model._meta.db_table)

    def columns(self, alias: str) -> str:
        """All columns, for a SELECT."""
        return ", ".join(f"{alias}.{connection.ops.quote_name(str(field.column))}" for field in self.fields)

    def read(self, values: Sequence[Any], model: type[Model] | None = None) -> Any:
        """An instance from a row of `columns`."""
        row = list(values)
        for place, converters, col in self.converters:
            for convert in converters:
                row[place] = convert(row[place], col, connection)
        return (model or self.model).from_db("default", self.names, row)

    def prepared(self, name: str, value: Any) -> Any:
        """`value` as the database driver wants it."""
        return self.by_name[name].get_db_prep_save(value, connection)


@lru_cache(maxsize=64)
def _table(model: type[Model], vendor: str) -> Table:
    return Table(model)


def table(model: type[Model]) -> Table:
    """The table of `model` on the database in use."""
    return _table(model, connection.vendor)


class Batch:
    """The writes of one act, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.values: list[list[Any]] = []
        self.rows = 0

    def add(self, text: str, values: Sequence[Any] = ()) -> None:
        """One statement."""
        self.texts.append(text)
        self.values.append(list(values))
        self.rows += 1

    def insert(self, model: type[Model], *rows: Mapping[str, Any], ignore: bool = False) -> None:
        """Rows of one model; columns left out take the field's default."""
        if not rows:
            return
        target = table(model)
        names = [n for n in target.names if not (n == "id" and "id" not in rows[0])]
        text, values = [], []
        for row in rows:
            marks = []
            for name in names:
                value = row[name] if name in row else target.by_name[name].get_default()
                marks.append(str(value) if isinstance(value, Verbatim) else "%s")
                if not isinstance(value, Verbatim):
                    values.append(target.prepared(name, value))
            text.append(f"({', '.join(marks)})")
        columns = ", ".join(connection.ops.quote_name(str(target.by_name[n].column)) for n in names)
        tail = " ON CONFLICT DO NOTHING" if ignore else ""
        self.add(f"INSERT INTO {target.name} ({columns}) VALUES {', '.join(text)}{tail}", values)
        self.rows += len(rows) - 1

    def update(self, model: type[Model], key: Any, **changes: Any) -> None:
        """Named columns of the row with primary key `key`."""
        target = table(model)
        sets = ", ".join(f"{connection.ops.quote_name(str(target.by_name[n].column))} = %s" for n in changes)
        values = [target.prepared(n, v) for n, v in changes.items()]
        pk = connection.ops.quote_name(str(target.model._meta.pk.column))
        self.add(f"UPDATE {target.name} SET {sets} WHERE {pk} = %s", [*values, key])

    def send(self) -> None:
        """One round trip on PostgreSQL; one by one on SQLite, whose driver takes one statement at a time."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(";\n".join(self.texts), [value for values in self.values for value in values])
            else:
                for text, values in zip(self.texts, self.values, strict=True):
                    cursor.execute(text, values)
