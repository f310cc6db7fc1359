"""Two roles on PostgreSQL: the owner of the tables migrates; the application's role reads and writes, and only appends to what is append-only.

So the triggers of the append-only tables are not the only guard: the application could not switch them off if it wanted to.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

GUARDED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"
MIGRATIONS = "django_migrations"


class NoRoles(Exception):
    """The database has no such role, or no roles at all."""


def append_only_tables() -> set[str]:
    """Tables that the database itself guards; asked of the database, so that none is forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        return {row[0] for row in cursor.fetchall()}


def statements(role: str, tables: Iterable[str], guarded: set[str]) -> list[str]:
    """What gives `role` exactly its rights on `tables`."""
    name = connection.ops.quote_name(role)
    texts = [f"GRANT USAGE ON SCHEMA public TO {name}", f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"]
    for table in sorted(tables):
        rights = "SELECT" if table == MIGRATIONS else "SELECT, INSERT" if table in guarded else "SELECT, INSERT, UPDATE, DELETE"
        quoted = connection.ops.quote_name(table)
        texts += [f"REVOKE ALL ON {quoted} FROM {name}", f"GRANT {rights} ON {quoted} TO {name}"]
    return texts


def grant(role: str) -> int:
    """Give `role` the rights of the application; safe to run again. Returns the number of append-only tables."""
    if connection.vendor != "postgresql":
        raise NoRoles("内嵌数据库没有角色，只由触发器保护。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise NoRoles(f"数据库中没有角色 {role}：先由数据库管理员运行 CREATE ROLE {role} LOGIN。")
        if any(found):
            raise NoRoles(f"{role} 是超级用户或者表的所有者，不能作为应用角色：DATABASE_URL 应使用另一个角色。")
        guarded = append_only_tables()
        for text in statements(role, connection.introspection.table_names(cursor), guarded):
            cursor.execute(text)
    return len(guarded)
