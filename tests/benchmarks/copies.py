"""Many rows after the pattern of one that the door has written, made by the database itself."""

from __future__ import annotations

from django.db.models import Model

from tests.benchmarks.arena import run


def copy(pattern: Model, count: int, **columns: str) -> None:
    """`count` rows like `pattern` but for `columns`, SQL expressions over `n` = 1 .. count. The key is always among them."""
    fields = pattern._meta.concrete_fields
    unknown = set(columns) - {field.attname for field in fields}
    if unknown or pattern._meta.pk.attname not in columns:
        raise ValueError(f"{pattern._meta.label}: {unknown or 'no key'}")
    table, key = pattern._meta.db_table, pattern._meta.pk.column
    taken = [columns.get(field.attname, f'p."{field.column}"') for field in fields]
    named = ", ".join(f'"{field.column}"' for field in fields)
    run(
        f'INSERT INTO {table} ({named}) SELECT {", ".join(taken)} FROM {table} p, generate_series(1, {count}) AS n WHERE p."{key}" = {pattern.pk}'
    )
