"""Rows as fixed SQL texts. The ORM's Python is what makes an act slow (docs/decisions), so the door reads and
writes its few tables as text, with the ORM's own converters, and sends all writes of an act in one round trip."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from json import JSONEncoder
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    TextField,
)
from django.db.models.base import ModelState

NOTHING: Mapping[str, str] = MappingProxyType({})

# What a driver takes as it is. Anything else (a node, a token, a choice, a subclass) goes through the field.
NATIVE: list[tuple[type[Field[Any, Any]], type]] = [
    (BooleanField, bool), (IntegerField, int), (ForeignKey, int), (CharField, str), (TextField, str), (DateTimeField, datetime), (DateField, date),
]  # fmt: skip


class Table:
    """A model's columns, with the converters of one database."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
        self.by_name = {field.attname: field for field in self.fields}
        self.names = [field.attname for field in self.fields]
        quote = connection.ops.quote_name
        self.name, self.pk = quote(model._meta.db_table), quote(str(model._meta.pk.column))
        self.quoted = {field.attname: quote(str(field.column)) for field in self.fields}
        self.native = {field.attname: _native(field) for field in self.fields}
        self.json = {field.attname for field in self.fields if type(field) is JSONField and not (field.encoder or field.decoder)}
        self.converters = [
            (place, convert, col)
            for place, field in enumerate(self.fields)
            for col in [field.get_col(model._meta.db_table)]
            for convert in [*connection.ops.get_db_converters(col), *field.get_db_converters(connection)]
        ]
        self._insertions: dict[Any, tuple[str, list[tuple[str, Callable[[], Any]]]]] = {}
        self._updates: dict[tuple[str, ...], str] = {}

    def columns(self, alias: str) -> str:
        """All columns, for a SELECT."""
        return ", ".join(f"{alias}.{column}" for column in self.quoted.values())

    def read(self, values: Sequence[Any]) -> Any:
        """An instance from a row of `columns`, as `Model.from_db` makes it, without going through `__init__` (a tenth of an act)."""
        row = list(values)
        for place, convert, col in self.converters:
            row[place] = convert(row[place], col, connection)
        found = self.model.__new__(self.model)
        found._state = ModelState()
        found._state.adding, found._state.db = False, "default"
        found.__dict__.update(zip(self.names, row, strict=True))
        return found

    def insertion(
        self, given: tuple[str, ...], count: int, tail: str, sql: Mapping[str, str]
    ) -> tuple[str, list[tuple[str, Callable[[], Any]]]]:
        """An INSERT of `count` rows that give these columns, and what makes values of those that a row leaves out.

        Plain defaults stand in the text itself.
        """
        asked = (given, count, tail, *sql)
        if asked not in self._insertions:
            left = [n for n in self.names if n not in given and n not in sql and n != "id"]
            plain = {n: told for n in left if (told := _told(self.by_name[n])) is not None}
            made = [(n, self.by_name[n].get_default) for n in left if n not in plain]
            columns = ", ".join([self.quoted[n] for n in (*given, *(n for n, _ in made), *plain, *sql)])
            row = ", ".join([*["%s"] * (len(given) + len(made)), *plain.values(), *sql.values()])
            self._insertions[asked] = f"INSERT INTO {self.name} ({columns}) VALUES {', '.join([f'({row})'] * count)}{tail}", made
        return self._insertions[asked]

    def update_of(self, names: tuple[str, ...]) -> str:
        """An UPDATE of these columns by key."""
        if names not in self._updates:
            self._updates[names] = f"UPDATE {self.name} SET {', '.join([f'{self.quoted[n]} = %s' for n in names])} WHERE {self.pk} = %s"
        return self._updates[names]

    def prepared(self, row: Mapping[str, Any]) -> list[Any]:
        """Values as the database driver wants them."""
        native = self.native
        return [value if value is None or type(value) is native[name] else self._adapted(name, value) for name, value in row.items()]

    def _adapted(self, name: str, value: Any) -> Any:
        return _json(value) if name in self.json else self.by_name[name].get_db_prep_save(value, connection)


_json = JSONEncoder(ensure_ascii=False).encode


def _told(field: Field[Any, Any]) -> str | None:
    """A default as SQL, or None when it has to be made anew each time."""
    default = None if callable(field.default) else field.get_default()
    if callable(field.default) or not (default is None or default == "" or type(default) in (bool, int)):
        return None
    return "NULL" if default is None else "''" if default == "" else str(default).upper()


def _native(field: Field[Any, Any]) -> type | None:
    found = next((native for kind, native in NATIVE if isinstance(field, kind)), None)
    # SQLite keeps moments as text, written by the ORM's rules.
    return None if found in (date, datetime) and vendor() != "postgresql" else found


_tables: dict[type[Model], Table] = {}


def table(model: type[Model]) -> Table:
    """The table of `model` on the database of this process."""
    found = _tables.get(model)
    if found is None:
        found = _tables[model] = Table(model)
    return found


@cache
def vendor() -> str:
    """`connection.vendor`: the kind of database does not change while a process lives, and the proxy is slow."""
    return connection.vendor


# Statements that each PostgreSQL connection has prepared: text -> name.
_prepared: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def ask(text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a SELECT of fixed text. PostgreSQL plans it once a connection, which halves the time of a read of the door."""
    with connection.cursor() as cursor:
        cursor.execute(_calls([text], [values], cursor)[0], values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _calls(texts: Sequence[str], values: Sequence[Sequence[Any]], cursor: Any) -> Sequence[str]:
    """The texts as calls of what this connection has prepared."""
    if vendor() != "postgresql" or not settings.PREPARE_STATEMENTS:
        return texts
    known = _prepared.setdefault(connection.connection, {})
    for text, its in zip(texts, values, strict=True):
        if text not in known:
            known[text] = _prepare(text, f"door_{len(known)}", cursor) if its else text
    return [known[text] for text in texts]


def _prepare(text: str, name: str, cursor: Any) -> str:
    pieces = text.split("%s")
    numbered = "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
    cursor.execute(f"PREPARE {name} AS {numbered}")
    return f"EXECUTE {name} ({', '.join(['%s'] * (len(pieces) - 1))})"


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

    def insert(self, model: type[Model], *rows: Mapping[str, Any], ignore: bool = False, sql: Mapping[str, str] = NOTHING) -> None:
        """Rows of one model. Columns left out take the field's default, those in `sql` an expression of ours."""
        target, tail = table(model), " ON CONFLICT DO NOTHING" if ignore else ""
        for given, alike in groupby(rows, tuple):
            same = list(alike)
            text, made = target.insertion(given, len(same), tail, sql)
            values: list[Any] = []
            for row in same:
                values += target.prepared(row)
                values += target.prepared({name: make() for name, make in made})
            self.texts.append(text)
            self.values.append(values)
            self.rows += len(same)

    def update(self, model: type[Model], key: Any, **changes: Any) -> None:
        """Named columns of the row with primary key `key`."""
        target = table(model)
        self.add(target.update_of(tuple(changes)), [*target.prepared(changes), key])

    def send(self) -> None:
        """One round trip on PostgreSQL; one by one on SQLite, whose driver takes one statement at a time."""
        with connection.cursor() as cursor:
            if vendor() == "postgresql":
                texts = _calls(self.texts, self.values, cursor)
                cursor.execute(";\n".join(texts), [value for values in self.values for value in values])
            else:
                for text, values in zip(self.texts, self.values, strict=True):
                    cursor.execute(text, values)
