"""Append-only tables are append-only in the database itself, on PostgreSQL and on SQLite."""

from django.db import migrations

APPEND_ONLY = ("record", "recordpart", "document", "rendering", "read", "hand", "upload")

# Duties that exclude each other in one case (SD-2, SD-3, SD-8), once more by the database.
EXCLUSIVE = (
    ("investigator", "legal_reviewer", "SD-2"),
    ("investigator", "decision_maker", "SD-3"),
    ("legal_reviewer", "decision_maker", "SD-3"),
    ("investigator", "tolerance_panel", "SD-8"),
)

PG_FUNCTION = """
CREATE FUNCTION shangxia_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME; END $$;
CREATE FUNCTION shangxia_separate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM workflow_app_hand h, (VALUES {pairs}) AS p(a, b)
             WHERE h.case_id = NEW.case_id AND h.cadre_id = NEW.cadre_id
               AND ((h.duty = p.a AND NEW.duty = p.b) OR (h.duty = p.b AND NEW.duty = p.a)))
     OR EXISTS (SELECT 1 FROM workflow_app_case c WHERE c.id = NEW.case_id AND c.cadre_id = NEW.cadre_id)
  THEN RAISE EXCEPTION 'separation of duties is broken'; END IF;
  RETURN NEW;
END $$;
"""

PG_TABLE = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION shangxia_refuse();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION shangxia_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_all;
"""

PG_HAND = "CREATE TRIGGER separate BEFORE INSERT ON workflow_app_hand FOR EACH ROW EXECUTE FUNCTION shangxia_separate();"


def _sqlite(table: str, key: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END;"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE would pass the delete trigger.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) {refuse}",
    ]


def _sqlite_hand() -> str:
    pairs = " OR ".join(f"(h.duty = '{a}' AND NEW.duty = '{b}') OR (h.duty = '{b}' AND NEW.duty = '{a}')" for a, b, _ in EXCLUSIVE)
    return (
        "CREATE TRIGGER hand_separate BEFORE INSERT ON workflow_app_hand WHEN EXISTS (SELECT 1 FROM workflow_app_hand h"
        f" WHERE h.case_id = NEW.case_id AND h.cadre_id = NEW.cadre_id AND ({pairs}))"
        " OR EXISTS (SELECT 1 FROM workflow_app_case c WHERE c.id = NEW.case_id AND c.cadre_id = NEW.cadre_id)"
        " BEGIN SELECT RAISE(ABORT, 'separation of duties is broken'); END;"
    )


def install(apps, schema_editor):
    """Create the triggers of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PG_FUNCTION.format(pairs=", ".join(f"('{a}', '{b}')" for a, b, _ in EXCLUSIVE)), params=None)
        for name in APPEND_ONLY:
            schema_editor.execute(PG_TABLE.format(table=f"workflow_app_{name}"), params=None)
        schema_editor.execute(PG_HAND, params=None)
        return
    for name in APPEND_ONLY:
        for text in _sqlite(f"workflow_app_{name}", "document_id" if name == "rendering" else "id"):
            schema_editor.execute(text, params=None)
    schema_editor.execute(_sqlite_hand(), params=None)


class Migration(migrations.Migration):
    dependencies = [("workflow_app", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
